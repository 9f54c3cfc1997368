"""A graded answer is followed line by line as well, in the student's own process."""

from __future__ import annotations

import pytest
from graded_notebooks import marked

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]
WRONG = """def dCdb(w1, b1, x, y):
    z = w1 * x + b1
    middle = np.cosh(z) ** 2
    return 2 * (np.tanh(z) - y) * middle / 3"""


def test_a_graded_answer_is_told_its_first_line_that_is_off():
    graded = marked("one_neuron", {"6": WRONG})
    assert graded.verdict("check-6")["line"] == (
        "what line 4 returns is the first value that occurs in none of the known solutions: "
        "look at it, and at what it reads."
    )
    assert graded.verdict("hidden-6")["line"] == ""
