"""An answer of any kind that can be frozen is judged in a student's process as it is in a notebook."""

from __future__ import annotations

import json

import pytest

from backprop.answers.attempt import attempt
from backprop.answers.json_values import encode
from backprop.answers.tables import Check, Exercise, Tables
from backprop.explain.diagnose import diagnose
from examiner.judging.testcells import TestCells
from examiner.pipeline.examine import USUAL_IMPORTS
from examiner.runner.limits import Limits
from examiner.runner.notebook_runner import NotebookRunner

EXERCISE = Exercise("1", "Make", "make", 4.0, "it is what is asked for.", "Look.", "What is it?")
DRAW = "from matplotlib.figure import Figure\ndef drawn(*ys):\n    f = Figure(); f.subplots().plot(ys); return f\n"

# Its name, code that `make` needs, a right result and others that are right too, a wrong one and what is said of it.
KINDS = [
    ("text", "", "'cat'", [], "'dog'", "is 'dog' and should be 'cat'."),
    ("set", "", "{1, 2, 3}", ["frozenset([1, 2, 3])"], "{1, 4}", "2 values are missing"),
    ("set of texts", "", "{'a', 'b'}", [], "['a', 'b']", "a set is expected"),
    ("complex", "", "1 + 2j", ["np.complex128(1 + 2j)"], "1 - 2j", "should be the complex number 1+2j"),
    (
        "complex array",
        "",
        "np.array([1j, 2])",
        ["[1j, 2]"],
        "np.array([1j, 3])",
        "entry [1] is the complex number 3+0j",
    ),
    ("date", "import datetime", "datetime.date(2026, 2, 28)", [], "datetime.date(2026, 3, 1)", "2026-03-01 and should"),
    ("no date", "import datetime", "datetime.date(2026, 2, 28)", [], "'2026-02-28'", "and a date is expected"),
    (
        "moment",
        "import datetime",
        "datetime.datetime(2026, 2, 28, 12)",
        [],
        "datetime.date(2026, 2, 28)",
        "with a time",
    ),
    ("span", "import datetime", "datetime.timedelta(3)", [], "datetime.timedelta(4)", "4 days"),
    ("fraction", "from fractions import Fraction", "Fraction(1, 3)", ["Fraction(2, 6)"], "1 / 3", "a `Fraction` is"),
    ("decimal", "from decimal import Decimal", "Decimal('1.10')", ["Decimal('1.1')"], "Decimal('1.2')", "is 1.2 and"),
    ("bytes", "", "b'ab'", [], "b'ac'", "b'ac'"),
    ("texts", "", "np.array(['a', 'b'])", ["['a', 'b']", "('a', 'b')"], "['a', 'c']", "the second value is 'c'"),
    ("objects", "", "np.array([1, 'a', None], dtype=object)", ["[1, 'a', None]"], "[1, 'a', 2]", "third value"),
    ("keys that are numbers", "", "{1: 'a', (2, 3): 'b'}", [], "{1: 'a'}", "is missing"),
    (
        "sparse",
        "from scipy.sparse import eye_array",
        "eye_array(2)",
        ["np.eye(2)"],
        "2 * eye_array(2)",
        "twice as large",
    ),
    ("figure", DRAW, "drawn(1, 2)", ["drawn(1.0, 2.0)"], "drawn(1, 3)", "axes[0].lines[0]"),
    ("axes", DRAW, "drawn(1, 2).axes[0]", [], "drawn(1, 2)", "axes of a figure is expected"),
    ("parts", DRAW, "(3, drawn(1, 2))", [], "(4, drawn(1, 2))", "is 4"),
    ("frame", "import pandas as pd", "pd.DataFrame({'a': [1, 2]})", [], "pd.DataFrame({'a': [1, 3]})", "values.a"),
    ("column", "import pandas as pd", "pd.Series([1.0, 2.0])", ["np.array([1, 2])"], "pd.Series([1, 3])", "entry [1]"),
]


@pytest.fixture(scope="module")
def runner(forkserver, tmp_path_factory):
    with NotebookRunner(forkserver, tmp_path_factory.mktemp("student"), Limits(cell_seconds=20)) as runner:
        runner.run("import numpy as np")
        yield runner


def answer(before: str, result: str) -> str:
    return f"{before}\ndef make():\n    return {result}"


def frozen(before: str, result: str) -> Check:
    """Return a check of what an answer gives, as a table holds it."""
    names: dict = {}
    exec("import numpy as np\n" + answer(before, result), names)
    want = json.loads(json.dumps(encode(attempt(names["make"]).value)))
    return Check("1", EXERCISE, "make()", {"given": None, "want": want})


@pytest.mark.slow
@pytest.mark.parametrize(
    ("before", "right", "also", "wrong", "words"), [kind[1:] for kind in KINDS], ids=[kind[0] for kind in KINDS]
)
def test_a_right_answer_passes_and_a_wrong_one_is_told_what_it_is(runner, before, right, also, wrong, words):
    if "pandas" in before:
        pytest.importorskip("pandas")
    check = frozen(before, right)
    cells = TestCells(runner, Tables({"1": EXERCISE}, {"1": check}, {}), USUAL_IMPORTS, 10.0, 2000)
    for result in [right, *also]:
        runner.run(answer(before, result))
        tested = cells.run('check("1", lambda: make())', "check-1")
        assert tested.passed, (result, tested.failing)
    runner.run(answer(before, wrong))
    tested = cells.run('check("1", lambda: make())', "check-1")
    assert not tested.passed
    assert words in tested.failing["but"]
    names: dict = {}
    exec("import numpy as np\n" + answer(before, wrong), names)
    assert words in diagnose(check, attempt(names["make"]), {"1": EXERCISE}).but


@pytest.mark.slow
def test_a_description_that_a_student_made_up_is_a_wrong_answer(runner):
    check = frozen(DRAW, "drawn(1, 2)")
    cells = TestCells(runner, Tables({"1": EXERCISE}, {"1": check}, {}), USUAL_IMPORTS, 10.0, 2000)
    runner.run("class Figure:\n    __module__ = 'matplotlib'\n    axes = 3\ndef make(): return Figure()")
    assert not cells.run('check("1", lambda: make())', "check-1").passed
    runner.run("def make(): return {'axes': [{'lines': [[[0, 1], [1, 2]]]}]}")
    tested = cells.run('check("1", lambda: make())', "check-1")
    assert not tested.passed
    assert "a figure is expected" in tested.failing["but"]
