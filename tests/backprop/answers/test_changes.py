"""Statements about `changes`: what a function changes in its arguments is found, with the line that did it."""

from __future__ import annotations

import numpy as np
import pytest

from backprop.answers.changes import Change, copied, find, first_change


def subtracts(A2, Y):
    A2 -= Y
    return A2


def through_other_names(X, parameters):
    W, b = parameters["W"], parameters["b"]
    b += 1
    return W @ X + b


def pops(examples):
    total = 0
    while examples:
        total += examples.pop()
    return total


def writes(x):
    y = x.T
    y[0] = 3
    return y


def is_told_where_to(x):
    return np.exp(x, out=x)


def of_its_own(x):
    x = x.copy()
    x += 1
    return x


def puts_back(weights):
    weights[0] += 0.1
    weights[0] -= 0.1
    return weights.sum()


CHANGING = [
    (subtracts, (np.ones(2), np.ones(2)), 0, "A2 -= Y"),
    (through_other_names, (np.ones((2, 2)), {"W": np.ones((2, 2)), "b": np.ones((2, 1))}), 1, "b += 1"),
    (pops, ([1, 2],), 0, "total += examples.pop()"),
    (writes, (np.ones((2, 2)),), 0, "y[0] = 3"),
    (is_told_where_to, (np.ones(2),), 0, "return np.exp(x, out=x)"),
]


@pytest.mark.parametrize(("function", "arguments", "place", "line"), CHANGING, ids=[f[0].__name__ for f in CHANGING])
def test_a_changed_argument_is_found_with_its_line(function, arguments, place, line):
    before = copied(arguments)
    function(*arguments)
    assert first_change(arguments, before) == place
    found = find(function, place)
    assert found.line == line
    assert found.line_number > 0


@pytest.mark.parametrize("function", [of_its_own, puts_back])
def test_what_is_as_it_was_is_no_change(function):
    arguments = (np.array([0.3, 0.7]),)
    before = copied(arguments)
    function(*arguments)
    assert first_change(arguments, before) is None


def test_a_new_key_in_a_dict_harms_nobody():
    arguments = ({"a": np.ones(2)},)
    before = copied(arguments)
    arguments[0]["b"] = 3
    assert first_change(arguments, before) is None
    arguments[0]["a"] = np.zeros(2)
    assert first_change(arguments, before) == 0


def test_where_no_line_is_found_none_is_named():
    assert find(max, 0) == Change(0)
    assert find(of_its_own, 0) == Change(0)
