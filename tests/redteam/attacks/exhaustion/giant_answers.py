"""Answers are as large as may cross: an array for a few numbers, texts, and lists in lists."""

kind = "values that lie"
aims = "points batch neighbour"
on_nbgrader = False
cells = {
    "exercise-1": """
def sigmoid(z):
    return np.zeros(15_000_000)
""",
    "exercise-2": """
def layer(X, W, b):
    return [[0.5] * 900] * 1000
""",
    "exercise-4": "total, grid = 'a' * 100_000_000, np.full(120_000_000, 1, dtype=np.int8)",
}
