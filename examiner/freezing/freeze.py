"""Freeze the tables of an assignment: run the solutions and every misconception on seeded inputs, keep what comes out.

`checks.json` (visible checks) goes to students; `hidden.json` stays. Both are text, one check a line, and come out the
same each time. It trusts the notebook: it is the instructor's own code, and runs in this process.
"""

from __future__ import annotations

import ast

from backprop.answers.attempt import Attempt
from backprop.answers.tables import FORMAT

from ..course.source_notebook import Cell
from ..errors import ExaminerError
from . import generated, generated_table
from .bench import Bench
from .contents import exercise_words, needs, sealed_quizzes, stored, table_of
from .earlier_calls import calls_of
from .outcomes import as_number, caught_by, prove_bounds_reached, prove_told_apart
from .recording_session import SECOND, Inputs, exercise_of
from .running import fallback_data, run_solutions, run_variant
from .source import Source
from .table_files import as_text
from .ways import way_of

LARGEST = 499_000  # bytes of a table that students are given
SHARES = [1 - step / 40 for step in range(40)]  # of the generated mistakes, until there is room for them
KEPT_OF_THE_SECOND = ("given", "want", "wrong", "sizes")


def freeze(source: Source) -> tuple[dict, dict]:
    """Return the contents of `checks.json` and of `hidden.json`.

    Raises `ExaminerError` where a solution fails, an edit does not fit, a misconception gives right values in every
    check, or two cannot be told apart.
    """
    inputs = Inputs()
    with fallback_data():
        want = run_solutions(source, inputs)
        wrong = {
            misconception: run_variant(source, misconception.exercise, misconception.apply, inputs)
            for misconception in source.written.misconceptions
        }
        sealed = sealed_quizzes(source, want)
    visible, second, hidden = _keys(source, {key: want[key] for key in want if key not in sealed})
    if unknown := sorted(source.written.where.keys() - hidden.keys()):
        raise ExaminerError(
            f"{source.name}: `where` speaks of {unknown[0]!r}, which is no hidden test with frozen inputs."
        )
    prove_bounds_reached(source, want, visible | second | hidden)
    for key in visible | second | hidden:
        stored(source, key, want[key].value)  # before anything is compared with what cannot be
    caught = {misconception: caught_by(attempts, want) for misconception, attempts in wrong.items()}
    prove_told_apart(caught, visible)
    exercises = {key: exercise_words(source, key) for key in source.written.exercises}
    found = _generated(source, visible, inputs, want, wrong)
    parts = [table_of(source, keys, want, inputs, caught) for keys in (visible, hidden)]
    of_second = table_of(source, second, want, inputs, caught)
    parts[0]["misconceptions"] |= of_second["misconceptions"]
    for key, entry in of_second["checks"].items():
        entry["wrong"] = {id: as_number(outcome, want[key].value) for id, outcome in entry["wrong"].items()}
        parts[0]["checks"][key.removesuffix(SECOND)]["second"] = {name: entry[name] for name in KEPT_OF_THE_SECOND}
    for key, way in _ways(source, visible, inputs).items():
        parts[0]["checks"][key] |= {"way": way} if way else {}
        calls = _earlier_calls(source, key, inputs)
        parts[0]["checks"][key] |= {"earlier": calls} if calls else {}
    parts[1]["generated"] = generated_table.as_table(hidden, found, want, parts[1]["misconceptions"])
    checks = {"format": FORMAT, "exercises": exercises, "quizzes": sealed} | parts[0]
    checks |= {"keep_attempts": True} if source.written.keep_attempts else {}
    for share in SHARES:
        some = generated.fewer(found, share)
        checks["generated"] = generated_table.as_table(visible, some, want, parts[0]["misconceptions"])
        if len(as_text(checks).encode()) <= LARGEST:
            break
    return checks, {"format": FORMAT} | parts[1]


def solved(source: Source) -> tuple[Inputs, dict[str, Attempt]]:
    """Return the inputs of all checks, and what the solutions hand them."""
    inputs = Inputs()
    with fallback_data():
        return inputs, run_solutions(source, inputs)


def _generated(source: Source, visible: dict[str, Cell], inputs: Inputs, want, wrong) -> dict:
    """Return the generated mistakes and the pairs of every exercise that is judged by what it computes."""
    found = {}
    for exercise in visible:
        solution = source.solution(exercise)
        if solution is None or source.written.exercises[exercise].get("at_least") is not None:
            continue
        written = {
            misconception: generated.prints_of(attempts, want)
            for misconception, attempts in wrong.items()
            if misconception.exercise == exercise
        }
        with fallback_data():
            found[exercise] = generated.find(source.cells, exercise, inputs, want, written, len(visible))
    return found


def _ways(source: Source, visible: dict[str, Cell], inputs: Inputs) -> dict[str, dict]:
    """Return the values on the way to the right result of each visible check whose answer is a function."""
    found = {}
    for exercise in visible:
        solution = source.solution(exercise)
        if solution is None or not solution.only_defines:
            continue
        others = [other.solution for other in source.alternatives if other.exercise == exercise and not other.slow]
        with fallback_data():
            found[exercise] = way_of(Bench(source.cells, exercise, inputs), solution.source, others)
    return found


def _earlier_calls(source: Source, exercise: str, inputs: Inputs) -> dict[str, list]:
    """Return the calls that the solution of an exercise makes of the functions of earlier ones."""
    earlier = [solution for key in needs(source, exercise) if (solution := source.solution(key))]
    functions = sorted(node.name for cell in earlier for node in cell.tree.body if isinstance(node, ast.FunctionDef))
    with fallback_data():
        return calls_of(Bench(source.cells, exercise, inputs), functions) if functions else {}


def _keys(source: Source, want: dict[str, Attempt]) -> tuple[dict[str, Cell], dict[str, Cell], dict[str, Cell]]:
    """Return the cell of every check, apart for visible ones, their second inputs, and hidden ones.

    A visible check has its exercise's key.
    """
    cells = {(cell.role, cell.exercise): cell for cell in source.cells}
    visible: dict[str, Cell] = {}
    second: dict[str, Cell] = {}
    hidden: dict[str, Cell] = {}
    for key in want:
        exercise = exercise_of(key)
        role = "hidden" if "." in key else "check"
        if (role, exercise) not in cells or exercise not in source.written.exercises:
            raise ExaminerError(
                f"{source.name}: check {key!r} needs a {role} cell and an [[exercise]] with key {exercise!r}."
            )
        (hidden if role == "hidden" else second if key.endswith(SECOND) else visible)[key] = cells[role, exercise]
    return visible, second, hidden
