"""A later exercise is deleted, and an earlier one asks for its function, so that a right one is lent to it."""

kind = "values that lie"
aims = "points"
cells = {
    "exercise-5": "",
    "exercise-1": """
def sigmoid(z):
    return neuron(z, 1.0)
""",
}
