"""Run a notebook of the instructor's, and keep what its tests hand to the functions of its answers."""

from __future__ import annotations

import contextlib
import inspect
import io
import math
import sys
from collections.abc import Callable, Iterable, Mapping
from functools import wraps

import numpy as np

from backprop.again import parsed
from backprop.answers import json_values

ANSWER, OTHERS = "<an answer>", "<another cell>"
LONGEST = 400  # letters of the arguments of one call
DEFAULT = {np.dtype(float), np.dtype(int), np.dtype(bool), np.dtype(complex)}  # what `np.array` makes by itself


class Unwritten(Exception):
    """A value cannot be written down in a line."""


def calls(cells: Iterable[tuple[str, Iterable[str]]]) -> tuple[dict[str, list[str]], list[str]]:
    """Return by function the arguments of each call that tests make, as Python, and what of them cannot be used.

    `cells` are the code of a notebook in order, each with the functions of its answer, if it is one.
    """
    names: dict = {"__name__": "__main__"}
    found: dict[str, list[str]] = {}
    left: list[str] = []
    for source, functions in cells:
        mine = ANSWER if functions else OTHERS
        with contextlib.suppress(Exception), contextlib.redirect_stdout(io.StringIO()):
            exec(compile(parsed(source)[1], mine, "exec"), names)
        for name in functions:
            if inspect.isfunction(names.get(name)):
                names[name] = _noted(names[name], name, found, left)
    return {name: list(dict.fromkeys(some)) for name, some in found.items()}, list(dict.fromkeys(left))


def _noted(function: Callable, name: str, found: dict[str, list[str]], left: list[str]) -> Callable:
    """Return a function that notes the calls which cells make that are no answers."""

    @wraps(function)
    def called(*args, **kwargs):
        if sys._getframe(1).f_code.co_filename != OTHERS:
            return function(*args, **kwargs)
        try:
            bound = inspect.signature(function).bind(*args, **kwargs)
            if bound.kwargs:
                raise Unwritten("an argument can be given by its name only")
            text = ", ".join(map(written, bound.args))
            if len(text) > LONGEST:
                raise Unwritten("its arguments are too long to be written down")
        except (Unwritten, TypeError) as error:
            left.append(f"{name}: {error}")
            return function(*args, **kwargs)
        value = function(*args, **kwargs)  # where it raises, there is nothing to be frozen
        try:
            json_values.encode(value)
        except json_values.NotPlain as error:
            left.append(f"{name}({text}): {error}")
        else:
            found.setdefault(name, []).append(text)
        return value

    return called


def written(value: object) -> str:
    """Return a value as Python; raises `Unwritten` where that cannot be."""
    if isinstance(value, float) and not math.isfinite(value):
        return f'float("{value!r}")' if type(value) is float else f'np.float64("{float(value)!r}")'
    if value is None or type(value) in (bool, int, float, complex, str):
        return repr(value)
    if type(value) in (list, set) and value:
        inner = ", ".join(map(written, value))  # type: ignore[call-overload]
        return f"[{inner}]" if type(value) is list else f"{{{inner}}}"
    if type(value) in (list, set):
        return "[]" if type(value) is list else "set()"
    if type(value) is tuple:
        return (
            "(" + "".join(f"{written(part)}, " for part in value).removesuffix(" " if len(value) == 1 else ", ") + ")"
        )
    if isinstance(value, Mapping) and type(value) is dict:
        return "{" + ", ".join(f"{written(key)}: {written(part)}" for key, part in value.items()) + "}"
    if isinstance(value, np.ndarray) and value.dtype.kind in "biufcU" and value.size:
        kind = "" if value.dtype in DEFAULT or value.dtype.kind == "U" else f', dtype="{value.dtype}"'
        return f"np.array({written(value.tolist())}{kind})"
    if isinstance(value, np.generic) and value.dtype.kind in "biuf":
        return f"np.{type(value).__name__}({value.item()!r})"
    raise Unwritten(f"a {type(value).__name__} cannot be written down")
