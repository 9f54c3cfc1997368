"""Tell what NumPy takes for an array of numbers: tensors, buffers, columns of a table."""

from __future__ import annotations

import types
from collections import UserList, deque

import numpy as np

NUMBERS = "biufc"
MARKS = ("__array__", "__array_interface__", "__array_struct__")  # how a type says that it is like an array
NOT_ASKED = (type, types.ModuleType, types.FunctionType, types.MethodType, np.ndarray, np.generic, str, bytes)
SEQUENCES = (memoryview, deque, UserList)


def as_numbers(value: object) -> np.ndarray | None:
    """Return the array that `np.asarray(value)` is, if its entries are numbers; None for anything else.

    Masked arrays are left alone: without its mask one would be another value.
    """
    if isinstance(value, NOT_ASKED):
        return None
    kind = type(value)
    if kind.__name__ == "DataFrame":  # which is more than its numbers
        return None
    if not (any(hasattr(kind, mark) for mark in MARKS) or isinstance(value, SEQUENCES) or _is_buffer(value)):
        return None
    try:
        array = np.asarray(value)
    except (Exception, SystemExit):  # as a tensor does of which gradients are kept
        return None
    return array if type(array) is np.ndarray and array.dtype.kind in NUMBERS else None


def _is_buffer(value: object) -> bool:
    try:
        return bool(memoryview(value).format)  # type: ignore[arg-type]  # that is the question
    except (TypeError, ValueError, BufferError):
        return False


def called(function, arguments: tuple, keywords: dict) -> object:
    """Call a function and return what it returned, as an array where it is like one; an object of a class stays one."""
    value = function(*arguments, **keywords)
    array = None if isinstance(function, type) else as_numbers(value)
    return value if array is None else array
