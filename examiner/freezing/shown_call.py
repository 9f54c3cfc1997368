"""Read from a check cell the call that it judges, so that an explanation can say what was called."""

from __future__ import annotations

import ast
from copy import deepcopy

from backprop.answers.tables import numbers_of

from ..course.source_notebook import Cell
from ..errors import ExaminerError

CALL_OF_A_BARE_CELL = "your cell, run once more on a small data set"


def call_of(cell: Cell, key: str, solutions: list[Cell], given: object) -> str:
    """Return the call that a check judges, as a student would write it, with the names of the lesson.

    What a visible check hands out is shown itself where it is nothing but numbers. Of several calls, one after the
    other, one is returned. `solutions` are the cells that define the functions, `given` the stored inputs of the check.
    """
    answer, calls = _answer(cell, key), ""
    match answer:
        case ast.ListComp(elt, [ast.comprehension(ast.Name(calls), inputs, [])]) if _is_given(inputs):
            answer = elt
            given = given[0] if isinstance(given, list) and given else given
    handed_over = len(given["tuple"]) if isinstance(given, dict) and "tuple" in given else 1
    numbers = numbers_of(given) if cell.role == "check" else None
    shown = _NamedInputs(solutions, handed_over, numbers, calls).visit(deepcopy(answer))
    return CALL_OF_A_BARE_CELL if any(map(_is_given, ast.walk(shown))) else ast.unparse(shown)


def _answer(cell: Cell, key: str) -> ast.expr:
    """Return what the check with this key judges; where none has it written down, what one in a loop does."""
    nodes = (node for node in ast.walk(cell.tree) if isinstance(node, ast.Call))
    found = [node.args for node in nodes if getattr(node.func, "id", "") == "check" and len(node.args) == 2]
    own = [answer for name, answer in found if isinstance(name, ast.Constant) and name.value == key]
    looped = [answer for name, answer in found if not isinstance(name, ast.Constant)]
    for answer in (*own, *looped, *(answer for _, answer in found)):
        while True:
            if isinstance(answer, ast.Lambda):
                answer = answer.body
            elif isinstance(answer, ast.Call) and answer.args and isinstance(answer.args[0], ast.Lambda):
                answer = answer.args[0]
            else:
                return answer
    raise ExaminerError(f"cell {cell.name} has no check(key, answer).")


class _NamedInputs(ast.NodeTransformer):
    """Put a function's own argument names, or `numbers`, where a check cell says `given(…)` or `*given(…)`.

    `calls` is the name of what goes through several calls.
    """

    def __init__(self, solutions: list[Cell], handed_over: int, numbers: list[float] | None, calls: str = ""):
        self.handed_over, self.numbers, self.calls = handed_over, numbers, calls
        functions = (node for cell in solutions for node in cell.tree.body if isinstance(node, ast.FunctionDef))
        self.arguments = {node.name: [a.arg for a in node.args.args] for node in functions}

    def visit_Call(self, node: ast.Call) -> ast.AST:
        names = self.arguments.get(getattr(node.func, "id", ""), [])
        args: list[ast.expr] = []
        for place, arg in enumerate(node.args):
            if isinstance(arg, ast.Starred) and (_is_given(arg.value) or self._is_one_of_the_calls(arg)) and names:
                args += [ast.Name(str(one)) for one in self.numbers or names[: self.handed_over]]
            elif _is_given(arg) and place < len(names):
                args.append(ast.Name(str((self.numbers or names[place:])[0])))
            else:
                args.append(self.visit(arg))
        return ast.Call(node.func, args, node.keywords)

    def _is_one_of_the_calls(self, arg: ast.Starred) -> bool:
        return bool(self.calls) and isinstance(arg.value, ast.Name) and arg.value.id == self.calls


def _is_given(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and getattr(node.func, "id", "") == "given"
