"""Messages on a stream socket: four bytes that say how long, then the message.

Memory is taken as bytes arrive, never because a length announces them.
"""

from __future__ import annotations

import struct

from .kinds import MOST_BYTES, WireError

CHUNK = 1 << 20


def framed(message: bytes) -> bytes:
    """Return `message` as it goes on the socket; raises `WireError` where it is too large."""
    if len(message) > MOST_BYTES:
        raise WireError(f"a message of {len(message):,} bytes is too large")
    return struct.pack(">I", len(message)) + message


class Frames:
    """Cuts what arrives into messages."""

    def __init__(self, most_bytes: int = MOST_BYTES):
        self.most_bytes = most_bytes
        self.buffer = bytearray()

    def feed(self, data: bytes) -> None:
        self.buffer += data

    def next(self) -> bytes | None:
        """Return the next whole message, or None; raises `WireError` where one is announced as too large."""
        if len(self.buffer) < 4:
            return None
        (size,) = struct.unpack_from(">I", self.buffer)
        if size > self.most_bytes:
            raise WireError(f"a message of {size:,} bytes is too large")
        if len(self.buffer) < 4 + size:
            return None
        message = bytes(memoryview(self.buffer)[4 : 4 + size])
        del self.buffer[: 4 + size]
        return message
