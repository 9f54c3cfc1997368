"""A range of a trillion numbers crosses in a few bytes, and becomes a list on the other side."""

kind = "values that lie"
aims = "points batch neighbour"
on_nbgrader = False
base = "half"
cells = {
    "exercise-1": "def sigmoid(z):\n    return range(10**12)",
    "exercise-2": "def layer(X, W, b):\n    return [range(10**9)] * 3",
    "exercise-4": "total = range(2**62)\ngrid = range(10**10)",
}
