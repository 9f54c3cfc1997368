"""Read plain data from bytes that nobody vouches for."""

from __future__ import annotations

import math
import struct
from collections.abc import Callable

import numpy as np

from .kinds import (
    DTYPES,
    MOST_AXES,
    MOST_BYTES,
    MOST_DEPTH,
    MOST_DIGITS,
    MOST_PARTS,
    TEXT_CODE,
    Callback,
    Handle,
    Keys,
    WireError,
    exact,
    possible,
)  # fmt: skip

COUNT = struct.Struct(">I")


def decode(data: bytes | bytearray | memoryview, most_bytes: int = MOST_BYTES):
    """Return the value that `data` holds, made of new objects only; raises `WireError` for anything else."""
    if len(data) > most_bytes:
        raise WireError(f"a message of {len(data):,} bytes is too large")
    reader = _Reader(memoryview(data))
    value = reader.read(0)
    if reader.at != reader.size:
        raise WireError("a message goes on after its end")
    return value


class _Reader:
    def __init__(self, data: memoryview):
        self.data = data
        self.at, self.size = 0, len(data)
        self.parts = 0
        self.keys = Keys()

    def take(self, size: int) -> memoryview:
        at = self.at
        if size > self.size - at:
            raise WireError("a message ends too early")
        self.at = end = at + size
        return self.data[at:end]

    def unpack(self, form: str) -> tuple:
        return struct.unpack(form, self.take(struct.calcsize(form)))

    def count(self) -> int:
        """Return the number that says how much of something follows, as most of a message does."""
        at = self.at
        self.at = end = at + COUNT.size
        if end > self.size:
            raise WireError("a message ends too early")
        return COUNT.unpack_from(self.data, at)[0]

    def read(self, depth: int):
        self.parts += 1
        if self.parts > MOST_PARTS:
            raise WireError("a message has too many parts")
        if depth > MOST_DEPTH:
            raise WireError("a message is nested too deeply")
        at = self.at
        if at >= self.size:
            raise WireError("a message ends too early")
        self.at = at + 1
        read = _BY_CODE.get(self.data[at])
        if read is None:
            raise WireError(f"a message has the unknown part {bytes(self.data[at : at + 1])!r}")
        return read(self, depth)

    def text(self) -> str:
        try:
            return str(self.take(self.count()), "utf-8")
        except UnicodeDecodeError:
            raise WireError("a message has a text that is not UTF-8") from None

    def whole(self) -> int:
        (size,) = self.unpack(">H")
        if not 0 < size <= MOST_DIGITS:
            raise WireError("a message has a number of unlikely size")
        return int.from_bytes(self.take(size), "big", signed=True)

    def several(self, depth: int) -> list:
        count = self.count()
        if count > self.size - self.at:  # each takes a byte at least
            raise WireError("a message ends too early")
        return [self.read(depth + 1) for _ in range(count)]

    def key(self, depth: int):
        key = self.read(depth)
        if not self.keys.admit(key):
            raise WireError("a message has a key that cannot be one")
        return key

    def keyed(self, depth: int) -> list:
        return [self.key(depth + 1) for _ in range(self.count())]

    def mapping(self, depth: int) -> dict:
        return {self.key(depth + 1): self.read(depth + 1) for _ in range(self.count())}

    def scalar(self) -> np.generic:
        (code,) = self.unpack(">B")
        if code >= len(DTYPES):
            raise WireError("a message has a number of unknown type")
        return self.numbers(DTYPES[code], 1)[0]

    def numbers(self, dtype: np.dtype, count: int) -> np.ndarray:
        array = np.frombuffer(self.take(dtype.itemsize * count), dtype).copy()
        if dtype.kind == "b" and array.view(np.uint8).max(initial=0) > 1:
            raise WireError("a message has a truth value that is neither true nor false")
        return array

    def array(self) -> np.ndarray:
        is_matrix, code, axes = self.unpack(">BBB")
        if is_matrix > 1 or code > TEXT_CODE or axes > MOST_AXES or (is_matrix and axes != 2):
            raise WireError("a message has an array of unknown type")
        width = self.unpack(">I")[0] if code == TEXT_CODE else 0
        if code == TEXT_CODE and not 0 < width <= len(self.data):
            raise WireError("a message has texts of impossible length")
        shape = self.unpack(f">{axes}Q")
        if not possible(shape):
            raise WireError("a message has an array of impossible shape")
        entries = math.prod(shape)
        flat = self.strings(width, entries) if code == TEXT_CODE else self.numbers(DTYPES[code], entries)
        array = flat.reshape(shape)
        return array.view(np.matrix) if is_matrix else array

    def strings(self, width: int, count: int) -> np.ndarray:
        letters = self.numbers(np.dtype("u4"), width * count)
        if letters.max(initial=0) > 0x10FFFF or ((letters >= 0xD800) & (letters < 0xE000)).any():
            raise WireError("a message has a text of letters that do not exist")
        return letters.view(f"U{width}")

    def range(self) -> range:
        start, stop, step = self.unpack(">qqq")
        if not step:
            raise WireError("a message has a range without a step")
        if (stop - start) // step > MOST_PARTS:  # whoever makes a list of it would need the room
            raise WireError("a message has a range that is too long")
        return range(start, stop, step)


# Arguments are read in the order in which they are written here.
_READ: dict[bytes, Callable[[_Reader, int], object]] = {
    b"N": lambda reader, depth: None,
    b"T": lambda reader, depth: True,
    b"F": lambda reader, depth: False,
    b"i": lambda reader, depth: reader.whole(),
    b"f": lambda reader, depth: reader.unpack(">d")[0],
    b"c": lambda reader, depth: complex(*reader.unpack(">dd")),
    b"s": lambda reader, depth: reader.text(),
    b"b": lambda reader, depth: bytes(reader.take(reader.count())),
    b"l": lambda reader, depth: reader.several(depth),
    b"t": lambda reader, depth: tuple(reader.several(depth)),
    b"e": lambda reader, depth: set(reader.keyed(depth)),
    b"z": lambda reader, depth: frozenset(reader.keyed(depth)),
    b"d": lambda reader, depth: reader.mapping(depth),
    b"a": lambda reader, depth: reader.array(),
    b"g": lambda reader, depth: reader.scalar(),
    b"r": lambda reader, depth: reader.range(),
    b"x": lambda reader, depth: exact(reader.text(), reader.read(depth + 1)),
    b"h": lambda reader, depth: Handle(reader.unpack(">Q")[0], reader.text(), reader.text(), reader.text()),
    b"k": lambda reader, depth: Callback(reader.unpack(">Q")[0], reader.text()),
}
_BY_CODE = {tag[0]: read for tag, read in _READ.items()}
