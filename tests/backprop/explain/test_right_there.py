"""A mistake is not looked for at a name under which an answer has nothing but what the solution has there."""

from __future__ import annotations

import ast

import numpy as np

from backprop.answers import json_values
from backprop.answers.attempt import Attempt
from backprop.answers.fingerprint import wrong_parts
from backprop.answers.generated import Generated
from backprop.answers.steps import RETURNED, Step, print_of
from backprop.answers.tables import Check, Exercise
from backprop.explain.recognise import recognise
from backprop.explain.right_there import right_there
from backprop.explain.way import code_of

EXERCISE = Exercise("1", "One", "one", 1, "holds", "hint", "ask")
A = np.array([[0.3, -1.2], [2.1, 0.7]])
WAY = {"values": [print_of(A), print_of(3 * A)], "names": {code_of("a"): [0], code_of("b"): [1]}}


def check(**more) -> Check:
    return Check("1", EXERCISE, "one(x)", {"want": json_values.encode(2.5), "way": WAY}, **more)


def answer(*bound: tuple[str, np.ndarray], value=7.25) -> Attempt:
    steps = [Step(line, name, ("x",), print_of(array)) for line, (name, array) in enumerate(bound, 2)]
    steps.append(Step(9, RETURNED, ("b",), None))
    return Attempt(value, follow=lambda: steps, text=lambda: ast.parse("def one(x):\n    a = x\n    b = 3 * a"))


def test_a_name_is_right_where_each_of_its_values_is_the_solutions():
    assert right_there(check(), answer(("a", A), ("b", A)))("`a`")
    assert not right_there(check(), answer(("a", A), ("b", A)))("`b`")
    assert not right_there(check(), answer(("a", A), ("b", A)))("`a` and `b`")
    assert not right_there(check(), answer(("a", A), ("a", 2 * A)))("`a`")


def test_of_a_name_that_is_not_bound_or_set_entry_by_entry_nothing_is_known():
    assert not right_there(check(), answer(("b", 3 * A)))("`a`")
    assert not right_there(check(), answer(("a[i]", A)))("`a`")
    assert not right_there(check(), answer(("a", A)))("what `one` returns")
    assert not right_there(check(), Attempt(7.25))("`a`")


def test_a_generated_mistake_is_not_named_at_a_right_name():
    part = [[0, 0, *print_[1:]] for print_ in wrong_parts(7.25, 2.5).values()]
    held = Generated([[0, part]], [["term-missing", 0, 1]], ["`a`", "`c`"], {"term-missing": ["In {at}, {what}.", ""]},
                     {}, [], [])  # fmt: skip
    assert recognise(check(generated=held), answer(("a", 2 * A))).id == "term-missing.a.c"
    assert recognise(check(generated=held), answer(("a", A))) is None
