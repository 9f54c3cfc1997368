"""A connection is opened to a listener on loopback, over IPv4 and IPv6."""

kind = "sockets to loopback"
aims = "connection"
cell = """
import socket

for host in ("127.0.0.1", "localhost", "::1", "0.0.0.0"):
    try:
        socket.create_connection((host, <<port>>), 1).sendall(b"<<name>>")
    except OSError:
        pass
"""
