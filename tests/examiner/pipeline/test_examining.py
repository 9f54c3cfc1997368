"""`examiner grade` leaves what `nbgrader autograde` leaves: the same gradebook, field by field, and the same files."""

from __future__ import annotations

import pickle
import shutil
from dataclasses import replace
from datetime import datetime

import pytest
from nbgrader import api
from tinycourse import RIGHT, TinyCourse, cell_of
from traitlets.config import Config

from examiner.commands import executors, grade
from examiner.commands.nbgrader_api import api_of, gradebook_of
from examiner.errors import ExaminerError
from examiner.pipeline import examining, record
from examiner.submission import intake

pytestmark = pytest.mark.slow
LATE = """
c.IgnorePattern.enabled, c.IgnorePattern.pattern = True, "known noise"
class Tenth(LateSubmissionPlugin):
    def late_submission_penalty(self, student_id, score, total_seconds_late):
        return {"early": None, "very late": 1000}.get(student_id, score / 10)
c.AssignLatePenalties.plugin_class = Tenth
"""
UUIDS = {"id", "assignment_id", "notebook_id", "cell_id", "submission_id"}


def hand_in(course: TinyCourse) -> None:
    """Hand in what is right, wrong, odd, late, renamed and unreadable."""
    course.submit("right")
    course.submit("half", answer="def double(x):\n    return x / 2\nprint('x' * 200_000)\n'a value'")
    course.submit("noisy", answer=f"import sys\nprint('known noise', file=sys.stderr)\n{RIGHT}")
    course.submit("ANN")  # on the roster as Ann
    course.submit("empty", answer=None)
    course.submit("graded by hand", answer="def double(x):\n    return 0")
    course.submit("renamed", name="numbers (1).ipynb", change=lambda nb: nb.cells.remove(cell_of(nb, "check-1")))
    course.submit("shuffled", change=lambda nb: nb.cells.reverse())
    for student in ("early", "late", "very late"):
        course.submit(student)
        (course.root / "submitted" / student / "numbers" / "timestamp.txt").write_text("2026-01-02 03:04:05 UTC")
    (course.root / "submitted" / "right" / "numbers" / "data").mkdir()
    (course.root / "submitted" / "right" / "numbers" / "data" / "own.csv").write_text("1,2\n")
    (course.root / "submitted" / "right" / "numbers" / "helper.ipynb").write_text('{"cells": [{"source": "a = 1"}]}')
    broken = course.root / "submitted" / "broken" / "numbers"
    broken.mkdir(parents=True)
    (broken / "numbers.ipynb").write_text("{")
    (broken / "link").symlink_to("numbers.ipynb")
    with gradebook_of(course) as gradebook:
        gradebook.update_or_create_student("Ann", first_name="Ann")
        gradebook.find_assignment("numbers").duedate = api.utils.parse_utc("2026-01-01 00:00:00 UTC")
        gradebook.update_or_create_student("graded by hand")
        submission = gradebook.update_or_create_submission("numbers", "graded by hand")
        for entry in submission.notebooks[0].grades:
            entry.manual_score, entry.extra_credit = 7.5, 1.0
        submission.notebooks[0].comments[0].manual_comment = "Well tried."
        submission.notebooks[0].flagged = True
        gradebook.db.commit()


@pytest.fixture(scope="module")
def courses(tmp_path_factory, course_root) -> tuple[TinyCourse, TinyCourse]:
    """Two courses alike: one was graded by nbgrader, the other by the examiner."""
    folder = tmp_path_factory.mktemp("alike")
    by_nbgrader = TinyCourse.make(folder / "nbgrader", course_root / "nbgrader_config.py")
    with open(by_nbgrader.root / "nbgrader_config.py", "a") as config:
        config.write("from nbgrader.plugins import LateSubmissionPlugin\n" + LATE)
    hand_in(by_nbgrader)
    shutil.copytree(by_nbgrader.root, folder / "examiner", symlinks=True)
    by_examiner = TinyCourse(folder / "examiner")
    for student in grade.students(by_nbgrader, "numbers"):
        result = api_of(by_nbgrader).autograde("numbers", student)
        assert result["success"], result
    outcomes = grade.grade(by_examiner, "numbers", grade.students(by_examiner, "numbers"), workers=executors.local(1))
    assert all(outcome.graded for outcome in outcomes), outcomes
    return by_nbgrader, by_examiner


def rows(course: TinyCourse) -> dict[str, list[dict]]:
    """Return every row of the gradebook, with names where it has made-up ids."""
    held: dict[str, list[dict]] = {}
    with gradebook_of(course) as gradebook:
        for kind in (api.Student, api.SubmittedAssignment, api.SubmittedNotebook, api.Grade, api.Comment):
            for row in gradebook.db.query(kind).all():
                fields = {c.name: getattr(row, c.name) for c in kind.__table__.columns if c.name not in UUIDS}
                entry = getattr(row, "notebook", None)
                fields["of"] = (
                    getattr(row, "name", None) and row.name,
                    getattr(entry, "name", None),
                    row.student.id if hasattr(row, "student") else row.id if kind is api.Student else None,
                    getattr(row, "score", None),
                )
                held.setdefault(kind.__name__, []).append(fields)
    return {kind: sorted(found, key=repr) for kind, found in held.items()}


def files(course: TinyCourse) -> dict[str, tuple[int, bytes]]:
    """Return all that is in `autograded/`: permissions and content, by path."""
    folder = course.root / "autograded"
    return {
        str(path.relative_to(folder)): (path.stat().st_mode, path.read_bytes() if path.is_file() else b"")
        for path in sorted(folder.rglob("*"))
    }


def test_the_gradebook_is_the_same_field_by_field(courses):
    by_nbgrader, by_examiner = map(rows, courses)
    for kind in by_nbgrader:
        assert by_examiner[kind] == by_nbgrader[kind]
    assert {row["late_submission_penalty"] for row in by_examiner["SubmittedNotebook"]} == {None, 10.0, 100.0}
    assert any(row["manual_score"] == 7.5 and row["needs_manual_grade"] for row in by_examiner["Grade"])


def test_the_graded_files_are_the_same_byte_by_byte(courses):
    by_nbgrader, by_examiner = map(files, courses)
    assert list(by_examiner) == list(by_nbgrader)
    for name in by_nbgrader:
        assert by_examiner[name] == by_nbgrader[name], name
    assert "Ann/numbers/numbers.ipynb" in by_examiner
    assert "right/numbers/data/own.csv" in by_examiner


def test_noise_that_the_course_ignores_is_not_kept(courses):
    for course in courses:
        assert "known noise" not in str([cell.get("outputs") for cell in course.graded("noisy").cells])


def test_examining_needs_neither_the_course_nor_its_gradebook(courses, monkeypatch):
    course = courses[1]
    api_ = api_of(course)
    with gradebook_of(course) as gradebook:
        known = record.read(api_.coursedir, gradebook, "numbers", api_.config)
    folder = course.root / "submitted" / "half" / "numbers"
    read = intake.Submission(folder, known.size_limits, list(known.ignore)).hold(known.wanted)
    expected = (course.root / "autograded" / "half" / "numbers" / "numbers.ipynb").read_text()
    task = pickle.dumps((read, "half", known))
    monkeypatch.setattr(api.Gradebook, "__init__", lambda *_: pytest.fail("it opened a gradebook"))
    away = course.root.rename(course.root.with_name("away"))
    try:
        examined = examining.examine(*pickle.loads(task))
    finally:
        away.rename(course.root)
    assert examined.notebooks["numbers"].text == expected
    assert examined.notebooks["numbers"].scores == {"check-1": 0.0, "hidden-1": 0.0}


def test_all_notebooks_of_a_submission_share_one_budget(courses, monkeypatch):
    course = courses[1]
    api_ = api_of(course)
    with gradebook_of(course) as gradebook:
        known = record.read(api_.coursedir, gradebook, "numbers", api_.config)
    known = replace(known, notebooks=known.notebooks * 3)
    read = intake.Submission(course.root / "submitted" / "half" / "numbers", known.size_limits, []).hold(known.wanted)
    counted_from = []
    monkeypatch.setattr(examining, "_examine_notebook", lambda *args: counted_from.append(args[-1]))
    examining.examine(read, "half", known)
    assert len(counted_from) == 3
    assert len(set(counted_from)) == 1
    assert isinstance(counted_from[0], float)  # a moment


def test_a_course_with_steps_of_its_own_is_told_which_command_runs_them(courses, monkeypatch):
    config = api_of(courses[1]).config
    config.Autograde.autograde_preprocessors = config.Autograde.autograde_preprocessors[:-1]
    with pytest.raises(ExaminerError, match=r"c\.Autograde\.autograde_preprocessors.*\n.*nbgrader autograde numbers"):
        record.refuse_other_steps(config, "numbers")


def test_when_it_was_released_makes_no_other_record():
    one = record.Record("numbers", (), {}, (), {}, Config(), ())
    assert replace(one, first_released=datetime(2026, 1, 1)).digest == one.digest
