"""Write a solution out: put what a helper computes in place of its call, as students often do."""

from __future__ import annotations

import ast
from copy import deepcopy

LARGEST = 40  # nodes of what a helper computes


def inlined(source: str, helpers: dict[str, ast.FunctionDef]) -> str | None:
    """Return `source` with the calls of short helpers written out, or None where there are none."""
    tree = ast.parse(source)
    change = _Inline({name: node for name, node in helpers.items() if _expression(node) is not None})
    tree = change.visit(tree)
    return ast.unparse(ast.fix_missing_locations(tree)) if change.done else None


def _expression(function: ast.FunctionDef) -> ast.expr | None:
    """Return what a function computes, as one expression of its arguments; None where that cannot be said in one."""
    bound: dict[str, ast.expr] = {}
    for line in function.body:
        if isinstance(line, ast.Expr) and isinstance(line.value, ast.Constant):
            continue
        if isinstance(line, ast.Assign) and len(line.targets) == 1 and isinstance(line.targets[0], ast.Name):
            bound[line.targets[0].id] = _Named(bound).visit(deepcopy(line.value))
        elif isinstance(line, ast.Return) and line.value is not None:
            whole = _Named(bound).visit(deepcopy(line.value))
            small = sum(1 for _ in ast.walk(whole)) <= LARGEST
            plain = not any(
                isinstance(n, ast.ListComp | ast.GeneratorExp | ast.Tuple | ast.Dict) for n in ast.walk(whole)
            )
            return whole if small and plain else None
        else:
            return None
    return None


class _Named(ast.NodeTransformer):
    def __init__(self, values: dict[str, ast.expr]):
        self.values = values

    def visit_Name(self, node: ast.Name) -> ast.expr:
        return deepcopy(self.values.get(node.id, node))


class _Inline(ast.NodeTransformer):
    def __init__(self, helpers: dict[str, ast.FunctionDef]):
        self.helpers, self.done = helpers, False

    def visit_Call(self, node: ast.Call) -> ast.expr:
        self.generic_visit(node)
        helper = self.helpers.get(getattr(node.func, "id", ""))
        plain = not node.keywords and not any(isinstance(arg, ast.Starred) for arg in node.args)
        if helper is None or not plain or len(node.args) != len(helper.args.args):
            return node
        self.done = True
        arguments = {a.arg: value for a, value in zip(helper.args.args, node.args, strict=True)}
        return _Named(arguments).visit(_expression(helper))
