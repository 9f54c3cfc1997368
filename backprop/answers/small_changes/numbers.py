"""Changes to numbers: another one, an index or a bound one further, the other axis, True for False."""

from __future__ import annotations

import ast
import math
from collections.abc import Container, Iterator

from .place import Made, Place

MOST_COUNTED = 100  # up to which a number may be one too high or too low; beyond, one more makes only a finer grid
ROUNDED = 0.05  # so far from e or π, a number may stand for it
LARGE = 1e15  # numbers beyond that are no slip of a student's, and may have more digits than Python writes


def numbers(place: Place, parts: list[ast.AST]) -> Made:
    """Another number or index is needed, or another choice of `True` and `False`."""
    read = (node for node in parts if isinstance(node, ast.Subscript) and not isinstance(node.ctx, ast.Store))
    yield from _one_off(place, "index", [index for node in read for index in _of_index(node.slice)])
    starts = {id(node.args[0]) for node in parts if isinstance(node, ast.Call) and len(node.args) > 1}
    yield from _one_off(place, "bound", [bound for node in parts for bound in _of_range(node)], starts)
    negative = {id(node.operand) for node in parts if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub)}
    axes = {id(node.value) for node in parts if isinstance(node, ast.keyword) and node.arg == "axis"}
    other_ways = negative | axes
    picked = _picked(parts)
    for node in parts:
        match node:
            case ast.UnaryOp(ast.USub(), ast.Constant(int() | float() as number)) if abs(number) < LARGE:
                for other in dict.fromkeys([0, 1, 2, 0.5, -number - 1, 1 - number]):
                    if other != -number:
                        yield *_told(place, node, picked), place.replaced(node, f"({other!r})")
            case ast.keyword("axis", ast.Constant(0 | 1 as axis)):
                yield "axis", place.text(node), place.replaced(node.value, str(1 - axis))
            case ast.Constant(bool() as choice):
                yield "choice", place.text(node), place.replaced(node, str(not choice))
            case ast.Constant(int() | float() as number) if id(node) not in other_ways and abs(number) < LARGE:
                others = [0, 1, 2, 0.5, -number, *([1 / number] if number else [])]
                others += [number - 1, number + 1] if abs(number) <= MOST_COUNTED else []
                others += [one for one in (math.e, math.pi) if abs(one - number) < ROUNDED]
                for other in dict.fromkeys(others):
                    if other != number:
                        yield *_told(place, node, picked), place.replaced(node, f"({other!r})")


def _picked(parts: list[ast.AST]) -> dict[int, ast.Subscript]:
    """Return, by each number that says which entry is meant, the array with its index: of what is stored, the whole."""
    found: dict[int, ast.Subscript] = {}
    subscripts = [node for node in parts if isinstance(node, ast.Subscript)]
    for node in sorted(subscripts, key=lambda node: isinstance(node.ctx, ast.Store)):
        whole = ast.walk(node) if isinstance(node.ctx, ast.Store) else (node,)
        for index in (one.slice for one in whole if isinstance(one, ast.Subscript)):
            found |= {id(part): node for part in ast.walk(index) if isinstance(part, ast.Constant | ast.UnaryOp)}
    return found


def _told(place: Place, node: ast.AST, picked: dict[int, ast.Subscript]) -> tuple[str, str]:
    if id(node) not in picked:
        return "number", place.text(node)
    array = picked[id(node)]
    return ("index stored" if isinstance(array.ctx, ast.Store) else "entries"), place.text(array)


def places(place: Place, parts: list[ast.AST]) -> Made:
    """What is stored belongs one entry before or after."""
    stored = (node for node in parts if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store))
    yield from _one_off(place, "index stored", [index for node in stored for index in _of_index(node.slice)])


def _one_off(place: Place, kind: str, counts: list[ast.expr], starts: Container[int] = ()) -> Made:
    for count in counts:
        for new in ("- 1", "+ 1"):
            if id(count) not in starts or (place.text(count), new) != ("0", "- 1"):  # -1 would be the last entry
                yield kind, place.text(count), place.replaced(count, f"{place.text(count)} {new}")


def _of_index(index: ast.expr) -> Iterator[ast.expr]:
    match index:
        case ast.Tuple(some):
            for one in some:
                yield from _of_index(one)
        case ast.Slice(lower, upper):
            yield from (bound for bound in (lower, upper) if bound is not None)
        case ast.Constant() | ast.Compare() | ast.BoolOp() | ast.JoinedStr() | ast.Starred():  # none that is one off
            return
        case _:
            yield index


def _of_range(node: ast.AST) -> list[ast.expr]:
    match node:
        case ast.Call(ast.Name("range"), arguments):
            return [one for one in arguments[:2] if not isinstance(one, ast.Starred)]
    return []
