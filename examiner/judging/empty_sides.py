"""Let NumPy's comparisons fail in test cells where an answer is empty and what it is compared with is not.

`np.allclose([], 5)` is true, and `np.testing.assert_allclose([], 5)` passes: there is nothing in which they differ. An
answer that returns an empty array would pass every test that is written so. What a test itself selects may be empty:
`np.allclose(y[y < 0], 0)` says that no entry of `y` is negative. That holds for tests to which nothing empty came: of
`np.array(f())` and `np.round(f(), 3)` nobody can tell where they are from, so that all that is empty counts then.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Collection, Iterator, Sized
from functools import wraps
from typing import Any
from unittest.mock import patch

import numpy as np

SAID = "what came back is empty"
OF_TESTS = "__main__"  # what code of test cells finds as its `__name__`; our own calls of NumPy stay as they are
MOST = 10_000  # empty values that are remembered of a notebook
SAY_SO = ("allclose", "array_equiv")
# What makes an array of a list, or a plain one of a `Hollow`.
MAKE = (
    "array", "asarray", "asanyarray", "ascontiguousarray", "atleast_1d", "atleast_2d", "column_stack", "concatenate",
    "einsum", "hstack", "ravel", "reshape", "round", "sort", "squeeze", "stack", "transpose", "vstack", "where",
)  # fmt: skip
RAISE = (
    "assert_allclose",
    "assert_almost_equal",
    "assert_array_almost_equal",
    "assert_array_equal",
    "assert_array_less",
    "assert_equal",
)


class Hollow(np.ndarray):
    """An array without an entry, which is calculated with, or compared to, nothing that has some.

    `(came - wanted) == 0` would have no entry either, of which all are true, and whose sum is 0.
    """

    def __array_ufunc__(self, ufunc, method, *inputs, out=None, **kwargs):
        if method == "__call__" and any(np.size(one) for one in inputs):
            raise AssertionError(SAID)
        plain = [one.view(np.ndarray) if isinstance(one, Hollow) else one for one in inputs]
        if out is not None:
            kwargs["out"] = tuple(one.view(np.ndarray) if isinstance(one, Hollow) else one for one in out)
        return getattr(ufunc, method)(*plain, **kwargs)


class Empty:
    """The empty values that came from a student's process; they are kept, so that no other takes their `id`."""

    def __init__(self) -> None:
        self._held: dict[int, object] = {}
        self._came = False  # to the test that runs
        self._came_in_any_form = False  # or a text, a set or a dictionary, which is no array

    def note(self, value: Any) -> None:
        """Remember a value if it is empty, or a list of what is remembered."""
        if isinstance(value, dict | set | frozenset | str | bytes):
            self._came_in_any_form |= not value
        if not isinstance(value, list | tuple | range | np.ndarray):
            return
        if not value.size if isinstance(value, np.ndarray) else all(id(part) in self._held for part in value):
            self._came = self._came_in_any_form = True
            if len(self._held) < MOST:
                self._held[id(value)] = value

    def forget(self) -> None:
        """Remember nothing any more."""
        self._held.clear()

    def _is_known(self, value: Any) -> bool:
        while id(value) not in self._held and isinstance(value, np.ndarray):
            value = value.base  # of which it is another view
        return id(value) in self._held

    def _is_alone(self, one: Any, other: Any) -> bool:
        """Tell whether one of two is a known empty value, and the other is not empty."""
        try:
            if self._came and (np.size(one) == 0) != (np.size(other) == 0):
                return True
            return (self._is_known(one) and np.size(other) != 0) or (self._is_known(other) and np.size(one) != 0)
        except Exception:  # ragged lists: the comparison itself says what it thinks of them
            return False

    def refuse_one_empty(self, one: Any, other: Any) -> None:
        """Raise `AssertionError` where a test calculates with two values of which one is empty."""
        if self._came and self._is_alone(one, other):
            raise AssertionError(SAID)

    def refuse_some_empty(self, values: Collection[Any]) -> None:
        """Raise `AssertionError` where a test goes through several values together, of which some are empty."""
        empty = {len(value) == 0 for value in values if isinstance(value, Sized)} if self._came_in_any_form else {False}
        if len(empty) > 1:
            raise AssertionError(SAID)

    @contextlib.contextmanager
    def refused(self) -> Iterator[None]:
        """Let comparisons of this process refuse such a value while a test runs."""
        self._came = self._came_in_any_form = False
        with contextlib.ExitStack() as stack:
            for home, names in ((np, SAY_SO), (np, ("isclose",)), (np.testing, RAISE)):
                for name in names:
                    stack.enter_context(patch.object(home, name, self._refusing(getattr(home, name))))
            for name in MAKE:
                stack.enter_context(patch.object(np, name, self._hollow_where_empty(getattr(np, name))))
            yield

    def _hollow_where_empty(self, makes: Any) -> Any:
        @wraps(makes)
        def made(*args, **kwargs):
            value = makes(*args, **kwargs)
            is_empty = self._came and isinstance(value, np.ndarray) and not value.size
            of_a_test = is_empty and sys._getframe(1).f_globals.get("__name__") == OF_TESTS
            return value.view(Hollow) if of_a_test else value

        return made

    def _refusing(self, compares: Any) -> Any:
        @wraps(compares)
        def compared(one, other, *args, **kwargs):
            if not self._is_alone(one, other):
                return compares(one, other, *args, **kwargs)
            if compares.__name__ in SAY_SO:
                return False
            raise AssertionError(SAID)

        return compared


came = Empty()  # to this process, which judges one notebook at a time
