"""File descriptors, pipes and sockets are opened until there are no more."""

kind = "inode bomb"
aims = "batch neighbour"
base = "half"
on_nbgrader = False
cells = {
    "exercise-2": """
import os, socket

def layer(X, W, b):
    kept = []
    for _ in range(200_000):
        try:
            kept += [os.dup(0)]
            kept += socket.socketpair()
        except OSError:
            break
    return 0
""",
}
