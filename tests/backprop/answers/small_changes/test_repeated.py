"""A slip that was copied from line to line is undone in all of them at once."""

from __future__ import annotations

import ast

from backprop.answers.small_changes.candidates import OneChange
from backprop.answers.small_changes.repeated import MOST_LINES, repeated

STEP = """def f(w, b, rate, slope):
    w = w - 2 * rate * slope
    b = b - 2 * rate * slope
    c = rate + slope
    return w, b
"""


def test_a_part_that_later_lines_have_too_is_changed_in_all_of_them():
    made = dict(reversed(repeated(STEP, 2)))  # of several with one part the first
    new = made[OneChange("number", "2", 2, (3,))]
    assert new.splitlines()[1:4] == ["    w = w - (0) * rate * slope", "    b = b - (0) * rate * slope",
                                     "    c = rate + slope"]  # fmt: skip


def test_the_last_line_of_several_has_none():
    assert not [change for change, _ in repeated(STEP, 3) if change.part == "2"]
    assert repeated(STEP, 5) == ()


def test_each_is_python_and_has_the_same_lines():
    for change, new in repeated(STEP, 2):
        ast.parse(new)
        assert len(new.splitlines()) == len(STEP.splitlines()), change


def test_other_names_are_not_taken_to_be_meant_alike():
    assert not [change for change, _ in repeated(STEP, 2) if change.kind == "value"]


def test_a_long_function_is_not_looked_through_without_end():
    lines = "\n".join(f"    a{n} = 2 * x" for n in range(500))
    made = [change for change, _ in repeated(f"def f(x):\n{lines}\n    return x\n", 2)]
    assert max(len(change.also) for change in made) == MOST_LINES


def test_what_is_no_python_has_none():
    assert repeated("def f(:", 1) == ()
