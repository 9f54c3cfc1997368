"""Read from a check cell the call that it judges, so that an explanation can say what was called."""

from __future__ import annotations

import ast
from copy import deepcopy

from backprop.answers.tables import numbers_of

from ..course.source_notebook import Cell
from ..errors import ExaminerError

CALL_OF_A_BARE_CELL = "your cell, run once more on a small data set"


def call_of(cell: Cell, solutions: list[Cell], given: object) -> str:
    """Return the call that a check cell judges, as a student would write it, with the names of the lesson.

    What a visible check hands out is shown itself where it is nothing but numbers. `solutions` are the cells that
    define the functions, `given` the stored inputs of the check.
    """
    handed_over = len(given["tuple"]) if isinstance(given, dict) and "tuple" in given else 1
    for node in ast.walk(cell.tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "check" and len(node.args) == 2:
            answer = node.args[1]
            while True:
                if isinstance(answer, ast.Lambda):
                    answer = answer.body
                elif isinstance(answer, ast.Call) and len(answer.args) == 1 and isinstance(answer.args[0], ast.Lambda):
                    answer = answer.args[0]
                else:
                    break
            numbers = numbers_of(given) if cell.role == "check" else None
            call = ast.unparse(_NamedInputs(solutions, handed_over, numbers).visit(deepcopy(answer)))
            return CALL_OF_A_BARE_CELL if "given(" in call else call
    raise ExaminerError(f"cell {cell.name} has no check(key, answer).")


class _NamedInputs(ast.NodeTransformer):
    """Put a function's own argument names, or `numbers`, where a check cell says `given(…)` or `*given(…)`."""

    def __init__(self, solutions: list[Cell], handed_over: int, numbers: list[float] | None):
        self.handed_over, self.numbers = handed_over, numbers
        functions = (node for cell in solutions for node in cell.tree.body if isinstance(node, ast.FunctionDef))
        self.arguments = {node.name: [a.arg for a in node.args.args] for node in functions}

    def visit_Call(self, node: ast.Call) -> ast.AST:
        names = self.arguments.get(getattr(node.func, "id", ""), [])
        args: list[ast.expr] = []
        for place, arg in enumerate(node.args):
            if isinstance(arg, ast.Starred) and _is_given(arg.value) and names:
                args += [ast.Name(str(one)) for one in self.numbers or names[: self.handed_over]]
            elif _is_given(arg) and place < len(names):
                args.append(ast.Name(str((self.numbers or names[place:])[0])))
            else:
                args.append(self.visit(arg))
        return ast.Call(node.func, args, node.keywords)


def _is_given(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and getattr(node.func, "id", "") == "given"
