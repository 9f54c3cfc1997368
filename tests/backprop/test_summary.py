"""Statements about `check.summary`: what is left to do, by name, and praise where nothing is."""

from __future__ import annotations

from backprop import check
from backprop.answers.tables import Exercise
from backprop.summary import text


def exercise(key: str, title: str, extra: float = 0) -> Exercise:
    return Exercise(key=key, title=title, function="", holds="h", hint="h", ask="a", points=4, extra=extra)


EXERCISES = {one.key: one for one in (exercise("1", "One"), exercise("2", "Two"), exercise("2b", "More", 5))}


def test_what_is_wrong_and_what_was_never_checked_is_listed_apart():
    assert text(EXERCISES, {"1"}, {"2"}) == "Not right yet:\n  Exercise 2 · Two"
    assert text(EXERCISES, {"2"}, set()) == "Not checked since the kernel started:\n  Exercise 1 · One"


def test_where_all_is_right_it_says_so_and_extra_credit_is_not_missed():
    assert text(EXERCISES, {"1", "2"}, set()).startswith("Every check passes.")


def test_it_is_a_part_of_check():
    assert check.summary.__doc__.startswith("Print how far the notebook is")
