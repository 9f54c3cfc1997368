"""Numbers: one more or less, written down where a name should stand, a size for another size, a comparison."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from backprop.answers.signs import COMPARISONS

from .places import Change, Place, called, text, what

WRITTEN_DOWN = ("0.001", "0.01", "0.1", "0.5", "1", "2", "3", "5", "10", "1e-05", "0.0001")
THRESHOLDS = (0, 0.1, 0.25, 0.4, 0.6, 0.75, 0.9, 1, 50)


def changes(place: Place) -> Iterator[Change]:
    """Yield other numbers, sizes and comparisons that could stand at a place."""
    node = place.node
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float) and not isinstance(node.value, bool):
        yield from _constant(place, node)
    if isinstance(node, ast.Name) and place.is_load and _is_number_argument(place, node.id):
        for number in WRITTEN_DOWN:
            yield Change("number-written-down", number, f"{number} for `{node.id}`", f"{node.id}={number}")
        yield from _scaled(node.id)
        if "i" in place.names and node.id != "i":
            yield Change(
                "number-scaled", f"({node.id} / (1 + i))", f"`{node.id}` shrinks from round to round", "decaying"
            )
    if called(node) == "len" and len(node.args) == 1:
        own = ast.unparse(node)
        for other, told in ((f"({own} + 1)", "one too many"), (f"({own} - 1)", "one too few")):
            yield Change("count-off", other, told, told)
        for number in ("1", "2", "3", "4"):
            yield Change("number-written-down", number, f"{number} for `{own}`", f"{own}={number}")
    if isinstance(node, ast.Name) and place.is_load and node.id in place.sizes:
        for other, told in ((f"({node.id} + 1)", "one too many"), (f"({node.id} - 1)", "one too few")):
            yield Change("count-off", other, f"`{node.id}` counts {told}", f"{node.id}{told}")
        for number in ("1", "2", "3", "4", "5", "10"):
            yield Change("number-written-down", number, f"{number} for `{node.id}`", f"{node.id}={number}")
        for array in sorted({"X", "Y"} & set(place.names)):
            for axis in (0, 1):
                size = f"{array}.shape[{axis}]"
                yield Change("other-size", size, f"`{size}` for `{node.id}`", f"{node.id}={size}")
    if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Attribute) and node.value.attr == "shape":
        yield from _size(node)
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        yield from _comparison(place, node)


def _is_number_argument(place: Place, name: str) -> bool:
    """Whether a name is an argument that is one number, as far as its name tells."""
    known = ("rate", "eta", "h", "steps", "epochs", "max_iteration", "tolerance", "bound", "n_h")
    return any(name == word or name.endswith(f"_{word}") for word in known)


def _scaled(name: str) -> Iterator[Change]:
    forms = {f"2 * {name}": "is doubled", f"0.5 * {name}": "is halved", f"{name} ** 2": "is squared",
             f"1 / {name}": "is inverted", f"(1 - {name})": "is subtracted from 1", f"-{name}": "has the wrong sign",
             f"np.sqrt({name})": "is under a square root", f"{name} / 100": "is in percent"}  # fmt: skip
    for form, told in forms.items():
        yield Change("number-scaled", f"({form})", f"`{name}` {told}", f"{name} {told}")


def _constant(place: Place, node: ast.Constant) -> Iterator[Change]:
    value = node.value
    if isinstance(place.parent, ast.Compare):
        for other in THRESHOLDS:
            if other != value:
                yield Change("another-threshold", str(other), f"{other} for {value}", f"{value}>{other}")
        return
    if isinstance(place.parent, ast.Subscript | ast.Slice | ast.keyword):
        return
    for number in dict.fromkeys((value - 1, value + 1, 0, 0.5, 1, 2, 4)):
        if number != value:
            yield Change("another-number", str(number), f"{number} for {value}", f"{value}>{number}")


def _size(node: ast.Subscript) -> Iterator[Change]:
    array = ast.unparse(node.value.value)
    axis = ast.unparse(node.slice)
    other = "0" if axis == "1" else "1"
    yield Change("other-size", f"{array}.shape[{other}]", f"`{array}.shape[{other}]`", f"{array}{other}")
    yield Change("other-size", f"{array}.size", f"the number of all entries of `{array}`", f"{array}size")
    yield Change("other-size", f"{array}.ndim", f"the number of axes of `{array}`", f"{array}ndim")
    for number in ("1", "2", "3", "10"):
        yield Change("number-written-down", number, f"{number} for `{array}.shape[{axis}]`", f"{array}{axis}={number}")


def _comparison(place: Place, node: ast.Compare) -> Iterator[Change]:
    left, right = text(node.left), text(node.comparators[0])
    own = type(node.ops[0])
    for op, sign in COMPARISONS.items():
        if op is not own:
            told = f"`{sign}` for `{COMPARISONS.get(own, '?')}`"
            yield Change("another-comparison", f"({left} {sign} {right})", told, f"{COMPARISONS.get(own)}{sign}")
    yield Change("not-compared", left, what(node.left), "compared")
    yield Change("not-compared", right, what(node.comparators[0]), "compared, right")
    yield Change("another-coding", f"np.where({left} {COMPARISONS.get(own, '>')} {right}, 1, -1)", "1 and −1", "1, -1")
    yield Change("another-coding", f"np.where({left} {COMPARISONS.get(own, '>')} {right}, 1, 2)", "1 and 2", "1, 2")
    yield Change("another-coding", f"np.where({left} {COMPARISONS.get(own, '>')} {right}, 2, 1)", "2 and 1", "2, 1")
    if own is ast.Eq:
        for number in ("0", "1"):
            changed = f"({left} {COMPARISONS[own]} {number})"
            yield Change("compared-with-a-number", changed, f"{number}", f"== {number}")
    for many in ("mean", "median", "max"):
        sign = COMPARISONS.get(own, ">")
        yield Change("threshold-from-data", f"({left} {sign} np.{many}({left}))", f"`{many}`", many)
