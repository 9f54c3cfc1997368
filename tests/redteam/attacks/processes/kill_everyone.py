"""Every process that can be reached is sent SIGKILL, by number and all at once."""

kind = "SIGKILL of parents and siblings"
aims = "batch neighbour"
base = "half"
on_nbgrader = False
cell = """
import os, signal

me = os.getpid()
for pid in range(1, 3000):
    if pid != me:
        try:
            os.kill(pid, signal.SIGKILL)
        except OSError:
            pass
try:
    os.kill(-1, signal.SIGKILL)
except OSError:
    pass
"""
