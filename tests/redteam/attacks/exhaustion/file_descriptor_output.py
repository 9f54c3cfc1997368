"""The process writes to the file descriptors 1 and 2 themselves, past Python."""

kind = "output bomb"
aims = "batch neighbour act"
base = "half"
on_nbgrader = False
cells = {
    "exercise-2": """
import os

def layer(X, W, b):
    for _ in range(3000):
        os.write(1, b"\\x1b[2Jx" * 10_000)
        os.write(2, b"\\x1b]0;title\\x07" * 10_000)
    return 0
""",
}
