"""Whatever kind of value comes back where another is wanted, there is a verdict and never an error."""

from __future__ import annotations

import datetime
import json
from decimal import Decimal
from fractions import Fraction

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from backprop.answers.attempt import Attempt
from backprop.answers.json_values import encode
from backprop.answers.plain import AXES, FIGURE, OBJECTS, TABLE, Described
from backprop.answers.tables import Check, Exercise
from backprop.explain.diagnose import diagnose
from backprop.explain.render import as_html, as_text

EXERCISE = Exercise("1", "Make", "make", 4.0, "it is right.", "Look.", "What is it?")
LINES = {"lines": [np.eye(2)]}
VALUES = [
    None, True, 3, 0.5, float("nan"), 1j, "text", b"bytes", {1, 2}, frozenset("ab"), set(), (), [], {},
    {1: 2, (3,): "b"}, datetime.date(2026, 2, 28), datetime.datetime(2026, 2, 28), datetime.time(12),
    datetime.timedelta(1), Fraction(1, 3), Decimal("1.5"), Decimal("nan"), np.array([1j]), np.array(["a", "b"]),
    np.array("a"), np.array([1.0]), np.zeros((0, 2)), np.array([[1j, 2], [3, 4]]),
    Described(TABLE, {"columns": ["a"], "rows": [0], "values": {"a": np.ones(1)}}), Described(AXES, {}),
    Described(FIGURE, {"axes": [LINES]}), Described(AXES, LINES),
    Described(OBJECTS, {"shape": [2], "entries": [None, "a"]}),
]  # fmt: skip
values = st.recursive(
    st.sampled_from(VALUES),
    lambda inner: st.lists(inner, max_size=2) | st.tuples(inner, inner) | st.dictionaries(st.sampled_from("ab"), inner),
    max_leaves=4,
)


@settings(max_examples=600, derandomize=True, deadline=None)
@given(values, values, st.booleans())
def test_any_value_gets_a_verdict(got, want, hidden):
    stored = json.loads(json.dumps(encode(want)))
    check = Check("1", EXERCISE, "make()", {"given": None, "want": stored}, hidden=hidden)
    verdict = diagnose(check, Attempt(got), {"1": EXERCISE})
    assert verdict.passed or verdict.but
    assert as_text(verdict, "")
    assert as_html(verdict, "")
    json.dumps(verdict.as_data())


@settings(max_examples=200, derandomize=True, deadline=None)
@given(values)
def test_every_value_is_right_where_it_is_wanted_itself(value):
    check = Check("1", EXERCISE, "make()", {"given": None, "want": json.loads(json.dumps(encode(value)))})
    assert diagnose(check, Attempt(value), {"1": EXERCISE}).passed or "nan" in repr(value).lower()
