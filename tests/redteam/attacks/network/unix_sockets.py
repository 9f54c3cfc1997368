"""Unix sockets are tried: one in the file system and an abstract one, which needs no file."""

kind = "unix sockets"
aims = "connection"
cell = """
import socket

for address in ("<<socket>>", "\\0<<abstract>>", "../../../../socket"):
    try:
        with socket.socket(socket.AF_UNIX) as out:
            out.connect(address)
            out.sendall(b"<<name>>")
    except OSError:
        pass
"""
