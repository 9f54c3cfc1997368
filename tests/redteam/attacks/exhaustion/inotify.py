"""Instances of inotify are taken until there are none left for the user who grades."""

kind = "kernel settings and devices"
on_nbgrader = False
aims = "prove"
cell = """
import ctypes

libc = ctypes.CDLL(None)
if max(libc.inotify_init1(0) for _ in range(200)) >= 0:
    print("<<proof>>")
"""
