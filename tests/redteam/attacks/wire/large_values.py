"""Functions return the largest values that cross: arrays and texts of a hundred megabytes, a million parts."""

kind = "oversized replies"
aims = "points batch neighbour"
on_nbgrader = False
base = "half"
cells = {
    "exercise-1": """
turn = 0

def sigmoid(z):
    global turn
    turn += 1
    return ["x" * 100_000_000, list(range(400_000)), np.zeros((12_000_000, 1)), "\\n" * 90_000_000][turn % 4]
""",
    "exercise-2": "def layer(X, W, b):\n    return np.zeros((100_000_000, 1, 1), dtype=np.int8)",
    "exercise-4": "total = 5050\ngrid = np.zeros((100_000_000, 1, 1), dtype=np.int8)",
}
