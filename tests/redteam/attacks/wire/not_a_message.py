"""Plain values are sent in place of messages: lists, numbers, a message that is none of the known ones."""

kind = "malformed replies"
aims = "points batch neighbour"
on_nbgrader = False
base = "half"
cells = {
    "exercise-2": """
<<wires>>

def layer(X, W, b):
    for message in ({}, [], 7, None, "reply", {"event": []}, {"event": "error"}, {"ask": {}}, {1: 2}):
        send(message)
    return 0
""",
}
