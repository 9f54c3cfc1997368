"""Run an assignment's cells with its own solutions, or with one that was changed; keep what its checks are handed."""

from __future__ import annotations

import contextlib
import io
import os

from backprop import session
from backprop.answers.attempt import Attempt
from backprop.answers.source_lines import remember

from ..course.source_notebook import Cell
from ..errors import ExaminerError
from .recording_session import Inputs, RecordingSession, exercise_of
from .source import Source


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
                if recording.attempts[key].change and not source.written.exercises.get(exercise_of(key), {}).get(
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
