"""What may cross the wire, how it is marked, and how much of it there may be."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from ..errors import ExaminerError

MOST_BYTES = 128 * 1024 * 1024  # of one message: the digits of MNIST are 80 MB
MOST_PARTS = 1_000_000
MOST_DEPTH = 64
MOST_DIGITS = 1024  # bytes of a whole number; Python refuses to print much longer ones
MOST_AXES = 32
MOST_KEYS = 100_000  # of all dicts and sets together
MOST_MIXED_KEYS = 1000  # tuples and complex numbers, which can be chosen to collide, and then cost their square in time
MOST_IN_A_KEY = 8  # parts of a tuple
LARGEST_KEY = 2**63  # and so could whole numbers without end

# The place in this list is the code on the wire.
NAMES = "b1 i1 i2 i4 i8 u1 u2 u4 u8 f2 f4 f8 c8 c16"
DTYPES = tuple(np.dtype(name) for name in NAMES.split())
CODES = {dtype: code for code, dtype in enumerate(DTYPES)}
TEXT_CODE = len(DTYPES)  # an array of strings


class WireError(ExaminerError):
    """What came is not a message, or a value is not plain data."""


@dataclass(frozen=True)
class Handle:
    """An object that stays on the other side: what it is, and the number by which it is asked for."""

    number: int
    kind: str  # "function", "class", "module" or "object"
    type_name: str = ""
    name: str = ""  # `__name__`, of functions and classes


@dataclass(frozen=True)
class Callback:
    """A function of the sender's that the receiver may call, by its number."""

    number: int
    name: str = ""


def possible(shape: tuple[int, ...]) -> bool:
    """Say whether an array of this shape may cross; what is empty can still be too large as a list of lists."""
    size = math.prod(max(axis, 1) for axis in shape)
    return size <= (MOST_BYTES if math.prod(shape) else MOST_PARTS)


class Keys:
    """Counts the keys of one message, and says which may be one: hashable on both sides, and cheap in any number."""

    def __init__(self):
        self.simple = self.mixed = 0

    def admit(self, key) -> bool:
        """Say whether `key` may be a key; raises `WireError` where there are too many."""
        self.simple += 1
        self.mixed += isinstance(key, tuple | complex)
        if self.simple > MOST_KEYS or self.mixed > MOST_MIXED_KEYS:
            raise WireError("a value has too many keys")
        return _is_key(key)


def _is_key(key, depth: int = 0) -> bool:
    if isinstance(key, tuple):
        return depth < 2 and len(key) <= MOST_IN_A_KEY and all(_is_key(part, depth + 1) for part in tuple.__iter__(key))
    if isinstance(key, int | np.integer):
        return -LARGEST_KEY <= int(key) < LARGEST_KEY
    return key is None or isinstance(key, str | bytes | float | complex | np.number | np.bool_)
