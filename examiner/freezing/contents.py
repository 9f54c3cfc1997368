"""What goes into a table: what an exercise says, its quizzes sealed, and of each check what is given and wanted."""

from __future__ import annotations

import ast
import hashlib

from backprop.answers import handed_out, json_values
from backprop.answers.attempt import Attempt
from backprop.answers.tables import Exercise
from backprop.quiz import judge_quiz, seal

from ..course.misconceptions import Misconception
from ..course.source_notebook import Cell, solution_lines
from ..errors import ExaminerError
from .recording_session import Inputs, exercise_of
from .shown_call import call_of
from .source import Source

BOUNDS = ("at_least", "at_least_small")  # of what the answer reaches; they stand with the checks


def exercise_words(source: Source, key: str) -> dict:
    """Return what is said of an exercise, with the points of its visible check and what it builds on."""
    points = sum(cell.points for cell in source.cells if cell.role == "check" and cell.exercise == key)
    written = {name: value for name, value in source.written.exercises[key].items() if name not in BOUNDS}
    more = {"unread": unread_arguments(source, key), "handed": handed_out_statements(source, key)}
    return (
        written | {"points": points, "needs": needs(source, key)} | {name: some for name, some in more.items() if some}
    )


def handed_out_statements(source: Source, key: str) -> list[str]:
    """Return the codes of the statements in the answer's cell that students find there."""
    solution = source.solution(key)
    if solution is None:
        return []
    own = solution_lines(solution.source)
    found = [node for node in handed_out.statements(solution.tree) if node.lineno not in own]
    texts = (node for node in found if not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)))
    return sorted(set(map(handed_out.code_of, texts)))


def unread_arguments(source: Source, key: str) -> list[str]:
    """Return the arguments of an exercise's functions that its solution, or another right one, has no use for."""
    solution = source.solution(key)
    trees = [solution.tree] if solution else []
    trees += [ast.parse(other.solution) for other in source.alternatives if other.exercise == key]
    asked_for = {node.name for tree in trees[:1] for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    functions = (node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))
    found = (
        argument.arg
        for function in functions
        if function.name in asked_for
        for argument in function.args.args
        if argument.arg not in {"self", *(part.id for part in ast.walk(function) if isinstance(part, ast.Name))}
    )
    return list(dict.fromkeys(found))


def needs(source: Source, key: str) -> list[str]:
    """Return the exercises whose functions, or whose classes' methods, the solution or the checks of this one use."""
    nodes = [node for cell in source.cells if cell.exercise == key for node in ast.walk(cell.tree)]
    names = {node.id for node in nodes if isinstance(node, ast.Name)}
    attributes = {node.attr for node in nodes if isinstance(node, ast.Attribute)}
    others = [cell for cell in source.cells if cell.role == "solution" and cell.exercise != key]
    used = [cell.exercise for cell in others if cell.defines & names or cell.methods & attributes]
    return [exercise for exercise in used if exercise in source.written.exercises]


def sealed_quizzes(source: Source, want: dict[str, Attempt]) -> dict:
    """Return the quizzes as students hold them, each proven to accept the answer of the notebook."""
    sealed = {}
    for quiz in source.written.quizzes:
        key = quiz["key"]
        salt = hashlib.sha256(f"{source.name}/{key}".encode()).hexdigest()[:16]
        sealed[key] = seal(quiz, salt)
        words = {name: value for name, value in source.written.exercises[key].items() if name not in BOUNDS}
        exercise = Exercise(key=key, points=0, **words)
        if key not in want or not judge_quiz(sealed[key], want[key], {key: exercise}).passed:
            raise ExaminerError(
                f"{source.name}: the notebook's answer to quiz {key!r} is not the one in misconceptions.toml."
            )
    return sealed


def stored(source: Source, key: str, value: object) -> object:
    """Return what the solution hands a check as a table keeps it; raises `ExaminerError` where it cannot be kept."""
    try:
        return json_values.encode(value)
    except json_values.NotPlain as error:
        exercise = exercise_of(key)
        title = source.written.exercises[exercise].get("title", "")
        raise ExaminerError(
            f"{source.name}: exercise {exercise} ({title}): what the solution gives check {key!r} cannot be "
            f"kept, since {error}. `check` takes {json_values.TAKEN}: let the lambda return a part of it."
        ) from error


def table_of(source: Source, keys: dict[str, Cell], want, inputs: Inputs, caught) -> dict:
    """Return the checks `keys` with their inputs, right results and misconceptions."""
    checks: dict[str, dict] = {}
    named: dict[str, Misconception] = {}
    solutions = [cell for cell in source.cells if cell.role == "solution"]
    for key, cell in keys.items():
        wrong = {misconception.id: outcomes[key] for misconception, outcomes in caught.items() if key in outcomes}
        named |= {misconception.id: misconception for misconception in caught if misconception.id in wrong}
        said = source.written.exercises[cell.exercise]
        bounds = {name: said[name] for name in BOUNDS if name in said}
        checks[key] = {
            "exercise": cell.exercise,
            "call": call_of(cell, key, solutions, inputs.stored.get(key)),
            "given": inputs.stored.get(key),
            "sizes": inputs.sizes.get(key, {}),
            "want": None if bounds else stored(source, key, want[key].value),
            "wrong": wrong,
            **({"where": source.written.where[key]} if key in source.written.where else {}),
        } | bounds
    misconceptions = {
        id: {"exercise": m.exercise, "hint": m.hint, "ask": m.ask, "credit": m.credit}
        | ({"only_if": m.only_if} if m.only_if else {})
        for id, m in named.items()
    }
    return {"checks": checks, "misconceptions": misconceptions}
