"""What a check cannot take is named when it is frozen, with its exercise."""

from __future__ import annotations

from dataclasses import replace

import pytest

from examiner.course.alternatives import Alternative
from examiner.course.misconceptions import MisconceptionsFile
from examiner.course.source_notebook import Cell
from examiner.errors import ExaminerError
from examiner.freezing.freeze import freeze
from examiner.freezing.source import Source

EXERCISE = {"title": "Make", "function": "make", "holds": "it is right.", "hint": "Look.", "ask": "What is it?"}


def source(result: str, given: str = "1", where: dict[str, str] | None = None) -> Source:
    """Return an assignment of one exercise, whose solution returns `result`."""
    cells = [
        Cell("setup", "", "import datetime\nfrom backprop import check, given", 0.0, "imports"),
        Cell("setup", "", "from examiner.inputs import freeze_inputs", 0.0, "words"),
        Cell("solution", "1", f"def make(x):\n    return {result}", 0.0, "exercise-1"),
        Cell("examiner", "", f'freeze_inputs("1", {given})', 0.0, "inputs-1"),
        Cell("check", "1", 'check("1", lambda: make(given("1")))', 100.0, "check-1"),
    ]
    return Source("numbers", cells, MisconceptionsFile({"1": EXERCISE}, (), (), where=where or {}))


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
    made.cells[2] = Cell("solution", "1", "def make(x, y):\n    return 2 * x + 0 * y", 0.0, "exercise-1")
    assert "unread" not in freeze(made)[0]["exercises"]["1"]
    other = Alternative(
        "1", "without y", "def make(x, y):\n    return twice(x)\n\ndef twice(x, n=2):\n    return 2 * x"
    )
    assert freeze(replace(made, alternatives=(other,)))[0]["exercises"]["1"]["unread"] == ["y"]


def test_sets_and_dates_are_frozen():
    checks, _ = freeze(source("{x, datetime.date(2026, 2, 28)}"))
    assert checks["checks"]["1"]["want"] == {"set": [1, {"date": "2026-02-28"}]}


def test_what_is_special_about_hidden_inputs_is_kept_with_them_alone():
    made = source("2 * x", "3, 4", {"1.1": "both are equal"})
    hidden = 'freeze_inputs("1.1", 3, 3)'
    made.cells[2] = Cell("solution", "1", "def make(x, y):\n    return x + 2 * y", 0.0, "exercise-1")
    made.cells[3:4] = [made.cells[3], Cell("examiner", "", hidden, 0.0, "inputs-2")]
    made.cells[-1] = Cell("check", "1", 'check("1", lambda: make(*given("1")))', 50.0, "check-1")
    made.cells.append(Cell("hidden", "1", 'check("1.1", lambda: make(*given("1.1")))', 50.0, "hidden-1"))
    checks, kept = freeze(made)
    assert kept["checks"]["1.1"]["where"] == "both are equal"
    assert "both are equal" not in str(checks)


def test_words_for_a_hidden_test_that_is_not_there_are_refused():
    with pytest.raises(ExaminerError, match=r"numbers: `where` speaks of '1.7', which is no hidden test"):
        freeze(source("2 * x", where={"1.7": "it is large"}))
