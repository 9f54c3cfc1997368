"""A cell, and then a called function, print without end."""

kind = "output bomb"
aims = "batch neighbour"
base = "half"
on_nbgrader = False
cells = {
    "last": 'while True:\n    print("x" * 100_000)',
    "exercise-2": """
import sys

def layer(X, W, b):
    while True:
        sys.stdout.write("y" * 100_000)
        sys.stderr.write("z" * 100_000)
""",
}
