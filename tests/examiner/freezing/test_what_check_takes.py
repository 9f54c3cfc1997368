"""What a check cannot take is named when it is frozen, with its exercise."""

from __future__ import annotations

import pytest

from examiner.course.misconceptions import MisconceptionsFile
from examiner.course.source_notebook import Cell
from examiner.errors import ExaminerError
from examiner.freezing.freeze import freeze
from examiner.freezing.source import Source

EXERCISE = {"title": "Make", "function": "make", "holds": "it is right.", "hint": "Look.", "ask": "What is it?"}


def source(result: str, given: str = "1") -> Source:
    """Return an assignment of one exercise, whose solution returns `result`."""
    cells = [
        Cell("setup", "", "import datetime\nfrom backprop import check, given", 0.0, "imports"),
        Cell("setup", "", "from examiner.inputs import freeze_inputs", 0.0, "words"),
        Cell("solution", "1", f"def make(x):\n    return {result}", 0.0, "exercise-1"),
        Cell("examiner", "", f'freeze_inputs("1", {given})', 0.0, "inputs-1"),
        Cell("check", "1", 'check("1", lambda: make(given("1")))', 100.0, "check-1"),
    ]
    return Source("numbers", cells, MisconceptionsFile({"1": EXERCISE}, (), ()))


def test_an_answer_that_cannot_be_kept_is_named_with_its_exercise():
    with pytest.raises(ExaminerError, match=r"exercise 1 \(Make\).*a function is not plain data.*takes numbers, texts"):
        freeze(source("make"))


def test_inputs_that_cannot_be_kept_are_named_too():
    with pytest.raises(ExaminerError, match=r"the inputs of check '1' cannot be kept, since a object"):
        freeze(source("x", "object()"))


def test_arguments_that_a_solution_has_no_use_for_are_kept_with_the_exercise():
    made = source("2 * x", "3, 4")
    made.cells[2] = Cell("solution", "1", "def make(x, y):\n    return 2 * x", 0.0, "exercise-1")
    made.cells[4] = Cell("check", "1", 'check("1", lambda: make(*given("1")))', 100.0, "check-1")
    assert freeze(made)[0]["exercises"]["1"]["unread"] == ["y"]
    assert "unread" not in freeze(source("2 * x"))[0]["exercises"]["1"]


def test_sets_and_dates_are_frozen():
    checks, _ = freeze(source("{x, datetime.date(2026, 2, 28)}"))
    assert checks["checks"]["1"]["want"] == {"set": [1, {"date": "2026-02-28"}]}
