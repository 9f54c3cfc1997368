"""A loop in C looks at no signal and gives up no lock."""

kind = "uninterruptible C loop"
aims = "batch neighbour"
base = "half"
on_nbgrader = False
cells = {"exercise-2": "def layer(X, W, b):\n    return sum(iter(int, 1))"}
