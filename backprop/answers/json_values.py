"""Write values as JSON and read them back, so that frozen inputs and outputs can be stored and compared.

Only data crosses: None, booleans, numbers, strings, lists, tuples, dicts with string keys, and arrays of numbers. No
pickle, nothing is executed.
"""

from __future__ import annotations

import numpy as np

from ..errors import CourseFileError

ARRAY_KINDS = "biuf"  # booleans, integers, floats: what `json` can carry without loss


class NotPlain(CourseFileError):
    """A value is not plain data, so it cannot be stored."""


def encode(value):
    """Return `value` as something that `json.dump` accepts.

    Raises `NotPlain` for anything but plain data; the message names the part and its type.
    """
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, np.generic):
        return encode(value.item())
    if isinstance(value, int | float):
        return value
    if isinstance(value, np.ndarray):
        if value.dtype.kind not in ARRAY_KINDS:
            raise NotPlain(f"an array of dtype {value.dtype} is not plain data")
        array = np.asarray(value)
        return {"array": array.ravel().tolist(), "shape": list(array.shape), "dtype": str(array.dtype)}
    if isinstance(value, tuple):
        return {"tuple": [encode(part) for part in value]}
    if isinstance(value, list):
        return [encode(part) for part in value]
    if isinstance(value, dict):
        if not all(isinstance(key, str) for key in value):
            raise NotPlain("a dict with keys that are not strings is not plain data")
        return {"dict": {key: encode(part) for key, part in value.items()}}
    raise NotPlain(f"a {type(value).__name__} is not plain data")


def decode(stored):
    """Return the value that `encode` stored; every call makes new arrays, lists and dicts."""
    if isinstance(stored, list):
        return [decode(part) for part in stored]
    if isinstance(stored, dict):
        if "array" in stored:
            return np.array(stored["array"], dtype=stored["dtype"]).reshape(stored["shape"])
        if "tuple" in stored:
            return tuple(decode(part) for part in stored["tuple"])
        return {key: decode(part) for key, part in stored["dict"].items()}
    return stored
