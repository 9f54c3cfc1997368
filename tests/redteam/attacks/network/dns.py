"""A question for a name is sent to a name server on loopback: names carry answers out where nothing else may."""

kind = "DNS"
aims = "connection"
cell = """
import socket, struct

question = struct.pack(">6H", 7, 0x100, 1, 0, 0, 0) + b"\\x07redteam\\x07invalid\\0" + struct.pack(">2H", 1, 1)
try:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as out:
        out.sendto(question, ("127.0.0.1", <<port>>))
except OSError:
    pass
"""
