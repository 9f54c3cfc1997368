"""Find what a function has changed in the arguments that it was handed, and the line that did it.

The caller goes on to use what it gave, so a right return value is not enough. The line is found in the source of
the function, by the names under which an argument goes there; where it hides too well, none is named.
"""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from .compare import agree

# Methods of lists, dicts and arrays that change them, and functions of NumPy that change their first argument.
CHANGING = {
    "append", "clear", "extend", "fill", "insert", "itemset", "partition", "pop", "popitem", "put", "remove", "resize",
    "reverse", "setdefault", "sort", "update",
}  # fmt: skip
CHANGING_FIRST = {"copyto", "fill_diagonal", "place", "put", "putmask", "at", "shuffle"}
VIEWS = (ast.Name, ast.Subscript, ast.Attribute, ast.Starred)


@dataclass(frozen=True)
class Change:
    """An argument that is another than before: its place among the arguments, and where it was changed."""

    place: int
    line: str = ""
    line_number: int = 0


def copied(value):
    """Return a copy of plain data, with arrays and containers of its own; anything else is returned as it is."""
    if isinstance(value, np.ndarray):
        return value.copy()
    if type(value) in (list, tuple):
        return type(value)(copied(part) for part in value)
    if type(value) is dict:
        return {key: copied(part) for key, part in value.items()}
    return value


def changed(now, before) -> bool:
    """Say whether plain data differs from its copy by more than a rounding; new keys of a dict harm nobody."""
    if isinstance(before, np.ndarray | list | tuple | dict):
        try:
            return type(now) is not type(before) or not _same(now, before)
        except Exception:  # objects among the entries that do not bear being compared
            return False
    return False


def _same(now, before) -> bool:
    if isinstance(before, dict):
        return all(key in now and (now[key] is part or not changed(now[key], part)) and
                   (isinstance(part, np.ndarray | list | tuple | dict) or _alike(now[key], part))
                   for key, part in before.items())  # fmt: skip
    if isinstance(before, list | tuple):
        return len(now) == len(before) and all(
            not changed(one, other) if isinstance(other, np.ndarray | list | tuple | dict) else _alike(one, other)
            for one, other in zip(now, before, strict=True)
        )
    return now.shape == before.shape and (before.dtype.kind not in "biuf" or agree(now, before))


def _alike(one, other) -> bool:
    numbers = isinstance(other, int | float | np.number) and isinstance(one, int | float | np.number)
    return one is other or (bool(agree(float(one), float(other))) if numbers else True)


def first_change(arguments: tuple, before: tuple) -> int | None:
    """Return the place of the first argument that has been changed."""
    return next((i for i, (now, then) in enumerate(zip(arguments, before, strict=True)) if changed(now, then)), None)


def find(function: Callable, place: int) -> Change:
    """Return the change of the argument at `place`, with the line of `function` that made it where one is found."""
    try:
        lines, first = inspect.getsourcelines(function)
        tree = ast.parse(textwrap.dedent("".join(lines)))
        definition = next(node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))
        names = {definition.args.args[place].arg}
    except Exception:  # no source, no `def`, or another number of arguments
        return Change(place)
    for node in sorted(
        (n for n in ast.walk(definition) if isinstance(n, ast.stmt | ast.expr)), key=lambda n: (n.lineno, n.col_offset)
    ):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                _follow(target, node.value, names)
        if _changes(node, names):
            line = lines[node.lineno - 1].strip() if node.lineno <= len(lines) else ""
            return Change(place, line, first + node.lineno - 1)
    return Change(place)


def _follow(target: ast.expr, value: ast.expr, names: set[str]) -> None:
    """Add the names under which an argument, or a part of it, goes from here on."""
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple) and len(target.elts) == len(value.elts):
        for one, other in zip(target.elts, value.elts, strict=True):
            _follow(one, other, names)
    elif isinstance(target, ast.Name) and isinstance(value, VIEWS):
        (names.add if first_name(value) in names else names.discard)(target.id)
    elif isinstance(target, ast.Name) and not isinstance(value, VIEWS):
        names.discard(target.id)


def _changes(node: ast.AST, names: set[str]) -> bool:
    if isinstance(node, ast.AugAssign):
        return first_name(node.target) in names
    if isinstance(node, ast.Assign | ast.Delete):
        return any(isinstance(target, ast.Subscript) and first_name(target) in names for target in node.targets)
    if not isinstance(node, ast.Call):
        return False
    method = node.func.attr if isinstance(node.func, ast.Attribute) else ""
    if method in CHANGING and first_name(node.func) in names:
        return True
    if method in CHANGING_FIRST and node.args and first_name(node.args[0]) in names:
        return True
    return any(keyword.arg == "out" and first_name(keyword.value) in names for keyword in node.keywords)


def first_name(node: ast.expr) -> str:
    """Return the name at which an expression like `cache["A2"][0].T` begins; "" where it begins with none."""
    while isinstance(node, ast.Subscript | ast.Attribute | ast.Starred):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""
