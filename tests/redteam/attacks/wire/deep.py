"""Replies are nested a hundred thousand deep, by value and byte by byte, and values contain themselves."""

kind = "deeply nested replies"
aims = "points batch neighbour"
on_nbgrader = False
base = "half"
cells = {
    "exercise-1": """
<<wires>>
deep = []
for _ in range(100_000):
    deep = [deep]
loop = {}
loop["loop"] = [loop]
turn = 0

def sigmoid(z):
    global turn
    turn += 1
    return [deep, loop][turn % 2]
""",
    "exercise-2": """
def layer(X, W, b):
    data = (b"l" + struct.pack(">I", 1)) * 200_000
    for wire in wires:
        wire.sendall(struct.pack(">I", len(data)) + data)
""",
}
