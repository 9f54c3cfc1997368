"""Let a test cell ask, wherever two values meet, whether one of them is an empty answer.

`wanted - []` is an empty array where `wanted` is an array, and all of it is as small as one likes; `zip` ends with the
shorter of its arguments, and so at once with an empty one. Neither operators nor `zip` can be put in place of others,
as functions of NumPy can. So they are calls in the tree of a test cell, which do the same and look at both sides.
"""

from __future__ import annotations

import ast
import builtins
import operator
from collections.abc import Callable

import numpy as np

from .empty_sides import came

OPERATION, FUNCTION = "__operation__", "__function__"  # what a test cell finds these calls under
OPERATIONS: dict[type[ast.operator | ast.cmpop], Callable] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv, ast.Mod: operator.mod, ast.Pow: operator.pow, ast.MatMult: operator.matmul,
    ast.Eq: operator.eq, ast.NotEq: operator.ne, ast.Lt: operator.lt, ast.LtE: operator.le, ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}  # fmt: skip
BY_NAME = {kind.__name__: operation for kind, operation in OPERATIONS.items()}
UFUNCS = {name for name in dir(np) if isinstance(getattr(np, name), np.ufunc)}
MOST_BITS = 1_000_000  # of a power
SIDE_BY_SIDE = {"zip": builtins.zip, "map": builtins.map}


class Meeting(ast.NodeTransformer):
    """Writes operators between two values, `zip`, `map` and functions of NumPy's such as `subtract` as calls."""

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        self.generic_visit(node)
        return self._operation(node, node.op, node.left, node.right)

    def visit_Compare(self, node: ast.Compare) -> ast.AST:
        self.generic_visit(node)
        if len(node.ops) > 1:  # each value in the middle meets two, and is made once
            return node
        return self._operation(node, node.ops[0], node.left, node.comparators[0])

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if name in UFUNCS | SIDE_BY_SIDE.keys():
            node.func = _call(node.func, FUNCTION, [node.func])
        return node

    def _operation(self, node: ast.expr, kind: ast.operator | ast.cmpop, one: ast.expr, other: ast.expr) -> ast.expr:
        if type(kind) not in OPERATIONS:  # `is`, `in` and what is done with bits
            return node
        return _call(node, OPERATION, [ast.Constant(type(kind).__name__), one, other])


def _call(place: ast.expr, name: str, arguments: list[ast.expr]) -> ast.Call:
    call = ast.Call(ast.Name(name, ast.Load()), arguments, [])
    return ast.fix_missing_locations(ast.copy_location(call, place))


def operation(kind: str, one: object, other: object) -> object:
    """Return what an operator makes of two values; raises `AssertionError` where only one of them is empty.

    A power of whole numbers may be one that takes minutes, which no alarm ends.
    """
    if kind == "Pow" and type(one) is type(other) is int and one.bit_length() * other > MOST_BITS:
        raise OverflowError("a power of what came back is too large")
    if isinstance(one, np.ndarray | np.generic) or isinstance(other, np.ndarray | np.generic):
        came.refuse_one_empty(one, other)
    return BY_NAME[kind](one, other)


def function(called: Callable) -> Callable:
    """Return what is called in place of a function, which looks at its arguments first where that matters."""
    if isinstance(called, np.ufunc):
        return _looking(called, lambda arguments: came.refuse_one_empty(*arguments) if len(arguments) == 2 else None)
    if called is builtins.zip:
        return _looking(called, came.refuse_some_empty)
    if called is builtins.map:
        return _looking(called, lambda arguments: came.refuse_some_empty(arguments[1:]))
    return called


def _looking(called: Callable, look: Callable[[tuple], None]) -> Callable:
    def looked(*arguments, **keywords):
        look(arguments)
        return called(*arguments, **keywords)

    return looked


CALLS = {OPERATION: operation, FUNCTION: function}
