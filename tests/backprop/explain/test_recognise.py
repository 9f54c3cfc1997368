"""Statements about `recognise`: which generated names an answer may be given, and which not."""

from __future__ import annotations

import ast

import pytest

from backprop.answers import json_values
from backprop.answers.attempt import Attempt, Trouble
from backprop.answers.fingerprint import wrong_parts
from backprop.answers.generated import Generated
from backprop.answers.tables import Check, Exercise
from backprop.explain.recognise import SAME, named, recognise, recognise_exception

EXERCISE = Exercise("1", "One", "one", 1, "holds", "hint", "ask")
TEXTS = ["`a`", "`b` for `c`", "", "2", "`d`"]
KINDS = {kind: ["In {at}, " + kind + " {what}.", "?"] for kind in
         ("another-name", "absolute-difference", "rounded", "one-too-far", "wrong-neighbour")}  # fmt: skip
NAMES = [["another-name", 0, 1], ["absolute-difference", 0, 2], ["rounded", 0, 3], ["rounded", 4, 3],
         ["one-too-far", 0, 2], ["wrong-neighbour", 0, 2], ["absolute-difference", 0, 3, 4]]  # fmt: skip


def check(rows=(), raises=()) -> Check:
    stored = Generated(list(rows), NAMES, TEXTS, KINDS, {}, [], [list(one) for one in raises])
    return Check("1", EXERCISE, "one(x)", {"want": json_values.encode(2.5)}, generated=stored)


def told(code: str, *numbers: int) -> str:
    parts = [["", 0, *print_[1:]] for print_ in wrong_parts(7.25, 2.5).values()]
    found = recognise(check([[number, [[0, *part[1:]] for part in parts]] for number in numbers]),
                      Attempt(7.25, text=lambda: ast.parse(code)))  # fmt: skip
    return found.id if found else ""


def raised(kind: str, line: str, *numbers: int) -> str:
    trouble = Trouble(kind, "…", "one", line, 3)
    found = recognise_exception(check(raises=[(kind, "…", list(numbers))]), Attempt(trouble=trouble))
    return found.id if found else ""


def test_what_values_alone_show_is_said_to_be_no_more_than_that():
    parts = [["", 0, *print_[1:]] for print_ in wrong_parts(7.25, 2.5).values()]

    def hint(number: int, code: str) -> str:
        some = check([[number, [[0, *part[1:]] for part in parts]]])
        return recognise(some, Attempt(7.25, text=lambda: ast.parse(code))).hint

    assert hint(1, "a = abs(x - y)").startswith(SAME)
    assert not hint(2, "a = round(x, 2)").startswith(SAME), "the text shows it too"


def test_of_several_functions_those_that_return_what_is_right_are_not_told():
    texts = ["what `one` returns and what `two` returns and what `three` returns", ""]
    kinds = {"averaged": ["In {at}, the mean of everything is taken.", "Which line computes {at}?"]}
    want, got = {"one": 1.5, "two": 2.5, "three": 3.5}, {"one": 1.5, "two": 7.5, "three": 9.5}
    rows = [[0, [[name, 0, *print_[1:]] for name, print_ in wrong_parts(got, want).items()]]]
    stored = Generated(rows, [["averaged", 0, 1]], texts, kinds, {}, [], [])
    some = Check("1", EXERCISE, "all_of(x)", {"want": json_values.encode(want)}, generated=stored)
    found = named(some, next(iter(stored.said)), Attempt(got))
    assert found.hint == "In what `two` returns and what `three` returns, the mean of everything is taken."
    assert found.ask == "Which line computes what `two` returns and what `three` returns?"
    called = Check("1", EXERCISE, "two(x)", {"want": json_values.encode(2.5)}, generated=stored)
    assert named(called, next(iter(stored.said)), Attempt(7.5)).hint.startswith("In what `two` returns, the mean")


def test_of_two_mistakes_that_fit_the_values_the_text_decides():
    assert told("a = abs(x - y)", 0, 1) == "absolute-difference.a"
    assert told("a = b - x", 0, 1) == "another-name.a.b-for-c"
    assert told("a = x - y", 0, 1) == ""


def test_the_same_at_two_places_is_one_mistake():
    assert told("a = round(x, 2)", 2, 3) == "rounded.a.2"


@pytest.mark.parametrize(("code", "places"), [
    ("a = d = abs(x)", "`a` or `d`"), ("d = abs(x)", "`d`"), ("z = abs(x)", "one place")
])  # fmt: skip
def test_where_a_mistake_would_give_the_same_is_said_with_all_places_that_are_there(code, places):
    parts = [["", 0, *print_[1:]] for print_ in wrong_parts(7.25, 2.5).values()]
    some = check([[6, [[0, *part[1:]] for part in parts]]])
    found = recognise(some, Attempt(7.25, text=lambda: ast.parse(code)))
    assert found.hint.startswith(f"{SAME}In {places}, absolute-difference")


@pytest.mark.parametrize(
    ("line", "name"), [("a = f(b)", "another-name.a.b-for-c"), ("a = f(b, c)", ""), ("a = f(x)", "")]
)
def test_a_line_that_raised_holds_the_wrong_name_and_not_the_right_one(line, name):
    assert raised("ValueError", line, 0) == name


def test_a_missing_key_says_more_than_any_slip_of_the_solution():
    assert raised("KeyError", "a = f(b)", 0) == ""


@pytest.mark.parametrize(("line", "numbers", "name"), [
    ("a[i] = f[i - 1]", (5,), ""),
    ("a[i] = f[i + 1]", (5,), "wrong-neighbour.a"),
    ("a[i] = f[i - 1]", (4, 5), "one-too-far.a"),
])  # fmt: skip
def test_an_index_leaves_an_array_by_the_loop_or_where_one_is_added(line, numbers, name):
    assert raised("IndexError", line, *numbers) == name
