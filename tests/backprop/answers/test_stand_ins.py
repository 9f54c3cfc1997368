"""Right values stand in for an earlier function, and what that one does otherwise is said."""

from __future__ import annotations

import numpy as np
import pytest

from backprop.answers import json_values
from backprop.answers.stand_ins import standing_in, unlike

X = np.array([[0.5, -1.25]])
CALLS = {"twice": [[json_values.encode((X,)), json_values.encode(2 * X)]]}


def single(x):
    return (2 * x).astype(np.float32)


def test_a_call_that_is_kept_gets_the_right_result_and_any_other_the_students():
    names = {"twice": single}
    with standing_in(names, CALLS):
        assert names["twice"](X).dtype == np.float64
        assert names["twice"](X + 1e-7).tolist() == (2 * X).tolist()  # from an earlier single precision
        assert names["twice"](X + 1).dtype == np.float32
    assert names == {"twice": single}


def test_the_stand_in_gives_a_copy_each_time():
    names = {"twice": single}
    with standing_in(names, CALLS):
        names["twice"](X)[:] = 0
        assert names["twice"](X).any()


@pytest.mark.parametrize(
    ("function", "how"),
    [
        (single, "numbers of type float32"),
        (lambda x: (2 * x).tolist(), "returns a list"),
        (lambda x: np.matrix(2 * x), "`np.matrix`"),
        (lambda x: 3 * x, "a different value"),
        (lambda x: x / None, "raises TypeError"),
    ],
)
def test_what_an_earlier_answer_does_otherwise_is_said(function, how):
    name, told = unlike({"twice": function}, CALLS)
    assert name == "twice"
    assert how in told


def test_nothing_is_said_of_an_earlier_answer_that_does_as_it_should():
    assert unlike({"twice": lambda x: 2 * x}, CALLS) == ("", "")
