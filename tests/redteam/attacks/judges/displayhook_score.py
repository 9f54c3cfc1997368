"""A called function hands a number to `sys.displayhook`, where the cell's score is looked for."""

kind = "sys.displayhook"
aims = "points"
cells = {
    "exercise-1": """
import sys

def sigmoid(z):
    sys.displayhook(9.5)
    return 0
""",
    "exercise-2": """
def layer(X, W, b):
    sys.displayhook(9.5)
    return 0
""",
}
