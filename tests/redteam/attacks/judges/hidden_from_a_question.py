"""A later exercise, which builds on an earlier one and is asked by it, is hidden from one question for its name."""

kind = "values that lie"
aims = "points"
on_nbgrader = False
base = "last"
cells = {
    "exercise-1": """
def sigmoid(z):
    return neuron(z, 1.0)
""",
    "exercise-5": """
import gc

def neuron(x, w):
    return sigmoid(w * x)

asked = []

def hiding(answer):
    def do_kind(name):
        asked.append(name)
        return {"missing": True} if asked.count("neuron") == 3 else answer(name)
    return do_kind

for found in gc.get_objects():
    if type(found).__name__ == "Server" and hasattr(found, "do_kind"):
        found.do_kind = hiding(found.do_kind)
""",
}
