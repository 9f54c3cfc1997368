"""Handles are made up: numbers that stand for nothing, kinds that do not exist, names with mark-up, and callbacks."""

kind = "fake replies"
aims = "points batch neighbour act"
on_nbgrader = False
base = "half"
cells = {
    "exercise-2": """
from examiner.wire import Callback, Handle
import gc

server = next(thing for thing in gc.get_objects() if type(thing).__name__ == "Server")
kinds = ["function", "class", "object", "module", "<script>redteam()</script>", ""]
turn = 0

def forged(value):
    global turn
    turn += 1
    if turn % 3 == 0:
        return Callback(turn % 5, "\\x1b[2J")
    return Handle(2**64 - 1 - turn, kinds[turn % 6], "__class__\\x1b[2J", "<img src=x onerror=redteam()>")

server.handle = forged

def layer(X, W, b):
    return [object(), {"x": object()}, object]
""",
    "exercise-4": "total = object()\ngrid = object()",
}
