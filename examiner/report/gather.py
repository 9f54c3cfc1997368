"""Read what the report is made of: the gradebook in a few queries, and the graded notebooks as plain JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from nbgrader.api import Assignment, BaseCell, Grade, Gradebook, Student, SubmittedAssignment, SubmittedNotebook

from backprop.check import VERDICT_MIME

from ..course.source_notebook import exercise_of
from ..judging import partial_credit
from ..submission import notes


@dataclass
class Answer:
    """One exercise in one graded notebook."""

    misconception: str = ""
    kind: str = ""  # of the first check that failed, "" where none did
    follows: bool = False
    came_out: str = ""  # what a visible check says was returned
    but: str = ""
    source: str = ""
    options: list[str] = field(default_factory=list)  # of a quiz, the chosen ones


@dataclass
class Row:
    """One student of the class."""

    student: str
    submitted: bool = False
    score: float = 0.0  # without the penalty
    extra: float = 0.0
    penalty: float = 0.0
    seconds_late: float = 0.0
    extended: bool = False
    waiting: bool = False
    points: dict[str, float] = field(default_factory=dict)  # by exercise
    answers: dict[str, Answer] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    @property
    def total(self) -> float:
        """The score as the gradebook exports it."""
        return max(self.score - self.penalty, 0.0)


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


def rows(gradebook: Gradebook, assignment: str, autograded: Path | None) -> list[Row]:
    """Return everyone in the gradebook, by name; `autograded` has the graded notebooks, None leaves them out."""
    found = {name: Row(name) for (name,) in gradebook.db.query(Student.id)}
    sent = (
        gradebook.db.query(SubmittedAssignment)
        .join(Assignment, Assignment.id == SubmittedAssignment.assignment_id)
        .filter(Assignment.name == assignment)
    )
    for one in sent:
        row = found[one.student_id]
        row.seconds_late, row.extended = one.total_seconds_late, bool(one.extension)
        row.submitted = one.timestamp is not None or not row.extended  # who was given time may not have used it
    for student, name, score, extra, waiting, auto in _grades(gradebook, assignment):
        row = found[student]
        row.submitted |= auto is not None
        key = exercise_of(name)
        row.points[key] = row.points.get(key, 0.0) + (score or 0.0)
        row.score += score or 0.0
        row.extra += extra or 0.0
        row.waiting |= bool(waiting)
    for student, penalty in _penalties(gradebook, assignment):
        found[student].penalty += penalty or 0.0
    for row in found.values():
        if row.submitted and autograded:
            for path in sorted((autograded / row.student / assignment).glob("*.ipynb")):
                row.answers, row.notes = read(path)
    return sorted(found.values(), key=lambda row: row.student)


def _grades(gradebook: Gradebook, assignment: str) -> Iterator:
    return (
        gradebook.db.query(
            SubmittedAssignment.student_id,
            BaseCell.name,
            Grade.score,
            Grade.extra_credit,
            Grade.needs_manual_grade,
            Grade.auto_score,
        )
        .select_from(Grade)
        .join(BaseCell, BaseCell.id == Grade.cell_id)
        .join(SubmittedNotebook, SubmittedNotebook.id == Grade.notebook_id)
        .join(SubmittedAssignment, SubmittedAssignment.id == SubmittedNotebook.assignment_id)
        .join(Assignment, Assignment.id == SubmittedAssignment.assignment_id)
        .filter(Assignment.name == assignment)
    )


def _penalties(gradebook: Gradebook, assignment: str) -> Iterator:
    return (
        gradebook.db.query(SubmittedAssignment.student_id, SubmittedNotebook.late_submission_penalty)
        .select_from(SubmittedNotebook)
        .join(SubmittedAssignment, SubmittedAssignment.id == SubmittedNotebook.assignment_id)
        .join(Assignment, Assignment.id == SubmittedAssignment.assignment_id)
        .filter(Assignment.name == assignment)
    )


def read(path: Path) -> tuple[dict[str, Answer], list[str]]:
    """Return the answers in a graded notebook by exercise, and its notes; nothing of one that is not whole."""
    try:
        nb = json.loads(path.read_text(encoding="utf-8"))
        held = nb["metadata"][notes.KEY]
        if held.get("graded") is not True:
            return {}, []
        return _answers(nb["cells"]), [note["text"] for note in held.get("notes", [])]
    except (OSError, ValueError, KeyError, TypeError):
        return {}, []


def _answers(cells: list[dict]) -> dict[str, Answer]:
    found: dict[str, Answer] = {}
    for cell in cells:
        meta = cell["metadata"].get("nbgrader") or {}
        name = meta.get("grade_id", "")
        if cell["cell_type"] != "code" or not (meta.get("grade") or meta.get("solution")):
            continue
        one = found.setdefault(exercise_of(name), Answer())
        if meta.get("solution"):
            one.source = "".join(cell["source"])
        if meta.get("grade"):
            _judge(one, [out.get("data", {}) for out in cell.get("outputs", [])])
    return found


def _judge(one: Answer, shown: list[dict]) -> None:
    """Add what the checks of one cell say of an answer."""
    credit: dict = next((data[partial_credit.CREDIT_MIME] for data in shown if partial_credit.CREDIT_MIME in data), {})
    for verdict in (data[VERDICT_MIME] for data in shown if VERDICT_MIME in data):
        if verdict["options"] and not one.options:
            one.options = [option["label"] for option in verdict["options"] if option["chosen"]]
        if verdict["passed"]:
            continue
        one.misconception = one.misconception or verdict["misconception"]
        one.follows |= bool(verdict["first"]) or credit.get("why") == partial_credit.FOLLOWS
        if not one.kind:
            one.kind, one.but = verdict["kind"] or "wrong", verdict["but"]
            one.came_out = "" if verdict["hidden"] else verdict["returned"]
