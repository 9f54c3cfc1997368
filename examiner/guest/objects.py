"""The objects in a student's process that the examiner knows by number."""

from __future__ import annotations

import contextlib
import os
import types
from collections.abc import Callable as Function
from itertools import islice
from typing import Any

import numpy as np

from ..wire import Callback, Handle
from .array_like import as_numbers
from .calls import StandIn


class Objects:
    """Gives objects numbers, and finds them again."""

    def __init__(self) -> None:
        self._held: dict[int, object] = {}
        self._numbers: dict[int, int] = {}  # of these objects, by their `id`
        self._first_number = int.from_bytes(os.urandom(5))  # a handle of another student's fits nothing here

    def handle(self, value) -> Handle | np.ndarray:
        """Return a handle for what is no plain data; an array for what is like one, unless a class here made it."""
        if type(value).__module__ != "__main__" and (array := as_numbers(value)) is not None:
            return array
        number = self._numbers.setdefault(id(value), self._first_number + len(self._numbers))
        self._held[number] = value  # kept, so that its `id` stays its own
        if isinstance(value, type):
            kind = "class"
        elif isinstance(value, types.ModuleType):
            kind = "module"
        else:
            kind = "function" if callable(value) else "object"
        name = ""
        with contextlib.suppress(Exception):  # an object may answer as it likes to names that it does not have
            name = getattr(value, "__name__", "")
        return Handle(number, kind, type(value).__name__, name if isinstance(name, str) else "")

    def inward(self, value, ask: Function):
        """Put objects in the place of handles, and functions that `ask` calls in the place of callbacks."""
        if isinstance(value, Handle):
            return self._held[value.number]
        if isinstance(value, Callback):
            return StandIn(ask, value)
        if isinstance(value, list | tuple):
            return type(value)(self.inward(part, ask) for part in value)
        if isinstance(value, dict):
            return {key: self.inward(part, ask) for key, part in value.items()}
        return value


DATA = (list, tuple, dict, set, frozenset, str, bytes, int, float, complex, np.ndarray)  # of which a class can be made
MOST_PARTS = 1000


def is_more_than_data(value: Any, depth: int = 0) -> bool:
    """Tell whether a value, or a part of it, is data of the notebook's own class, which crosses without its methods."""
    kind = type(value)
    if issubclass(kind, DATA) and type.__getattribute__(kind, "__module__") == "__main__":
        return True
    if kind not in (list, tuple, dict) or depth > 1:
        return False
    parts = value.values() if isinstance(value, dict) else value
    return any(is_more_than_data(part, depth + 1) for part in islice(parts, MOST_PARTS))
