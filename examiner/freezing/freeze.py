"""Freeze the tables of an assignment: run the solutions and every misconception on seeded inputs, keep what comes out.

`checks.json` (visible checks) goes to students; `hidden.json` stays. Both are text, one check a line, and come out the
same each time. It trusts the notebook: it is the instructor's own code, and runs in this process.
"""

from __future__ import annotations

import ast
import contextlib
import hashlib
import io
import os
from dataclasses import dataclass
from pathlib import Path

from backprop import session
from backprop.answers import json_values
from backprop.answers.attempt import Attempt
from backprop.answers.compare import agree
from backprop.answers.source_lines import remember
from backprop.answers.tables import FORMAT, Exercise
from backprop.quiz import judge_quiz, seal

from ..course import alternatives, misconceptions, source_notebook
from ..course.alternatives import Alternative
from ..course.misconceptions import Misconception, MisconceptionsFile
from ..course.source_notebook import Cell
from ..errors import ExaminerError
from . import generated
from .bench import Bench
from .earlier_calls import calls_of
from .recording_session import Inputs, RecordingSession
from .shown_call import call_of
from .ways import way_of


@dataclass(frozen=True)
class Source:
    """An assignment as its instructor wrote it."""

    name: str
    cells: list[Cell]
    words: MisconceptionsFile
    alternatives: tuple[Alternative, ...] = ()

    @classmethod
    def read(cls, path: Path) -> Source:
        """Read notebook `path` and the words beside it."""
        return cls(
            path.parent.name,
            source_notebook.cells(source_notebook.read(path)),
            misconceptions.read(path.parent),
            alternatives.read(path.parent),
        )

    def solution(self, exercise: str) -> Cell | None:
        return next((c for c in self.cells if c.role == "solution" and c.exercise == exercise), None)


def freeze(source: Source) -> tuple[dict, dict]:
    """Return the contents of `checks.json` and of `hidden.json`.

    Raises `ExaminerError` where a solution fails, an edit does not fit, a misconception gives right values in every
    check, or two cannot be told apart.
    """
    inputs = Inputs()
    with fallback_data():
        want = run_solutions(source, inputs)
        wrong = {
            mistake: run_variant(source, mistake.exercise, mistake.apply, inputs)
            for mistake in source.words.misconceptions
        }
        sealed = _sealed(source, want)
    visible, hidden = _keys(source, {key: want[key] for key in want if key not in sealed})
    _prove_bounds_reached(source, want, visible | hidden)
    for key in visible | hidden:
        _stored(source, key, want[key].value)  # before anything is compared with what cannot be
    caught = {mistake: _caught(attempts, want) for mistake, attempts in wrong.items()}
    _prove_told_apart(caught, visible)
    exercises = {key: _exercise(source, key) for key in source.words.exercises}
    found = _generated(source, visible, inputs, want, wrong)
    parts = [_table(source, keys, want, inputs, caught) for keys in (visible, hidden)]
    for key, way in _ways(source, visible, inputs).items():
        parts[0]["checks"][key] |= {"way": way} if way else {}
        calls = _earlier_calls(source, key, inputs)
        parts[0]["checks"][key] |= {"earlier": calls} if calls else {}
    for keys, table in zip((visible, hidden), parts, strict=True):
        table["generated"] = generated.as_table(keys, found, want, table["misconceptions"])
    checks = {"format": FORMAT, "exercises": exercises, "quizzes": sealed} | parts[0]
    checks |= {"keep_attempts": True} if source.words.keep_attempts else {}
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
        if solution is None or source.words.exercises[exercise].get("at_least") is not None:
            continue
        written = {
            mistake: generated.prints_of(attempts, want)
            for mistake, attempts in wrong.items()
            if mistake.exercise == exercise
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
    earlier = [solution for key in _needs(source, exercise) if (solution := source.solution(key))]
    functions = sorted(node.name for cell in earlier for node in cell.tree.body if isinstance(node, ast.FunctionDef))
    with fallback_data():
        return calls_of(Bench(source.cells, exercise, inputs), functions) if functions else {}


def run_variant(source: Source, exercise: str, change, inputs: Inputs) -> dict[str, Attempt]:
    """Return what the checks of `exercise` are handed when `change` has been made to its solution's source.

    All other solutions stay as they are; `inputs` are the frozen ones.
    """
    recording, scope = RecordingSession(inputs), _scope()
    with session.use(recording), _quiet():
        for cell in source.cells:
            mine = cell.exercise == exercise
            if cell.role == "setup" or (cell.role == "solution" and not mine and cell.only_defines):
                _run(cell, cell.source, scope)
            elif cell.role == "solution" and mine:
                changed = change(cell.source)
                with contextlib.suppress(Exception):  # what it leaves undone shows in its checks
                    _run(cell, changed, scope)
            elif cell.role in ("check", "hidden") and mine:
                _run(cell, cell.source, scope)
    return recording.attempts


def run_solutions(source: Source, inputs: Inputs) -> dict[str, Attempt]:
    """Run the notebook from top to bottom; `inputs` take what it freezes. Raises `ExaminerError` where it fails."""
    scope = _scope()
    recording = RecordingSession(inputs)
    with session.use(recording), _quiet():
        for cell in source.cells:
            before = set(recording.attempts)
            try:
                _run(cell, cell.source, scope)
            except ExaminerError:
                raise
            except Exception as error:
                raise ExaminerError(f"{source.name}: cell {cell.name}: {type(error).__name__}: {error}") from error
            for key in recording.attempts.keys() - before:
                trouble = recording.attempts[key].trouble
                if recording.attempts[key].change and not source.words.exercises.get(key.split(".")[0], {}).get(
                    "changes"
                ):
                    raise ExaminerError(f"{source.name}: the solution changes an argument in check {key!r}.")
                if trouble:
                    raise ExaminerError(
                        f"{source.name}: the solution fails check {key!r}: {trouble.kind}: {trouble.message}"
                    )
    return recording.attempts


def _scope() -> dict:
    return {"__name__": "__main__", "In": [""]}


def _run(cell: Cell, code: str, scope: dict) -> None:
    """Run a cell as a notebook would: its source is kept in `In`, and shows in tracebacks."""
    name = f"<{cell.name}>"
    remember(name, code)
    scope["In"].append(code)
    try:
        exec(compile(code, name, "exec"), scope)
    except ExaminerError:
        raise
    except Exception as error:
        if cell.role != "solution":
            raise ExaminerError(f"cell {cell.name}: {type(error).__name__}: {error}") from error
        raise


@contextlib.contextmanager
def _quiet():
    with contextlib.redirect_stdout(io.StringIO()):
        yield


@contextlib.contextmanager
def fallback_data():
    """Give every machine the same data, so that tables do not depend on what has been downloaded."""
    before = os.environ.get("BACKPROP_DATA")
    os.environ["BACKPROP_DATA"] = "digits"
    try:
        yield
    finally:
        os.environ.pop("BACKPROP_DATA") if before is None else os.environ.update(BACKPROP_DATA=before)


def _keys(source: Source, want: dict[str, Attempt]) -> tuple[dict[str, Cell], dict[str, Cell]]:
    """Return the cell of every check, apart for visible and hidden ones: a visible check has its exercise's key."""
    cells = {(cell.role, cell.exercise): cell for cell in source.cells}
    visible: dict[str, Cell] = {}
    hidden: dict[str, Cell] = {}
    for key in want:
        exercise = key.split(".")[0]
        role = "check" if key == exercise else "hidden"
        if (role, exercise) not in cells or exercise not in source.words.exercises:
            raise ExaminerError(
                f"{source.name}: check {key!r} needs a {role} cell and an [[exercise]] with key {exercise!r}."
            )
        (visible if role == "check" else hidden)[key] = cells[role, exercise]
    return visible, hidden


def outcome(attempt: Attempt) -> dict:
    """Return what came of an attempt, as a table keeps it."""
    if attempt.trouble:
        return {"raises": attempt.trouble.kind, "message": attempt.trouble.message}
    try:
        return {"value": json_values.encode(attempt.value)}
    except json_values.NotPlain as error:
        return {"raises": "NotPlain", "message": str(error)}


def _caught(attempts: dict[str, Attempt], want: dict[str, Attempt]) -> dict[str, dict]:
    """Return the outcomes that differ from what is wanted, by check."""
    return {
        key: outcome(attempt)
        for key, attempt in attempts.items()
        if attempt.trouble or not agree(attempt.value, want[key].value)
    }


def _prove_bounds_reached(source: Source, want: dict[str, Attempt], cells: dict[str, Cell]) -> None:
    """Where an exercise is judged by a bound, there is no frozen value that the solution would equal of itself."""
    for key, cell in cells.items():
        bound = source.words.exercises[cell.exercise].get("at_least")
        if bound is not None and not want[key].value >= bound:
            came = f"at least {bound:g} is needed, and {want[key].value:.6g} came out."
            raise ExaminerError(f"{source.name}: the solution fails check {key!r}: {came}")


def _prove_told_apart(caught: dict[Misconception, dict[str, dict]], visible: dict[str, Cell]) -> None:
    for mistake, outcomes in caught.items():
        if not outcomes:
            raise ExaminerError(
                f"misconception {mistake.id!r} gives right values in every check of exercise {mistake.exercise}. "
                "Write a hidden test that shows it, or take it out."
            )
        for other, others in caught.items():
            if other is mistake:
                break  # the rest is compared when its own turn comes
            if other.exercise != mistake.exercise:
                continue
            if _same_outcomes(outcomes, others):
                raise ExaminerError(
                    f"misconceptions {other.id!r} and {mistake.id!r} give the same values in every check: "
                    "make them one."
                )
            for key in outcomes.keys() & others.keys() & visible.keys():
                if _same(outcomes[key], others[key]):
                    raise ExaminerError(
                        f"misconceptions {other.id!r} and {mistake.id!r} give the same value in the visible check "
                        f"{key!r}: choose inputs that tell them apart."
                    )


def _same_outcomes(one: dict[str, dict], other: dict[str, dict]) -> bool:
    return one.keys() == other.keys() and all(_same(one[key], other[key]) for key in one)


def _same(one: dict, other: dict) -> bool:
    if "value" in one and "value" in other:
        first, second = json_values.decode(one["value"]), json_values.decode(other["value"])
        return agree(first, second) and agree(second, first)
    return one == other


def _exercise(source: Source, key: str) -> dict:
    points = sum(cell.points for cell in source.cells if cell.role == "check" and cell.exercise == key)
    written = {name: value for name, value in source.words.exercises[key].items() if name != "at_least"}
    return written | {"points": points, "needs": _needs(source, key)}


def _needs(source: Source, key: str) -> list[str]:
    """Return the exercises whose functions, or whose classes' methods, the solution or the checks of this one use."""
    nodes = [node for cell in source.cells if cell.exercise == key for node in ast.walk(cell.tree)]
    names = {node.id for node in nodes if isinstance(node, ast.Name)}
    attributes = {node.attr for node in nodes if isinstance(node, ast.Attribute)}
    others = [cell for cell in source.cells if cell.role == "solution" and cell.exercise != key]
    used = [cell.exercise for cell in others if cell.defines & names or cell.methods & attributes]
    return [exercise for exercise in used if exercise in source.words.exercises]


def _sealed(source: Source, want: dict[str, Attempt]) -> dict:
    """Return the quizzes as students hold them, each proven to accept the answer of the notebook."""
    sealed = {}
    for quiz in source.words.quizzes:
        key = quiz["key"]
        salt = hashlib.sha256(f"{source.name}/{key}".encode()).hexdigest()[:16]
        sealed[key] = seal(quiz, salt)
        words = {name: value for name, value in source.words.exercises[key].items() if name != "at_least"}
        exercise = Exercise(key=key, points=0, **words)
        if key not in want or not judge_quiz(sealed[key], want[key], {key: exercise}).passed:
            raise ExaminerError(
                f"{source.name}: the notebook's answer to quiz {key!r} is not the one in the words beside it."
            )
    return sealed


def _stored(source: Source, key: str, value: object) -> object:
    try:
        return json_values.encode(value)
    except json_values.NotPlain as error:
        title = source.words.exercises[key.split(".")[0]].get("title", "")
        raise ExaminerError(
            f"{source.name}: exercise {key.split('.')[0]} ({title}): what the solution gives check {key!r} cannot be "
            f"kept, since {error}. `check` takes {json_values.TAKEN}: let the lambda return a part of it."
        ) from error


def _table(source: Source, keys: dict[str, Cell], want, inputs: Inputs, caught) -> dict:
    checks: dict[str, dict] = {}
    named: dict[str, Misconception] = {}
    solutions = [cell for cell in source.cells if cell.role == "solution"]
    for key, cell in keys.items():
        wrong = {mistake.id: outcomes[key] for mistake, outcomes in caught.items() if key in outcomes}
        named |= {mistake.id: mistake for mistake in caught if mistake.id in wrong}
        bound = source.words.exercises[cell.exercise].get("at_least")
        checks[key] = {
            "exercise": cell.exercise,
            "call": call_of(cell, solutions, inputs.stored.get(key)),
            "given": inputs.stored.get(key),
            "sizes": inputs.sizes.get(key, {}),
            "want": None if bound is not None else _stored(source, key, want[key].value),
            "wrong": wrong,
        } | ({"at_least": bound} if bound is not None else {})
    misconceptions = {
        id: {"exercise": m.exercise, "hint": m.hint, "ask": m.ask, "credit": m.credit} for id, m in named.items()
    }
    return {"checks": checks, "misconceptions": misconceptions}
