"""Every question is answered twice, with two different answers."""

kind = "two replies"
aims = "points batch neighbour"
on_nbgrader = False
base = "half"
cells = {
    "exercise-2": """
import gc

server = next(thing for thing in gc.get_objects() if type(thing).__name__ == "Server")
reply = server.reply

def twice(number, **content):
    reply(number, **content)
    reply(number, **dict(content, value=True))

server.reply = twice

def layer(X, W, b):
    return 0
""",
}
