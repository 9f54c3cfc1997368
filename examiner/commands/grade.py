"""Grade submissions: a batch never stops for one of them.

What runs and judges a submission is behind `Grader`, one method wide. Here is the one that uses nbgrader and the
course's pipeline, like `nbgrader autograde` and Formgrader's button; each process that grades has one sandbox.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Protocol

from nbgrader.converters.base import NbGraderException
from nbgrader.utils import capture_log, temp_attrs
from traitlets.config import Config

from ..course.folders import Course
from ..errors import ExaminerError
from ..judging import killable
from ..pipeline import whose
from ..pipeline.autograde import AutogradeAnything
from ..sandbox import launch
from ..submission import notes
from . import score_page
from .nbgrader_api import api_of, config_of, gradebook_of
from .workers import in_parallel

PAGE_SECONDS = 30.0  # of a processor, where the course's configuration says nothing


@dataclass(frozen=True)
class Outcome:
    """What became of one submission: graded, or the reason why not; `notes` say what was repaired."""

    student: str
    graded: bool
    reason: str = ""
    notes: tuple[str, ...] = ()


class Grader(Protocol):
    """Whatever runs one submission and enters its scores into the gradebook."""

    def grade(self, student: str) -> Outcome: ...


class NbgraderGrader:
    """Runs `nbgrader autograde` with the course's configuration, in this process."""

    def __init__(self, course: Course, assignment: str, changes: Config | None = None):
        self.course, self.assignment = course, assignment
        self.api = api_of(course, changes)

    def grade(self, student: str) -> Outcome:
        # As nbgrader's API does it, which keeps the object that knows what went wrong to itself.
        with temp_attrs(self.api.coursedir, assignment_id=self.assignment, student_id=student):
            app = AutogradeAnything(coursedir=self.api.coursedir, parent=self.api)
            app.force = app.create_student = True
            result = capture_log(app)
        if not result["success"]:
            return Outcome(student, False, _reason(result, app.failure))
        graded = self.course.root / "autograded" / whose_is(self.course, student) / self.assignment
        return Outcome(student, True, notes=tuple(note.text for note in notes.in_folder(graded)))


def _reason(result: dict, failure: Exception | None) -> str:
    """Return why nbgrader could not grade: what was raised, else the last line that it wrote."""
    if isinstance(failure, NbGraderException):
        return str(failure)
    if failure is not None:
        return f"{type(failure).__name__}: {failure}"
    lines = "\n".join(filter(None, (result.get("log"), result.get("error")))).strip().splitlines()
    return lines[-1].strip() if lines else "nbgrader gave no reason"


def students(course: Course, assignment: str) -> list[str]:
    """Return the students who submitted `assignment`, whatever they submitted."""
    submitted = course.root / "submitted"
    folders = submitted.iterdir() if submitted.is_dir() else ()
    return sorted(folder.name for folder in folders if os.path.lexists(folder / assignment))


def whose_is(course: Course, folder: str) -> str:
    """Return the student whose folder in `submitted/` this is."""
    with gradebook_of(course) as gradebook:
        return whose.whose(folder, gradebook)


def safely(grader: Grader, student: str) -> Outcome:
    """Grade one student; whatever goes wrong is an outcome too, since nobody else's grade may depend on this one."""
    try:
        return grader.grade(student)
    except Exception as error:
        return Outcome(student, False, f"{type(error).__name__}: {error}")


def grade(
    course: Course,
    assignment: str,
    who: Iterable[str],
    said: Callable[[Outcome], None] = lambda outcome: None,
    changes: Config | None = None,
    processes: int | None = None,
) -> list[Outcome]:
    """Grade everyone in a few processes at once; `said` hears of each outcome as it comes.

    Whoever cannot be graded gets 0 points, and the reason as a comment.

    `changes` are merged into the course's configuration. Raises `ExaminerError` with the command that helps where there
    can be no sandbox, and none was given up.
    """
    refuse_without_sandbox(course, changes)
    with gradebook_of(course):
        pass  # made here, if it is new, and not by several processes at once
    one = partial(grade_one, course, assignment, changes)
    outcomes = []
    for outcome in in_parallel(one, who, processes):
        if not outcome.graded:
            outcome = one(outcome.student)  # once more, in this process: it may have been a neighbour's fault
        if not outcome.graded:
            record_ungraded(course, assignment, outcome)
        outcomes.append(outcome)
        said(outcome)
    return sorted(outcomes, key=lambda outcome: outcome.student)


def refuse_without_sandbox(course: Course, changes: Config | None = None) -> None:
    """Raise `ExaminerError` where students' code could not be closed off, before anybody is graded."""
    config = config_of(course)
    config.merge(changes or {})
    if not config.Examine.get("without_sandbox", False) and (lack := launch.missing()):
        raise ExaminerError(lack)


def grade_one(course: Course, assignment: str, changes: Config | None, student: str) -> Outcome:
    """Grade one student with the course's own grader."""
    return safely(NbgraderGrader(course, assignment, changes), student)


def record_ungraded(course: Course, assignment: str, outcome: Outcome) -> None:
    """Enter 0 points with the reason for a submission that could not be graded, so that it still ends with a score."""
    with gradebook_of(course) as gradebook:
        gradebook.update_or_create_student(outcome.student)
        submission = gradebook.update_or_create_submission(assignment, outcome.student)
        for notebook in submission.notebooks:
            for entry in notebook.grades:
                entry.auto_score, entry.needs_manual_grade = 0.0, False
            for comment in notebook.comments[:1]:
                comment.auto_comment = f"Not graded: {outcome.reason}"
        gradebook.db.commit()


def feedback(course: Course, assignment: str, who: Iterable[str]) -> list[Path]:
    """Write the feedback pages of everyone who has an autograded notebook, and return their paths."""
    names = dict.fromkeys(whose_is(course, student) for student in who)
    graded = [student for student in names if (course.root / "autograded" / student / assignment).is_dir()]
    return sorted(page for pages in in_parallel(partial(_feedback_of, course, assignment), graded) for page in pages)


def _feedback_of(course: Course, assignment: str, student: str) -> list[Path]:
    """Write one student's pages in a process that can be ended; where one fails, a page says the score."""
    folder = course.root / "feedback" / student / assignment
    try:
        seconds = config_of(course).Examine.get("page_seconds", PAGE_SECONDS)
        made = killable.within(seconds, _make_pages, course, assignment, student)
    except (killable.Overdue, RuntimeError):
        made = False
    if not made:
        shutil.rmtree(folder, ignore_errors=True)  # half a page says less than none
        score_page.write(course, assignment, student)
    return sorted(folder.glob("*.html"))


def _make_pages(course: Course, assignment: str, student: str) -> bool:
    return api_of(course).generate_feedback(assignment, student, force=True)["success"]
