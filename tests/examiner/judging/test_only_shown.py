"""A cell that only shows is not run, and nobody's verdict depends on that."""

from __future__ import annotations

import pytest
from nbformat.v4 import new_code_cell, new_notebook
from tinycourse import TinyCourse
from traitlets.config import Config

from examiner.commands import grade, report
from examiner.judging import only_shown
from examiner.pipeline.examine import Examine
from examiner.submission.expected_cells import ExpectedCells, KnownCell

SET_UP = "import numpy as np\nx, y = 1, 2"
WRONG_WITH_A_DRAW = "import numpy as np\n\ndraw = np.random.rand()\n\ndef double(x):\n    return x * draw\n"
SHOWS = {
    "plot": "for v in range(3):\n    print(v)",
    "values": "weights = np.ones(3)\nprint(weights)",
    "reader": "print(weights.sum())",
    "again": "x, y = 3, 4",
}


def left_out(answer: str, change: dict[str, str] | None = None, more: str = "") -> set[str]:
    """Return the ids of the cells that need not run with this answer, changed cells and a cell more."""
    released = [new_code_cell(SET_UP, id="imports", metadata={"tags": ["setup"]})]
    released += [new_code_cell(source, id=name) for name, source in SHOWS.items()]
    mark = {"nbgrader": {"grade_id": "exercise-1"}}
    released.append(new_code_cell("raise NotImplementedError()", id="exercise-1", metadata=mark))
    known = {"exercise-1": KnownCell("exercise-1", "code", "raise NotImplementedError()", None, False, True)}
    expected = ExpectedCells.of(known, new_notebook(cells=released))
    cells = [cell.copy() for cell in released]
    cells[-1].source = answer
    for cell in cells:
        cell.source = (change or {}).get(cell.id, cell.source)
    cells += [new_code_cell(more, id="own")] if more else []
    return {cell.id for cell in only_shown.only_shown(cells, expected)}


def test_what_an_answer_does_not_name_is_left_out():
    assert left_out("def double(weights):\n    x = 2\n    return weights * x") == set(SHOWS)


@pytest.mark.parametrize(
    "answer",
    ["def double(a):\n    return weights * a", "double = weights", "double = [w for w in weights]", "del weights"],
)
def test_what_an_answer_reads_is_run(answer):
    assert "values" not in left_out(answer)


def test_what_a_cell_reads_that_is_run_is_run_too():
    assert left_out("total = 1", {"reader": "total = weights.sum()"}) == {"plot", "again"}


def test_a_name_that_an_answer_gives_itself_first_is_its_own():
    assert "values" in left_out("weights = 3\ndouble = weights")
    assert "values" in left_out("for weights in range(3):\n    print(weights)")
    assert "values" not in left_out("if np.ones(1):\n    weights = 3\ndouble = weights")
    assert "values" not in left_out("weights += 1")


@pytest.mark.parametrize(
    "own",
    [
        "sums = [weights + 1 for weights in range(3) if weights]",
        "sums = {name: w + weights for name, (w, weights) in {}.items()}",
        "sums = sum(w for weights in range(3) for w in range(weights))",
        "sums = [[weights * v for v in range(3)] for weights in range(3)]",
    ],
)
def test_a_name_that_a_comprehension_gives_itself_is_its_own(own):
    assert "values" in left_out(own)


@pytest.mark.parametrize(
    "read",
    [
        "sums = [weights for weights in weights]",
        "sums = [v for weights in range(3) for v in range(3)] + weights",
        "sums = [[w for w in weights] for v in range(3)]",
        "sums = [[weights for weights in range(3)] for v in weights]",
        "sums = [v for v in range(3) if weights]",
        "sums = [v for v in range(3) for w in weights]",
        "sums = [v for weights[0] in range(3)]",
    ],
)
def test_a_name_that_a_comprehension_takes_from_outside_is_read(read):
    assert "values" not in left_out(read)


@pytest.mark.parametrize(
    "odd",
    [
        "globals()['weights']",
        "eval('weights')",
        "%run other.py",
        "!ls",
        "np.ones?",
        "_ + 1",
        "In[3]",
        "Out[3]",
        "double.__globals__['weights']",
        "getattr(double, '__globals__')['weights']",
        "getattr(sys, 'modules')[__name__].weights",
        "getattr(__import__('__main__'), name)",
        "getattr(sys._getframe(), 'f_globals')['weights']",
        "shell.user_ns['weights']",
    ],
)
def test_where_names_cannot_be_told_everything_is_run(odd):
    assert left_out("def double(a): return a", more=odd) == set()


def test_an_attribute_of_an_object_is_no_name_of_the_notebook():
    assert left_out("def double(a, name='weights'):\n    return 2 * getattr(a, name)") == set(SHOWS)
    assert "values" not in left_out("def double(name):\n    return 2 * getattr(weights, name)")


def test_a_changed_cell_is_run_and_what_is_no_python_never_is():
    assert left_out("pass", {"plot": "print(1)"}) == set(SHOWS) - {"plot"}
    assert left_out("def double(:") == set(SHOWS)


def test_chance_has_a_part_only_where_a_cell_works_when_it_is_run():
    assert not only_shown.works_when_run("import numpy as np\nA = {'a': (1, -2)}\ndef f(x):\n    return g(x)")
    assert only_shown.works_when_run("best = train(10)")
    assert only_shown.works_when_run("best = other")
    assert only_shown.works_when_run("def f(:")


def test_an_answer_that_was_never_begun_does_nothing_by_chance():
    assert not only_shown.works_when_run("# YOUR CODE HERE\nraise NotImplementedError()")
    assert not only_shown.works_when_run("raise NotImplementedError('later')\nbest = train(10)")
    assert only_shown.works_when_run("best = train(10)\nraise NotImplementedError()")
    assert only_shown.works_when_run("raise found(train(10))")


def test_what_a_cell_reads_is_known_from_those_that_could_give_it():
    reader = "check('3', lambda: double(best))"
    assert only_shown.gives_to(["best = 1"], reader)
    assert only_shown.gives_to(["def double(a): return a"], reader)
    assert only_shown.gives_to(["%run other.py"], reader)
    assert not only_shown.gives_to(["worst = best"], reader)


def test_empty_lines_cost_no_more_than_others():
    assert left_out("pass", more="a = 1" + "\n" * 49_000 + "b = 2") == set(SHOWS)


def test_in_what_is_too_much_to_be_looked_through_everything_is_run():
    assert not left_out("pass", more="a = 1\n" * only_shown.MOST_TEXT)
    own = only_shown.Cell(new_code_cell("a = 1"), 0, is_shown=False, is_as_released=False)
    assert not only_shown.is_unclear([own] * only_shown.MOST_CELLS)
    assert only_shown.is_unclear([own] * (only_shown.MOST_CELLS + 1))


def release_a_cell_that_shows(tiny: TinyCourse) -> None:
    if not any(cell.get("id") == "shows" for cell in tiny.released().cells):
        released = tiny.release("numbers") / "numbers.ipynb"
        text = released.read_text(encoding="utf-8")
        cell = '{"cell_type": "code", "execution_count": null, "id": "shows", "metadata": {}, "outputs": [],'
        cell += ' "source": "print(double(21))"}'
        released.write_text(text.rstrip().replace('\n ],\n "metadata"', f',\n  {cell}\n ],\n "metadata"', 1))


@pytest.mark.slow
def test_the_students_own_pictures_stay_and_a_switch_runs_the_cell(tiny):
    def look(nb):
        (shows,) = [cell for cell in nb.cells if cell.get("id") == "shows"]
        shows["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "as I saw it"}]

    release_a_cell_that_shows(tiny)
    tiny.submit("ada", change=look)
    for everything, expected in ((False, "as I saw it"), (True, "42\n")):
        changes = Config({"Examine": {"run_all_cells": everything}})
        assert grade.grade_one(tiny, "numbers", changes, "ada").graded
        (cell,) = [cell for cell in tiny.graded("ada").cells if cell.get("id") == "shows"]
        assert [output.text for output in cell.outputs] == [expected]
        assert [result.score for result in report.results(tiny, "numbers")] == [100]


@pytest.mark.slow
@pytest.mark.parametrize(("more", "times"), [("\nprint(1 // 0)", 2), ("\nwhile True:\n    pass", 1)])
def test_all_cells_run_once_more_where_a_test_failed_but_not_for_want_of_time(tiny, monkeypatch, more, times):
    release_a_cell_that_shows(tiny)
    tiny.submit("bob", WRONG_WITH_A_DRAW + more)
    runs, once = [], Examine._examine
    monkeypatch.setattr(Examine, "_examine", lambda *some: [runs.append(some), once(*some)])
    assert grade.grade_one(tiny, "numbers", Config({"Examine": {"cell_seconds": 2}}), "bob").graded
    assert len(runs) == times


LOADS = "from backprop import load_mnist\nimport numpy as np\nnp.random.seed(1)\nsize = len(load_mnist()[0][0])\n"


@pytest.mark.slow
@pytest.mark.needs_mnist
@pytest.mark.parametrize(
    ("answer", "pictures", "score"),
    [
        (f"{LOADS}def double(x):\n    return x + x", [10_000], 100),
        (f"{LOADS}def double(x):\n    return x + x if size == 60_000 else 0", [10_000, 0], 100),
        (f"{LOADS}def double(x):\n    return x + size", [10_000, 0], 0),
        (LOADS.replace("np.random.seed(1)\n", "") + "def double(x):\n    return x + size", [10_000, 0], 0),
        ("def double(x):\n    return x + 1", [10_000], 0),
    ],
)
def test_answers_train_with_a_few_pictures_first_and_with_all_before_a_test_fails(
    tiny, monkeypatch, answer, pictures, score
):
    release_a_cell_that_shows(tiny)
    tiny.submit("cleo", answer)
    tried, once = [], Examine._examine
    monkeypatch.setattr(
        Examine, "_examine", lambda *some, **more: [tried.append((*some[6:], 0)[0]), once(*some, **more)]
    )
    assert grade.grade_one(tiny, "numbers", None, "cleo").graded
    assert tried == pictures
    assert {result.student: result.score for result in report.results(tiny, "numbers")}["cleo"] == score


@pytest.mark.slow
@pytest.mark.needs_mnist
def test_what_a_cell_shows_of_its_pictures_is_as_the_student_saw_it(tiny):
    def look(nb):
        cell = next(cell for cell in nb.cells if cell.source.startswith(LOADS))
        cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "all 60000"}]

    release_a_cell_that_shows(tiny)
    tiny.submit("dan", f"{LOADS}print(size)\n\n\ndef double(x):\n    return x + x", change=look)
    tiny.submit("eve", f"{LOADS}print(size)\n\n\ndef double(x):\n    return x + x")
    shown = {}
    for student in ("dan", "eve"):
        assert grade.grade_one(tiny, "numbers", None, student).graded
        (cell,) = [cell for cell in tiny.graded(student).cells if cell.source.startswith(LOADS)]
        shown[student] = [output.text.strip() for output in cell.outputs]
    assert shown == {"dan": ["all 60000"], "eve": ["10000"]}
