"""While a right function is lent, it is handed huge arrays of small numbers, on which no fast product works."""

kind = "uninterruptible C loop"
aims = "batch neighbour"
base = "last"
on_nbgrader = False
cells = {
    "exercise-1": "def sigmoid(z):\n    return z * 0",
    "exercise-5": """
def neuron(x, w):
    for _ in range(1000):
        try:
            sigmoid(np.ones((4000, 1600), dtype=np.float16))
        except Exception:
            pass
    return sigmoid(w * x)
""",
}
