"""Functions that a test hands to a student's code, which then chooses what they are called with.

`math.factorial(10**9)` never ends, and no alarm ends a call in C. So a call with more than usual is first tried in a
fork that can be ended.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from functools import update_wrapper

import numpy as np

from ..errors import Overdue
from . import killable

SECONDS = 10  # of a processor
USUAL = 1_000_000  # up to this number, or so many entries, whatever is done with it ends soon


class Lent:
    """A function, called like itself; raises `TimeoutError` where it takes too long."""

    trying = False  # in a fork, from which nothing can be asked of the student's process

    def __init__(self, function: Callable):
        self._function, self._tried = function, USUAL
        update_wrapper(self, function, updated=())

    def __call__(self, *args, **kwargs):
        size = max(map(_size, [*args, *kwargs.values()]), default=0)
        if size > self._tried:
            try:
                killable.within(SECONDS, _try, self._function, args, kwargs)
            except Overdue:
                raise TimeoutError("it took too long with these arguments") from None
            self._tried = 2 * size
        return self._function(*args, **kwargs)


def _try(function: Callable, args: tuple, kwargs: dict) -> None:
    Lent.trying = True
    with contextlib.suppress(Exception):  # it is raised again where it counts
        function(*args, **kwargs)


def _size(value: object) -> int:
    """Return how large a value is, as a number or by its entries."""
    if isinstance(value, int):
        return abs(value)
    if isinstance(value, np.ndarray):
        return value.nbytes
    if isinstance(value, np.integer):
        return abs(int(value))
    if isinstance(value, list | tuple | set | frozenset):
        return sum(map(_size, value)) + len(value)
    if isinstance(value, dict):
        return _size(list(value)) + _size(list(value.values()))
    return len(value) if isinstance(value, str | bytes | range) else 0
