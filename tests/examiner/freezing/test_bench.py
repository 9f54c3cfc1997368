"""Statements about the bench, on which variants of a solution run."""

from __future__ import annotations

import pytest

from examiner.course.source_notebook import Cell
from examiner.freezing.bench import Bench
from examiner.freezing.recording_session import Inputs

SOLUTION = "def f(x):\n    return 2 * x"


def bench(check: str) -> Bench:
    cells = [Cell("setup", "", "from backprop import again, check, given", 0, "setup")]
    cells += [Cell("solution", "1", SOLUTION, 0, "exercise-1"), Cell("check", "1", check, 50, "check-1")]
    inputs = Inputs()
    inputs.stored["1"] = 3
    return Bench(cells, "1", inputs)


@pytest.mark.parametrize(
    ("check", "reruns"),
    [
        ('def tried_again(key):\n    return f(given(key))\n\n\ncheck("1", lambda: tried_again("1"))', False),
        ('check("1", lambda: again("y", x=given("1")))', True),
    ],
)
def test_only_a_check_that_runs_the_cell_once_more_leaves_its_first_run_out(check, reruns):
    assert bench(check).reruns == reruns


def test_a_helper_with_again_at_the_end_of_its_name_gets_the_variant():
    found = bench('def tried_again(key):\n    return f(given(key))\n\n\ncheck("1", lambda: tried_again("1"))')
    assert found.run("def f(x):\n    return 5 * x")["1"].value == 15
