"""Describe as plain data what is none, so that it can be frozen and compared: tables, figures, sparse arrays.

What a table or a figure shows counts, not how it was made: a figure is its axes, each with its lines, points, bars and
pictures; titles and colours are left out. The libraries are known by name, so that none is imported for this.
"""

from __future__ import annotations

import math

import numpy as np

from .amount import amount

DEEPEST = 4  # of containers that are looked into
LONGEST = 10_000  # entries of a list that are looked into
MOST = 200_000  # entries of all containers together
LEAVES = (int, float, bool, str, type(None))
CONTAINERS = (list, tuple)
TABLE, FIGURE, AXES, OBJECTS = "a DataFrame", "a figure", "axes of a figure", "an array of objects"


class Described(dict):
    """What is known of a value of another kind: its `noun`, and by name the parts that count."""

    def __init__(self, noun: str, parts: dict):
        super().__init__(parts)
        self.noun = noun

    @property
    def nested(self) -> list:
        """The entries of an array of objects, as lists in lists."""
        array = np.empty(len(self["entries"]), dtype=object)
        array[:] = self["entries"]
        return array.reshape(self["shape"]).tolist()

    def __array__(self, dtype=None, copy=None):
        if "values" not in self:
            raise TypeError(f"{self.noun} is no array")
        values = self["values"]
        whole = np.column_stack(list(values.values())) if isinstance(values, dict) else values
        return np.asarray(whole, dtype)


def described(noun: str, parts: object) -> object:
    """Return what another process says of a value of its own: a description where it has the form of one."""
    if noun == TABLE and isinstance(parts, dict):
        kinds = {"columns": list, "rows": list, "values": dict}
        if parts.keys() == kinds.keys() and all(type(parts[name]) is kind for name, kind in kinds.items()):
            return Described(noun, parts)
    if noun == AXES and _are_axes(parts):
        return Described(noun, parts)  # type: ignore[arg-type]  # which was just asked
    if noun == OBJECTS and isinstance(parts, dict) and parts.keys() == {"shape", "entries"}:
        shape, entries = parts["shape"], parts["entries"]
        whole = type(shape) is list and all(type(axis) is int and axis >= 0 for axis in shape)
        return Described(noun, parts) if whole and type(entries) is list and len(entries) == math.prod(shape) else parts
    if noun == FIGURE and isinstance(parts, dict) and parts.keys() == {"axes"}:
        axes = parts["axes"]
        return Described(noun, parts) if type(axes) is list and all(map(_are_axes, axes)) else parts
    return parts


def _are_axes(parts: object) -> bool:
    return type(parts) is dict and all(type(some) is list for some in parts.values())


def plain(value, depth: int = 0):
    """Return `value`, with a description in place of each table, figure and sparse array in it.

    What has a method `__plain__`, as something in another process, is asked for it. A giant is returned as it is.
    Never raises.
    """
    kind = type(value)
    if depth == 0 and kind not in LEAVES and amount(value, MOST, numbers=False) > MOST:
        return value
    if kind in CONTAINERS:
        if depth >= DEEPEST or len(value) > LONGEST or all(type(part) in (int, float, str, bool) for part in value):
            return value
        parts = [plain(part, depth + 1) for part in value]
        return value if all(one is other for one, other in zip(parts, value, strict=True)) else kind(parts)
    if kind is dict:
        if depth >= DEEPEST:
            return value
        parts_by_name = {key: plain(part, depth + 1) for key, part in value.items()}
        return value if all(part is value[key] for key, part in parts_by_name.items()) else parts_by_name
    if kind.__module__ == "builtins":
        return value
    try:
        return _described(value, kind)
    except Exception:  # an object of the student's own that does not bear being looked at
        return value


def _described(value, kind: type):
    if hasattr(kind, "__plain__"):
        return value.__plain__()
    if isinstance(value, np.ndarray | np.generic):
        if value.dtype.kind == "O":
            entries = [plain(entry, DEEPEST - 1) for entry in value.ravel().tolist()]
            return Described(OBJECTS, {"shape": list(value.shape), "entries": entries})
        return _dates(value) if value.dtype.kind in "mM" else value
    library = {parent.__module__.split(".")[0] for parent in kind.__mro__}
    names = {parent.__name__ for parent in kind.__mro__}
    if "pandas" in library:
        return _of_pandas(value, names)
    if "scipy" in library and hasattr(kind, "toarray"):
        return value.toarray()
    if "matplotlib" in library:
        if "Figure" in names:
            return Described(FIGURE, {"axes": [_axes(axes) for axes in value.axes]})
        if "Axes" in names:
            return Described(AXES, _axes(value))
    return value


def _dates(value: np.ndarray | np.generic):
    """Return dates or spans of NumPy as texts, which hold them without loss."""
    return np.asarray(value).astype(str) if isinstance(value, np.ndarray) else str(value)


def _of_pandas(value, names: set[str]):
    if "DataFrame" in names:
        columns = {str(name): _column(value.iloc[:, place]) for place, name in enumerate(value.columns)}
        return Described(
            TABLE,
            {"columns": _labels(value.columns), "rows": _labels(value.index), "values": columns},
        )
    if names & {"Series", "Index"}:  # what NumPy takes for an array is one
        return _column(value)
    if "Timestamp" in names:
        return value.to_pydatetime()
    return value


def _labels(index) -> list:
    return [plain(label) for label in index.tolist()]


def _column(column):
    array = column.to_numpy()
    if array.dtype.kind in "biufcU":
        return array
    if all(isinstance(entry, str) for entry in array):
        return array.astype(str)
    return _dates(array) if array.dtype.kind in "mM" else [plain(entry, DEEPEST - 1) for entry in array.tolist()]


def _axes(axes) -> dict:
    """Return what axes show: lines, points, bars and pictures, in the order in which they were drawn."""
    parts: dict[str, list] = {
        "lines": [np.array(line.get_xydata(), float) for line in axes.get_lines()],
        "points": [np.array(c.get_offsets(), float) for c in axes.collections if len(c.get_offsets())],
        "bars": [
            np.array([bar.get_x(), bar.get_y(), bar.get_width(), bar.get_height()], float)
            for bar in axes.patches
            if hasattr(bar, "get_height")
        ],
        "pictures": [np.ma.filled(np.ma.asarray(image.get_array(), float), np.nan) for image in axes.images],
    }
    return {name: some for name, some in parts.items() if some}
