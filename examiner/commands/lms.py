"""What an instructor types to bring grades to a learning management system, and to give a student more time."""

from __future__ import annotations

import csv
from pathlib import Path

from nbgrader.api import Gradebook, MissingEntry

from ..course.folders import Course
from ..course.times import moment, shown, zone_of
from ..errors import ExaminerError
from ..lms import extension, grades, tables
from ..lms import feedback_zip as feedback_pages
from ..lms.collecting import Received
from ..lms.gradebook import everyone
from ..report import gather
from ..report.write import harmless
from .nbgrader_api import config_of, gradebook_of

FORMS = {"csv": grades.plain, "moodle": grades.moodle, "canvas": grades.canvas}


def export(
    course: Course, assignments: list[str], to: str, by_exercise: bool = False, into: Path | None = None
) -> tuple[Path, list[str]]:
    """Write the grades for one of `FORMS`, and return the file, and who is not in the gradebook `into`."""
    with gradebook_of(course) as gradebook:
        students = everyone(gradebook)
        columns = [column for name in assignments for column in _columns(gradebook, name, by_exercise)]
    lost: list[str] = []
    if into is not None:
        table, lost = grades.merged(tables.read(into), columns)
    else:
        table = FORMS[to](students, columns)
    path = course.root / "report" / f"grades-{to}.csv"
    path.parent.mkdir(exist_ok=True)
    with open(path, "w", encoding="utf-8", newline="") as file:
        # A spreadsheet opens the one; the others are read by their own programs, which need each word as it was.
        csv.writer(file).writerows([harmless(cell) for cell in row] if to == "csv" else row for row in table)
    return path, lost


def _columns(gradebook: Gradebook, assignment: str, by_exercise: bool) -> list[grades.Column]:
    """Return the columns of an assignment; who has not handed in, or waits for a mark by hand, has no grade."""
    try:
        most = gather.most_points(gradebook, assignment)
    except MissingEntry as error:
        said = f"{assignment} is not in the gradebook yet. Run: examiner release {assignment}"
        raise ExaminerError(said) from error
    rows = [row for row in gather.rows(gradebook, assignment) if row.submitted and not row.waiting]
    if not by_exercise:
        return [grades.Column(assignment, sum(most.values()), {row.student: row.total for row in rows})]
    return [
        grades.Column(f"{assignment} {key}", of, {row.student: row.points.get(key, 0.0) for row in rows})
        for key, of in most.items()
    ]


def feedback_zip(course: Course, assignment: str, pages: list[Path], to: str) -> tuple[Path, list[str]]:
    """Write the zip of feedback that an LMS takes back, and return it with whom it leaves out."""
    by_student: dict[str, list[Path]] = {}
    for page in pages:
        by_student.setdefault(page.parts[-3], []).append(page)
    received = Received.of(course.root / "downloaded" / assignment)
    path = course.root / "report" / f"feedback-{to}-{assignment}.zip"
    return path, feedback_pages.write(path, received.held, by_student, to)


def extend(course: Course, student: str, assignment: str, until: str) -> str:
    """Give a student more time, and return the sentence that says so."""
    zone = zone_of(config_of(course))
    time = moment(until, zone)
    with gradebook_of(course) as gradebook:
        extension.extend(gradebook, student, assignment, time, zone)
    return f"{student} may hand in {assignment} until {shown(time, zone)}. Run: examiner grade {assignment}"


def due(course: Course, assignment: str, said: str) -> str:
    """Set when an assignment is due, and return the sentence that says so."""
    zone = zone_of(config_of(course))
    time = None if said == "never" else moment(said, zone)
    with gradebook_of(course) as gradebook:
        extension.due(gradebook, assignment, time)
    return f"{assignment} is due {shown(time, zone) or 'never'}. Run: examiner grade {assignment}"
