"""An assignment of every style of test, and nbgrader's own example: graded as nbgrader grades them, and not fooled."""

from __future__ import annotations

import pytest
import stock
from cells import CHEAT, NAME, by_examiner, first_cell, releasable, styles

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]
# Where nbgrader gives the point for a wrong answer, and why: there the student defines the judge.
FOOLED = {
    "a_helper_is_redefined": "a function of a locked cell is defined again by the answer",
    "a_library_is_redefined": "a class takes the name of a module that a locked cell imports",
    "a_constant_of_the_notebook": "what is expected is bound again by the answer",
}
# Where the cell of CHEAT gets nothing from nbgrader, and why. Everywhere else its lines drop each `assert`, let NumPy's
# tests pass, or say yes to what is asked.
NOT_CHEATED = {
    "must_use_a_helper": "it has no `assert`, and raises by itself",
    "a_captured_cell": "it has no `assert`: what the answer raises fails it",
    "a_helper_of_the_notebook": "the cheat takes the whole cell away that defines what the test calls",
}
PARTLY = {
    "part_of_the_points": 0.25,
    "points_of_a_sum": 0.5,
    "partial_credit_with_try": 0.5,
}  # what wrong answers there earn by the test's own count


@pytest.fixture(scope="module")
def cells() -> dict[str, dict]:
    return styles()


@pytest.fixture(scope="module")
def released(tmp_path_factory, cells):
    return releasable(tmp_path_factory.mktemp("styles"), cells, first_cell())


@pytest.fixture(scope="module")
def examined(released) -> dict[str, dict[str, float]]:
    course, cells, _ = released
    return by_examiner(course, cells, CHEAT)


@pytest.fixture(scope="module")
def graded_by_nbgrader(tmp_path_factory, released, examined) -> stock.Points:
    course, _, _ = released
    found = stock.grade_as(course.root, tmp_path_factory.mktemp("stock"), NAME, ["right", "wrong", "cheat"])
    return {who: {name.removeprefix("test_"): some for name, some in got.items()} for who, got in found.items()}


def test_every_style_can_be_released(released, cells):
    _, kept, said = released
    assert kept.keys() == cells.keys(), said
    assert len(cells) >= 80


def test_every_solution_gets_all_points(examined):
    assert {name: points for name, points in examined["right"].items() if points != 1} == {}


def test_no_wrong_answer_gets_more_than_it_has_earned(examined):
    assert {name: points for name, points in examined["wrong"].items() if points} == PARTLY


def test_no_cheat_gets_more_than_the_wrong_answer_in_it(examined):
    assert examined["cheat"] == examined["wrong"]


def test_points_are_those_of_nbgrader_but_where_it_is_fooled(examined, graded_by_nbgrader):
    assert examined["right"] == graded_by_nbgrader["right"]
    wrong = graded_by_nbgrader["wrong"]
    differing = {name for name, points in wrong.items() if points != examined["wrong"][name]}
    assert differing == FOOLED.keys()


def test_nbgrader_gives_the_cheat_all_points_in_all_places_but_few(examined, graded_by_nbgrader):
    cheat = graded_by_nbgrader["cheat"]
    assert {name for name, points in cheat.items() if points == 1} == cheat.keys() - NOT_CHEATED.keys() - PARTLY.keys()
    assert {name for name, points in cheat.items() if points > examined["cheat"][name]} <= cheat.keys() - PARTLY.keys()


def test_a_test_that_needs_the_process_says_why(released):
    said = {one.split(" ")[0].removeprefix("test_"): one for one in released[2]}
    assert "changes_a_list" in said
    assert "passed it on" in said["leaves_the_argument_alone"]
    assert "returns_a_number" not in said
    assert "composes" not in said
