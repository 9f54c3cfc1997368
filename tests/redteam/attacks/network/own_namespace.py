"""A network of its own is made, and the old one looked for through `/proc/*/ns/net`."""

kind = "sockets to loopback"
aims = "connection"
cell = """
import ctypes, glob, os, socket

libc = ctypes.CDLL(None, use_errno=True)
for unshared in (0, 0x10000000):
    if os.fork() == 0:
        libc.unshare(unshared)
        for path in glob.glob("/proc/*/ns/net"):
            try:
                libc.setns(os.open(path, os.O_RDONLY), 0x40000000)
                socket.create_connection(("127.0.0.1", <<port>>), 1).sendall(b"<<name>>")
            except OSError:
                pass
        os._exit(0)
    os.wait()
"""
