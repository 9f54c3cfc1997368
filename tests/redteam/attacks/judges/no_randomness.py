"""`np.random` is left in a state in which every later draw is zero, or never comes."""

kind = "patched numpy"
aims = "points batch"
base = "half"
cells = {
    "exercise-1": """
def sigmoid(z):
    np.random.set_state(("MT19937", np.zeros(624, dtype=np.uint32), 624, 0, 0.0))
    return 1 / (1 + np.exp(-z))
""",
    "exercise-2": """
np.random.seed = lambda *seed: None

def layer(X, W, b):
    np.random.set_state(("MT19937", np.zeros(624, dtype=np.uint32), 624, 1, 0.0))
    return np.zeros((2, 3))
""",
}
on_nbgrader = False
