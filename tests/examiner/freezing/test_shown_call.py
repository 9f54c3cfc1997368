"""Statements about `call_of`: what an explanation says was called."""

from __future__ import annotations

import pytest

from examiner.course.source_notebook import Cell
from examiner.errors import ExaminerError
from examiner.freezing.shown_call import call_of

SOLUTION = "def step(x, weights):\n    return weights\n\n\ndef loss(x, y, weights):\n    return x"
HIDDEN = """for key in ["1.1", "1.2"]:
    check(key, lambda: step(*given(key)))
check("1.3", lambda: loss(*given("1.3")))  # of the same cell
check("1.4", lambda: [loss(*call) for call in given("1.4")])
check("1.5", lambda: printed(lambda: step(given("1.5"), []), True))
"""
THREE = {"tuple": [1, 2, [3.5, 4.5]]}


def cell(role: str, source: str) -> Cell:
    return Cell(role, "1", source, 0, f"{role}-1")


@pytest.mark.parametrize(
    ("key", "given", "call"),
    [
        ("1.1", {"tuple": [1, [3.5]]}, "step(x, weights)"),
        ("1.2", {"tuple": [1, [3.5]]}, "step(x, weights)"),
        ("1.3", THREE, "loss(x, y, weights)"),
        ("1.4", [THREE, THREE], "loss(x, y, weights)"),
        ("1.5", 7, "step(x, [])"),
    ],
)
def test_of_each_check_of_a_cell_its_own_call_is_shown(key, given, call):
    assert call_of(cell("hidden", HIDDEN), key, [cell("solution", SOLUTION)], given) == call


def test_numbers_are_shown_themselves_where_students_see_them():
    check = 'check("1", lambda: step(*given("1")))'
    assert call_of(cell("check", check), "1", [cell("solution", SOLUTION)], {"tuple": [1, 2.5]}) == "step(1, 2.5)"


def test_a_cell_without_a_check_is_named():
    with pytest.raises(ExaminerError, match="cell hidden-1 has no check"):
        call_of(cell("hidden", "assert step(1, 2)"), "1.1", [], 1)
