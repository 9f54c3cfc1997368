"""The examiner is asked to call functions that it offers to nobody, by every number, with odd arguments."""

kind = "fake replies"
aims = "points batch neighbour"
on_nbgrader = False
base = "half"
cells = {
    "exercise-2": """
<<wires>>

def layer(X, W, b):
    for number in range(500):
        send({"ask": number, "arguments": (X,), "keywords": {"__class__": 1}, "random": np.random.get_state()})
    return 0
""",
}
