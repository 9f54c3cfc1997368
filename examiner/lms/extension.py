"""Give a student more time: nbgrader's gradebook keeps it, and its penalties go by it."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from nbgrader.api import Assignment, Gradebook, MissingEntry

from ..course.times import shown
from ..errors import ExaminerError


def extend(gradebook: Gradebook, student: str, assignment: str, until: datetime, zone: ZoneInfo) -> None:
    """Let a student hand in until `until`; raises `ExaminerError` where there is nobody or nothing to extend."""
    due = _assignment(gradebook, assignment).duedate
    try:
        gradebook.find_student(student)
    except MissingEntry as error:
        said = f"{student} is not in the gradebook. Enter the class list: examiner roster FILE"
        raise ExaminerError(said) from error
    if due is None:
        raise ExaminerError(f"{assignment} has no due date, so nobody is late. Set one: examiner due {assignment} TIME")
    if until < due:
        raise ExaminerError(f"{assignment} is due at {shown(due, zone)}, which is later than that")
    submission = gradebook.update_or_create_submission(assignment, student)
    submission.extension = until - due
    gradebook.db.commit()


def due(gradebook: Gradebook, assignment: str, time: datetime | None) -> None:
    """Set when an assignment is due, or that it is not; who has more time keeps the same end where that is later."""
    held = _assignment(gradebook, assignment)
    for submission in held.submissions:
        if submission.extension and held.duedate and time is not None:
            left = held.duedate + submission.extension - time
            submission.extension = left if left > timedelta() else None
    held.duedate = time
    gradebook.db.commit()


def _assignment(gradebook: Gradebook, name: str) -> Assignment:
    try:
        return gradebook.find_assignment(name)
    except MissingEntry as error:
        raise ExaminerError(f"{name} is not in the gradebook yet. Run: examiner release {name}") from error
