"""Values that locked cells and tests have bound, made again what they were before the next test runs.

A name can be bound again, but what it stands for can be changed in place too: an expected list, an array, an attribute
of a class, a default of a function. So lists, dicts, sets, arrays, tables, functions, and objects of the notebook's own
classes are copied when they are bound. Anything else stays as it is, and so does what is too large to be copied.
"""

from __future__ import annotations

import contextlib
import copy
import types
from collections import Counter, OrderedDict, defaultdict, deque
from dataclasses import dataclass

import numpy as np

MOST_BYTES = 1 << 24  # of the arrays in one value, which are looked through for each test
MOST_PARTS = 100_000
DICTS = (dict, OrderedDict, defaultdict, Counter)
LISTS = (list, deque)
FIXED = (tuple, frozenset)
PLAIN = (bool, int, float, complex, str, bytes, bytearray, type(None), np.generic)
DEFAULTS, CLOSED_OVER = ("__defaults__", "__kwdefaults__"), "__closure__"
OWN = "__main__"  # the module of a notebook's own classes
CODE = (types.FunctionType, property, staticmethod, classmethod)  # of a class; put back with other code


class TooMuch(Exception):
    """A value is too large to be copied."""


@dataclass(frozen=True)
class Parts:
    """What the data were in an object of the notebook's, or in a class."""

    whole: object
    data: dict[str, object]


class OwnValues:
    """The values that were kept, by the name under which a cell bound them."""

    def __init__(self) -> None:
        self.kept: dict[str, tuple[object, object]] = {}  # the value itself, and a copy

    def keep(self, name: str, value: object) -> None:
        """Remember a value as it is now."""
        self.kept.pop(name, None)
        with contextlib.suppress(Exception):  # too large, or an object that does not bear being looked through
            copied = _Copier().copy(value)
            if copied is not value or type(value) in FIXED:
                self.kept[name] = value, copied

    def changed(self) -> list[str]:
        """Return the names of values that are not what they were."""
        found = []
        for name, (value, then) in self.kept.items():
            with contextlib.suppress(Exception):  # an object that does not bear being compared
                found += [] if same(value, then) else [name]
        return found

    def put_back(self, name: str) -> object:
        """Make a value what it was, in place where that can be; return what the name has to stand for."""
        value, then = self.kept[name]
        now = value
        with contextlib.suppress(Exception):  # an object that does not bear being changed
            now = restored(value, _Copier().copy(then))
        self.kept[name] = now, then
        return now


class _Copier:
    def __init__(self) -> None:
        self.parts, self.bytes = 0, 0

    def copy(self, value):
        """Return a copy that shares nothing which can be changed; raises `TooMuch`."""
        kind = type(value)
        self.parts += 1
        if kind is np.ndarray:
            self.bytes += value.nbytes
        if self.parts > MOST_PARTS or self.bytes > MOST_BYTES:
            raise TooMuch
        if kind in (*LISTS, *FIXED, set):
            return kind(map(self.copy, value))
        if kind in DICTS:
            made = copy.copy(value)
            for key in value:
                made[key] = self.copy(value[key])
            return made
        if kind is Parts:
            return Parts(value.whole, self.copy(value.data))
        if _is_own(value):
            return Parts(value, self.copy(_data_of(value)))
        if kind is bytearray or (kind is np.ndarray and not value.dtype.hasobject) or _is_table(value):
            return value.copy()
        return value


def same(value, then) -> bool:
    """Tell whether a value is what its copy is; what was not copied only has to be the same object."""
    if isinstance(then, Parts):
        return value is then.whole and same(_data_of(value), then.data)
    if type(value) is not type(then):
        return False
    if type(value) is np.ndarray and not value.dtype.hasobject:
        return value.dtype == then.dtype and value.shape == then.shape and value.tobytes() == then.tobytes()
    if isinstance(value, (*LISTS, tuple)):
        return len(value) == len(then) and all(map(same, value, then))
    if isinstance(value, dict):
        return list(value) == list(then) and all(map(same, value.values(), then.values()))
    if isinstance(value, (set, frozenset, *PLAIN)):
        return value == then or (value != value and then != then)
    return value.equals(then) if _is_table(value) else value is then


def restored(value, then):
    """Make a value what its copy is, and return it; where it cannot be made so in place, return the copy."""
    if isinstance(then, Parts):
        for name in _data_of(then.whole).keys() - then.data.keys():
            delattr(then.whole, name)
        now = _data_of(then.whole)
        for name, part in then.data.items():
            if not same(now.get(name), part):
                made = restored(now.get(name), part)
                if name != CLOSED_OVER:
                    setattr(then.whole, name, made)
        return then.whole
    if same(value, then):
        return value
    if type(value) is not type(then):
        return _unwrapped(then)
    parts: list | dict | tuple
    if isinstance(value, LISTS):
        parts = [restored(*pair) for pair in zip([*value, *[None] * len(then)], then, strict=False)]
        value.clear()
        value.extend(parts)
    elif isinstance(value, dict):
        parts = {key: restored(value.get(key), part) for key, part in then.items()}
        value.clear()
        value.update(parts)
    elif isinstance(value, tuple) and len(value) == len(then):
        parts = tuple(map(restored, value, then))
        return value if all(one is other for one, other in zip(value, parts, strict=True)) else parts
    elif isinstance(value, set):
        value.clear()
        value.update(then)
    elif isinstance(value, bytearray):
        value[:] = then
    elif type(value) is np.ndarray and (value.dtype, value.shape) == (then.dtype, then.shape) and _writable(value):
        value[...] = then
    else:
        return _unwrapped(then)
    return value


def _unwrapped(then):
    """Return a copy with the objects themselves in it whose parts were copied."""
    if isinstance(then, Parts):
        return restored(None, then)
    if type(then) in (*LISTS, *FIXED, set):
        return type(then)(map(_unwrapped, then))
    if isinstance(then, dict):
        for key in then:
            then[key] = _unwrapped(then[key])
    return then


def _is_own(value) -> bool:
    """Tell whether a value is a function or a class of the notebook's, or an object of one."""
    if isinstance(value, types.FunctionType):
        return value.__module__ == OWN
    kind = value if isinstance(value, type) else type(value)
    return kind.__module__ == OWN and hasattr(value, "__dict__")


def _is_table(value) -> bool:
    return type(value).__module__.partition(".")[0] == "pandas" and hasattr(value, "equals")


def _data_of(value) -> dict[str, object]:
    """Return the attributes of an object, a class or a function that are data."""
    if isinstance(value, types.FunctionType):
        inner = tuple(cell.cell_contents for cell in value.__closure__ or () if cell != types.CellType())
        return {**vars(value), **{name: getattr(value, name) for name in DEFAULTS}, CLOSED_OVER: inner}
    if not isinstance(value, type):
        return dict(vars(value))
    return {name: part for name, part in vars(value).items() if not (name.startswith("__") or isinstance(part, CODE))}


def _writable(array: np.ndarray) -> bool:
    with contextlib.suppress(ValueError):
        array.flags.writeable = True
    return array.flags.writeable
