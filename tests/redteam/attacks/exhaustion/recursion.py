"""A function calls itself without end, with the recursion limit lifted."""

kind = "recursion"
aims = "batch neighbour"
base = "half"
on_nbgrader = False
cells = {
    "exercise-2": """
import sys, threading

sys.setrecursionlimit(2**30)

class Deep:
    def __getattr__(self, name):
        return getattr(self, name + "x")

    def __repr__(self):
        return repr(self)

def layer(X, W, b):
    return repr(Deep()) + str(layer(X, W, b))
""",
}
