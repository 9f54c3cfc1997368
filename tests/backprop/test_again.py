"""Statements about `again`: a bare cell of the student's is run once more on other data, and leaves no trace."""

from __future__ import annotations

import pytest

from backprop.again import NotWrittenYet, again_in
from backprop.answers.attempt import attempt


def notebook(*cells: str, run=True) -> dict:
    """Run `cells` as a notebook does, and return its names; `In` keeps the cells, as IPython does."""
    names = {"__name__": "__main__", "In": [""]}
    exec("from backprop import again", names)
    for cell in cells:
        names["In"].append(cell)
        if run:
            exec(cell, names)
    return names


def check(names: dict, call: str):
    """Run `call` as a check cell of the notebook, and return its value."""
    names["In"].append(f"found = {call}")
    exec(f"found = {call}", names)
    return names["found"]


CELL = "total = 0\nfor n in data:\n    total = total + n\nmean = total / len(data)\nprint(mean)\n"


def test_a_cell_is_run_on_other_data_and_the_notebooks_own_names_stay(capsys):
    names = notebook("data = [1, 2, 3]", CELL)
    capsys.readouterr()
    assert check(names, 'again("total", "mean", data=[10, 20])') == {"total": 30, "mean": 15}
    assert (names["total"], names["mean"], names["data"]) == (6, 2, [1, 2, 3])
    assert capsys.readouterr().out == ""


def test_the_last_cell_that_assigns_all_the_names_is_the_one():
    names = notebook("data = [1]", "total = 1; mean = 1", CELL, "total = 99", "mean = 98")
    assert check(names, 'again("total", "mean", data=[4, 6])') == {"total": 10, "mean": 5}


@pytest.mark.parametrize(
    "cell",
    [
        "for x in data:\n    pass",
        "a, x = data",
        "with open(__import__('os').devnull) as x:\n    pass",
        "if True:\n    x = 1",
        "(x := 3)",
        "x = 1\nx += 1",
        "[*x] = data",
    ],
)
def test_a_name_may_be_bound_in_any_way(cell):
    assert "x" in check(notebook("data = [1, 2]", cell), 'again("x", data=[3, 4])')


@pytest.mark.parametrize("cell", ["def f():\n    x = 1", "class C:\n    x = 1", "g = lambda x: x", "str('x')", "y = 1"])
def test_a_cell_that_only_mentions_the_name_is_not_the_one(cell):
    with pytest.raises(NotWrittenYet):
        check(notebook(cell), 'again("x")')


def test_a_notebook_without_such_a_cell_is_told_apart_from_an_error():
    with pytest.raises(NotImplementedError):
        check(notebook(), 'again("x")')


def test_only_the_names_that_no_cell_gives_are_told():
    with pytest.raises(NotWrittenYet, match=r"^`share`$"):
        again_in({"In": ["rest = 1\nsahre = 2"]}, ("share", "rest"), {})
    with pytest.raises(NotWrittenYet, match=r"^`share` and `rest`$"):
        again_in({"In": ["rest = 1", "share = 2"]}, ("share", "rest"), {})


def test_magics_in_the_cell_are_left_out():
    names = notebook("%matplotlib inline\nx = 1\n  !ls\n?x\ny = data[0] + x", run=False)
    assert check(names, 'again("y", data=[5])') == {"y": 6}


def test_cells_that_are_no_python_are_passed_over():
    names = notebook("x = 1", "%%bash\nx=3 && ls", "what is this? x = 2", run=False)
    assert check(names, 'again("x")') == {"x": 1}


def test_an_error_inside_the_cell_is_told_with_the_students_line():
    names = notebook("data = [1]", "%matplotlib inline\nx = 10\nx = x / data[0]", run=False)
    tried = attempt(lambda: check(names, 'again("x", data=[0])'))
    assert tried.trouble.kind == "ZeroDivisionError"
    assert (tried.trouble.line, tried.trouble.line_number) == ("x = x / data[0]", 3)


def test_a_function_of_another_cell_that_reads_the_notebooks_names_reads_the_other_data():
    helper = "def mean_of_all():\n    return sum(data) / len(data)"
    names = notebook("data = [1, 2, 3]", helper, "mean = mean_of_all()")
    assert check(names, 'again("mean", data=[10, 20])') == {"mean": 15}
    assert (names["mean"], names["data"]) == (2, [1, 2, 3])


def test_what_an_error_leaves_behind_is_taken_away():
    names = notebook("data = [1]", "left = data[0]\nx = 1 / left")
    with pytest.raises(ZeroDivisionError):
        check(names, 'again("x", data=[0], other=5)')
    assert (names["data"], names["left"], names["x"]) == ([1], 1, 1)
    assert "other" not in names


def in_ipython(*cells: str) -> dict:
    """Run `cells` in a real shell, which keeps in `In` what it made of their magics, and return its names."""
    from IPython.core.interactiveshell import InteractiveShell
    from traitlets.config import Config

    config = Config()
    config.HistoryManager.enabled = False
    shell = InteractiveShell(config=config)
    shell.run_cell("from backprop import again", store_history=True)
    for cell in cells:
        shell.run_cell(cell, store_history=True)
    return shell.user_ns


@pytest.mark.parametrize(
    "cell",
    [
        f"%%time\n{CELL}",
        f"%%capture\n{CELL}",
        f"%%capture seen --no-stderr\n%%time\n{CELL}",
        f"%%prun -q\n{CELL}",
        "%time total = sum(data)\nmean = total / len(data)",
        "total = sum(data)\n%time mean = total / len(data)",
        f"%pwd\n{CELL}",
    ],
)
def test_a_magic_on_an_answer_does_not_hide_it(cell, capsys):
    names = in_ipython("data = [1, 2, 3]", cell)
    assert check(names, 'again("total", "mean", data=[10, 20])') == {"total": 30, "mean": 15}
    assert names["total"] == 6


@pytest.mark.parametrize("cell", [f"%%timeit -n 1 -r 1\n{CELL}", f"%%writefile /dev/null\n{CELL}"])
def test_a_magic_that_leaves_no_names_behind_is_no_answer(cell, capsys):
    names = in_ipython("data = [1, 2, 3]", cell)
    with pytest.raises(NotWrittenYet):
        check(names, 'again("total", "mean", data=[10, 20])')
