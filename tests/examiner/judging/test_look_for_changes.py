"""In grading, changes to a student's lines are tried when all is judged: none of them ever meets a test that counts."""

from __future__ import annotations

import pytest
from graded_notebooks import marked

from backprop.explain.one_change import ENOUGH

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]
WRONG = """def sigmoid(x):
    return 1 / (1 + np.exp(-np.clip(x, -2, 2)))"""
LEARNS = """import sys
SEEN = []

def sigmoid(x):
    SEEN.append(sys._getframe().f_code)
    value = 1 / (1 + np.exp(-np.clip(x, -2, 2)))
    if len(SEEN) > 1 and SEEN[-1] is SEEN[0] and SEEN[-2] is not SEEN[0]:
        sigmoid.__code__ = SEEN[-2]
    return value"""


def test_a_graded_answer_is_told_the_change_that_is_enough():
    graded = marked("two_layer_network", {"3": WRONG})
    assert graded.verdict("check-3")["hint"] == f"{ENOUGH}, in line 2: `np.clip(…)` does not belong there."
    assert graded.verdict("hidden-3")["misconception"] == ""


MINUS = """def dCdb(w1, b1, x, y):
    z = w1 * x - b1
    dCda = 2 * (np.tanh(z) - y)
    return dCda / np.cosh(z) ** 2"""


def test_changes_that_raise_do_not_end_the_search():
    graded = marked("one_neuron", {"6": MINUS})
    hint = graded.verdict("check-6")["hint"]
    assert hint == f"{ENOUGH}, in line 2: the operation in `w1 * x - b1` is not the right one."


def test_an_answer_that_keeps_what_was_tried_passes_no_hidden_test_by_it():
    graded = marked("two_layer_network", {"3": LEARNS})
    assert not graded.verdict("check-3")["passed"]
    assert not graded.verdict("hidden-3")["passed"]
