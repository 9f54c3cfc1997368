"""Where all that is wrong was never set, that is said, and not one of the many mistakes that leave zeros."""

from __future__ import annotations

import numpy as np
import pytest

from backprop.answers import json_values
from backprop.answers.tables import Check, Exercise
from backprop.explain.still_zero import still_zero

RIGHT = np.array([0.5, -1.25, 2.0, 3.5])


def told(want, value) -> str:
    exercise = Exercise("1", "One", "one", 1, "holds", "hint", "ask")
    found = still_zero(Check("1", exercise, "one(x)", {"want": json_values.encode(want)}), value)
    return found.hint if found else ""


def test_zeros_after_what_is_right_are_told():
    assert told(RIGHT, np.array([0.5, -1.25, 0, 0])) == (
        "Everything before entry [2] is right; from there on, everything is still 0."
    )


def test_each_part_is_told():
    hint = told((RIGHT, 2 * RIGHT), (np.array([0.5, 0, 0, 0]), np.array([1.0, -2.5, 0, 0])))
    assert "In the first value, everything before entry [1]" in hint
    assert "entry [2]" in hint


@pytest.mark.parametrize(
    "value",
    [np.zeros(4), np.array([0.5, -1.25, 2.0, 0]), np.array([0.5, 0, 2.0, 0]), np.array([0.6, -1.25, 0, 0]), RIGHT[:2]],
)
def test_other_zeros_are_not(value):
    assert told(RIGHT, value) == ""
