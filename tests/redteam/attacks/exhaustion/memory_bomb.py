"""Memory is taken and written to until there is no more."""

kind = "memory bomb"
aims = "batch neighbour"
base = "half"
on_nbgrader = False
cells = {
    "exercise-2": """
def layer(X, W, b):
    kept = []
    for _ in range(400):
        kept.append(np.ones(2**22))
    return len(kept)
""",
}
