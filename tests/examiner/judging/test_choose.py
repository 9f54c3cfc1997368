"""The way of each test is chosen by what the solution shows; here what it shows is made up."""

from __future__ import annotations

import pytest
from nbformat.v4 import new_output

from examiner.course.cell_names import NotebookCell
from examiner.course.needs_process import AFTER
from examiner.errors import ExaminerError
from examiner.judging.choose import Asked, choose
from examiner.judging.plan import APART, WITHIN, Plan
from examiner.judging.testcells import Tested

CELLS = [
    NotebookCell("answer", "def f(): ...", "solution"),
    NotebookCell("one", "def helper(): ...\nassert f()", "test"),
    NotebookCell("two", "assert helper()", "test"),
]
FAILED = Tested(False, [new_output("error", ename="TypeError", evalue="it cannot cross", traceback=[])])


def chosen(apart: dict[str, Tested], within: dict[str, Tested], **tags) -> Plan:
    def run(plan: Plan) -> dict[str, Tested]:
        sides = {APART: apart, WITHIN: within}
        return {name: sides[plan.way(name)].get(name, Tested(True, [])) for name in ("one", "two")}

    return choose(CELLS, {name: Asked(1.0, tags.get(name)) for name in ("one", "two")}, run)


def test_what_passes_both_ways_is_apart():
    assert {one.way for one in chosen({}, {}).ways.values()} == {APART}


def test_what_passes_only_within_is_within_and_so_is_what_shares_its_names():
    ways = chosen({"one": FAILED}, {}).ways
    assert ways["one"].way == ways["two"].way == WITHIN
    assert ways["one"].why == "TypeError: it cannot cross"
    assert "shares names with one" in ways["two"].why


def test_a_helper_of_a_locked_cell_is_looked_through_too():
    keeps = "def keeps(g):\n    a = [1]\n    g(a)\n    assert a == [1]\ndef check(g):\n    keeps(g)"
    cells = [NotebookCell("locked", keeps, "locked"), NotebookCell("answer", "def f(a): ...", "solution")]
    cells.append(NotebookCell("one", "check(f)", "test"))
    plan = choose(cells, {"one": Asked(1.0)}, lambda plan: {"one": Tested(True, [])})
    assert plan.ways["one"].why == AFTER


def test_other_points_apart_are_a_reason():
    assert chosen({"two": Tested(True, [], number=0.5)}, {}).ways["two"].why == "apart it gives 0.5 points, not 1"


def test_a_tag_asks_for_a_way():
    assert chosen({}, {}, one=WITHIN).ways["one"].way == WITHIN
    with pytest.raises(ExaminerError, match="the test two: its tag asks for apart, and there it fails: TypeError"):
        chosen({"two": FAILED}, {}, two=APART)


def test_what_fails_both_ways_stops_the_release():
    with pytest.raises(ExaminerError, match="the test one: within the student's process: TypeError: it cannot cross"):
        chosen({"one": FAILED}, {"one": FAILED})


@pytest.mark.parametrize("number", [7.0, -1.0, float("nan")])
def test_points_that_a_test_cannot_have_stop_the_release(number):
    given = {"two": Tested(True, [], number=number)}
    with pytest.raises(
        ExaminerError, match=f"the test two: its last line is {number:g}, and its points go from 0 to 1"
    ):
        chosen(given, given)


def test_a_plan_is_read_as_it_was_written():
    plan = chosen({"one": FAILED}, {})
    assert Plan.from_text(plan.as_text()) == plan
