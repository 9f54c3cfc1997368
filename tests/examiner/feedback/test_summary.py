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


def quiz_cell(name: str, *chosen: str):
    cell = graded_cell(name, 0, 1, False)
    verdict = cell.outputs[0].data[VERDICT_MIME]
    cell.outputs[0].data[VERDICT_MIME] = verdict | {"options": [{"label": label} for label in chosen]}
    return cell


def test_the_options_of_a_quiz_are_said_once():
    nb = v4.new_notebook(cells=[quiz_cell("check-1", "A"), quiz_cell("hidden-1", "A")])
    summary.say_options_once(nb)
    assert [summary.verdicts(cell)[0]["options"] for cell in nb.cells] == [[{"label": "A"}], []]


def test_options_that_differ_are_all_said():
    nb = v4.new_notebook(cells=[quiz_cell("check-1", "A"), quiz_cell("hidden-1", "B")])
    summary.say_options_once(nb)
    assert [len(summary.verdicts(cell)[0]["options"]) for cell in nb.cells] == [1, 1]
