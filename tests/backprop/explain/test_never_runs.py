"""A loop that never runs is named, by the lines that ran."""

from __future__ import annotations

import ast
import linecache
from dataclasses import replace

import pytest

from backprop.answers.attempt import Attempt
from backprop.answers.steps import MOST, RETURNED, Step, followed
from backprop.answers.tables import Check, Exercise
from backprop.explain.never_runs import never_runs

CHECK = Check("1", Exercise("1", "One", "one", 1, "holds", "hint", "ask"), "one(x)", {"want": 2.5})


def told(code: str, monkeypatch) -> str:
    """Run `one(3)`, followed, and return what is said of its loops."""
    source = f"def one(n):\n{code}\n"
    monkeypatch.setattr("backprop.answers.steps.is_students", lambda name: name == "<never-runs>")
    monkeypatch.setitem(linecache.cache, "<never-runs>", (len(source), None, source.splitlines(keepends=True), ""))
    names: dict = {}
    exec(compile(source, "<never-runs>", "exec"), names)
    with followed(names["one"]) as steps:
        names["one"](3)
    form = never_runs(CHECK, Attempt(1.0, follow=lambda: steps, text=lambda: ast.parse(source)))
    return form.hint if form else ""


@pytest.mark.parametrize(("code", "says"), [
    ("    a = 0\n    for i in range(n, 0):\n        a = a + i\n    return a", "The loop in line 3 never runs: its"),
    ("    a = 0\n    for i in []:\n        a = a + i\n    return a", "The loop in line 3 never runs: there is"),
    ("    a = 0\n    while n < 0:\n        a += 1\n    return a", "The loop in line 3 never runs: what stands"),
    ("    a = 0\n    for i in [1, 2]:\n        for j in []:\n            a += j\n    return a", "The loop in line 4"),
    ("    a = 0\n    for i in range(n):\n        a = a + i\n    return a", ""),
    ("    a = 0\n    for i in range(n):\n        for j in range(i):\n            a += j\n    return a", ""),
    ("    a = 0\n    if n < 0:\n        for i in range(n, 0):\n            a = a + i\n    return a", ""),
    ("    a = []\n    for i in range(n, 0):\n        a.append(i)\n    return a", "The loop in line 3 never runs"),
])  # fmt: skip
def test_a_loop_that_was_reached_and_has_no_round_is_named(code, says, monkeypatch):
    found = told(code, monkeypatch)
    assert found.startswith(says) if says else not found


def test_of_an_answer_that_goes_on_after_the_last_step_that_is_kept_nothing_is_said():
    steps = [Step(2, "a", (), None)] * (MOST - 1) + [Step(3, "", (), None)]
    source = "def one(n):\n    a = 0\n    for i in range(n):\n        b = i\n    return b"
    assert never_runs(CHECK, Attempt(1.0, follow=lambda: steps, text=lambda: ast.parse(source))) is None
    assert (
        never_runs(replace(CHECK, hidden=True), Attempt(1.0, follow=lambda: steps[-2:], text=lambda: ast.parse(source)))
        is None
    )
    fewer = [*steps[-2:], Step(5, RETURNED, (), None)]
    assert never_runs(CHECK, Attempt(1.0, follow=lambda: fewer, text=lambda: ast.parse(source))).id == "loop-never-runs"


def test_of_a_loop_whose_lines_another_cell_has_too_nothing_is_said():
    one = ast.parse("def one(n):\n    a = 0\n    for i in range(n, 0):\n        a = i\n    return a")
    steps = [Step(3, "", (), None), Step(5, RETURNED, (), None)]
    assert never_runs(CHECK, Attempt(1.0, follow=lambda: steps, text=lambda: one))
    other = ast.parse("def other(n):\n    b = 1\n    c = 2\n    return b")
    both = ast.Module([*one.body, *other.body], [])
    assert never_runs(CHECK, Attempt(1.0, follow=lambda: steps, text=lambda: both)) is None
