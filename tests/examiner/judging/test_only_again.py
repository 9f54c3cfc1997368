"""An answer that only its test runs, on other data, does not run by itself, and nothing else is left out."""

from __future__ import annotations

import pytest
from nbformat.v4 import new_code_cell

from examiner.judging.only_again import only_again
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
