"""An answer that only its test runs, on other data, does not run by itself, and nothing else is left out."""

from __future__ import annotations

import pytest
from nbformat.v4 import new_code_cell, new_notebook

from examiner.judging import testcells
from examiner.judging.graded_notebook import GradedNotebook
from examiner.judging.only_again import finds_nothing, only_again
from examiner.submission.expected_cells import ExpectedCells, KnownCell

LOOP = "for n in range(9):\n    share = accuracy(data, n)"
ASKS = "def on(d):\n    return again('share', data=d)\n\n\ncheck('2', lambda: on(1))"


def found(loop: str = LOOP, test: str = ASKS, after: str = "n = 3\nbest = run(lambda: n)", before: str = "") -> bool:
    """Tell whether the answer `loop` need not run, with its test and with other answers before and after it."""
    texts = {"exercise-1": before, "exercise-2": loop, "check-2": test, "exercise-3": after}
    known = {
        name: KnownCell(
            name,
            "code",
            text if name == "check-2" else "raise NotImplementedError()",
            None,
            False,
            name != "check-2",
            name == "check-2",
        )
        for name, text in texts.items()
    }
    cells = [
        new_code_cell(text, id=name, metadata={"nbgrader": {"grade_id": name}}) for name, text in texts.items() if text
    ]
    expected = ExpectedCells.of(known)
    kept = only_again(cells, expected, [])
    assert all(cell.id == "exercise-2" for cell in kept)
    return bool(kept)


def test_a_loop_that_its_test_runs_again_need_not_run():
    assert found()
    assert found(before="def accuracy(data, n):\n    return n")


@pytest.mark.parametrize(
    "change",
    [
        {"after": "best = share"},
        {"after": "def best():\n    return n"},
        {"after": "best = run(lambda: n)\nn = 3"},
        {"after": "if best:\n    n = 3\nbest = n"},
        {"after": "n = 3\ndel n\nbest = n"},
        {"before": "def accuracy(data, m):\n    return share"},
    ],
)
def test_a_loop_whose_names_another_answer_reads_runs(change):
    assert not found(**change)


@pytest.mark.parametrize("test", ["check('2', lambda: share)", "check('2', lambda: 1)", f"{ASKS}\nprint(n)"])
def test_a_loop_whose_names_its_test_reads_or_does_not_ask_for_runs(test):
    assert not found(test=test)


@pytest.mark.parametrize("loop", ["other = 1", "for n in range(:", f"%time\n{LOOP}", f"{LOOP}\nprint(globals())"])
def test_what_again_cannot_find_or_names_cannot_tell_runs(loop):
    assert not found(loop=loop)


def test_a_loop_that_is_not_the_only_one_runs():
    assert not found(after="share = 1")


def test_what_cannot_be_written_out_again_runs():
    assert not found(after=f"best = {' + '.join(['1'] * 900)} + sum(share for _ in 'a')")


def may_miss(answer: str, as_asked: bool, kind: str = "value", stopped: bool = False) -> bool:
    """Tell whether all cells have to run for a test that failed of this answer."""
    texts = {"check-2": ASKS, "hidden-2": "check('2.1', lambda: on(2))"}
    known = {name: KnownCell(name, "code", text, None, True, False, True) for name, text in texts.items()}
    (cell,) = cells = [new_code_cell(answer, metadata={"nbgrader": {"grade_id": "exercise-2"}})]
    graded = GradedNotebook(new_notebook(cells=cells), known)
    graded.only_again = [cell] if as_asked else []
    graded.stopped = {"exercise-2"} if stopped else set()
    graded.tested = {name: testcells.Tested(False, [], [{"passed": False, "kind": kind}]) for name in texts}
    return graded.may_miss_something()


def test_chance_has_no_part_in_an_answer_that_runs_only_as_its_test_asks():
    assert not may_miss(LOOP, as_asked=True)
    assert may_miss(LOOP, as_asked=False)


def test_chance_has_no_part_where_a_test_asks_for_a_cell_that_nobody_wrote():
    begun = "for n in range(9):\n    raise NotImplementedError()"
    assert not may_miss(begun, as_asked=False, kind="unanswered")
    assert may_miss(begun, as_asked=False)
    assert may_miss(LOOP, as_asked=False, kind="unanswered")


def test_an_answer_that_ran_out_of_time_would_not_have_more_of_it_if_other_cells_ran():
    assert not may_miss(LOOP, as_asked=False, kind="unanswered", stopped=True)


def test_a_cell_is_found_by_its_names_as_again_finds_it():
    assert finds_nothing(ASKS, ["def f():\n    share = 1"])
    assert not finds_nothing(ASKS, ["n = 1", "%matplotlib inline\nshare = 1"])
    assert finds_nothing("again('share', 'rest')", ["share = 1", "rest = 1"])
    assert not finds_nothing("check('2', lambda: share)", [])
    assert not finds_nothing("again(", [])
