"""Messages are well formed, and every part of them is of another kind than it should be."""

kind = "malformed replies"
aims = "points batch neighbour act"
on_nbgrader = False
base = "half"
cells = {
    "exercise-2": """
import gc, itertools

server = next(thing for thing in gc.get_objects() if type(thing).__name__ == "Server")
original = server.reply
odd = [None, True, 7, 10**200, float("nan"), "\\x1b[2J", b"x", [], (), {}, {1: 2}]
odd += [range(3), 1j, np.zeros(3), {"kind": 1}]
turn = itertools.count()

def reply(number, **content):
    key = ("value", "raised", "random", "warnings", "exited", "missing", "count")[next(turn) % 7]
    server.recorder.send({"reply": number, **content, key: odd[next(turn) % len(odd)]}, server.handle)

server.reply = reply

def layer(X, W, b):
    return 0
""",
    "exercise-4": "total = grid = 0",
}
