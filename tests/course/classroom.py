"""Run an assignment's notebook as a student would, and keep what the course's own checks say.

The checks are the notebook's, the session is `backprop`'s, the tables are the committed ones: nothing here judges.
"""

from __future__ import annotations

import contextlib
import io
import json
import linecache
import os
import warnings
from collections.abc import Collection, Mapping
from functools import cache
from pathlib import Path
from unittest.mock import patch

from nbgrader.preprocessors import ClearSolutions
from traitlets.config.loader import PyFileConfigLoader

from backprop import session
from backprop.answers import ran_cells
from backprop.answers.tables import CHECKS_FILE, HIDDEN_FILE, HIDDEN_VARIABLE, Check, Tables, load
from backprop.errors import BackpropError
from backprop.explain.verdict import Verdict
from examiner.course import alternatives, source_notebook
from examiner.course.alternatives import Alternative
from examiner.course.folders import CONFIG, Course
from examiner.errors import ExaminerError
from examiner.freezing.source import Source

COURSE = Course.here(Path(__file__))


@cache
def source(assignment: str) -> Source:
    return Source.read(COURSE.notebook(assignment))


@cache
def committed_tables(assignment: str) -> tuple[dict, dict]:
    """Return the two tables as they are committed."""
    visible, hidden = (COURSE.source(assignment) / name for name in (CHECKS_FILE, HIDDEN_FILE))
    return json.loads(visible.read_text(encoding="utf-8")), json.loads(hidden.read_text(encoding="utf-8"))


@cache
def alternatives_of(assignment: str) -> tuple[Alternative, ...]:
    return alternatives.read(COURSE.source(assignment))


@cache
def stubs(assignment: str) -> dict[str, str]:
    """Return the solution cell of each exercise as students get it: cleared as the course's configuration says."""
    config = PyFileConfigLoader(CONFIG, path=str(COURSE.root)).load_config()
    cleared, _ = ClearSolutions(config=config).preprocess(source_notebook.read(COURSE.notebook(assignment)), {})
    return {cell.exercise: cell.source for cell in source_notebook.cells(cleared) if cell.role == "solution"}


def exercises(assignment: str) -> list[str]:
    """Return the exercises that have a cell for an answer; a page to read may check something that it gives."""
    return [key for key in source(assignment).written.exercises if source(assignment).solution(key)]


def coding_exercises(assignment: str) -> list[str]:
    """Return the exercises whose answer is code that has to be thought of: neither quizzes nor extra credit."""
    words = source(assignment).written
    quizzes = {quiz["key"] for quiz in words.quizzes}
    return [key for key in exercises(assignment) if key not in quizzes and not words.exercises[key].get("extra")]


def tables(assignment: str) -> Tables:
    """Return the committed tables, the hidden ones among them."""
    with committed(assignment):
        return load(COURSE.source(assignment))


class Attentive(session.Session):
    """The session of a notebook, which also keeps every verdict, and lets a cell go on after a check that fails."""

    def __init__(self, folder: Path):
        super().__init__(folder)
        self.verdicts: dict[str, list[Verdict]] = {}

    def judge(self, key, attempt) -> None:
        self.verdicts.setdefault(key, []).append(super().judge(key, attempt))


def judged(
    assignment: str, answers: Mapping[str, str], checked: Collection[str], times: int = 1
) -> dict[str, list[Verdict]]:
    """Return the verdicts of all checks, visible and hidden, of the exercises `checked`, by the key of the check.

    `answers` are sources of solution cells by exercise; in place of all others stand the notebook's own. Cells run in
    order; the cells of checks run `times` times over in one session.
    """
    here = Attentive(COURSE.source(assignment))
    scope = {"__name__": "__main__", "In": [""]}
    with committed(assignment), session.use(here), unheard(), patch.object(ran_cells, "runs", []):
        for cell in source(assignment).cells:
            if cell.role == "solution" and (cell.only_defines or cell.exercise in checked):
                answer, error = answers.get(cell.exercise, cell.source), ""
                try:
                    run(cell.name, answer, scope)
                except Exception as stopped:  # what a cell leaves undone shows in its checks
                    error = f"{type(stopped).__name__}: {stopped}"
                ran_cells.runs.append(ran_cells.Run(answer, cell.name, f"<{cell.name}>", error))
            elif cell.role == "setup":
                run(cell.name, cell.source, scope)
            elif cell.role in ("check", "hidden") and cell.exercise in checked:
                for _ in range(times):
                    run(cell.name, cell.source, scope)
    return here.verdicts


def run(name: str, code: str, scope: dict) -> None:
    """Run a cell as a notebook would: its source shows in tracebacks, and is kept in `In`."""
    filename = f"<{name}>"
    linecache.cache[filename] = (len(code), None, code.splitlines(keepends=True), filename)
    scope["In"].append(code)
    exec(compile(code, filename, "exec"), scope)


@contextlib.contextmanager
def committed(assignment: str, data: str = "digits"):
    """Let checks find the hidden tables of `assignment`, and notebooks the `data` that BACKPROP_DATA asks for."""
    folder = COURSE.source(assignment)
    with patch.dict(os.environ, {HIDDEN_VARIABLE: str(folder / HIDDEN_FILE), "BACKPROP_DATA": data}):
        yield


@contextlib.contextmanager
def unheard():
    """Drop what cells print and warn of."""
    silence = io.StringIO()
    with contextlib.redirect_stdout(silence), contextlib.redirect_stderr(silence), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def failures(verdicts: Mapping[str, list[Verdict]]) -> dict[str, str]:
    """Return why each check that is not passed is not, by its key."""
    return {key: each.but for key, some in verdicts.items() for each in some if not each.passed}


def read_all(assignment: str) -> None:
    """Read every file of `assignment`; raises what the course raises where one is missing or cannot be used."""
    source(assignment)
    alternatives_of(assignment)
    tables(assignment)


def _readable(assignment: str) -> bool:
    try:
        read_all(assignment)
    except (ExaminerError, BackpropError):
        return False
    return True


# One that cannot be read fails a test of its own, and does not keep the others from being tested.
ASSIGNMENTS = [name for name in COURSE.assignments() if _readable(name)]


def calls_of(check: Check) -> list[tuple[tuple, object]]:
    """Return the arguments of each call that a check makes, and what it should return."""
    given, want = check.given(), check.want
    return list(zip(given, want, strict=True)) if isinstance(given, list) else [(given, want)]
