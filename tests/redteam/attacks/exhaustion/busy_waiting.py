"""Sixty busy processes keep the machine waiting, so that the time of the notebook seems not to pass."""

kind = "sleep"
aims = "batch neighbour"
on_nbgrader = False
base = "half"
cells = {
    "first": """
import os, time

for _ in range(60):
    try:
        if os.fork() == 0:
            end = time.monotonic() + 6
            while time.monotonic() < end:
                pass
            os._exit(0)
    except OSError:
        break
""",
    "last": "while True:\n    pass",
}
