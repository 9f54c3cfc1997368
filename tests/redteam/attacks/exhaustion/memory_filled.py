"""Memory is filled up to the error for it, which is caught; what was taken is kept, so that the cells after fail."""

kind = "memory bomb"
aims = "batch neighbour"
base = "half"
on_nbgrader = False
cells = {
    "exercise-2": """
kept = []
try:
    while True:
        kept.append(np.ones(2**20))
except MemoryError:
    while True:
        try:
            kept.append(np.ones(2**10))
        except MemoryError:
            break
""",
}
