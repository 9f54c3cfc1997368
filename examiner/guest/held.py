"""Attributes of an object that are data and nothing more: none of the student's code runs when one is read or set."""

from __future__ import annotations

from itertools import islice

import numpy as np

SIMPLE = (bool, float, str, np.float64)
LARGEST, LONGEST, MOST = 100_000, 1000, 100  # bytes of an array, letters of a text, attributes


def held(target: object) -> dict[str, object]:
    """Return these attributes by name; none of an object whose class has its own way to read or to set them."""
    kind = type(target)
    if kind.__getattribute__ is not object.__getattribute__ or kind.__setattr__ is not object.__setattr__:
        return {}
    of_class = {name for base in kind.__mro__ for name in vars(base)}  # a property may be among them
    own = islice(vars(target).items(), MOST)
    return {name: value for name, value in own if name not in of_class and is_simple(value)}


def is_simple(value: object) -> bool:
    """Tell whether a value is a number, a text or a small array of numbers, of no class of anybody's own."""
    kind = type(value)
    if kind is np.ndarray:
        return value.dtype.kind in "bifc" and value.nbytes <= LARGEST  # type: ignore[attr-defined]
    if kind is int:
        return -(2**63) <= value < 2**63  # type: ignore[operator]
    return kind in SIMPLE and (kind is not str or len(value) <= LONGEST)  # type: ignore[arg-type]
