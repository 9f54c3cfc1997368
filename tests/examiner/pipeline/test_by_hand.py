"""Cells that a person grades, of every kind, and what a person entered, go through grading untouched."""

from __future__ import annotations

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell
from synthetic import graded
from tinycourse import TinyCourse, cell_of

from examiner.commands import report
from examiner.commands.nbgrader_api import gradebook_of
from examiner.commands.release import release
from examiner.freezing import freeze, table_files
from examiner.freezing.source import Source

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


def meta(name: str, **flags) -> dict:
    found = graded(name)["nbgrader"] | {"grade": False, "solution": False, "locked": False, "task": False}
    return {"nbgrader": found | flags}


@pytest.fixture(scope="module")
def course(tmp_path_factory, course_root) -> TinyCourse:
    """The tiny course with one more cell of each kind that nbgrader's menu has."""
    course = TinyCourse.make(tmp_path_factory.mktemp("hand") / "course", course_root / "nbgrader_config.py")
    path = course.notebook("numbers")
    nb = nbformat.read(path, as_version=4)
    nb.cells += [
        new_markdown_cell("Draw it.", id="task-1", metadata=meta("task-1", task=True, locked=False, points=3)),
        new_markdown_cell("Why?", id="words-1", metadata=meta("words-1", grade=True, solution=True, points=4)),
        new_code_cell("# Why?", id="words-2", metadata=meta("words-2", grade=True, solution=True, points=1)),
        new_markdown_cell("Read me.", id="read-1", metadata=meta("read-1", locked=True)),
    ]
    nbformat.write(nb, path)
    table_files.write(path.parent, freeze.freeze(Source.read(path)))
    release(course, "numbers")
    return course


def test_an_assignment_with_tasks_is_graded(course):
    course.submit("ada", change=lambda nb: cell_of(nb, "words-1").update(source="Because."))
    outcome = course.grade("ada")["ada"]
    assert (outcome.graded, outcome.reason) == (True, "")
    assert next(result.score for result in report.results(course, "numbers")) == 100


def test_what_a_person_entered_stays_where_the_next_file_cannot_be_read(course):
    course.submit("ben")
    course.grade("ben")
    with gradebook_of(course) as gradebook:
        submission = gradebook.find_submission("numbers", "ben")
        entry = next(grade for book in submission.notebooks for grade in book.grades if grade.name == "words-1")
        entry.manual_score, entry.extra_credit = 3.0, 2.0
        gradebook.db.commit()
    (course.root / "submitted/ben/numbers/numbers.ipynb").write_text("<html></html>", encoding="utf-8")
    course.grade("ben")
    with gradebook_of(course) as gradebook:
        submission = gradebook.find_submission("numbers", "ben")
        entry = next(grade for book in submission.notebooks for grade in book.grades if grade.name == "words-1")
        assert (entry.manual_score, entry.extra_credit) == (3.0, 2.0)
        assert submission.score == 5
