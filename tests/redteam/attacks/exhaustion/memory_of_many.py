"""Forty processes take half a gigabyte each: no one of them is above the limit."""

kind = "memory bomb"
aims = "batch neighbour"
base = "half"
on_nbgrader = False
cells = {
    "exercise-2": """
import os, time

def layer(X, W, b):
    for _ in range(40):
        if os.fork() == 0:
            kept = np.ones(2**26)
            time.sleep(20)
            os._exit(0)
    time.sleep(20)
""",
}
