"""Read what the report and the exports are made of: the gradebook, in a few queries whatever the size of the class."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from nbgrader.api import Assignment, BaseCell, Grade, Gradebook, Student, SubmittedAssignment, SubmittedNotebook

from ..course.source_notebook import exercise_of
from . import answers
from .answers import Answer


@dataclass
class Row:
    """One student of the class."""

    student: str
    submitted: bool = False
    score: float = 0.0  # without the penalty
    extra: float = 0.0
    penalty: float = 0.0
    seconds_late: float = 0.0
    until: datetime | None = None  # who was given more time: until when, in UTC
    waiting: bool = False
    points: dict[str, float] = field(default_factory=dict)  # by exercise
    answers: dict[str, Answer] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    @property
    def total(self) -> float:
        """The score as the gradebook exports it."""
        return max(self.score - self.penalty, 0.0)

    @property
    def mistakes(self) -> list[tuple[str, str]]:
        """One (exercise, mistake) for each exercise that failed, in the order of the notebook."""
        return [(key, one.mistake) for key, one in self.answers.items() if one.mistake]


def most_points(gradebook: Gradebook, assignment: str) -> dict[str, float]:
    """Return the most points of each exercise, in the order of the notebook."""
    found: dict[str, float] = {}
    for notebook in gradebook.find_assignment(assignment).notebooks:
        worth = {cell.name: cell.max_score for cell in (*notebook.grade_cells, *notebook.task_cells)}
        for cell in notebook.source_cells:  # these are in order
            if cell.name in worth:
                key = exercise_of(cell.name)
                found[key] = found.get(key, 0.0) + (worth[cell.name] or 0.0)
    return found


def due(gradebook: Gradebook, assignment: str) -> datetime | None:
    """Return when an assignment is due, in UTC."""
    return gradebook.db.query(Assignment.duedate).filter(Assignment.name == assignment).scalar()


def rows(gradebook: Gradebook, assignment: str) -> list[Row]:
    """Return everyone in the gradebook with the points for an assignment, by name; without what was answered."""
    found = {name: Row(name) for (name,) in gradebook.db.query(Student.id)}
    for student, timestamp, extension, due in _sent(gradebook, assignment):
        row = found[student]
        row.seconds_late = seconds_late(timestamp, due, extension)
        row.until = due + extension if due and extension else None
        row.submitted = timestamp is not None or not extension  # who was given time may not have used it
    cells = {cell: exercise_of(name) for cell, name in gradebook.db.query(BaseCell.id, BaseCell.name)}
    for student, cell, score, extra, waiting, auto in _grades(gradebook, assignment):
        row, key = found[student], cells[cell]
        row.submitted |= auto is not None
        row.points[key] = row.points.get(key, 0.0) + (score or 0.0)
        row.score += score or 0.0
        row.extra += extra or 0.0
        row.waiting |= bool(waiting)
    for student, penalty in _penalties(gradebook, assignment):
        found[student].penalty += penalty or 0.0
    return sorted(found.values(), key=lambda row: row.student)


def with_answers(found: list[Row], assignment: str, course: Path) -> list[Row]:
    """Add to the rows what the graded notebooks of a course say, and return them."""
    sent = [row for row in found if row.submitted]
    kept = course / "build" / "report" / f"{assignment}.json"
    works = answers.of_class([row.student for row in sent], assignment, course / "autograded", kept)
    for row in sent:
        row.answers, row.notes = works[row.student].answers, works[row.student].notes
    return found


def seconds_late(timestamp: datetime | None, due: datetime | None, extension: timedelta | None) -> float:
    """Return how late a submission is, as nbgrader counts it."""
    if timestamp is None or due is None:
        return 0.0
    return max(0.0, (timestamp - due - (extension or timedelta())).total_seconds())


def _sent(gradebook: Gradebook, assignment: str) -> Iterable[Any]:
    one = SubmittedAssignment
    return (
        gradebook.db.query(one.student_id, one.timestamp, one.extension, Assignment.duedate)
        .join(Assignment, Assignment.id == one.assignment_id)
        .filter(Assignment.name == assignment)
    )


def _grades(gradebook: Gradebook, assignment: str) -> Iterable[Any]:
    return (
        gradebook.db.query(
            SubmittedAssignment.student_id,
            Grade.cell_id,
            Grade.score,
            Grade.extra_credit,
            Grade.needs_manual_grade,
            Grade.auto_score,
        )
        .select_from(Grade)
        .join(SubmittedNotebook, SubmittedNotebook.id == Grade.notebook_id)
        .join(SubmittedAssignment, SubmittedAssignment.id == SubmittedNotebook.assignment_id)
        .join(Assignment, Assignment.id == SubmittedAssignment.assignment_id)
        .filter(Assignment.name == assignment)
    )


def _penalties(gradebook: Gradebook, assignment: str) -> Iterable[Any]:
    return (
        gradebook.db.query(SubmittedAssignment.student_id, SubmittedNotebook.late_submission_penalty)
        .select_from(SubmittedNotebook)
        .join(SubmittedAssignment, SubmittedAssignment.id == SubmittedNotebook.assignment_id)
        .join(Assignment, Assignment.id == SubmittedAssignment.assignment_id)
        .filter(Assignment.name == assignment)
    )
