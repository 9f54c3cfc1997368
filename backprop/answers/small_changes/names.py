"""Changes to names: another function, value, attribute or key, arguments in another order, an array turned over."""

from __future__ import annotations

import ast
import itertools
from itertools import islice

from .place import Made, Place

MOST_NAMES = 12
MOST_LISTED = 5
ALIKE = (  # functions that are taken for one another
    {"sum", "mean", "max", "median", "prod"},
    {"max", "min"},
    {"zeros", "ones"},
    {"dot", "multiply", "matmul"},
    {"argmax", "argmin"},
    {"any", "all"},
    {"floor", "ceil", "round"},
    {"maximum", "minimum"},
    {"tanh", "exp", "sinh", "cosh"},
    {"vstack", "hstack"},
)


def calls(place: Place, parts: list[ast.AST]) -> Made:
    """Another function is needed, or the arguments in another order."""
    calls = [node for node in ast.walk(place.function) if isinstance(node, ast.Call)]
    used = [place.text(node.func) for node in calls if _is_plain(node.func)]
    used += [node.name for node in ast.parse(place.source).body if isinstance(node, ast.FunctionDef)]
    for node in parts:
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        others = sorted({other for group in ALIKE if name in group for other in group} - {name})
        if isinstance(node.func, ast.Attribute):
            for other in others:
                new = place.replaced(node.func, f"{place.text(node.func.value)}.{other}")
                yield "function", place.text(node.func), new
        if _is_plain(node.func):
            for other in islice(dict.fromkeys(used), MOST_NAMES):
                yield "function", place.text(node.func), place.replaced(node.func, other)
        if len(node.args) == 2 and not node.keywords:
            yield "order", place.text(node), place.exchanged(*node.args)


def _is_plain(function: ast.expr) -> bool:
    """Say whether a function has a name of its own, or a library's: no method of an object's."""
    match function:
        case ast.Name() | ast.Attribute(ast.Name("np" | "numpy" | "math")):
            return True
    return False


def names(place: Place, parts: list[ast.AST]) -> Made:
    """Another name, attribute or key is needed."""
    called = {id(node.func) for node in parts if isinstance(node, ast.Call)}
    all_nodes = list(ast.walk(place.function))
    names = list(dict.fromkeys([
        *(one.arg for one in place.function.args.args),
        *(one.id for one in all_nodes if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store)),
    ]))  # fmt: skip
    attributes = _own_attributes(all_nodes)
    keys = [key for one in all_nodes for key in _keys_of(one)]
    exprs = [one for one in parts if isinstance(one, ast.expr)]
    for node in parts:
        match node:
            case ast.Name(name, ast.Load()) if id(node) not in called and name in names and name != "self":
                several = sum(isinstance(one, ast.Name) and one.id == name for one in parts) > 1
                around = next((one for one in reversed(exprs) if several and node in ast.iter_child_nodes(one)), None)
                kind, part = ("value", name) if around is None else ("value in", place.text(around))
                for other in islice((one for one in names if one not in (name, "self")), MOST_NAMES):
                    yield kind, part, place.replaced(node, other)
            case ast.Attribute(ast.Name("self"), name) if name in attributes and id(node) not in called:
                for other in islice((one for one in attributes if one != name), MOST_NAMES):
                    yield "value", place.text(node), place.replaced(node, f"self.{other}")
            case ast.Subscript(value, ast.Constant(str() as key)):
                for other in islice(dict.fromkeys(one for one in keys if one != key), MOST_NAMES):
                    yield "value", place.text(node), place.replaced(node, f"{place.text(value)}[{other!r}]")


def unpacked(place: Place, parts: list[ast.AST]) -> Made:
    """Several values come back in another order: two of their names are exchanged."""
    match place.statement:
        case ast.Assign([ast.Tuple(some)]) if len(some) <= MOST_LISTED:
            for one, other in itertools.combinations(some, 2):
                yield "unpacked", f"{place.text(one)}, {place.text(other)}", place.exchanged(one, other)


def listed(place: Place, parts: list[ast.AST]) -> Made:
    """Two entries of a list or a tuple are exchanged."""
    for node in parts:
        match node:
            case ast.List(some, ast.Load()) | ast.Tuple(some, ast.Load()) if len(some) <= MOST_LISTED:
                for one, other in itertools.combinations(some, 2):
                    yield "listed", place.text(node), place.exchanged(one, other)


def _own_attributes(nodes: list[ast.AST]) -> list[str]:
    return list(dict.fromkeys(
        node.attr for node in nodes
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "self"
    ))  # fmt: skip


def _keys_of(node: ast.AST) -> list[str]:
    match node:
        case ast.Subscript(_, ast.Constant(str() as key)):
            return [key]
    return []


def sides(place: Place, parts: list[ast.AST]) -> Made:
    """An array is needed with its rows as columns."""
    transposed = {id(node.value) for node in parts if isinstance(node, ast.Attribute) and node.attr == "T"}
    factors = [
        operand
        for node in parts
        for operand in (
            [node.left, node.right] if isinstance(node, ast.BinOp) and isinstance(node.op, ast.MatMult) else
            node.args if isinstance(node, ast.Call) and len(node.args) == 2 else []
        )
    ]  # fmt: skip
    for node in factors:
        if id(node) not in transposed and isinstance(node, ast.Name | ast.Attribute | ast.Subscript):
            yield "other way round", place.text(node), place.replaced(node, f"{place.text(node)}.T")
