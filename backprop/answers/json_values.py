"""Write values as JSON and read them back, so that frozen inputs and outputs can be stored and compared.

Only data crosses: None, booleans, numbers, texts, dates, containers and arrays of these, and what `plain` describes. No
pickle, nothing is executed.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

import numpy as np

from ..errors import CourseFileError
from .plain import Described

ARRAY_KINDS = "biufU"  # booleans, integers, floats, texts: what `json` can carry without loss
TAKEN = (
    "numbers, texts, dates, fractions, sets, containers and arrays of these, data frames, sparse arrays, and figures"
)


class NotPlain(CourseFileError):
    """A value is not plain data, so it cannot be stored."""


# By name: how such a value is written as JSON, and how it is read back. `datetime` is a `date` too, and comes first.
WRITTEN: dict[str, tuple[type, Callable, Callable]] = {
    "complex": (complex, lambda value: [value.real, value.imag], lambda stored: complex(*stored)),
    "bytes": (bytes, bytes.hex, bytes.fromhex),
    "datetime": (datetime.datetime, datetime.datetime.isoformat, datetime.datetime.fromisoformat),
    "date": (datetime.date, datetime.date.isoformat, datetime.date.fromisoformat),
    "time": (datetime.time, datetime.time.isoformat, datetime.time.fromisoformat),
    "timedelta": (
        datetime.timedelta,
        lambda value: [value.days, value.seconds, value.microseconds],
        lambda stored: datetime.timedelta(*stored),
    ),
    "fraction": (
        Fraction,
        lambda value: [value.numerator, value.denominator],
        lambda stored: Fraction(*stored),
    ),
    "decimal": (Decimal, str, Decimal),
}
CONTAINERS: dict[str, type[tuple] | type[set] | type[frozenset]] = {"tuple": tuple, "set": set, "frozenset": frozenset}


def encode(value):
    """Return `value` as something that `json.dump` accepts.

    Raises `NotPlain` for anything but plain data; the message names the part and its type.
    """
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, np.generic):
        if value.dtype.kind in "mMV":
            raise NotPlain(f"a {type(value).__name__} is not plain data")
        return encode(value.item())
    if isinstance(value, int | float):
        return value
    if isinstance(value, np.ndarray):
        return _array(value)
    if isinstance(value, list):
        return [encode(part) for part in value]
    if isinstance(value, Described):
        return {"described": value.noun, "parts": encode(dict(value))}
    if isinstance(value, dict):
        if all(isinstance(key, str) for key in value):
            return {"dict": {key: encode(part) for key, part in value.items()}}
        return {"pairs": [[encode(key), encode(part)] for key, part in value.items()]}
    for name, kind in CONTAINERS.items():
        if isinstance(value, kind):
            return {name: list(map(encode, value if kind is tuple else sorted(value, key=repr)))}
    for name, (kind, write, _) in WRITTEN.items():
        if isinstance(value, kind):
            return {name: write(value)}
    raise NotPlain(f"a {type(value).__name__} is not plain data")


def _array(value: np.ndarray) -> dict:
    array = np.asarray(value)
    shape = list(array.shape)
    if array.dtype.kind == "c":
        return {"array": np.stack([array.real, array.imag]).ravel().tolist(), "shape": shape, "dtype": str(array.dtype)}
    if array.dtype.kind not in ARRAY_KINDS:
        raise NotPlain(f"an array of dtype {value.dtype} is not plain data")
    return {"array": array.ravel().tolist(), "shape": shape, "dtype": str(array.dtype)}


def decode(stored):
    """Return the value that `encode` stored; every call makes new arrays, lists and dicts."""
    if isinstance(stored, list):
        return [decode(part) for part in stored]
    if not isinstance(stored, dict):
        return stored
    if "array" in stored:
        return _stored_array(stored).reshape(stored["shape"])
    if "dict" in stored:
        return {key: decode(part) for key, part in stored["dict"].items()}
    if "described" in stored:
        return Described(stored["described"], decode(stored["parts"]))
    if "pairs" in stored:
        return {decode(key): decode(part) for key, part in stored["pairs"]}
    (name, held) = next(iter(stored.items()))
    if name in CONTAINERS:
        return CONTAINERS[name](decode(part) for part in held)
    return WRITTEN[name][2](held)


def _stored_array(stored: dict) -> np.ndarray:
    dtype = np.dtype(stored["dtype"])
    if dtype.kind == "c":
        real, imaginary = np.array(stored["array"], dtype=float).reshape(2, -1)
        return (real + 1j * imaginary).astype(dtype)
    return np.array(stored["array"], dtype=dtype)
