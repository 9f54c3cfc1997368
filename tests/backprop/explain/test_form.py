"""Mistakes that any exercise can show are named by what came back, and nothing else is."""

from __future__ import annotations

import numpy as np
import pytest

from backprop.answers import json_values
from backprop.answers.plain import plain
from backprop.answers.tables import Check, Exercise
from backprop.explain.form import form_of

ARRAY = np.array([0.5, -1.25, 2.0, 3.5])
EXERCISE = Exercise("1", "One", "one", 1, "holds", "hint", "ask")


def check(want, key: str = "1", given=None, call: str = "one(x)") -> Check:
    stored = {"want": json_values.encode(want)} | ({"given": json_values.encode(given)} if given is not None else {})
    return Check(key, EXERCISE, call, stored)


DICT = {"a": 1.5, "b": ARRAY}
PAIR = (2.5, ARRAY)


@pytest.mark.parametrize(
    ("want", "value", "name"),
    [
        (1.5, None, "returns-nothing"),
        ({"a": [True, False]}, {"a": [None, None]}, "returns-nothing"),
        (DICT, (1.5, ARRAY), "no-dictionary"),
        (DICT, {"A": 1.5, "B": ARRAY}, "other-keys"),
        (DICT, {"a": 1.5}, "key-forgotten"),
        (PAIR, (ARRAY, 2.5), "another-order"),
        (PAIR, {"x": 2.5, "y": ARRAY}, "dictionary"),
        (PAIR, "2.5 and an array", "text"),
        (PAIR, ARRAY, "one-of-several"),
        (1.5, [7.0, 1.5], "more-than-asked"),
        (ARRAY, (ARRAY, 3 * ARRAY), "more-than-asked"),
        (ARRAY.reshape(1, 4), ARRAY.reshape(4, 1), "transposed"),
        (ARRAY, ARRAY.reshape(4, 1), "axis-too-many"),
        (ARRAY.reshape(4, 1), ARRAY, "axis-lost"),
        (ARRAY, ARRAY[:3], "ends-early"),
        (ARRAY, ARRAY[1:], "start-missing"),
        (ARRAY, np.append(9.5, ARRAY), "before-the-first"),
        (ARRAY, np.append(ARRAY, 9.5), "goes-on"),
        (ARRAY, np.outer(ARRAY, np.ones(4)), "each-with-each"),
        (ARRAY, [], "empty"),
        (ARRAY, np.append(ARRAY[:3], np.nan), "not-a-number"),
        (ARRAY, np.append(ARRAY[:3], np.inf), "overflow"),
        (ARRAY, ARRAY.astype(np.float16) * 2, "half-precision"),
        (ARRAY, 7.25, "one-number"),
        (DICT, {"a": 1.5, "b": np.array(7.25)}, "one-number"),
        ({"p": [True, False]}, {"p": ["yes", "no"]}, "text"),
        (np.array([0.0, 1.0]), np.array(["0", "1"]), "text"),
        (np.array([0.0, 1.0]), ["0", "1"], "text"),
        (DICT, {"a": 1.5, "b": plain(np.array([len, len]))}, "not-called"),
        (DICT, {"a": 1.5, "b": [len, len]}, "not-called"),
        ({"p": [True, False]}, {"p": [[True, True], [True, False]]}, "list-for-one"),
    ],
)
def test_a_mistake_of_form_has_a_name(want, value, name):
    assert form_of(check(want), value).id == name


@pytest.mark.parametrize(
    ("want", "value"),
    [
        (1.5, 2.5),
        (ARRAY, 2 * ARRAY),
        (ARRAY, 2 * ARRAY[:3]),
        (DICT, {"a": 2.5, "b": ARRAY}),
        (DICT, {"a": 2.5, "b": np.array(0.5, dtype=object)}),
        (1.5, object()),
        (np.zeros((9, 1)), np.zeros((1, 1))),  # of nothing but zeros, none is missing
    ],
)
def test_other_wrong_values_have_none(want, value):
    assert form_of(check(want), value) is None


def test_of_equal_parts_none_is_taken_for_the_one_that_came_back():
    assert form_of(check({"u": 1.5, "o": 1.5, "z": 2.5}), 1.5).hint.startswith("Only u or o comes back;")


def test_the_same_answer_to_two_inputs_is_told_so():
    earlier = (check(1.5), 9.75, False)
    assert form_of(check(2.5, "1.1"), 9.75, [earlier]).id == "same-for-every-input"
    assert form_of(check(2.5, "1.1"), 0.0, [(check(1.5), 0.0, False)]) is None  # zeros come of many mistakes


def test_an_argument_that_comes_back_unchanged_is_called_by_its_name():
    one = check(ARRAY, given=(3, 2 * ARRAY), call="one(rate, weights)")
    assert form_of(one, 2 * ARRAY).id == "returns-its-argument"
    assert form_of(one, 2 * ARRAY).hint.startswith("`weights` comes back exactly as it was passed in.")
    assert form_of(check(1.5, given=(3.0, 2.5), call="f(x, y)"), 2.5) is None  # one number may well be a coincidence
