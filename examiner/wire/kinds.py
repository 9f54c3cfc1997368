"""What may cross the wire, how it is marked, and how much of it there may be."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from backprop.answers.json_values import WRITTEN

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


# Dates, fractions and the like, by name: their type, how one is written with texts and whole numbers, and read.
EXACT = {name: how for name, how in WRITTEN.items() if name not in ("complex", "bytes")}
EXACT_TYPES = tuple(kind for kind, _, _ in EXACT.values())
MIXED = (tuple, complex, *EXACT_TYPES)
LONGEST_EXACT = 1000  # letters
LARGEST_EXPONENT = 5000  # of a Decimal: a small text can stand for a number that fills the memory


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


def exact(name: str, held: object) -> object:
    """Return the date, fraction or the like that is written as `held`; raises `WireError` where there is none."""
    if name not in EXACT:
        raise WireError("a message has an exact value of an unknown kind")
    sound = (type(held) is str and len(held) <= LONGEST_EXACT) or (
        type(held) is list and 0 < len(held) <= 3 and all(type(part) is int for part in held)
    )
    try:
        value = EXACT[name][2](held) if sound else None
    except (ValueError, TypeError, ArithmeticError):
        value = None
    if value is None or (isinstance(value, Decimal) and not _is_small(value)):
        raise WireError("a message has an exact value that cannot be one")
    return value


def _is_small(value: Decimal) -> bool:
    return (value.is_finite() and abs(value.adjusted()) <= LARGEST_EXPONENT) or (value.is_infinite() or value.is_qnan())


class Keys:
    """Counts the keys of one message, and says which may be one: hashable on both sides, and cheap in any number."""

    def __init__(self):
        self.simple = self.mixed = 0

    def admit(self, key) -> bool:
        """Say whether `key` may be a key; raises `WireError` where there are too many."""
        usual = type(key) is str  # as nearly all are
        self.simple += 1
        self.mixed += not usual and isinstance(key, MIXED)
        if self.simple > MOST_KEYS or self.mixed > MOST_MIXED_KEYS:
            raise WireError("a value has too many keys")
        return usual or _is_key(key)


def _is_key(key, depth: int = 0) -> bool:
    if isinstance(key, tuple):
        return depth < 2 and len(key) <= MOST_IN_A_KEY and all(_is_key(part, depth + 1) for part in tuple.__iter__(key))
    if isinstance(key, int | np.integer):
        return -LARGEST_KEY <= int(key) < LARGEST_KEY
    if type(key) in EXACT_TYPES:
        return True
    return key is None or isinstance(key, str | bytes | float | complex | np.number | np.bool_)
