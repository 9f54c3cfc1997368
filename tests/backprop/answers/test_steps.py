"""Following a function tells what its lines bind, and changes nothing."""

from __future__ import annotations

import sys

import numpy as np
import pytest

from backprop.answers.source_lines import remember
from backprop.answers.steps import (
    CALL,
    HIDDEN,
    RETURNED,
    TAKEN,
    as_data,
    followed,
    from_data,
    function_named,
    kept_under,
    lines_of,
    print_of,
)


def defined(source: str, name: str = "f"):
    filename = f"<cell of {abs(hash(source))}>"
    remember(filename, source)
    scope = {"np": np}
    exec(compile(source, filename, "exec"), scope)
    return scope[name]


def steps_of(source: str, *arguments, name: str = "f"):
    function = defined(source, name)
    with followed(function) as steps:
        function(*arguments)
    return [(step.line, step.name) for step in steps]


def test_each_line_that_binds_a_name_is_a_step():
    assert steps_of("def f(x):\n    a = x + 1\n\n    return 2 * a", 1.5) == [(2, "a"), (4, RETURNED)]


def test_loops_entries_attributes_and_lists_are_followed():
    source = "def f(x):\n    z = []\n    for i in range(2):\n        z.append(x[i])\n        x[i] += 1\n    return z"
    found = steps_of(source, np.ones(3))
    assert found == [(2, "z"), (3, ""), (4, "z"), (5, "x[i]"), (4, "z"), (5, "x[i]"), (6, RETURNED)]


def test_helpers_in_the_same_cell_are_followed_and_others_are_not():
    other = defined("def other(x):\n    y = x\n    return y", "other")
    source = "def helper(x):\n    h = 2 * x\n    return h\n\n\ndef f(x, other):\n    return helper(x) + other(x)"
    assert steps_of(source, 1.5, other) == [(2, "h"), (3, RETURNED), (7, RETURNED)]


def test_a_comprehension_and_a_lambda_are_no_steps():
    source = "def f(x):\n    a = [y for y in x]\n    g = lambda t: t\n    return g(a)"
    assert steps_of(source, [1.0, 2.0]) == [(2, "a"), (3, "g"), (4, RETURNED)]


def test_an_endless_loop_of_steps_is_cut():
    assert len(steps_of("def f():\n    for i in range(10_000):\n        a = i\n    return a")) == 400


def test_an_exception_passes_and_following_ends():
    function = defined("def f():\n    a = 1.5\n    return a / 0")
    with pytest.raises(ZeroDivisionError), followed(function) as steps:
        function()
    assert [step.name for step in steps] == ["a"]
    assert sys.gettrace() is None


def test_a_debugger_is_left_alone():
    def tracer(*_): ...

    sys.settrace(tracer)
    try:
        with followed(defined("def f():\n    a = 1.5")) as steps:
            assert sys.gettrace() is tracer
    finally:
        sys.settrace(None)
    assert steps == []


def test_a_value_is_known_again_in_another_layout():
    array = np.random.RandomState(1).randn(3, 4)
    size, total, squares, by_rows, by_columns = print_of(array)
    assert print_of(array.T) == pytest.approx([size, total, squares, by_columns, by_rows])
    assert print_of(array.ravel().tolist()) == pytest.approx([size, total, squares, by_rows, by_rows])
    assert print_of(array[::-1])[3:] != pytest.approx([by_rows, by_columns])
    assert print_of("text") is print_of(None) is print_of(np.array([np.nan])) is None


def test_what_may_have_changed_without_being_followed_is_marked():
    class Net:
        def train(self): ...

    source = "def f(net, pairs):\n    print(pairs)\n    for _ in pairs:\n        net.train()\n    return 1.5"
    function = defined(source)
    with followed(function) as steps:
        function(Net(), [1, 2])
    assert [(step.line, step.name) for step in steps if HIDDEN in step.reads] == [(4, "net")]


def test_a_dictionary_of_arrays_that_a_function_gives_is_followed_by_its_keys():
    source = "def f(other, net):\n    g = other(1)\n    h = other(net)\n    return 1.5"
    function = defined(source)
    with followed(function) as steps:
        function(lambda x: {"dW": np.ones(3), "net": x} if x != 1 else {"dW": np.ones(3), "db": np.ones(2)}, print)
    assert [(step.name, HIDDEN in step.reads, step.print and step.print[0]) for step in steps[:3]] == [
        ("g", False, None), ("g['dW']", False, 3), ("g['db']", False, 2)]  # fmt: skip
    assert [(step.name, HIDDEN in step.reads) for step in steps[3:4]] == [("h", True)]


def test_what_is_kept_and_read_under_a_key_has_the_key_in_its_name():
    source = 'def f(n):\n    d = {}\n    d["W" + n] = [1.5]\n    d[0] = [2.5]\n    w = 2 * d["W2"]\n    return d'
    function = defined(source)
    with followed(function) as steps:
        function("2")
    assert [(step.name, step.reads) for step in steps] == [
        ("d", ()), ("d['W2']", ()), ("d[0]", ()), ("w", ("d['W2']",)), (RETURNED, ("d",))]  # fmt: skip
    assert [kept_under(name) for name in ("d['W2']", "d[0]", "self.z[i]")] == ["d['W2']", "d", "z"]


def test_the_function_of_an_exercise_is_found_by_its_name():
    class Net:
        def train(self): ...

    names = {"Net": Net, "predict": len}
    assert function_named(names, "Net.train") is Net.train
    assert function_named(names, "predict, errors") is len
    assert function_named(names, "missing") is None


def test_steps_cross_as_plain_data():
    function = defined("def f(x):\n    a = x + 1\n    return a")
    with followed(function) as steps:
        function(1.5)
    assert from_data(as_data(steps)) == steps


@pytest.mark.parametrize(
    "data",
    [
        None,
        7,
        [1],
        [(1, 2)],
        [("1", "a", [], None)],
        [(1, "a", [2], None)],
        [(1, "a", [], [1, 2])],
        [(1, b"a", [], None)],
    ],
)
def test_what_is_no_step_is_left_out(data):
    assert from_data(data) == []


def reads(line: str) -> dict[str, set[str]]:
    return {name: set(some) for name, _, some in lines_of(line)[1].targets}


def test_each_of_several_names_has_its_own_value():
    assert reads("a, b = p + 1, q") == {"a": {"p"}, "b": {"q", TAKEN}}
    assert reads("a, b = f(p)") == {"a": {"f", "p", CALL}, "b": {"f", "p", CALL}}


@pytest.mark.parametrize("value", ["p", "self.W", 'd["W1"]', "p.copy()", "np.array(p)", "p, q", "p.T"])
def test_what_is_only_taken_from_elsewhere_is_marked(value):
    assert TAKEN in reads(f"a = {value}")["a"]


@pytest.mark.parametrize("value", ["-p", "p[0]", "p[:, :1]", "f(p)", "np.abs(p)"])
def test_what_is_computed_is_not(value):
    assert TAKEN not in reads(f"a = {value}")["a"]


def test_a_line_that_is_nested_too_deeply_is_not_followed():
    assert lines_of("def f(x):\n    x" + "[0]" * 3000 + " = 1\n    return x") == {}


def test_what_lies_in_memory_where_an_empty_array_is_made_is_not_looked_at():
    with followed(
        function := defined("def f(x):\n    z = np.empty(2)\n    a = np.zeros_like(x)\n    return z")
    ) as steps:
        function(np.ones(2))
    assert [(step.name, step.print is None) for step in steps[:2]] == [("z", True), ("a", False)]


LOOP = """def f(x):
    z = np.zeros(3)
    for i in range(3):
        for k in range(2):
            z[i] += x[k] + 1
    a = 2 * z
    return a"""


def test_an_array_that_a_loop_has_filled_is_a_step_when_it_is_read_as_a_whole():
    function = defined(LOOP)
    with followed(function) as steps:
        function(np.ones(2))
    whole = [step for step in steps if step.name == "z"]
    assert [(step.line, step.print and step.print[:2]) for step in whole] == [(2, [3, 0]), (5, [3, 12])]
    assert steps.index(whole[1]) < [step.name for step in steps].index("a")


def test_an_array_with_which_a_later_line_goes_on_is_not_yet_whole():
    source = LOOP.replace("a = 2 * z", "z = z + 1\n    a = 2 * z")
    assert [step for step in steps_of(source, np.ones(2)) if step[1] == "z"] == [(2, "z"), (6, "z")]


def test_an_array_whose_entries_are_set_without_a_loop_is_not_noted_again():
    source = "def f(x):\n    z = np.zeros(2)\n    z[0] = x\n    z[1] = 2 * z[0]\n    return z"
    assert [step for step in steps_of(source, 1.5) if step[1] == "z"] == [(2, "z")]
