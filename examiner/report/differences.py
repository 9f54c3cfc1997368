"""Say whose score changes between two gradings of an assignment, by how much, and in which exercise."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from nbgrader.api import GradeCell, SubmittedAssignment, TaskCell

from ..course.source_notebook import exercise_of


@dataclass(frozen=True)
class Score:
    """One submission's score, as far as it can differ."""

    points: dict[str, float] = field(default_factory=dict)  # by exercise, with extra credit
    penalty: float = 0.0
    waiting: tuple[str, ...] = ()  # exercises that wait for a mark by hand

    @property
    def total(self) -> float:
        return max(sum(self.points.values()) - self.penalty, 0.0)


@dataclass(frozen=True)
class Difference:
    """What changes for one student."""

    student: str
    before: float
    after: float
    exercises: dict[str, float]  # by how much, where it is not 0
    penalty: float
    waiting: tuple[str, ...]  # exercises that wait for a mark by hand, and did not before

    def __str__(self) -> str:
        parts = [f"exercise {key}: {change:+g}" for key, change in self.exercises.items()]
        parts += [f"penalty: {self.penalty:+g}"] if self.penalty else []
        parts += [f"exercise {key} waits for a mark by hand" for key in self.waiting]
        return f"{self.before:g} → {self.after:g}  ({', '.join(parts)})"


def difference(student: str, before: Score, after: Score) -> Difference | None:
    """Return what changes for a student; None where nothing does."""
    keys = {**before.points, **after.points}
    changes = {key: round(after.points.get(key, 0.0) - before.points.get(key, 0.0), 6) for key in keys}
    changes = {key: change for key, change in changes.items() if change}
    penalty = round(after.penalty - before.penalty, 6)
    waiting = tuple(key for key in after.waiting if key not in before.waiting)
    if not (changes or penalty or waiting):
        return None
    return Difference(student, before.total, after.total, changes, penalty, waiting)


def of_submission(submission: SubmittedAssignment) -> Score:
    """Return the score of a submission in an open gradebook."""
    marks = [
        (grade.cell.name, grade.auto_score, grade.manual_score, grade.extra_credit, grade.needs_manual_grade)
        for entry in submission.notebooks
        for grade in entry.grades
    ]
    return _score(marks, sum(entry.late_submission_penalty or 0.0 for entry in submission.notebooks))


def of_rows(rows: dict[str, list[dict[str, Any]]]) -> dict[str, Score]:
    """Return the score of each student from the rows of an assignment."""
    names = {row["id"]: row["name"] for row in rows["base_cell"]}
    students = {row["id"]: row["student_id"] for row in rows["submitted_assignment"]}
    owners = {row["id"]: students[row["assignment_id"]] for row in rows["submitted_notebook"]}
    marks: dict[str, list[tuple]] = {student: [] for student in students.values()}
    penalties: dict[str, float] = dict.fromkeys(marks, 0.0)
    for row in rows["submitted_notebook"]:
        penalties[owners[row["id"]]] += row["late_submission_penalty"] or 0.0
    for row in rows["grade"]:
        said = [row[key] for key in ("auto_score", "manual_score", "extra_credit", "needs_manual_grade")]
        marks[owners[row["notebook_id"]]].append((names[row["cell_id"]], *said))
    return {student: _score(marks[student], penalties[student]) for student in marks}


def exercises_of(rows: dict[str, list[dict[str, Any]]]) -> list[str]:
    """Return the exercises that have points in the rows of an assignment."""
    names = {row["id"]: row["name"] for row in rows["base_cell"]}
    graded = (row["id"] for kind in (GradeCell, TaskCell) for row in rows[kind.__tablename__])
    return sorted({exercise_of(names[id]) for id in graded})


def _score(marks: list[tuple], penalty: float) -> Score:
    points: dict[str, float] = {}
    waiting = []
    for name, auto, manual, extra, needs in sorted(marks, key=lambda mark: mark[0]):
        key = exercise_of(name)
        score = manual if manual is not None else auto or 0.0
        points[key] = points.get(key, 0.0) + score + (extra or 0.0)
        if needs and key not in waiting:
            waiting.append(key)
    return Score(points, penalty, tuple(waiting))
