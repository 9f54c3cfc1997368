"""Give a student more time: nbgrader's gradebook keeps it, and its penalties go by it."""

from __future__ import annotations

from datetime import UTC, datetime

from nbgrader.api import Gradebook, MissingEntry

from ..errors import ExaminerError


def moment(said: str) -> datetime:
    """Return a time in UTC, as the gradebook keeps times; without an offset it is this machine's.

    A day alone means its end. Raises `ExaminerError` where it is no time.
    """
    try:
        found = datetime.fromisoformat(said)
        if len(said) == len("2026-07-01"):
            found = found.replace(hour=23, minute=59, second=59)
        return found.astimezone(UTC).replace(tzinfo=None)
    except (ValueError, KeyError, OSError, OverflowError) as error:
        raise ExaminerError(f"{said} is no time. Write it like 2026-07-01T18:00 or 2026-07-01T18:00+02:00") from error


def extend(gradebook: Gradebook, student: str, assignment: str, until: datetime) -> None:
    """Let a student hand in until `until`; raises `ExaminerError` where there is nobody or nothing to extend."""
    try:
        due = gradebook.find_assignment(assignment).duedate
        gradebook.find_student(student)
    except MissingEntry as error:
        raise ExaminerError(f"The gradebook does not know {student} and {assignment}: {error}") from error
    if due is None:
        raise ExaminerError(f"{assignment} has no due date, so nobody is late. Set one in Formgrader")
    if until < due:
        raise ExaminerError(f"{assignment} is due at {due:%Y-%m-%d %H:%M} UTC, which is later than that")
    submission = gradebook.update_or_create_submission(assignment, student)
    submission.extension = until - due
    gradebook.db.commit()
