"""The costs of a training say what is wrong with its settings, and nothing where they do not."""

from __future__ import annotations

import numpy as np
import pytest

from backprop.explain.training import of_costs

EPOCHS = np.arange(100)


@pytest.mark.parametrize(
    ("costs", "name", "says"),
    [
        ([], "no-epochs", "There is no cost"),
        ([0.5, 0.4], "few-epochs", "There are only 2 epochs"),
        ([0.5], "few-epochs", "There is only one epoch"),
        ([0.25] * 30, "costs-stay", "0.25 in every epoch"),
        ([0.5, 0.6, 1.2, 3.0, 9.0, 30.0], "trains-uphill", "or are far too long"),
        (0.7 * np.exp(-EPOCHS / 3), "crawls", "and never rose"),
        (np.where(EPOCHS % 2, 1e308, -1e308), "jumps", "went up"),
        ([0.5, 0.6, np.nan, np.nan], "costs-not-finite", "In epoch 2 "),
        (0.2 + 0.01 * EPOCHS, "trains-uphill", "from 0.2 to 1.19"),
        (0.25 + 0.1 * (EPOCHS % 2), "jumps", "In 50 of 99 epochs"),
        (np.where(EPOCHS < 3, 0.3, 0.25), "saturated", "lies flat at 0.25"),
        (0.125 - 1e-5 * EPOCHS, "crawls", "from 0.125 to 0.124"),
        (0.125 - 1e-7 * EPOCHS, "crawls", "from 0.125 to 0.12499"),
        (0.2 * np.exp(-EPOCHS / 50), "crawls", "Longer steps would get further, or more of them."),
    ],
    ids=[
        "none",
        "few",
        "one",
        "still",
        "too long",
        "done",
        "giants",
        "nan",
        "up",
        "to and fro",
        "a jump",
        "slow",
        "very slow",
        "not done",
    ],
)
def test_what_the_costs_show_is_said(costs, name, says):
    form = of_costs(np.asarray(costs, dtype=float))
    assert form.id == name
    assert says in form.hint


def test_where_it_is_not_clear_nothing_is_said():
    costs = 0.2 * np.exp(-EPOCHS / 50)
    costs[40] = costs[39] + 1e-6
    assert of_costs(costs) is None
    assert of_costs(None) is None
