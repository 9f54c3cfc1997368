"""The course of `nbgrader quickstart`, which its documentation grades: two notebooks, answers and tasks by hand."""

from __future__ import annotations

import shutil
from pathlib import Path

import nbgrader
import pytest
import stock

from examiner.commands import grade, release, report
from examiner.commands.nbgrader_api import gradebook_of
from examiner.course.folders import Course

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

GUIDE = Path(nbgrader.__file__).parent / "docs" / "source" / "user_guide"
STUDENTS = ["bitdiddle", "hacker"]


@pytest.fixture(scope="module")
def course(tmp_path_factory, course_root) -> Course:
    root = tmp_path_factory.mktemp("example") / "course"
    for name in ("ps1", "ps1_autotest"):
        shutil.copytree(GUIDE / "source" / name, root / "source" / name)
    shutil.copy(GUIDE / "autotests.yml", root / "source" / "ps1_autotest")
    shutil.copy(course_root / "nbgrader_config.py", root)
    for student in STUDENTS:
        shutil.copytree(GUIDE / "submitted" / student / "ps1", root / "submitted" / student / "ps1")
    return Course(root)


def test_its_points_are_those_of_nbgrader(course, tmp_path):
    within = release.release(course, "ps1")
    assert [one.split()[0] for one in within] == ["sum_of_squares_uses_squares"]
    found = {}
    for student in STUDENTS:
        outcome = grade.grade_one(course, "ps1", None, student)
        assert outcome.graded, outcome.reason
        with gradebook_of(course) as gradebook:
            found[student] = stock.points(gradebook, "ps1", student)
            by_hand = [one for one in gradebook.find_submission("ps1", student).notebooks if one.needs_manual_grade]
            assert len(by_hand) == 2
    assert found == stock.grade_as(course.root, tmp_path / "stock", "ps1", STUDENTS)
    assert {result.student for result in report.results(course, "ps1")} == set(STUDENTS)


def test_tests_that_nbgrader_writes_by_itself_are_released(course):
    release.release(course, "ps1_autotest")
    text = (course.release("ps1_autotest") / "problem1.ipynb").read_text("utf-8")
    assert "AUTOTEST" not in text
    assert "assert sha1(" in text
