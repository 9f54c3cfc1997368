"""Partial points, as data and as nbgrader reads them."""

from __future__ import annotations

import pytest
from nbformat.v4 import new_code_cell, new_output
from nbgrader.utils import determine_grade

from examiner.judging import partial_credit

ERROR = new_output("error", ename="CheckFailed", evalue="no", traceback=["no"])


def graded_cell(points, *outputs):
    meta = {"grade": True, "solution": False, "locked": True, "grade_id": "check-1", "points": points}
    return new_code_cell("check", metadata={"nbgrader": meta}, outputs=list(outputs))


def test_a_known_mistake_earns_its_share_of_the_points():
    given = partial_credit.of_mistake({"credit": 0.5}, 6)
    assert (given.points, given.of, given.why) == (3.0, 6, partial_credit.MISTAKE)
    assert given.sentence.startswith("3 of 6 points although this fails: the mistake is one that the course knows")


@pytest.mark.parametrize("verdict", [{}, {"credit": 0.0}, {"credit": float("nan")}, {"credit": -1}])
def test_any_other_failure_earns_nothing(verdict):
    assert partial_credit.of_mistake(verdict, 6) is None


def test_a_cell_without_points_earns_none():
    assert partial_credit.of_mistake({"credit": 0.5}, 0) is None
    assert partial_credit.of_what_follows([("Exercise 2 · forward", True)], {}, 0) is None


def test_no_share_is_more_than_the_whole():
    assert partial_credit.of_mistake({"credit": 7}, 6).points == 6


def test_what_only_follows_earns_everything_and_names_what_is_wrong():
    given = partial_credit.of_what_follows([("Exercise 2 · forward", True)], {}, 4)
    assert (given.points, given.why) == (4.0, partial_credit.FOLLOWS)
    assert "Exercise 2 · forward is not right yet, and this exercise builds on it." in given.sentence
    assert "With a right one in its place, your answer passes." in given.sentence


def test_several_wrong_functions_are_named_together():
    given = partial_credit.of_what_follows(
        [("Exercise 2 · f", True), ("Exercise 3 · g", True), ("Exercise 4 · h", True)], {}, 4
    )
    assert "Exercise 2 · f, Exercise 3 · g and Exercise 4 · h are not right yet" in given.sentence
    assert "right ones in their place" in given.sentence


def test_what_follows_with_a_known_mistake_of_its_own_earns_the_share_of_that():
    given = partial_credit.of_what_follows([("Exercise 2 · forward", True)], {"credit": 0.25}, 4)
    assert given.points == 1
    assert "shows a mistake that the course knows" in given.sentence
    assert partial_credit.of_what_follows([("Exercise 2 · forward", True)], {"credit": 0.0}, 4) is None


@pytest.mark.parametrize("points", [3.0, 0.5, 6.0])
def test_nbgrader_reads_the_points_before_the_error(points):
    given = partial_credit.Credit(points, 6.0, partial_credit.MISTAKE, "why")
    assert determine_grade(graded_cell(6, partial_credit.output(given, 3), ERROR)) == (points, 6.0)
    assert determine_grade(graded_cell(6, ERROR)) == (0, 6.0)


def test_the_credit_of_a_cell_can_be_read_back():
    given = partial_credit.Credit(1.5, 6.0, partial_credit.FOLLOWS, "why")
    cell = graded_cell(6, partial_credit.output(given, None), ERROR)
    assert partial_credit.of_cell(cell) == {"points": 1.5, "of": 6.0, "why": partial_credit.FOLLOWS, "sentence": "why"}
    assert partial_credit.of_cell(graded_cell(6, ERROR)) == {}
