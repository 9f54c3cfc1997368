"""What is sent is no message: random bytes, half a message, unknown parts, impossible lengths."""

kind = "malformed replies"
aims = "points batch neighbour"
on_nbgrader = False
base = "half"
cells = {
    "exercise-2": """
<<wires>>
import random

def layer(X, W, b):
    for wire in wires:
        for _ in range(200):
            wire.sendall(struct.pack(">I", 40) + random.randbytes(40))
        wire.sendall(random.randbytes(5000))
    return 0
""",
    "exercise-4": """
<<wires>>
for wire in wires:
    wire.sendall(struct.pack(">I", 4) + b"a\\x00\\x05\\xff")
""",
}
