"""Indices and ranges: a neighbour's entry, one step short or too far, the wrong end, the wrong direction."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from .places import Change, Place, called


def changes(place: Place) -> Iterator[Change]:
    """Yield other indices, ranges and sequences to go through."""
    node = place.node
    if isinstance(node, ast.Subscript) and not isinstance(node.slice, ast.Slice | ast.Tuple):
        yield from _entry(place, node)
    if called(node) == "range":
        yield from _range(node)
    if isinstance(place.parent, ast.For | ast.comprehension) and node is place.parent.iter and called(node) != "range":
        sequence = ast.unparse(node)
        yield Change("last-left-out", f"{sequence}[:-1]", f"`{sequence}`", "[:-1]")
        yield Change("first-left-out", f"{sequence}[1:]", f"`{sequence}`", "[1:]")
        yield Change("only-the-first", f"{sequence}[:1]", f"`{sequence}`", "[:1]")
        yield Change("only-the-last", f"{sequence}[-1:]", f"`{sequence}`", "[-1:]")
        yield Change("backwards", f"{sequence}[::-1]", f"`{sequence}`", "[::-1]")
    bound = node.elts if isinstance(node, ast.Tuple) and not place.is_load else []
    in_a_loop = isinstance(place.parent, ast.comprehension | ast.For)
    if in_a_loop and len(bound) == 2 and all(isinstance(part, ast.Name) for part in bound):
        first, second = map(ast.unparse, bound)
        yield Change("pairs-turned", f"({second}, {first})", f"`{first}` and `{second}`", "pairs")


def _entry(place: Place, node: ast.Subscript) -> Iterator[Change]:
    index = node.slice
    if isinstance(index, ast.Constant) and isinstance(index.value, str):
        return
    array, own = ast.unparse(node.value), ast.unparse(index)
    if array.endswith(".shape"):
        return
    whole = f"`{array}`"
    if place.is_load:
        yield Change("whole-array", array, whole, f"{array}[]")
    for other, kind in _others(place, index, own):
        yield Change(kind, f"{array}[{other}]", whole, f"{array}[{own}]>{other}" if "i" not in own else kind)
    if place.is_load and isinstance(index, ast.BinOp | ast.Name):
        yield Change("sum-so-far", f"np.sum({array}[:{own} + 1])", whole, "sofar")


def _others(place: Place, index: ast.expr, own: str) -> Iterator[tuple[str, str]]:
    if isinstance(index, ast.Name):
        yield f"{own} - 1", "left-neighbour"
        yield f"min({own} + 1, L - 1)" if "L" in place.names else f"{own} + 1", "right-neighbour"
        yield "0", "first-for-all"
        yield "-1", "last-for-all"
        yield f"-{own} - 1", "other-end"
    elif isinstance(index, ast.BinOp) and isinstance(index.right, ast.Constant) and isinstance(index.left, ast.Name):
        name = ast.unparse(index.left)
        if name == "L":
            yield "0", "other-end"
            yield "L - 2", "left-neighbour"
            return
        yield name, "own-entry"
        yield f"{name} - 1" if isinstance(index.op, ast.Add) else f"{name} + 1", "wrong-neighbour"
        yield "0", "first-for-all"
        yield "-1", "last-for-all"
    elif isinstance(index, ast.Constant) and isinstance(index.value, int):
        yield str(-1 if index.value == 0 else 0), "other-end"
        yield str(index.value + 1), "right-neighbour"


def _range(node: ast.Call) -> Iterator[Change]:
    parts = list(map(ast.unparse, node.args))
    start, stop, step = (["0", *parts] if len(parts) == 1 else parts) + ["1"] * (len(parts) < 3)
    step = "1" if len(parts) < 3 else parts[2]
    forward = step == "1"
    yield Change("one-short", f"range({start}, {stop} - {step}, {step})", "at its end", "stop-1")
    yield Change("one-too-far", f"range({start}, {stop} + {step}, {step})", "at its end", "stop+1")
    yield Change("starts-late", f"range({start} + {step}, {stop}, {step})", "at its beginning", "start+1")
    yield Change("starts-early", f"range({start} - {step}, {stop}, {step})", "at its beginning", "start-1")
    yield Change("runs-once", f"range({start}, {start} + {step}, {step})", "", "once")
    yield Change("never-runs", "range(0)", "", "never")
    if not forward:
        yield Change("backwards", f"range({stop} + 1, {start} + 1)", "the loop", "forward")
    elif len(parts) > 1:
        yield Change("backwards", f"range({stop} - 1, {start} - 1, -1)", "the loop", "backward")
    for number in ("5", "10", "100"):
        told = f"{number} steps every time"
        yield Change("number-written-down", f"range({start}, {number})", told, f"steps={number}")
