"""An answer that seeds NumPy before all else comes out the same, whatever else of its notebook runs."""

from __future__ import annotations

import pytest

from examiner.judging import chance

SEEDED = "n, rate = 10, 5.0\nnp.random.seed(1)\nbest = train(X, n, rate)"


def test_an_answer_that_sets_the_random_numbers_first_does_not_depend_on_chance():
    assert chance.has_no_part(SEEDED, [SEEDED, "def train(X, n, rate):\n    return np.random.randn(n) * rate"])
    assert chance.has_no_part("import numpy\nnumpy.random.seed(1)", [])


@pytest.mark.parametrize(
    "answer",
    [
        "best = train(X)\nnp.random.seed(1)",
        "n = len(X)\nnp.random.seed(1)",
        "np.random.seed(n)\nbest = train(X)",
        "np.random.seed()\nbest = train(X)",
        "seed(1)\nbest = train(X)",
        "n = 10",
        "np.random.seed(1",
    ],
)
def test_an_answer_that_draws_before_or_seeds_with_what_changes_does(answer):
    assert not chance.has_no_part(answer, [answer])


@pytest.mark.parametrize(
    "more",
    [
        "draw = np.random.default_rng(1)",
        "draw = np.random.RandomState(1)",
        "import random",
        "from random import gauss",
        "def train(X, n, rate):\n    global calls\n    calls += 1",
        "import time",
    ],
)
def test_other_random_numbers_or_what_functions_keep_may_be_at_work(more):
    assert not chance.has_no_part(SEEDED, [more, SEEDED])
