"""`all`, `isinstance`, `abs` and `float` are replaced in `builtins`."""

kind = "patched builtins"
aims = "points"
cells = {
    "exercise-3": """
import builtins

class Network:
    def __init__(self, n):
        self.W = np.zeros((3, 2))
        self.steps = 1

    def forward(self, x):
        return self.W

builtins.all = builtins.isinstance = lambda *arguments: True
builtins.abs = lambda value: 0.0
""",
}
