"""Say what a class scored and misunderstood, from the gradebook and the verdicts in the autograded notebooks."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import nbformat
from nbgrader.api import MissingEntry

from backprop.answers.tables import load
from backprop.check import VERDICT_MIME

from ..course import misconceptions
from ..course.folders import Course
from ..course.times import zone_of
from ..errors import ExaminerError
from ..feedback.details import spoken
from ..judging import partial_credit
from ..report import analyse, answers, drafts, gather
from ..report import hints as after
from ..report import write as files
from ..report.gather import Row
from ..submission import notes
from .nbgrader_api import config_of, gradebook_of


@dataclass(frozen=True)
class Result:
    """One student's score, what went wrong, (exercise, mistake) in the order of the notebook, and what was repaired."""

    student: str
    score: float
    out_of: float
    extra: float = 0.0
    late: float = 0.0  # seconds
    penalty: float = 0.0
    waiting: bool = False  # for a mark by hand
    mistakes: list[tuple[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def results(course: Course, assignment: str) -> list[Result]:
    """Return the result of every student with a submission of `assignment`, by name."""
    return of_class(gathered(course, assignment))


@dataclass(frozen=True)
class Gathered:
    """All that is known of a class: a row for each student, the most points of each exercise, and when it was due."""

    rows: list[Row]
    most: dict[str, float]
    due: datetime | None


def gathered(course: Course, assignment: str) -> Gathered:
    """Read once what a table and a report are made of."""
    with gradebook_of(course) as gradebook:
        try:
            most = gather.most_points(gradebook, assignment)
        except MissingEntry as error:
            said = f"{assignment} is not in the gradebook yet. Run: examiner release {assignment}"
            raise ExaminerError(said) from error
        rows, due = gather.rows(gradebook, assignment), gather.due(gradebook, assignment)
    return Gathered(gather.with_answers(rows, assignment, course.root), most, due)


def of_class(known: Gathered) -> list[Result]:
    """Return the results of those who handed in."""
    out_of = sum(known.most.values())
    return [
        Result(
            row.student,
            row.score,
            out_of,
            row.extra,
            row.seconds_late,
            row.penalty,
            row.waiting,
            row.mistakes,
            row.notes,
        )
        for row in known.rows
        if row.submitted
    ]


def verdicts(course: Course, student: str, assignment: str) -> list[dict]:
    """Return the verdicts of all graded checks in an autograded notebook, as data, in order.

    Each also says why its cell earned points although it fails, "" where it did not. A check that is tried out in some
    other cell is nobody's mistake.
    """
    found = []
    paths = sorted((course.root / "autograded" / student / assignment).glob("*.ipynb"))
    for path in filter(notes.finished, paths):  # not those that a grader was killed over
        for cell in nbformat.read(path, as_version=4).cells:
            if cell.cell_type == "code" and cell.metadata.get("nbgrader", {}).get("grade", False):
                earned = {"earned": partial_credit.of_cell(cell).get("why", "")}
                shown = [output.data for output in cell.outputs if "data" in output]
                found += [data[VERDICT_MIME] | earned for data in shown if VERDICT_MIME in data]
    return found


def mistakes(course: Course, student: str, assignment: str) -> list[tuple[str, str]]:
    """Return one (exercise, mistake) for each exercise that failed: the misconception's name, else the kind."""
    paths = sorted((course.root / "autograded" / student / assignment).glob("*.ipynb"))
    read = Row(student, answers={key: one for path in paths for key, one in answers.read(path).answers.items()})
    return read.mistakes


def table(found: list[Result], most: int = 5) -> str:
    """Return the results as a table for a terminal: student, score, mistakes; below it the most frequent ones."""
    if not found:
        return "nobody has handed it in"
    names = {result.student: notes.shown(result.student) for result in found}  # of a folder that a student named
    width = max([len(name) for name in names.values()] + [7])
    lines = [f"{'student':<{width}}  {'score':>9}  mistakes (exercise: what)"]
    for result in found:
        shown = [f"{exercise}: {mistake}" for exercise, mistake in result.mistakes]
        more = f", and {len(shown) - 3} more" if len(shown) > 3 else ""
        score = f"{max(result.score - result.penalty, 0):g}/{result.out_of:g}" + ("*" if result.extra else "")
        shown[:0] = [*_late(result), *(["waits for a mark by hand"] if result.waiting else [])]
        lines.append(f"{names[result.student]:<{width}}  {score:>9}  {', '.join(shown[:3]) + more or '-'}")
    if any(result.extra for result in found):
        lines.append("* with extra credit")
    if often := frequent(found).most_common(most):
        lines += ["", "most frequent mistakes", *(f"{count:>4} students  {mistake}" for mistake, count in often)]
    odd = [(names[result.student], note) for result in found for note in result.notes]
    if odd:
        lines += ["", "noted before grading", *(f"{who:<{width}}  {what}" for who, what in odd)]
    return "\n".join(lines)


def _late(result: Result) -> list[str]:
    if not result.late:
        return []
    return [f"{spoken(result.late)} late" + (f" (-{result.penalty:g})" if result.penalty else "")]


def write(course: Course, assignment: str, known: Gathered, anonymous: bool = False) -> list[Path]:
    """Write the page, the CSV and the JSON of an assignment into `report/`, and return their paths."""
    tables = None if course.is_plain(assignment) else load(course.source(assignment))
    rows = analyse.without_names(known.rows) if anonymous else known.rows
    words = tables.exercises if tables else {}
    titles = {key: f"{key} · {one.title}" for key, one in words.items()}
    named = misconceptions.read(course.source(assignment)).misconceptions if tables else []
    hints = {one.id: one.hint for one in named}
    zone = zone_of(config_of(course))
    learned = drafts.kept(course.root, assignment)
    found = analyse.analyse(rows, known.most, titles, hints, known.due, zone, learned)
    if tables is not None and tables.keep_attempts:
        found["after_hints"] = after.followed(after.of_class(course.root / "submitted", assignment))
    return files.write(course.root / "report" / assignment, assignment, found, rows, known.most)


def frequent(found: list[Result]) -> Counter:
    """Count the students who made each mistake; what was never answered or only follows is left out."""
    left_out = ("unanswered", partial_credit.FOLLOWS)
    return Counter(
        f"exercise {exercise}: {mistake}"
        for result in found
        for exercise, mistake in result.mistakes
        if mistake not in left_out
    )
