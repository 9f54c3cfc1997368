"""A cell displays without end, in few characters at a time, and figures of many megabytes."""

kind = "output bomb"
aims = "batch neighbour"
base = "half"
on_nbgrader = False
cells = {
    "first": """
from IPython.display import display

display({"image/png": "A" * 50_000_000, "text/plain": ""}, raw=True)
""",
    "exercise-2": """
from IPython.display import display, update_display

def layer(X, W, b):
    while True:
        display({"text/plain": "x"}, raw=True, display_id="one")
        update_display({"text/plain": "y"}, raw=True, display_id="one")
""",
}
