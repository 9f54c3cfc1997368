"""A message of four billion bytes is announced, and as much of it sent as is taken; then one just below the limit."""

kind = "oversized replies"
aims = "points batch neighbour"
on_nbgrader = False
base = "half"
cells = {
    "exercise-2": """
<<wires>>

def layer(X, W, b):
    for wire in wires:
        wire.sendall(struct.pack(">I", 0xFFFFFFFF) + bytes(10**7))
""",
    "exercise-4": """
<<wires>>
for wire in wires:
    wire.sendall(struct.pack(">I", 120_000_000) + b"l" + struct.pack(">I", 119_999_000))
    for _ in range(119):
        wire.sendall(b"N" * 10**6)
""",
}
