"""Give a student more time: nbgrader's gradebook keeps it, and its penalties go by it."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from nbgrader.api import Gradebook, MissingEntry

from ..course.times import shown
from ..errors import ExaminerError


def extend(gradebook: Gradebook, student: str, assignment: str, until: datetime, zone: ZoneInfo) -> None:
    """Let a student hand in until `until`; raises `ExaminerError` where there is nobody or nothing to extend."""
    try:
        due = gradebook.find_assignment(assignment).duedate
        gradebook.find_student(student)
    except MissingEntry as error:
        raise ExaminerError(f"The gradebook does not know {student} and {assignment}: {error}") from error
    if due is None:
        raise ExaminerError(f"{assignment} has no due date, so nobody is late. Set one: examiner due {assignment} TIME")
    if until < due:
        raise ExaminerError(f"{assignment} is due at {shown(due, zone)}, which is later than that")
    submission = gradebook.update_or_create_submission(assignment, student)
    submission.extension = until - due
    gradebook.db.commit()


def due(gradebook: Gradebook, assignment: str, time: datetime | None) -> None:
    """Set when an assignment is due, or that it is not; who has more time keeps the same end where that is later."""
    try:
        held = gradebook.find_assignment(assignment)
    except MissingEntry as error:
        raise ExaminerError(f"{assignment} is not in the gradebook yet. Run: examiner release {assignment}") from error
    for submission in held.submissions:
        if submission.extension and held.duedate and time is not None:
            left = held.duedate + submission.extension - time
            submission.extension = left if left > timedelta() else None
    held.duedate = time
    gradebook.db.commit()
