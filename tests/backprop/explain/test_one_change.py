"""A change that would repair an answer is said by its place and kind, and not where it only hides another mistake."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from backprop.answers import small_changes
from backprop.answers.small_changes.candidates import OneChange, candidates, moved
from backprop.answers.steps import RETURNED, TAKEN, Step, print_of
from backprop.explain.named_exceptions import NAMED
from backprop.explain.off import Off
from backprop.explain.one_change import ENOUGH, OR_ELSEWHERE, VAGUE, WORDS, begins, believable, is_sure, named
from backprop.explain.recognise import ONE_OF, SAYS_MORE
from backprop.explain.way import Way, code_of
from examiner.freezing.edits.words import KINDS

ALL_SORTS = """def f(x, y, b):
    a = b
    z = -x + (x - y) * np.tanh(y)
    z = x + y
    a = [x, y]
    z, a = g(x)
    a = x[y] + x[0] + x * x
    z[y] = W.T @ x
    if x > y:
        z += x
    for i in range(y):
        z = np.sum(x, axis=0, keepdims=False)
        a = 2 * i
    z = z + a
    b = x
    h.append(z if z else x)
    for i in x:
        break
    return z
"""
RIGHT, OTHER = np.array([0.3, -1.2]), np.array([2.1, 0.7])
WAY = Way([print_of(RIGHT)], {code_of("dZ1"): [0]})


def test_the_place_and_the_kind_are_said_and_not_what_belongs_there():
    told = named(OneChange("value", "W1", 8))
    assert told.id == "one-change-value"
    assert told.hint == f"{ENOUGH}, in line 8: another value than `W1`.{OR_ELSEWHERE}"


def test_where_a_right_line_may_make_up_for_another_the_lines_that_use_it_are_told_too():
    hints = {kind: named(OneChange(kind, "…", 5)).hint for kind in WORDS}
    for kind in ("comparison", "number", "sign", "unpacked", "value", "condition", "replaces"):
        assert hints[kind].endswith(OR_ELSEWHERE)
    for kind in ("axis", "too much", "operation", "parentheses"):
        assert not hints[kind].endswith(OR_ELSEWHERE)


def test_a_change_in_several_lines_is_said_with_all_of_them():
    told = named(OneChange("too much", "* eta", 6, (7, 9)))
    assert told.hint == f"{ENOUGH}, the same in lines 6, 7 and 9: `* eta` does not belong there."


def test_a_part_that_the_line_has_twice_is_said_with_what_is_around_it():
    told = named(OneChange("too much", "- 1", 6, (), "z[i - 1]"))
    assert told.hint == f"{ENOUGH}, in line 6: `- 1` in `z[i - 1]` does not belong there."


def test_every_kind_of_change_has_words():
    (folder,) = small_changes.__path__
    text = "".join(path.read_text(encoding="utf-8") for path in Path(folder).glob("*.py"))
    assert all(f'"{kind}"' in text for kind in WORDS)
    kinds = {
        change.kind for line in range(1, 20) for make in (candidates, moved) for change, _ in make(ALL_SORTS, line)
    }
    assert kinds == WORDS.keys(), "and of each there is a sample"


def test_the_names_that_a_change_is_held_against_are_there():
    written = {name for _, _, name, _, _ in NAMED} | {"axis-lost", "one-number", "several-into-one", ""}
    assert set(VAGUE) <= written
    assert all(any(kind.startswith(one) for kind in KINDS) for one in SAYS_MORE)


def test_of_an_unknown_kind_nothing_is_said():
    assert named(OneChange("<script>", "x", 1)) is None


@pytest.mark.parametrize(
    ("kind", "name", "value", "believed"),
    [
        ("operation", "dZ1", RIGHT, True),
        ("operation", "dZ1", OTHER, False),
        ("operation", "mine", OTHER, False),
        ("too much", "dZ1", OTHER, False),
        ("too much", "mine", OTHER, True),
        ("line too much", "dZ1", OTHER, True),
    ],
)
def test_a_line_that_stays_off_the_way_only_cancels_another_mistake(kind, name, value, believed):
    steps = [Step(4, "dZ2", (), print_of(OTHER)), Step(5, name, (), print_of(value))]
    assert believable(WAY, [], steps, OneChange(kind, "…", 5)) == believed


@pytest.mark.parametrize(("value", "believed"), [(RIGHT, True), (OTHER, False)])
def test_of_entries_that_the_solution_sets_as_a_whole_what_comes_of_them_is_looked_at(value, believed):
    steps = [Step(5, "dZ1[0]", (), print_of(0.3)), Step(6, "dZ1", ("dZ1",), print_of(value))]
    assert believable(WAY, [], steps, OneChange("number", "…", 5)) == believed


def test_a_change_that_leaves_a_line_nothing_to_do_is_none():
    steps = [Step(4, "dZ1", (), print_of(RIGHT)), Step(5, "dZ1", (), print_of(RIGHT))]
    assert not believable(WAY, [], steps, OneChange("too much", "…", 5))
    assert believable(WAY, [], steps, OneChange("line too much", "…", 5))
    assert believable(WAY, [], steps, OneChange("too much", "…", 4))


@pytest.mark.parametrize(("rounds", "believed"), [(1, False), (2, True)])
def test_a_change_after_which_a_loop_runs_only_once_is_none(rounds, believed):
    header, right = [Step(4, "", (), None)], Step(5, "mine", (), print_of(RIGHT))
    before = [*header, *[right] * 3]
    assert believable(WAY, before, [*header, *[right] * rounds], OneChange("bound", "…", 4)) == believed


@pytest.mark.parametrize(
    ("kind", "lines", "begun"),
    [
        ("too much", [("dZ1", RIGHT), ("dW1", OTHER)], True),
        ("too much", [("dZ1", OTHER), ("dW1", OTHER)], False),
        ("too much", [("mine", RIGHT), ("dW1", OTHER)], False),
        ("line too much", [("dZ1", RIGHT), ("dW1", OTHER)], False),
        ("all but one too much", [("dZ1", RIGHT), ("dW1", OTHER)], False),
    ],
    ids=[
        "then a later line is off",
        "still off",
        "of a name that the solution has not",
        "no line is left",
        "what is left was there before",
    ],
)
def test_the_first_of_two_mistakes_is_one_whose_line_becomes_right(kind, lines, begun):
    steps = [Step(5 + n, name, ("x",), print_of(value)) for n, (name, value) in enumerate(lines)]
    steps.append(Step(9, RETURNED, ("dW1",), None))
    emptied = [*steps, Step(5, "dZ1", ("x",), None)]
    assert not begins(WAY, Off(5, "dZ1", 4, "dZ2"), emptied, OneChange(kind, "…", 5)), "nothing is left of it"
    taken = [replace(step, reads=("d['dZ1']", TAKEN)) for step in steps]
    assert not begins(WAY, Off(5, "dZ1", 4, "dZ2"), taken, OneChange(kind, "…", 5)), "it is wrong where it was made"
    assert begins(WAY, Off(5, "dZ1", 4, "dZ2"), steps, OneChange(kind, "…", 5)) == begun
    told = named(OneChange("too much", "* Z1", 5), enough=False)
    assert told.hint == "Begin with line 5: `* Z1` does not belong there."


@pytest.mark.parametrize(
    ("name", "sure"),
    [
        ("slope-forgotten", True),
        ("another-slope.dZ1.tanh", True),
        ("value-places-of-true.predictions", True),
        ("", False),
        ("value-halved.error", False),
        ("extra-factor.cost.m", False),
        ("half-the-mean + sum-for-mean", False),
    ],
)
def test_what_only_the_numbers_tell_is_less_sure_than_a_change(name, sure):
    assert is_sure(name) == sure
    assert not is_sure(name, f"{ONE_OF}two things. Either: … Or: …")
