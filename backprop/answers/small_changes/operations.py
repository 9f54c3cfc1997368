"""Changes to operations: one that is too much, another one, another order, other parentheses."""

from __future__ import annotations

import ast

from ..signs import COMPARISONS, OPERATORS
from .place import Made, Place

IN_PLACE_OF: dict[type[ast.operator], tuple[str, ...]] = {
    ast.Add: ("-", "*"), ast.Sub: ("+",), ast.Mult: ("@", "/", "**"), ast.Div: ("*",), ast.MatMult: ("*",),
    ast.Pow: ("*",), ast.FloorDiv: ("/",), ast.Mod: (),
}  # fmt: skip
BOUNDS = {"max", "min", "maximum", "minimum"}  # of a number written down and a value, in either order


def leaves_out(place: Place, parts: list[ast.AST]) -> Made:
    """A factor, a term, or a function around a value is too much."""
    for node in parts:
        match node:
            case ast.BinOp(left, operation, right) if type(operation) in OPERATORS:
                bare = isinstance(left, ast.Name | ast.Attribute | ast.Subscript)
                kind = "all but one too much" if bare else "too much"
                yield kind, place.after(left, node), place.replaced(node, f"({place.text(left)})")
                if isinstance(operation, ast.Mult | ast.Add | ast.MatMult):
                    yield "too much", place.before(node, right), place.replaced(node, f"({place.text(right)})")
                elif isinstance(operation, ast.Sub):
                    yield "too much", place.text(left), place.replaced(node, f"(-({place.text(right)}))")
            case ast.UnaryOp(ast.USub() | ast.Invert(), value):
                yield "sign", place.text(node), place.replaced(node, f"({place.text(value)})")
            case ast.Call(ast.Name() | ast.Attribute(ast.Name("np" | "numpy" | "math")) as function, [value, *_]):
                name = function.id if isinstance(function, ast.Name) else function.attr
                for inner in node.args[:2] if name in BOUNDS else [value]:
                    yield "too much", f"{place.text(function)}(…)", place.replaced(node, f"({place.text(inner)})")
            case ast.Call(ast.Attribute(value, name)):
                yield "too much", f".{name}(…)", place.replaced(node, f"({place.text(value)})")
            case ast.Attribute(value, "T"):
                yield "other way round", place.text(node), place.replaced(node, f"({place.text(value)})")
            case ast.Subscript(value, ast.Slice(step=ast.expr()), ast.Load()):
                yield "too much", place.after(value, node), place.replaced(node, place.text(value))
            case ast.Subscript(value, index, ast.Load()) if not _is_key(index):
                yield "part only", place.text(node), place.replaced(node, place.text(value))


def _is_key(index: ast.expr) -> bool:
    return isinstance(index, ast.JoinedStr) or (isinstance(index, ast.Constant) and isinstance(index.value, str))


def operations(place: Place, parts: list[ast.AST]) -> Made:
    """Another operation or comparison is needed, or the operands the other way round."""
    for node in parts:
        match node:
            case ast.BinOp(left, operation, right) if type(operation) in OPERATORS:
                one, other = place.text(left), place.text(right)
                part = place.text(node)
                yield from _parentheses(place, node)
                for sign in IN_PLACE_OF[type(operation)]:
                    yield "operation", part, place.replaced(node, f"(({one}) {sign} ({other}))")
                if isinstance(operation, ast.Sub | ast.Div | ast.MatMult):
                    sign = OPERATORS[type(operation)]
                    yield "order", part, place.replaced(node, f"(({other}) {sign} ({one}))")
            case ast.Compare(left, [operation], [right]) if type(operation) in COMPARISONS:
                own = COMPARISONS[type(operation)]
                part = place.text(node)
                exact = ("==", "!=")  # for `<=` and the like, or the other way round, these only leave a branch out
                for sign in COMPARISONS.values():
                    if sign != own and (sign in exact) == (own in exact):
                        new = f"(({place.text(left)}) {sign} ({place.text(right)}))"
                        yield "comparison", part, place.replaced(node, new)
            case ast.IfExp(_, one, other) | ast.Call(ast.Attribute(_, "where"), [_, one, other]):
                yield "order", place.text(node), place.exchanged(one, other)
            case ast.BoolOp(joined, values):
                sign = " or " if isinstance(joined, ast.And) else " and "
                new = f"({sign.join(f'({place.text(value)})' for value in values)})"
                yield "comparison", place.text(node), place.replaced(node, new)


def _parentheses(place: Place, node: ast.BinOp) -> Made:
    """The parentheses of two operations stand in the wrong place."""
    part, sign = place.text(node), OPERATORS[type(node.op)]
    match node.left:
        case ast.BinOp(left, operation, middle) if type(operation) in OPERATORS:
            inner = f"({place.text(middle)}) {sign} ({place.text(node.right)})"
            new = f"(({place.text(left)}) {OPERATORS[type(operation)]} ({inner}))"
            yield "parentheses", part, place.replaced(node, new)
    yield from _around_sums(place, node)
    match node.right:
        case ast.BinOp(middle, operation, right) if type(operation) in OPERATORS:
            inner = f"({place.text(node.left)}) {sign} ({place.text(middle)})"
            new = f"(({inner}) {OPERATORS[type(operation)]} ({place.text(right)}))"
            yield "parentheses", part, place.replaced(node, new)


def _around_sums(place: Place, node: ast.BinOp) -> Made:
    """The parentheses around the sums on both sides of a product or a quotient are missing, as in `1 + t / 1 - t`."""
    terms = _terms(node)
    for at, (_, term) in enumerate(terms):
        match term:
            case ast.BinOp(left, ast.Mult() | ast.Div() as operation, right) if len(terms) > 2:
                before = [*terms[:at], (terms[at][0], left)]
                after = [("", right), *((sign, term) for sign, term in terms[at + 1 :])]
                new = f"(({_sum(place, before)}) {OPERATORS[type(operation)]} ({_sum(place, after)}))"
                yield "parentheses", place.text(node), place.replaced(node, new)


def _sum(place: Place, terms: list[tuple[str, ast.expr]]) -> str:
    return " ".join(f"{sign} ({place.text(term)})" for sign, term in terms).strip()


def _terms(node: ast.expr) -> list[tuple[str, ast.expr]]:
    """Return the terms of a sum, each with the sign before it; of anything else itself."""
    match node:
        case ast.BinOp(left, ast.Add() | ast.Sub() as operation, right):
            return [*_terms(left), (OPERATORS[type(operation)], right)]
    return [("", node)]
