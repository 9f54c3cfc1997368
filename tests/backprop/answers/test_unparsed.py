"""Statements about `unparsed`: a cell that is no Python is told so, with its line."""

from __future__ import annotations

import ast
import time

import pytest

from backprop.answers.unparsed import MOST_OF_A_CELL, MOST_OF_ALL, cells_of, looked_through, near, parsed, sentence
from examiner.submission.cell_source import parses

BROKEN = "def cost(a, y):\n    return (a - y ** 2\n"


def test_the_line_of_the_error_is_said():
    said = sentence(["import numpy as np", BROKEN], "cost")
    assert said.startswith("the cell with `cost` is not valid Python: ")
    assert "in line 2: `return (a - y ** 2`." in said


@pytest.mark.parametrize("source", ["answer_1 = 1,,2", "class cost\n    pass", "if True\n    cost = 3"])
def test_it_may_be_a_variable_or_a_class(source):
    assert "is not valid Python" in sentence([source], "answer_1" if "answer" in source else "cost")


@pytest.mark.parametrize(
    "sources", [[], ["x = ("], [BROKEN, "def cost(a, y):\n    return 0"], ["%time x\ncost = 3"], ["cost == (3"]]
)
def test_nothing_is_said_of_other_cells_or_of_one_that_was_put_right(sources):
    assert sentence(sources, "cost") == ""


@pytest.mark.parametrize("source", ["a = 1" + "\n" * 190_000 + "b = 2", f"cost = {'-' * 100_000}1"])
def test_a_cell_that_is_hard_to_read_is_passed_over(source):
    assert sentence([source], "cost") == ""


@pytest.mark.parametrize(
    ("source", "is_python"),
    [
        ("x = (7\n% 2)", True),  # a line of a formula
        ('x = """\n!\n"""', True),
        ("for _ in range(2):\n    %timeit x", True),
        ("%%time\nx = 1", True),
        ("", True),
        ("%timeit(\n  3)", False),
        ("!ls\nx = (", False),
    ],
)
def test_a_cell_is_python_for_the_notebook_where_it_is_for_grading(source, is_python):
    assert parses(source) == is_python
    assert bool(parsed(source)[1].body) == (is_python and bool(source))


@pytest.mark.parametrize("source", ["get_ipython().run_cell_magic(" + "+".join(["1"] * 5000) + ",2,3)", "-" * 9999])
def test_what_is_nested_too_deeply_is_read_as_nothing(source):
    assert parsed(source)[1].body == [] or parsed(source)[0] == source


@pytest.mark.timeout(20)
def test_an_answer_of_ten_thousand_names_is_read_in_no_time():
    lines = "".join(f"    a{number} = b{number}\n" for number in range(9_500))
    assert not cells_of([f"def cost(a, y):\n    return a\n{lines}"], ["cost"], []).body


def test_helpers_that_are_too_long_to_be_read_leave_the_answer_to_be_read_alone():
    helper = "def helper(x):\n    return x\n" + "y = 1\n" * 20_000
    found = cells_of([helper, "def cost(a, y):\n    return helper(a)"], ["cost"], [])
    assert ast.unparse(found) == "def cost(a, y):\n    return helper(a)"


def test_of_very_much_text_only_the_last_cells_are_looked_through():
    cell = "x" * (MOST_OF_A_CELL - 1)
    assert looked_through(["a = 1", cell, "y" * (MOST_OF_A_CELL + 1), None, "b = 2"]) == ["a = 1", cell, "b = 2"]
    assert len(looked_through([cell] * 20)) == MOST_OF_ALL // len(cell)


def test_the_cells_of_an_answer_are_its_last_one_and_those_of_its_own_helpers():
    cells = ["def f(x):\n    return 1", "def half(x):\n    return x / 2", "def g(x):\n    return 3",
             "def f(x):\n    return half(x) + g(x)"]  # fmt: skip
    assert ast.unparse(cells_of(cells, ["f"], ["g"])) == (
        "def f(x):\n    return half(x) + g(x)\n\ndef half(x):\n    return x / 2"
    )
    assert cells_of(["f = ("], ["f"], []).body == []


def test_a_helper_in_the_cell_of_another_answer_does_not_bring_that_answer():
    cells = ["def g(x):\n    return x[0]\n\ndef loss(x):\n    return g(x)", "def f(x):\n    return loss(x)"]
    assert ast.unparse(cells_of(cells, ["f"], ["f", "g"])) == cells[1]


def test_the_nearest_name_is_found_among_those_that_cells_give():
    cells = ["def mean_squared_eror(a, t):\n    return 1", "mean = 2", "def cost(x):\n    return 1"]
    assert near("mean_squared_error", cells, set()) == "mean_squared_eror"
    assert near("mean_squared_error", cells, {"mean_squared_eror"}) == ""
    assert near("costs", cells, {"cost"}) == ""


def test_nobody_waits_for_an_f_string_that_python_reads_in_the_square_of_its_length():
    """Two thirds of a second each time would be minutes for all the checks of a notebook."""
    cell = 'a = f"' + "{b}" * (MOST_OF_A_CELL // 3 - 20) + '"\ncost = ('
    assert len(cell) < MOST_OF_A_CELL
    start = time.perf_counter()
    for _ in range(100):
        assert "is not valid Python" in sentence(looked_through([cell]), "cost")
    assert time.perf_counter() - start < 10
    assert looked_through([cell * 4]) == []
    assert not parses(cell * 4)
