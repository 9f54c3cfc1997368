"""What stands at the top of a page of feedback for one exercise."""

from __future__ import annotations

import pytest
from nbformat import v4

from backprop.check import VERDICT_MIME
from examiner.feedback import summary


def graded_cell(name: str, score: float, points: float, passed: bool):
    verdict = {"exercise": "1", "name": "Exercise 1", "passed": passed}
    output = v4.new_output("display_data", data={VERDICT_MIME: verdict})
    nbgrader = {"grade": True, "grade_id": name, "score": score, "points": points, "solution": False}
    return v4.new_code_cell("", metadata={"nbgrader": nbgrader}, outputs=[output])


@pytest.mark.parametrize(
    ("score", "points", "passed", "state", "is_open"),
    [
        (5, 5, True, "right", False),
        (0, 5, False, "not right yet", True),
        (2, 5, False, "partly right", True),
        (0, 0, False, "not right yet", True),
        # Followed through: the check fails in the student's notebook, and the points are given.
        (5, 5, False, "all points, though a check fails", False),
    ],
)
def test_an_exercise_says_what_became_of_it(score, points, passed, state, is_open):
    [one] = summary.of(v4.new_notebook(cells=[graded_cell("check-1", score, points, passed)]))
    assert (one.state, one.open) == (state, is_open)
