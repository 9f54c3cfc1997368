"""Which names of a test may hold parts of what others hold: what is done to the one is then done to the other.

`b = a` is the same thing, `case` in a loop over `cases` a part of it. What is copied is neither.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

PASSING_ON = {
    "zip",
    "enumerate",
    "reversed",
    "sorted",
    "list",
    "tuple",
    "iter",
}  # give the very parts of their arguments
OF_A_DICT = {"items", "values"}
DISPLAYS = (ast.List, ast.Tuple, ast.Set, ast.Dict)
Wholes = Mapping[str, set[str]]  # of a name: those of which it is a part


def parts_of_others(tree: ast.AST) -> Wholes:
    """Return for each name the names that may hold it, or the same as it."""
    found: dict[str, set[str]] = {}
    pairs = list(_bound(tree))
    fixed = {name for name, value in pairs if _is_fixed(value)}
    flat = {name for name, value in pairs if _is_flat(value)}
    for name, value in pairs:
        if isinstance(value, DISPLAYS):
            for other in _held(value) - fixed:
                found.setdefault(other, set()).add(name)
            continue
        for other in _held(value) - fixed:
            if isinstance(value, ast.Name):
                found.setdefault(other, set()).add(name)
            if isinstance(value, ast.Name) or other not in flat:
                found.setdefault(name, set()).add(other)
    return found


def reached(names: set[str], wholes: Wholes) -> set[str]:
    """Return the names that may be changed where these are: what is a part of them, and what any of this is part of."""
    parts: dict[str, set[str]] = {}
    for part, some in wholes.items():
        for whole in some:
            parts.setdefault(whole, set()).add(part)
    return _closed(_closed(names, parts), wholes)


def _closed(names: set[str], steps: Wholes) -> set[str]:
    found, todo = set(names), list(names)
    while todo:
        new = steps.get(todo.pop(), set()) - found
        found |= new
        todo += new
    return found


def _bound(tree: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    """Yield names, and the expression of whose value each holds all or a part."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                yield from _pairs(target, node.value)
        elif isinstance(node, ast.NamedExpr | ast.AnnAssign) and node.value:
            yield from _pairs(node.target, node.value)
        elif isinstance(node, ast.For | ast.comprehension):
            yield from _pairs(node.target, ast.Subscript(node.iter, ast.Constant(0)))


def _pairs(target: ast.expr, value: ast.expr) -> Iterator[tuple[str, ast.expr]]:
    if isinstance(target, ast.Name):
        yield target.id, value
    elif isinstance(target, ast.Tuple | ast.List):
        parts = _parts(value, len(target.elts))
        for one, part in zip(target.elts, parts, strict=True):
            yield from _pairs(one.value if isinstance(one, ast.Starred) else one, part)


def _parts(value: ast.expr, count: int) -> list[ast.expr]:
    """Return what each of `count` names gets of a value."""
    if isinstance(value, ast.Tuple | ast.List) and len(value.elts) == count:
        return value.elts
    inner = value.value if isinstance(value, ast.Subscript) else None
    is_zip = isinstance(inner, ast.Call) and isinstance(inner.func, ast.Name) and inner.func.id == "zip"
    if isinstance(inner, ast.Call) and is_zip and len(inner.args) == count:  # a loop over it
        return [ast.Subscript(one, ast.Constant(0)) for one in inner.args]
    return [ast.Subscript(value, ast.Constant(0))] * count


def _held(value: ast.expr) -> set[str]:
    """Return the names of which an expression gives all or a part, as it is and no copy."""
    if isinstance(value, ast.Name):
        return {value.id}
    if isinstance(value, ast.Subscript | ast.Starred) or (isinstance(value, ast.Attribute) and value.attr == "T"):
        return _held(value.value)
    if isinstance(value, ast.Tuple | ast.List | ast.Set):
        return set().union(*map(_held, value.elts))
    if isinstance(value, ast.Dict):
        return set().union(*map(_held, value.values))
    if isinstance(value, ast.IfExp):
        return _held(value.body) | _held(value.orelse)
    if isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id in PASSING_ON:
        return set().union(*map(_held, value.args))
    if isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute) and value.func.attr in OF_A_DICT:
        return _held(value.func.value)
    return set()


def _is_flat(value: ast.expr) -> bool:
    """Tell whether a value is a list of numbers and texts that are written there: no part of it can be changed."""
    return isinstance(value, ast.List | ast.Set) and all(map(_is_fixed, value.elts))


def _is_fixed(value: ast.expr) -> bool:
    if isinstance(value, ast.UnaryOp):
        return _is_fixed(value.operand)
    if isinstance(value, ast.Tuple):
        return all(map(_is_fixed, value.elts))
    return isinstance(value, ast.Constant)
