"""A course and a student may be called as they like."""

from pathlib import Path

import pytest
from tinycourse import TinyCourse

from examiner.commands import grade, report
from examiner.commands.nbgrader_api import api_of
from examiner.pipeline.odd_paths import matching

pytestmark = pytest.mark.slow


def test_a_name_is_itself_before_it_is_a_pattern(tmp_path):
    root = tmp_path / "[a] b*"
    for name in ("x", "[x]", "y"):
        (root / name).mkdir(parents=True)
    assert matching(str(root), f"{root}/[x]") == [f"{root}/[x]"]
    assert matching(str(root), f"{root}/?") == [f"{root}/x", f"{root}/y"]
    assert matching(str(root), f"{root}/z") == []


def test_brackets_in_the_folder_and_in_names_change_nothing(tmp_path, course_root):
    course = TinyCourse.make(tmp_path / "[test] course", course_root / "nbgrader_config.py")
    students = ["[ada]", "ben*", "?", "cleo"]
    for student in students:
        course.submit(student)
        course.grade(student)
    assert {result.student: result.score for result in report.results(course, "numbers")} == dict.fromkeys(
        students, 100
    )
    pages = grade.feedback(course, "numbers", students)
    assert sorted(page.parts[-3] for page in pages) == sorted(students)


def released(course) -> list[Path]:
    return sorted((course.root / "exchange").rglob("feedback/*.html"))


def test_every_page_is_released_also_of_a_submission_that_was_put_there_by_hand(tmp_path, course_root):
    course = TinyCourse.make(tmp_path / "[test] course", course_root / "nbgrader_config.py")
    for student in ("ann", "bob", "[cleo]"):
        course.submit(student)
    folder = course.root / "submitted" / "bob" / "numbers"
    (folder / "submission_secret.txt").write_text("b" * 32)
    (folder / "timestamp.txt").write_text("2026-07-01 12:00:00 UTC")
    course.grade("ann", "bob", "[cleo]")
    grade.feedback(course, "numbers", ["ann", "bob", "[cleo]"])
    done = api_of(course).release_feedback("numbers")
    assert done["success"], done
    assert len(released(course)) == 3
    assert api_of(course).release_feedback("numbers", "[cleo]")["success"]
    assert len(released(course)) == 3  # once more under the same name
