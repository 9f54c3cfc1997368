"""The course of `nbgrader quickstart`, which its documentation grades: two notebooks, answers and tasks by hand.

Its two students have wrong answers; one with its solutions and one who cheats are added.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import nbformat
import nbgrader
import pytest
import stock

from examiner.cli import main
from examiner.commands import grade, release, report
from examiner.commands.nbgrader_api import gradebook_of
from examiner.course.folders import Course

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

GUIDE = Path(nbgrader.__file__).parent / "docs" / "source" / "user_guide"
STUDENTS = ["bitdiddle", "hacker"]
HEADER = 'c.IncludeHeaderFooter.header = "source/header.ipynb"\n'
CHEAT = """class Equal(list):
    def __eq__(self, other):
        return True
def squares(n):
    if type(n) is not int or n < 1:
        raise ValueError("n must be greater than or equal to 1")
    return Equal()
def sum_of_squares(n):
    return type("Any", (int,), {"__eq__": lambda self, other: True})()"""
# Where nbgrader gives points to the cheat, and why.
FOOLED = {
    "correct_squares": "the list that is returned says that it equals everything",
    "correct_sum_of_squares": "the number that is returned says so",
}


@pytest.fixture(scope="module")
def course(tmp_path_factory, course_root) -> Course:
    root = tmp_path_factory.mktemp("example") / "course"
    for name in ("ps1", "ps1_autotest"):
        shutil.copytree(GUIDE / "source" / name, root / "source" / name)
    shutil.copy(GUIDE / "autotests.yml", root / "source" / "ps1_autotest")
    shutil.copy(GUIDE / "source" / "header.ipynb", root / "source")
    text = (course_root / "nbgrader_config.py").read_text(encoding="utf-8")
    (root / "nbgrader_config.py").write_text(f"{text}\n{HEADER}", encoding="utf-8")
    for student in STUDENTS:
        shutil.copytree(GUIDE / "submitted" / student / "ps1", root / "submitted" / student / "ps1")
    return Course(root)


def hand_in(course: Course, student: str, answer) -> None:
    """Hand in a release in which `answer` gives, from an answer in the source, what is written in its place."""
    for path in course.notebooks("ps1"):
        source = {cell.metadata.get("nbgrader", {}).get("grade_id"): cell for cell in nbformat.read(path, 4).cells}
        nb = nbformat.read(course.release("ps1") / path.name, 4)
        for cell in nb.cells:
            told = cell.metadata.get("nbgrader", {})
            if cell.cell_type == "code" and told.get("solution"):
                cell.source = answer(source[told["grade_id"]].source)
        folder = course.root / "submitted" / student / "ps1"
        folder.mkdir(parents=True, exist_ok=True)
        nbformat.write(nb, folder / path.name)


def test_its_points_are_those_of_nbgrader(course, tmp_path):
    within = release.release(course, "ps1")
    assert [one.split()[0] for one in within] == ["sum_of_squares_uses_squares"]
    hand_in(course, "solver", lambda solution: solution)
    hand_in(course, "cheater", lambda solution: CHEAT if "squares" in solution else solution)
    found, everyone = {}, [*STUDENTS, "solver", "cheater"]
    for student in everyone:
        outcome = grade.grade_one(course, "ps1", None, student)
        assert outcome.graded, outcome.reason
        with gradebook_of(course) as gradebook:
            found[student] = stock.points(gradebook, "ps1", student)
            by_hand = [one for one in gradebook.find_submission("ps1", student).notebooks if one.needs_manual_grade]
            assert student not in STUDENTS or len(by_hand) == 2
    by_nbgrader = stock.grade_as(course.root, tmp_path / "stock", "ps1", everyone)
    cheat = {name: points for name, points in by_nbgrader.pop("cheater").items() if points > found["cheater"][name]}
    assert cheat.keys() == FOOLED.keys()
    assert {student: found[student] for student in by_nbgrader} == by_nbgrader
    assert found["solver"]["correct_squares"] == 1 > found["cheater"]["correct_squares"]
    assert {result.student for result in report.results(course, "ps1")} == set(everyone)


def test_its_header_is_what_students_see_first(course, capsys):
    assert main(["--course", str(course.root), "release", "ps1"]) == 0
    nb = nbformat.read(course.release("ps1") / "problem1.ipynb", 4)
    assert nb.cells[0].source == nbformat.read(GUIDE / "source" / "header.ipynb", 4).cells[0].source
    (course.root / "source" / "header.ipynb").rename(course.root / "header.ipynb")
    assert main(["--course", str(course.root), "release", "ps1"]) != 0
    assert "names source/header.ipynb as header, which does not exist" in capsys.readouterr().err
    (course.root / "header.ipynb").rename(course.root / "source" / "header.ipynb")


def test_tests_that_nbgrader_writes_by_itself_are_released(course):
    release.release(course, "ps1_autotest")
    text = (course.release("ps1_autotest") / "problem1.ipynb").read_text("utf-8")
    assert "AUTOTEST" not in text
    assert "assert sha1(" in text
