"""A called function binds the name again under which a test finds what words its failing asserts."""

kind = "frame walking"
aims = "points"
cells = {
    "exercise-3": """
class Network:
    def __init__(self, n):
        global __compared__
        __compared__ = lambda *some: None
        self.W = np.zeros(1)
        self.steps = 7
""",
}
