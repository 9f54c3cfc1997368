"""A page that gives no points goes the same way as an assignment, and nobody gains or loses by it."""

from __future__ import annotations

import pytest
from tinycourse import TinyCourse, cell_of

from examiner.commands import grade, report

pytestmark = pytest.mark.slow

WRONG = "def double(x):\n    return x / 2"


@pytest.fixture(scope="module")
def page(tmp_path_factory, course_root) -> TinyCourse:
    """A released course of one page, on which a right answer was handed in, a wrong one, and none."""
    root = tmp_path_factory.mktemp("page") / "course"
    course = TinyCourse.make(root, course_root / "nbgrader_config.py", points=(0, 0))
    course.submit("ada")
    course.submit("ben", answer=WRONG)
    course.submit("cleo", answer=None)
    assert all(outcome.graded for outcome in course.grade("ada", "ben", "cleo").values())
    return course


def test_everyone_has_0_of_0(page):
    found = report.results(page, "numbers")
    assert [(result.student, result.score, result.out_of, result.extra) for result in found] == [
        ("ada", 0, 0, 0),
        ("ben", 0, 0, 0),
        ("cleo", 0, 0, 0),
    ]


def test_the_report_names_mistakes_all_the_same(page):
    text = report.table(report.results(page, "numbers"))
    assert "0/0" in text
    assert "1: half" in text


def test_everyone_has_a_page_of_feedback(page):
    pages = grade.feedback(page, "numbers", ["ada", "ben", "cleo"])
    assert len(pages) == 3
    assert "Not half." in pages[1].read_text(encoding="utf-8")


def test_a_check_tried_out_in_another_cell_is_no_mistake(page):
    def try_out(nb):
        cell = cell_of(nb, "exercise-1").copy()
        cell |= {"id": "tried", "metadata": {}, "source": f'{WRONG}\ncheck("1", lambda: double(3.0))'}
        nb.cells.insert(nb.cells.index(cell_of(nb, "exercise-1")), cell)

    page.submit("dan", change=try_out)
    page.grade("dan")
    assert any("Not half." in str(cell.get("outputs")) for cell in page.graded("dan").cells)
    assert report.mistakes(page, "dan", "numbers") == []
