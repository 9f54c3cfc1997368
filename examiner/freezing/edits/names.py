"""Names: another array, another key, data of the notebook in place of what was given."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from .places import Change, Place

SIMPLE = (ast.Name, ast.Subscript, ast.Attribute)


def changes(place: Place) -> Iterator[Change]:
    """Yield other names and keys that could stand at a place."""
    node = place.node
    if isinstance(node, ast.Name) and place.is_load and node.id in place.names:
        if isinstance(place.parent, ast.Call) and place.parent.func is node:
            return
        for other in place.names:
            if other != node.id:
                yield Change("another-name", other, f"`{other}` for `{node.id}`", f"{node.id}>{other}")
                if isinstance(place.parent, ast.BinOp) and isinstance(place.parent.op, ast.MatMult):
                    spread = f"np.ones_like({node.id}) * {other}"
                    yield Change("another-name", spread, f"`{other}` for `{node.id}`", f"{node.id}>{other} spread")
        for other in place.world.data:
            if other not in place.names:
                yield Change("data-of-the-notebook", other, f"`{other}` for `{node.id}`", f"{node.id}>{other}")
    if isinstance(node, ast.Attribute) and place.is_load:
        others = {n.attr for n in ast.walk(place.function) if isinstance(n, ast.Attribute)} if place.function else ()
        if isinstance(node.value, ast.Name) and node.value.id in ("self", "network"):
            for other in sorted(others - {node.attr}):
                changed = f"{node.value.id}.{other}"
                yield Change("another-name", changed, f"`{other}` for `{node.attr}`", f"{node.attr}>{other}")
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant) and isinstance(node.slice.value, str):
        held = ast.unparse(node.value)
        for other in _keys(place, held):
            if other != node.slice.value:
                changed = f'{held}["{other}"]'
                yield Change(
                    "another-name", changed, f"`{other}` for `{node.slice.value}`", f"{node.slice.value}>{other}"
                )
    if isinstance(node, ast.Attribute) and node.attr == "T" and place.is_load:
        own = ast.unparse(node.value)
        yield Change("transpose-missing", own, f"`{own}`", "T")
        for other in place.names:
            if other != own:
                yield Change("another-name", other, f"`{other}` for `{own}`", f"{own}>{other}, T")


def _keys(place: Place, held: str) -> list[str]:
    """Return the keys under which a dictionary is looked up in the function."""
    found = [
        node.slice.value
        for node in ast.walk(place.function or ast.Module([], []))
        if isinstance(node, ast.Subscript)
        and isinstance(node.slice, ast.Constant)
        and isinstance(node.slice.value, str)
        and ast.unparse(node.value) == held
    ]
    return list(dict.fromkeys([*found, *(("z", "a", "u", "o") if held.startswith("forward(") else ())]))
