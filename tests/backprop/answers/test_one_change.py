"""A change to a student's function is tried for one call, and leaves the function as it was."""

from __future__ import annotations

import pytest

from backprop.answers.one_change import as_data, from_data, one_change, put_back
from backprop.answers.small_changes.candidates import OneChange
from backprop.answers.source_lines import remember


def defined(source: str) -> dict:
    filename = f"<cell of {abs(hash(source))}>"
    remember(filename, source)
    scope: dict = {}
    exec(compile(source, filename, "exec"), scope)
    return scope


def results(function, line: int, call) -> dict[OneChange, object]:
    """Return what a call gives with each change to a line."""
    found = {}
    for number in range(100):
        with one_change(function, line, number) as told:
            if not told:
                break
            try:
                found.setdefault(told[0], call())
            except Exception as error:
                found.setdefault(told[0], error)
    return found


TWICE = "def f(x, y=2):\n    return x * y\n"


def test_a_call_runs_with_the_change_and_the_next_without():
    f = defined(TWICE)["f"]
    code = f.__code__
    assert results(f, 2, lambda: f(5))[OneChange("all but one too much", "* y", 2)] == 5
    assert f(5) == 10
    assert f.__code__ is code


def test_an_error_meanwhile_leaves_no_change_behind():
    f = defined(TWICE)["f"]
    with pytest.raises(KeyboardInterrupt), one_change(f, 2, 0):
        raise KeyboardInterrupt
    assert f(5) == 10


def test_what_could_not_be_put_back_in_time_is_put_back_later():
    f = defined(TWICE)["f"]
    change = one_change(f, 2, 0)
    change.__enter__()
    assert f(5) == 5
    put_back()
    assert f(5) == 10


def test_methods_and_helpers_of_the_same_cell_are_changed_too():
    scope = defined(
        "def helper(x):\n    return x + 1\n\nclass Net:\n    def go(self, x):\n        return helper(x) * 3\n"
        "def f(x):\n    return helper(x)\n"
    )
    net, f = scope["Net"](), scope["f"]
    assert results(net.go, 6, lambda: net.go(1))[OneChange("too much", "* 3", 6)] == 2
    assert results(f, 2, lambda: f(1))[OneChange("all but one too much", "+ 1", 2)] == 1
    assert (net.go(1), f(1)) == (6, 2)


@pytest.mark.parametrize("of", [None, len, 3, defined(TWICE)])
def test_what_is_no_function_of_a_cell_is_left_alone(of):
    with one_change(of, 2, 0) as told:
        assert told == []


def test_a_function_that_came_from_elsewhere_under_another_source_is_left_alone():
    f = defined("def f(x):\n    def inner(y):\n        return x * y\n    return inner(2)\n")["f"]
    assert results(f, 3, lambda: f(4))[OneChange("all but one too much", "* y", 3)] == 4
    assert f(4) == 8


def test_a_change_crosses_between_processes_as_plain_data():
    told = [OneChange("too much", "* y", 2, (3, 5), "x * y")]
    assert from_data(as_data(told)) == told


@pytest.mark.parametrize(
    "data",
    [
        None,
        3,
        "text",
        [3],
        [("a", "b")],
        [("a", 2, "b", (), "")],
        [(b"a", "b", 2, (), "")],
        [("a", "b", True, (), "")],
        [("a", "b", 2, [3], "")],
        [("a", "b", 2, ("c",), "")],
        [("a", "b", 2, tuple(range(1000)), "")],
        [("a", "b", 2, (), 3)],
        [("a", "b", 2, ())],
    ],
)
def test_what_is_no_change_is_not_taken_for_one(data):
    assert from_data(data) == []


def test_text_from_another_process_is_short_and_printable():
    [change] = from_data([("k" * 500, "\x1b[31mred\n" + "p" * 500, 7, (), "\x1b" + "a" * 500)])
    assert len(change.kind) <= 60
    assert len(change.part) <= 60
    assert change.part.isprintable()
    assert len(change.around) <= 60
    assert change.around.isprintable()
