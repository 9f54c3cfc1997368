"""Statements about `unparsed`: a cell that is no Python is told so, with its line."""

from __future__ import annotations

import ast

import pytest

from backprop.answers.unparsed import cells_of, parsed, sentence
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


def test_the_cells_of_an_answer_are_its_last_one_and_those_of_its_own_helpers():
    cells = ["def f(x):\n    return 1", "def half(x):\n    return x / 2", "def g(x):\n    return 3",
             "def f(x):\n    return half(x) + g(x)"]  # fmt: skip
    assert ast.unparse(cells_of(cells, ["f"], ["g"])) == (
        "def f(x):\n    return half(x) + g(x)\n\ndef half(x):\n    return x / 2"
    )
    assert cells_of(["f = ("], ["f"], []).body == []
