"""Statements about `by_text`: what an answer's text shows is said only where its values bear it out."""

from __future__ import annotations

import ast
from dataclasses import replace

import numpy as np
import pytest

from backprop.answers import json_values
from backprop.answers.attempt import Attempt, Trouble
from backprop.answers.tables import Check, Exercise
from backprop.explain.by_text import (
    another_generator,
    argument_replaced,
    comma_too_much,
    flattened,
    form_by_text,
    misspelt_attribute,
    overwritten,
    shared_by_all,
    unused_argument,
)
from backprop.explain.same_array import second_name, stored_in_itself

EXERCISE = Exercise("1", "One", "one", 1, "holds", "hint", "ask")


def check(want) -> Check:
    return Check("1", EXERCISE, "one(x)", {"want": json_values.encode(want)})


def named(form) -> str:
    return form.id if form else ""


@pytest.mark.parametrize(("want", "value", "code", "name"), [
    (2.75, 2.0, "x // n", "floor-division"),
    (2.75, 2.0, "int(x / n)", ""),
    (2.75, 1.0, "x // n", ""),
    (np.array([True, False]), np.array([-3, -1]), "~x.sum(axis=0)", "not-of-whole-numbers"),
    (np.array([True, False]), np.array([-3, -1]), "-x.sum(axis=0) - 1", ""),
    (np.array([True, False]), np.array([False, True]), "~x", ""),
])  # fmt: skip
def test_an_operator_is_named_where_the_values_show_what_it_does(want, value, code, name):
    tried = Attempt(value, text=lambda: ast.parse(f"def one(x, n):\n    return {code}"))
    assert named(form_by_text(check(want), tried)) == name


@pytest.mark.parametrize(("code", "value", "told"), [
    ("r = np.zeros_like(x)\n    r[0] = 1 / x[0]\n    return r", np.array([0, 1]), True),
    ("r = np.zeros_like(x)\n    r[0] = 1 / x[0]\n    return r", np.array([0.0, 1.0]), False),
    ("return np.argsort(x)", np.array([0, 1]), False),
    ("r = np.zeros(2, dtype=int)\n    r[0] = 1 / x[0]\n    return r", np.array([0, 1]), True),
])  # fmt: skip
def test_an_array_that_took_over_whole_numbers_is_told_so(code, value, told):
    tried = Attempt(value, text=lambda: ast.parse(f"def one(x, n):\n    {code}"))
    assert (named(form_by_text(check(np.array([0.4, 1.7])), tried)) == "array-of-whole-numbers") == told


def test_whole_numbers_are_told_in_one_part_of_a_dictionary_too():
    tried = Attempt({"a": np.array([0, 1]), "b": 1.5},
                    text=lambda: ast.parse("def one(x, n):\n    r = np.array([0, 0])\n    r[0] = x"))  # fmt: skip
    assert named(form_by_text(check({"a": np.array([0.4, 1.7]), "b": 1.5}), tried)) == "array-of-whole-numbers"
    assert named(form_by_text(check({"a": np.array([0, 1]), "b": 2.5}), tried)) == ""


@pytest.mark.parametrize(("code", "name"), [
    ("    biases = np.zeros(3)", "biases"),
    ("    rate = 0.1\n    def __init__(self):\n        self.biases = np.zeros(3)", ""),
])  # fmt: skip
def test_an_array_that_all_objects_of_a_class_share_is_named(code, name):
    form = shared_by_all(Attempt(1.0, text=lambda: ast.parse(f"class One:\n{code}")))
    assert (form.hint.startswith(f"`{name}` is set in the class")) if form else not name


@pytest.mark.parametrize(("code", "told"), [
    ("a, b = [x.copy()] * 2\n    a[0] = 1\n    return b", True),
    ("a = b = x.copy()\n    b[0] = 1\n    return a", True),
    ("a, b = [0] * 2\n    c = [a, b]\n    c[0] = 1\n    return c", False),
    ("a = b = x.copy()\n    return a + b", False),
    ("a, b = x.copy(), x.copy()\n    a[0] = 1\n    return b", False),
])  # fmt: skip
def test_two_names_of_one_new_array_are_named_where_it_is_changed_under_one(code, told):
    tried = Attempt(np.array([1.0, 2.0]), text=lambda: ast.parse(f"def one(x, n):\n    {code}"))
    form = form_by_text(check(np.array([0.4, 1.7])), tried)
    assert (named(form) == "one-array-two-names") == told
    assert not told or form.hint.startswith("`a` and `b` are names for one and the same array, which line 2 makes")


@pytest.mark.parametrize(("code", "told"), [("a = x,\n    return a", True), ("return (x, n)", False)])
def test_a_comma_that_makes_a_tuple_of_one_value_is_told_with_its_line(code, told):
    form = comma_too_much(check(1.5), Attempt((1.5,), text=lambda: ast.parse(f"def one(x, n):\n    {code}")))
    assert (named(form) == "comma-too-much") == told
    assert not told or form.hint.startswith("The comma at the end of line 2 makes a tuple of one value")


@pytest.mark.parametrize(("code", "told"), [
    ("a = [[0.0] * n] * n\n    a[0][1] = 1\n    return a", True),
    ("a = [x.tolist()] * n\n    a[0][1] += 1\n    return a", True),
    ("a = [[0.0] * n for _ in range(n)]\n    a[0][1] = 1\n    return a", False),
    ("a = [[0.0] * n] * n\n    a[0] = x\n    return a", False),
    ("a = [0.0] * n\n    a[0] = 1\n    return a", False),
])  # fmt: skip
def test_a_table_of_one_and_the_same_row_is_told_where_an_entry_of_a_row_is_set(code, told):
    tried = Attempt(np.array([1.0, 2.0]), text=lambda: ast.parse(f"def one(x, n):\n    {code}"))
    form = form_by_text(check(np.array([0.4, 1.7])), tried)
    assert (named(form) == "one-row-many-times") == told
    assert not told or form.hint.startswith("All rows of `a`, which line 2 makes, are one and the same list")


@pytest.mark.parametrize(("code", "told"), [
    ("a = x\n    for i in range(2):\n        a[i] = x[i - 1]\n    return a", True),
    ("a = x[:]\n    a[0] = 1\n    return a + x", True),
    ("z = n * x\n    a = z\n    a[z < 0] = 0\n    return z", True),
    ("z = [n, n]\n    a = z[:]\n    a[0] = 0\n    return z", False),  # of a list
    ("a = x.copy()\n    a[0] = 1\n    return a + x", False),
    ("a = x\n    a[0] = 1\n    return a", False),
    ("a = x\n    b = a + x\n    return b", False),
])  # fmt: skip
def test_a_second_name_is_told_where_an_entry_is_set_under_it_and_read_under_the_first(code, told):
    stored = {"want": json_values.encode(2.5), "given": json_values.encode((np.array([0.4, 1.7]), 3))}
    tried = Attempt(1.5, text=lambda: ast.parse(f"def one(x, n):\n    {code}"))
    assert (named(second_name(Check("1", EXERCISE, "one(x, n)", stored), tried)) == "second-name") == told


@pytest.mark.parametrize(("line", "told"), [
    ("self.rate *= 0.99", True),
    ("self.rate = self.rate / 2", True),
    ("rate = self.rate / 2", False),
    ("self.w = self.w - self.rate", False),
])  # fmt: skip
def test_a_number_that_is_changed_by_each_call_is_named(line, told):
    begin = "class One:\n    def __init__(self):\n        self.rate = 0.1\n        self.w = 0.0\n\n"
    code = f"{begin}    def one(self):\n        {line}"
    form = form_by_text(check({"w": 2.5}), Attempt({"w": 1.5}, text=lambda: ast.parse(code)))
    assert (named(form) == "changes-a-setting") == told
    assert not told or form.hint.startswith("Line 7 changes `self.rate`, and the next call goes on")


@pytest.mark.parametrize(("code", "told"), [
    ("np.array([~any(row) for row in x])", True),
    ("bool(~(any(x)))", True),
    ("~np.any(x)", False),
    ("~x.any()", False),
])  # fmt: skip
def test_a_tilde_before_pythons_own_true_and_false_is_named(code, told):
    tried = Attempt(np.array([True, True]), text=lambda: ast.parse(f"def one(x, n):\n    return {code}"))
    form = form_by_text(check(np.array([True, False])), tried)
    assert (named(form) == "not-of-whole-numbers") == told


CLASS = """class One:
    def __init__(self):
        self.biases = np.zeros(3)
        self.rate = 0.1

    def train(self):
        self.{} = self.biases - self.rate
"""


@pytest.mark.parametrize(("name", "told"), [
    ("bias", "`self.bias`, which nothing in the class reads; there is a `self.biases`"),
    ("b", "goes into `self.b`, which nothing reads"),
    ("biases = self.history", ""),
    ("biases", ""),
])  # fmt: skip
def test_an_attribute_that_is_a_slip_of_another_or_is_lost_is_told_so(name, told):
    form = misspelt_attribute(check(1.5), Attempt(1.0, text=lambda: ast.parse(CLASS.format(name))))
    assert (told in form.hint) if form else not told


def test_an_attribute_that_the_exercise_asks_for_is_not_lost():
    asked = Attempt(1.0, text=lambda: ast.parse(CLASS.format("bias")))
    assert misspelt_attribute(check({"biases": 1.5, "bias": 2.5}), asked) is None


@pytest.mark.parametrize(("code", "part"), [
    ("not x.any", "x.any"), ("x[0].sum + 1", "x[0].sum"),
    ("x.any()", ""), ("self.sum", ""), ("list(map(np.any, x))", ""), ("x.T", ""),
])  # fmt: skip
def test_a_method_without_its_parentheses_is_named(code, part):
    tried = Attempt(4.5, text=lambda: ast.parse(f"def one(x, n):\n    return {code}"))
    form = form_by_text(check(3.0), tried)
    assert (form.hint.startswith(f"`{part}` in line 2 is the method itself")) if form else not part


@pytest.mark.parametrize(("code", "told"), [("x ** 1 / 2", True), ("x ** (1 / 2)", False), ("x ** 2 / 2", False)])
def test_a_root_that_is_a_half_is_told_so(code, told):
    tried = Attempt(4.5, text=lambda: ast.parse(f"def one(x, n):\n    return {code}"))
    assert (named(form_by_text(check(3.0), tried)) == "power-before-division") == told


@pytest.mark.parametrize(("code", "name"), [("np.ravel(x)", "ravel"), ("x.reshape(-1)", "reshape"), ("x[0]", "")])
def test_an_axis_that_a_call_took_away_is_told_with_the_call(code, name):
    form = flattened(Attempt(1.0, text=lambda: ast.parse(f"def one(x):\n    return {code}")))
    assert (form.hint.startswith(f"`{name}` takes axes away")) if form else not name


@pytest.mark.parametrize(
    ("line", "told"), [("s = 2 * i", True), ("s = s + i", False), ("s[i] = 2 * i", False), ("t = 2 * i", False)]
)
def test_an_array_that_is_replaced_in_a_loop_is_told_so(line, told):
    code = f"def one(x):\n    s = np.zeros(3)\n    for i in range(3):\n        {line}\n    return s"
    form = overwritten(check(1.5), Attempt(1.0, text=lambda: ast.parse(code)))
    assert bool(form) == told
    assert form is None or "write its index: `s[i] = …`" in form.hint


def test_an_axis_that_a_sum_took_away_is_told_so():
    form = flattened(Attempt(1.0, text=lambda: ast.parse("def one(x):\n    return x.sum(axis=1)")))
    assert "`keepdims=True` keeps it" in form.hint
    kept = Attempt(1.0, text=lambda: ast.parse("def one(x):\n    return x.sum(axis=1, keepdims=True)[0]"))
    assert flattened(kept) is None


@pytest.mark.parametrize(("code", "told"), [
    ("np.random.default_rng(1).normal(size=3)", True),
    ("[random.gauss(0, 1) for _ in x]", True),
    ("np.random.random(3)", False),
    ("cache.setdefault(x, 1)", False),
    ("np.random.default_rng(1)\nfrom numpy import random", False),
])  # fmt: skip
def test_random_numbers_from_elsewhere_are_told_so(code, told):
    tried = Attempt(1.0, text=lambda: ast.parse(f"def one(x):\n    return {code}"))
    assert bool(another_generator(tried)) == told


@pytest.mark.parametrize(("name", "form"), [("rate", "self-forgotten"), ("steps", "")])
def test_an_attribute_without_self_is_told_so(name, form):
    code = "class Net:\n    def __init__(self):\n        self.rate = 1\n    def one(self):\n        return rate"
    trouble = Trouble("NameError", f"name '{name}' is not defined", missing_name=name)
    found = form_by_text(check(1.5), Attempt(trouble=trouble, text=lambda: ast.parse(code)))
    assert named(found) == form


@pytest.mark.parametrize(("code", "argument"), [
    ("def one(x, rate):\n    return x * 0.1", "rate"),
    ("def one(self, x):\n    return x", ""),
    ("def other(x, rate):\n    return x", ""),
    ("def one(x, rate):\n    return [rate * part for part in x]", ""),
])  # fmt: skip
def test_an_argument_that_is_never_read_is_named(code, argument):
    found = unused_argument(check(1.5), Attempt(2.5, text=lambda: ast.parse(code)))
    assert (f"never uses its argument `{argument}`" in found.hint) if argument else found is None


def test_of_an_argument_that_no_solution_needs_nothing_is_said():
    here = replace(check(1.5), exercise=replace(EXERCISE, unread=("rate",)))
    tried = Attempt(2.5, text=lambda: ast.parse("def one(x, rate):\n    return x * 0.1"))
    assert unused_argument(here, tried) is None


@pytest.mark.parametrize(("code", "argument"), [
    ("def one(net):\n    net = Net()\n    net.w = 1\n    return net", "net"),
    ("def one(net):\n    net = np.array(net)\n    return net", ""),
    ("def one(net):\n    w = net.w\n    net = w\n    return net", ""),
    ("def other(net):\n    net = Net()\n    return net", ""),
])  # fmt: skip
def test_an_argument_whose_name_goes_to_another_object_is_named(code, argument):
    found = argument_replaced(check(1.5), Attempt(2.5, text=lambda: ast.parse(code)))
    assert (f"`{argument} = …` gives the name" in found.hint) if argument else found is None


@pytest.mark.parametrize(("code", "told"), [
    ("a = np.maximum(x, 0, x)\n    return a + x", True),
    ("a = np.maximum(x, 0, out=x)\n    return a + x", True),
    ("a = np.maximum(x, 0)\n    return a + x", False),
    ("a = np.maximum(x, 0, x)\n    return a", False),
    ("a = np.where(x > 0, x, x)\n    return a + x", False),
    ("a = np.concatenate([x, x], 0, x)\n    return a + x", False),
])  # fmt: skip
def test_a_result_that_is_put_into_what_is_read_again_is_told(code, told):
    tried = Attempt(1.5, text=lambda: ast.parse(f"def one(x, n):\n    {code}"))
    assert (named(stored_in_itself(check(2.5), tried)) == "stored-in-itself") == told
