"""Exceptions and warnings carry a hundred megabytes of text, and a message that is never ready."""

kind = "oversized replies"
aims = "batch neighbour"
on_nbgrader = False
base = "half"
cells = {
    "exercise-1": """
import warnings

def sigmoid(z):
    for _ in range(1000):
        warnings.warn("w" * 100_000)
    raise ValueError("x" * 100_000_000)
""",
    "exercise-2": """
class Endless(Exception):
    def __str__(self):
        while True:
            pass

def layer(X, W, b):
    raise Endless
""",
    "last": 'raise type("N" * 1_000_000, (Exception,), {})("y" * 10_000_000)',
}
