"""A called function raises `StopIteration`, so that a loop over its results ends before it has compared one."""

kind = "values that lie"
aims = "points"
cells = {
    "exercise-1": "def sigmoid(z):\n    raise StopIteration",
    "exercise-3": """
class Network:
    steps = 1
    W = np.zeros((3, 2))

    def __init__(self, n):
        pass

    def forward(self, x):
        return Results()

class Results:
    def ravel(self):
        return iter(())
""",
    "exercise-4": """
class Stopping:
    def __getitem__(self, place):
        raise StopIteration

total = grid = Stopping()
""",
}
