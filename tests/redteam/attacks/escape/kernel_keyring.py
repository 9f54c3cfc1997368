"""The kernel's keyrings, which belong to a user and not to a process, are searched and written to."""

kind = "kernel settings and devices"
aims = "prove"
on_nbgrader = False
cell = """
import ctypes

libc = ctypes.CDLL(None, use_errno=True)
left = libc.syscall(248, b"user", b"redteam-left", b"x", 1, -4)  # add_key to the user's own keyring
found = libc.syscall(249, b"user", b"redteam-outside", None, -4)
if found > 0:
    print("<<proof>>")
"""
