"""Ask a student's own function for its answer; whatever it does, the widget goes on.

What it prints is dropped, what it returns is copied into a plain array, and what it raises becomes a sentence.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np

from ...errors import BackpropError
from .as_code import name_or_literal
from .background_task import quietly


class StudentFunctionError(BackpropError):
    """A student's own function cannot be shown; the message says why, in one sentence."""


def name_of(function: object) -> str:
    """Return what a student calls this function."""
    return getattr(function, "__name__", type(function).__name__)


def in_code(functions: Mapping[str, Callable | None]) -> list[str]:
    """Return `name=function` for a line of code, for each function that the notebook has a name for."""
    found = {name: name_or_literal(f, name_of(f)) for name, f in functions.items() if f is not None}
    return [f"{name}={text}" for name, text in found.items() if text.isidentifier()]  # a lambda need not have one


def ask(function: Callable | None, *arguments) -> Any:
    """Return what `function` returns for these arguments; StudentFunctionError where it raises.

    Arrays among the arguments, or in a dictionary among them, are copied, so that the function may change them.
    """
    assert function is not None  # nobody asks for what was not given
    with explained(function), quietly():
        return function(*[_copied(argument) for argument in arguments])


@contextlib.contextmanager
def explained(function: Callable) -> Iterator[None]:
    """Turn whatever `function` raises in here into an StudentFunctionError that names it."""
    try:
        yield
    except NotImplementedError:
        raise StudentFunctionError(f"{name_of(function)} is not written yet.") from None
    except Exception as error:
        said = " ".join(str(error).split())
        raise StudentFunctionError(
            f"{name_of(function)} raises {type(error).__name__}{': ' + said if said else ''}."
        ) from None


def numbers(value: Any, shape: tuple[int, ...], what: str) -> np.ndarray:
    """Return `value` as finite numbers of this shape; StudentFunctionError where it is something else.

    `what` begins the sentence, such as "deltas returns".
    """
    if value is None:  # which NumPy would take for NaN
        raise StudentFunctionError(f"{what} nothing (None).")
    try:
        array = np.array(value, dtype=float)
    except (TypeError, ValueError):
        raise StudentFunctionError(f"{what} {type(value).__name__}, not numbers.") from None
    if array.shape != shape:
        raise StudentFunctionError(f"{what} shape {array.shape}, not {shape}.")
    if not np.all(np.isfinite(array)):
        raise StudentFunctionError(f"{what} a number that is not finite.")
    return array


def _copied(argument: Any) -> Any:
    if isinstance(argument, np.ndarray):
        return argument.copy()
    if isinstance(argument, Mapping):
        return {key: _copied(value) for key, value in argument.items()}
    return argument
