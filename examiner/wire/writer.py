"""Write plain data as bytes."""

from __future__ import annotations

import struct
from collections.abc import Callable

import numpy as np

from .kinds import (
    CODES,
    EXACT,
    EXACT_TYPES,
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

COUNT, FLOAT = struct.Struct(">I"), struct.Struct(">d")


def encode(value, other: Callable[[object], object] | None = None) -> bytes:
    """Return `value` as bytes.

    `other` is asked for a `Handle`, a `Callback` or an array in place of what is not plain data; without it such a
    value raises `WireError`, as does one that is too large. Subclasses of lists, dicts and arrays lose what makes them
    special.
    """
    writer = _Writer(other)
    writer.write(value, 0)
    return bytes(writer.out)


class _Writer:
    def __init__(self, other):
        self.out = bytearray()
        self.other = other
        self.parts = 0
        self.keys = Keys()

    def write(self, value, depth: int) -> None:
        self.parts += 1
        if self.parts > MOST_PARTS or len(self.out) > MOST_BYTES:
            raise WireError("a value has too many parts to be sent")
        if not self._plain(value, depth):
            self._other(value, depth)

    def _plain(self, value, depth: int) -> bool:
        """Write plain data, or return False where it is something else."""
        out, kind = self.out, type(value)
        if kind is str:  # it and containers first, which most of a message is made of
            self._sized(b"s", value.encode("utf-8", "replace"))
        elif kind is dict or kind is tuple or kind is list:
            return self._container(value, depth)
        elif value is None:
            out += b"N"
        elif value is True or value is False:
            out += b"T" if value else b"F"
        elif isinstance(value, np.generic):
            return self._scalar(value)
        elif isinstance(value, int):
            size = int.bit_length(value) // 8 + 1
            if size > MOST_DIGITS:
                return False
            out += b"i" + struct.pack(">H", size) + int.__index__(value).to_bytes(size, "big", signed=True)
        elif isinstance(value, float):
            out += b"f" + FLOAT.pack(value)
        elif isinstance(value, complex):
            out += b"c" + struct.pack(">dd", value.real, value.imag)
        elif isinstance(value, str):
            self._sized(b"s", str.encode(value, "utf-8", "replace"))
        elif isinstance(value, bytes | bytearray):
            self._sized(b"b", bytes(value))
        elif isinstance(value, np.ndarray):
            return self._array(value)
        elif isinstance(value, Handle):
            out += b"h" + struct.pack(">Q", value.number)
            for text in (value.kind, value.type_name, value.name):
                self._sized(b"", text[:100].encode("utf-8", "replace"))
        elif isinstance(value, Callback):
            out += b"k" + struct.pack(">Q", value.number)
            self._sized(b"", value.name[:100].encode("utf-8", "replace"))
        elif isinstance(value, range):
            ends = (value.start, value.stop, value.step)
            if (
                not all(-(2**63) <= end < 2**63 for end in ends)
                or (value.stop - value.start) // value.step > MOST_PARTS
            ):
                return False
            out += b"r" + struct.pack(">qqq", *ends)
        elif type(value) in EXACT_TYPES:
            return self._exact(value, depth)
        else:
            return self._container(value, depth)
        return True

    def _exact(self, value, depth: int) -> bool:
        name, (_, write, _) = next((name, how) for name, how in EXACT.items() if how[0] is type(value))
        try:
            written = write(value)
            if exact(name, written) != value and value == value:
                return False
        except (WireError, ValueError):  # too large for the other side, which would refuse the whole message
            return False
        self.out += b"x"
        self._sized(b"", name.encode())
        self.write(written, depth + 1)
        return True

    def _container(self, value, depth: int) -> bool:
        if depth >= MOST_DEPTH:
            return False
        if isinstance(value, dict):
            items = list(dict.items(value))
            if not all(self.keys.admit(key) for key, _ in items):
                return False
            self.out += b"d" + COUNT.pack(len(items))
            for key, part in items:
                self.write(key, depth + 1)
                self.write(part, depth + 1)
            return True
        for kind, tag in ((list, b"l"), (tuple, b"t"), (set, b"e"), (frozenset, b"z")):
            if isinstance(value, kind):
                parts = list(kind.__iter__(value))  # type: ignore[arg-type]  # a subclass may iterate in another way
                if tag in b"ez" and not all(self.keys.admit(part) for part in parts):
                    return False
                self.out += tag + COUNT.pack(len(parts))
                for part in parts:
                    self.write(part, depth + 1)
                return True
        return False

    def _scalar(self, value: np.generic) -> bool:
        if value.dtype == np.longdouble or value.dtype == np.clongdouble:
            value = value.astype(complex if value.dtype.kind == "c" else float)
        if isinstance(value, str | bytes):
            return self._plain(value.item(), 0)
        native = value.dtype.newbyteorder("=")
        if native not in CODES:
            return False
        self.out += b"g" + bytes([CODES[native]]) + value.astype(native).tobytes()
        return True

    def _array(self, value: np.ndarray) -> bool:
        if isinstance(value, np.ma.MaskedArray) and np.ma.is_masked(value):
            return False  # without its mask it would be another value
        is_matrix = isinstance(value, np.matrix)
        array = np.asarray(value)
        kind = array.dtype.kind
        if array.dtype == np.longdouble or array.dtype == np.clongdouble:
            array = array.astype(complex if kind == "c" else float)
        native = array.dtype.newbyteorder("=")
        if array.ndim > MOST_AXES or not possible(array.shape):
            return False
        if not (native in CODES or (kind == "U" and native.itemsize)):
            return False
        if array.nbytes + len(self.out) > MOST_BYTES:
            raise WireError(f"an array of {array.nbytes:,} bytes is too large to be sent")
        self.out += b"a" + bytes([is_matrix, CODES.get(native, TEXT_CODE), array.ndim])
        if kind == "U":
            self.out += struct.pack(">I", native.itemsize // 4)
        self.out += struct.pack(f">{array.ndim}Q", *array.shape)
        self.out += array.astype(native, order="C", copy=False).tobytes()
        return True

    def _sized(self, tag: bytes, data: bytes) -> None:
        self.out += tag + COUNT.pack(len(data)) + data

    def _other(self, value, depth: int) -> None:
        replaced = self.other(value) if self.other else None
        if not isinstance(replaced, Handle | Callback | np.ndarray) or not self._plain(replaced, depth):
            raise WireError(f"a {type(value).__name__} is not plain data")
