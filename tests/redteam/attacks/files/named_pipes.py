"""Named pipes and sockets are handed in, which block whoever opens them."""

import os
import socket

kind = "files that are none"
aims = "batch neighbour"
base = "half"


def hand_in(folder, path):
    os.mkfifo(folder / "data.csv")
    os.mkfifo(folder / "timestamp.txt")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(folder / "s"))
