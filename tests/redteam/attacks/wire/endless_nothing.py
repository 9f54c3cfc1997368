"""An array without one entry has a hundred million rows; a broadcast one has more entries than there are bytes."""

kind = "values that lie"
aims = "points batch neighbour"
on_nbgrader = False
base = "half"
cells = {
    "exercise-1": "def sigmoid(z):\n    return np.zeros((2**27, 0))",
    "exercise-2": "def layer(X, W, b):\n    return np.broadcast_to(np.float64(0), (10**7, 10**7))",
    "exercise-3": """
class Network:
    W = np.zeros((2**27, 0))
    steps = 1

    def __init__(self, n):
        pass

    def forward(self, x):
        return np.empty((0, 2**27, 2**20))
""",
    "exercise-4": "total = 5050\ngrid = np.empty((2**62, 0))",
}
