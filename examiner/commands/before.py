"""Keep what an assignment was before a change that could cost grades, so that one command takes it back.

A folder beside the gradebook holds the assignment's rows, its release, and the graded notebooks. It is made when an
assignment with submissions is released differently, or graded again by `examiner regrade`; the last change counts.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from nbgrader.api import Gradebook

from ..course.folders import Course
from ..errors import ExaminerError
from ..pipeline import changed_cells, rows
from .nbgrader_api import gradebook_of

NAME = ".examiner-before"
NOTHING = "{0}: there is nothing to take back. `examiner regrade {0} --apply` makes something."
UNFINISHED = "{0}: the last change was interrupted. Run it again, and then take it back: examiner {1} {0}"
SINCE = (
    "{}: something has been graded or entered by hand since then, and would be lost. Nothing was changed.\n"
    "  What was there before is in {}."
)


def _folder(course: Course, assignment: str) -> Path:
    return course.root / NAME / assignment


def rows_of(course: Course, assignment: str, gradebook: Gradebook) -> rows.Rows:
    """Return the rows that grades are to be compared with: those of before the last change, or today's."""
    state = _state(course, assignment)
    if state and (not state["after"] or (state["by"] == "release" and state["after"] == _now(gradebook, assignment))):
        return rows.from_text((_folder(course, assignment) / "rows.json").read_text(encoding="utf-8"))
    return rows.read(gradebook, assignment)


@contextmanager
def change(course: Course, assignment: str, by: str = "release") -> Iterator[None]:
    """Keep what is there, run the block, and note what is there then.

    What is kept already stays where nothing was graded since, since then this is the next part of the same change: a
    release and its regrade, or what was interrupted. A release after a regrade begins another one.
    """
    with gradebook_of(course) as gradebook:
        graded = changed_cells.is_entered(gradebook, assignment) and bool(
            gradebook.find_assignment(assignment).submissions
        )
        state = _state(course, assignment)
        goes_on = bool(state) and (not state["after"] or state["after"] == _now(gradebook, assignment))
        is_next = bool(state) and bool(state["after"]) and (by, state["by"]) == ("release", "regrade")
        if graded and (not goes_on or is_next):
            _keep(course, assignment, rows.read(gradebook, assignment))
        if graded:
            _write_state(course, assignment, by, "")
    yield
    if graded:
        with gradebook_of(course) as gradebook:
            _write_state(course, assignment, by, _now(gradebook, assignment))


def waits(course: Course, assignment: str) -> bool:
    """Tell whether an assignment was released over submissions, and not regraded yet."""
    state = _state(course, assignment)
    return bool(state.get("after")) and state["by"] == "release"


def take_back(course: Course, assignment: str) -> None:
    """Put everything back as it was before the last change; raises `ExaminerError` where something was graded since."""
    folder, state = _folder(course, assignment), _state(course, assignment)
    if not state:
        raise ExaminerError(NOTHING.format(assignment))
    if not state["after"]:
        again = {"release": "release", "regrade": "regrade --apply"}[state["by"]]
        raise ExaminerError(UNFINISHED.format(assignment, again))
    with gradebook_of(course) as gradebook:
        if _now(gradebook, assignment) not in (state["after"], state["before"]):
            raise ExaminerError(SINCE.format(assignment, folder.relative_to(course.root)))
        kept = rows.from_text((folder / "rows.json").read_text(encoding="utf-8"))
        rows.put_back(gradebook, assignment, kept)
    _replace(folder / "release", course.release(assignment))
    for there in _graded(course, assignment):
        if not (folder / "autograded" / there.parent.name).is_dir():
            shutil.rmtree(there)
    for held in (folder / "autograded").glob("*"):
        _replace(held, course.root / "autograded" / held.name / assignment)
    shutil.rmtree(folder)


def _keep(course: Course, assignment: str, held: rows.Rows) -> None:
    """Write the folder beside its place, and put it there whole."""
    folder = _folder(course, assignment)
    new = folder.with_name(f".{assignment}-new")
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(parents=True)
    (new / "autograded").mkdir()
    (new / "rows.json").write_text(rows.as_text(held), encoding="utf-8")
    (new / "state.json").write_text(json.dumps({"by": "", "after": "", "before": rows.digest(held)}), encoding="utf-8")
    if course.release(assignment).is_dir():
        shutil.copytree(course.release(assignment), new / "release")
    for there in _graded(course, assignment):
        shutil.copytree(there, new / "autograded" / there.parent.name, symlinks=True)
    shutil.rmtree(folder, ignore_errors=True)
    new.rename(folder)


def _graded(course: Course, assignment: str) -> list[Path]:
    folders = (course.root / "autograded").glob("*")
    return [folder / assignment for folder in folders if (folder / assignment).is_dir()]


def _replace(held: Path, there: Path) -> None:
    if held.is_dir():
        shutil.rmtree(there, ignore_errors=True)
        shutil.copytree(held, there, symlinks=True)


def _state(course: Course, assignment: str) -> dict:
    try:
        return json.loads((_folder(course, assignment) / "state.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def _write_state(course: Course, assignment: str, by: str, after: str) -> None:
    path = _folder(course, assignment) / "state.json"
    state = _state(course, assignment) | {"by": by, "after": after}
    path.with_suffix(".new").write_text(json.dumps(state), encoding="utf-8")
    path.with_suffix(".new").replace(path)


def _now(gradebook: Gradebook, assignment: str) -> str:
    return rows.digest(rows.read(gradebook, assignment))
