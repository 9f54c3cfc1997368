"""Whatever comes back from an answer, it gets a verdict: none of the course's checks stumbles over it."""

from __future__ import annotations

import numpy as np
import pytest
from classroom import ASSIGNMENTS, tables

from backprop.answers.attempt import Attempt
from backprop.answers.plain import plain
from backprop.explain.diagnose import diagnose


class Refuses:
    """An object that answers no question."""

    def __len__(self):
        raise ValueError

    __bool__ = __iter__ = __len__


VALUES = {
    "an array without axes": np.array(0.5),
    "a text in an array": np.array("a"),
    "an array of texts": np.array(["a", "b"]),
    "None in an array": np.array(None),
    "a function in an array": np.array(len, dtype=object),
    "a table of functions": np.array([[len, len]], dtype=object),
    "rows of different lengths": np.array([[1, 2], [3]], dtype=object),
    "an empty table": np.zeros((0, 3)),
    "no number": np.nan,
    "half precision": np.float16(1),
    "a truth": np.bool_(True),
    "an imaginary number": 1j,
    "a giant": 10**400,
    "a giant in a list": [10**400],
    "a list in a list": [[]],
    "an array in a list": [np.array(0.5)],
    "a list of functions": [len],
    "a function": len,
    "a text": "x",
    "bytes": b"x",
    "a set": {1},
    "other keys": {1: 2},
    "an iterator": iter([1]),
    "a range": range(3),
    "an object that answers no question": Refuses(),
    "a list of such objects": [Refuses()],
}


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES)
def test_an_odd_value_gets_a_verdict(assignment, value):
    exercises = tables(assignment).exercises
    for check in tables(assignment).checks.values():
        want = check.want
        parts = [dict.fromkeys(want, value)] if isinstance(want, dict) else []
        parts += [(value,) * len(want)] if isinstance(want, tuple) else []
        for whole in (value, *parts):
            assert diagnose(check, Attempt(plain(whole)), exercises).called == check.call
