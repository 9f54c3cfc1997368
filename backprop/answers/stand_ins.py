"""Let a student's earlier functions return the right values, as far as a table holds them.

A table keeps the calls that the solution of an exercise makes of earlier ones, on the inputs of its visible check. A
right answer makes the same calls, and gets the right results; any other call goes to the student's own function.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping, MutableMapping

import numpy as np

from . import json_values
from .changes import copied
from .compare import agree, differences

Calls = Mapping[str, list]  # by name of a function: [arguments, result], as stored
NEAR = 1e-4  # of arguments that an earlier answer has computed in single precision


@contextlib.contextmanager
def standing_in(names: MutableMapping[str, object], calls: Calls) -> Iterator[None]:
    """Put stand-ins under the names of earlier functions for a while."""
    own = {name: names[name] for name in calls if callable(names.get(name))}
    for name, function in own.items():
        names[name] = _stand_in(function, _decoded(calls[name]))  # type: ignore[arg-type]
    try:
        yield
    finally:
        names.update(own)


def _decoded(some: list) -> list[tuple]:
    return [(json_values.decode(arguments), json_values.decode(result)) for arguments, result in some]


def _stand_in(own: Callable, calls: list[tuple]) -> Callable:
    def stand_in(*arguments, **keywords):
        for known, result in () if keywords else calls:
            if len(known) == len(arguments) and all(map(_near, arguments, known)):
                return copied(result)
        return own(*arguments, **keywords)

    return stand_in


def _near(got, want) -> bool:
    try:
        return bool(agree(got, want, NEAR))
    except Exception:  # an object of the student's own that does not bear being compared
        return False


def unlike(names: Mapping[str, object], calls: Calls) -> tuple[str, str]:
    """Return the first earlier function that returns something else than it should, or in another form, and how."""
    for name, some in calls.items():
        function = names.get(name)
        for arguments, want in _decoded(some) if callable(function) else ():
            try:
                got = function(*copied(arguments))  # type: ignore[operator]
            except Exception as error:
                return name, f"raises {type(error).__name__} there"
            if told := _how(got, want):
                return name, told
    return "", ""


def _how(got, want) -> str:
    if isinstance(want, dict | tuple):
        if type(got) is not type(want):
            return f"returns a {type(got).__name__} where a {type(want).__name__} is expected"
        keys = list(want) if isinstance(want, dict) else range(min(len(got), len(want)))
        parts = (_how(got[key], want[key]) for key in keys if not isinstance(got, dict) or key in got)
        return next(filter(None, parts), "")
    if differences(got, want):
        return "returns a different value from the one it should"
    if isinstance(want, np.ndarray):
        if not isinstance(got, np.ndarray):
            return f"returns a {type(got).__name__}, not an array"
        if type(got) is not np.ndarray:
            return f"returns an `np.{type(got).__name__}`, for which `*` means a different product than for arrays"
        if got.dtype != want.dtype:
            return f"returns numbers of type {got.dtype} where {want.dtype} is expected"
    return ""
