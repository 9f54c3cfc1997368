"""Collect the values on the way to the right results of a visible check, for the first line that is off.

They are those of every part of every expression in the solution, and of every line of the alternatives, which are right
in other ways. No name and no formula goes into the table: only how many numbers, and sums of them.
"""

from __future__ import annotations

import ast
import contextlib
from collections.abc import Iterable

from backprop.answers.steps import MAKES_EMPTY, Print, base, binds, bound_by, parts_of, print_of
from backprop.explain.way import code_of, tells

from .bench import Bench

MOST = 800  # values of one check; a solution with which there would be more is left out, since some would be missing
DIGITS, DIGITS_OF_ORDER = 7, 4
RECORD = "_value_of_a_part"
PARTS = (ast.BinOp, ast.Subscript, ast.Attribute, ast.UnaryOp, ast.Compare, ast.Name)


class _Recorded(ast.NodeTransformer):
    """Hand the value of every part of an expression to a function, and where wished what each name is bound to."""

    def __init__(self, with_names: bool, tree: ast.AST):
        self.with_names = with_names
        entries = (node for node in ast.walk(tree) if isinstance(node, ast.Subscript))
        stored = (node.value for node in entries if isinstance(node.ctx, ast.Store))
        self.pieced = {value.id for value in stored if isinstance(value, ast.Name)}  # names that are set entry by entry
        assigned = (
            node for node in ast.walk(tree) if isinstance(node, ast.Assign) and _makes_an_empty_array(node.value)
        )
        # Names of arrays that hold whatever lies in memory, until all their entries are set.
        self.empty = {part.id for node in assigned for part in ast.walk(node.targets[0]) if isinstance(part, ast.Name)}
        self.returns = False  # whether what is visited now comes back: then every entry is set

    def visit_Return(self, node: ast.Return) -> ast.AST:
        self.returns = True
        try:
            return self.generic_visit(node)
        finally:
            self.returns = False

    def visit_Assign(self, node: ast.Assign) -> list[ast.AST]:
        return self._with_names(node)

    def visit_AugAssign(self, node: ast.AugAssign) -> list[ast.AST]:
        return self._with_names(node)

    def visit_Expr(self, node: ast.Expr) -> list[ast.AST]:
        return self._with_names(node)

    def _with_names(self, node: ast.stmt) -> list[ast.AST]:
        known = self.with_names and not _makes_an_empty_array(node)
        names = [name for target in binds(node)[0] for name in bound_by(target)] if known else []
        return [self.generic_visit(node), *map(_bound, names)]

    def generic_visit(self, node: ast.AST) -> ast.AST:
        super().generic_visit(node)
        if isinstance(node, ast.Name) and node.id in self.empty and not self.returns:
            return node
        if isinstance(node, PARTS) and isinstance(getattr(node, "ctx", ast.Load()), ast.Load):
            whole = self.with_names and self.returns
            return _recorded(node, _name_among(self.pieced, node) if whole else "")
        return node

    def visit_Call(self, node: ast.Call) -> ast.AST:
        node.args = [self.visit(arg) for arg in node.args]
        node.keywords = [self.visit(keyword) for keyword in node.keywords]
        return node if _makes_an_empty_array(node) else _recorded(node)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.body = [self.visit(line) for line in node.body]
        return node


def _makes_an_empty_array(node: ast.AST) -> bool:
    names = {part.attr for part in ast.walk(node) if isinstance(part, ast.Attribute)}
    return not names.isdisjoint(MAKES_EMPTY)


def _name_among(names: set[str], node: ast.AST) -> str:
    return node.id if isinstance(node, ast.Name) and node.id in names else ""


def _bound(name: str) -> ast.stmt:
    return ast.parse(f"{RECORD}({name}, {base(name)!r})").body[0]


def _recorded(node: ast.expr, name: str = "") -> ast.expr:
    """Return a part that is handed on, under a name where one is said."""
    named: list[ast.expr] = [ast.Constant(name)] if name else []
    return ast.copy_location(ast.Call(ast.Name(RECORD, ast.Load()), [node, *named], []), node)


def way_of(bench: Bench, solution: str, others: Iterable[str]) -> dict:
    """Return the values that occur when right solutions answer the visible check, each once, and for the names of the
    first of them which of the values they have."""
    values: list[Print] = []
    whole = 0  # how many of them are those of whole solutions
    seen: dict[tuple, int] = {}
    names: dict[str, set[int]] = {}

    def record(value, name: str = ""):
        for part in dict.fromkeys(map(tuple, parts_of(value).values())):
            keep(list(part))
        keep(print_of(value), name)
        return value

    def keep(print_: Print | None, name: str = "") -> None:
        if tells(print_) and len(values) <= MOST:
            assert print_
            rounded = [print_[0], *(float(f"{number:.{DIGITS}g}") for number in print_[1:3])]
            if print_[0] > 1:  # of one number there is one order, and of a row or a column one as well
                rounded += [float(f"{number:.{DIGITS_OF_ORDER}g}") for number in dict.fromkeys(print_[3:])]
            number = seen.setdefault((rounded[0], *(f"{one:.6g}" for one in rounded[1:])), len(values))
            if number == len(values):
                values.append(rounded)
            if name:
                names.setdefault(code_of(name), set()).add(number)

    bench.before[RECORD] = bench.scope[RECORD] = record
    try:
        for source in (solution, *others):
            with contextlib.suppress(SyntaxError, RecursionError):
                tree = ast.parse(source)
                tree = _Recorded(source is solution, tree).visit(tree)
                bench.run(ast.unparse(ast.fix_missing_locations(tree)), only_visible=True)
            if len(values) > MOST:
                if source is solution:
                    return {}
                seen = {key: number for key, number in seen.items() if number < whole}
                del values[whole:]
            whole = len(values)
    finally:
        del bench.before[RECORD], bench.scope[RECORD]
    return {"values": values, "names": {name: sorted(numbers) for name, numbers in names.items()}}
