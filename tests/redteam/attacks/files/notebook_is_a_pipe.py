"""The notebook itself is a named pipe."""

import os

kind = "files that are none"
aims = "batch neighbour"
on_nbgrader = False


def hand_in(folder, path):
    path.unlink()
    os.mkfifo(path)
