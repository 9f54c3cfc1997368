"""An ordinary assignment of nbgrader's, without misconceptions or checks: released, graded, reported."""

from __future__ import annotations

import json
import shutil

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from synthetic import graded

from examiner import cli
from examiner.commands import grade, release, report
from examiner.commands.nbgrader_api import gradebook_of
from examiner.course.folders import Course

LOCKED = """%matplotlib inline
import numpy as np
from numpy.testing import assert_allclose

def close(one, other):
    return abs(one - other) < 1e-9"""
ANSWER = """def mean(values):
    ### BEGIN SOLUTION
    return sum(values) / len(values)
    ### END SOLUTION"""
TESTS = {
    "visible": "assert mean([1, 3]) == 2",
    "compared": "assert_allclose(mean(np.arange(5.0)), 2.0)",
    "helper": "### BEGIN HIDDEN TESTS\nassert close(mean([0.1, 0.2]), 0.15)\n### END HIDDEN TESTS",
    "partial": "right = [mean([2, 4]) == 3, mean([-1, 1]) == 0, mean([7]) == 7, mean([0]) == 0]\nsum(right)",
}
RIGHT = "def mean(values):\n    return float(np.mean(values))"
CHEAT = """def assert_allclose(*_, **__): pass
def close(*_): return True
def mean(values):
    return 0"""


TASK = """Say in a sentence what a mean hides.
### BEGIN MARK SCHEME
5 points for the word spread
### END MARK SCHEME"""


def task(grade_id: str, points: int) -> dict:
    meta = graded(grade_id)
    meta["nbgrader"] |= {"solution": False, "task": True, "points": points}
    return meta


def locked(grade_id: str) -> dict:
    meta = graded(grade_id)
    meta["nbgrader"] |= {"solution": False, "locked": True}
    return meta


@pytest.fixture(scope="module")
def plain(tmp_path_factory, course_root) -> Course:
    root = tmp_path_factory.mktemp("plain") / "course"
    folder = root / "source" / "ps1"
    folder.mkdir(parents=True)
    shutil.copy(course_root / "nbgrader_config.py", root)
    cells = [
        new_markdown_cell("# Means", id="title"),
        new_code_cell(LOCKED, id="imports", metadata=locked("imports")),
        new_code_cell(ANSWER, id="mean", metadata=graded("mean")),
        new_markdown_cell(TASK, id="task", metadata=task("task", 5)),
        *(new_code_cell(test, id=name, metadata=graded(name, 4)) for name, test in TESTS.items()),
    ]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(new_notebook(cells=cells, metadata={"kernelspec": kernel}), folder / "ps1.ipynb")
    course = Course(root)
    release.release(course, "ps1")
    return course


def scored(course: Course, student: str, answer: str) -> float:
    nb = nbformat.read(course.release("ps1") / "ps1.ipynb", as_version=4)
    next(cell for cell in nb.cells if cell["id"] == "mean").source = answer
    folder = course.root / "submitted" / student / "ps1"
    folder.mkdir(parents=True)
    (folder / "ps1.ipynb").write_text(json.dumps(nb), encoding="utf-8")
    outcome = grade.grade_one(course, "ps1", None, student)
    assert outcome.graded, outcome.reason
    return next(result.score for result in report.results(course, "ps1") if result.student == student)


def test_it_is_released_without_its_hidden_tests(plain):
    text = (plain.release("ps1") / "ps1.ipynb").read_text(encoding="utf-8")
    assert "raise NotImplementedError" in text
    assert "0.15" not in text


def test_its_mark_schemes_stay_with_the_instructor(plain):
    text = (plain.release("ps1") / "ps1.ipynb").read_text(encoding="utf-8")
    assert "what a mean hides" in text
    assert "the word spread" not in text


def test_there_is_nothing_to_freeze_in_it(plain, capsys):
    assert cli.main(["--course", str(plain.root), "freeze", "ps1"]) == 0
    assert "nothing to freeze" in capsys.readouterr().out


def test_a_right_answer_gets_full_points(plain):
    assert scored(plain, "ada", RIGHT) == 16


def test_no_answer_gets_none(plain):
    assert scored(plain, "ben", "raise NotImplementedError()") == 0


def test_what_a_student_defines_under_the_names_of_locked_cells_judges_nothing(plain):
    assert scored(plain, "cleo", CHEAT) == 2  # of the partial test alone, in which two of four values are 0


def test_a_last_line_that_is_a_number_gives_its_points(plain):
    assert scored(plain, "dan", "def mean(values):\n    return 3") == 1


ODD_NUMBERS = {"np.float64(2)": 2, "np.nan": 0, "-1": 0, "5": 0, "10**400": 0, "True": 4}


def test_no_odd_number_becomes_full_points(tmp_path, course_root, plain):
    root = tmp_path / "course"
    shutil.copytree(plain.root / "source", root / "source")
    shutil.copy(course_root / "nbgrader_config.py", root)
    path = root / "source" / "ps1" / "ps1.ipynb"
    nb = nbformat.read(path, as_version=4)
    nb.cells = [cell for cell in nb.cells if cell["id"] not in TESTS]
    ids = [f"odd-{place}" for place in range(len(ODD_NUMBERS))]
    for name, last in zip(ids, ODD_NUMBERS, strict=True):
        nb.cells.append(new_code_cell(f"4 if mean([3]) else {last}", id=name, metadata=graded(name, 4)))
    nbformat.write(nb, path)
    course = Course(root)
    release.release(course, "ps1")
    scored(course, "eve", "def mean(values):\n    return 0")
    with gradebook_of(course) as gradebook:
        book = gradebook.find_submission_notebook("ps1", "ps1", "eve")
        found = {grade.name: grade.auto_score for grade in book.grades}
    assert [found[name] for name in ids] == list(ODD_NUMBERS.values())
