"""Tests that run in the student's process: what they see, and what a student's code cannot make of them."""

from __future__ import annotations

import math
import runpy
from pathlib import Path

import pytest

from examiner.course.cell_names import NotebookCell
from examiner.judging.plan import WITHIN, Chosen, Plan
from examiner.judging.within import LIES, NOT_SHOWN, WithinTests
from examiner.runner.forkserver import shared_forkserver
from examiner.runner.limits import Limits
from examiner.runner.notebook_runner import NotebookRunner
from examiner.runner.results import WithinTest

pytestmark = pytest.mark.slow

ATTACKS = Path(__file__).parents[2] / "redteam" / "attacks"
LIMITS = Limits(cell_seconds=5)
MODULES = ("numpy", "numpy.testing", "unittest.mock", "colorsys", "helper")
IMPORTS = (("np", "numpy", ""),)
DOUBLE = "def double(x):\n    return 2 * x"
WRONG = "def double(x):\n    return x"


@pytest.fixture
def run(tmp_path):
    """Run cells of a student's, and then a test; returns what came of it."""
    with NotebookRunner(shared_forkserver(LIMITS), tmp_path, LIMITS) as runner:
        runner.modules = MODULES
        within = WithinTests(runner, 2000)

        def run(source: str, *cells: str, locked: str = "", keep: tuple[str, ...] = (), **names):
            if locked:
                runner.run(locked, keep=keep)
            for cell in cells:
                runner.run(cell)
            return within.run(WithinTest(source, names=keep, imports=IMPORTS, **names), "test-1")

        yield run


def test_a_test_sees_what_is_done_to_its_values(run):
    turn = "def turn(some):\n    some.reverse()"
    assert run("mine = [1, 2]\nturn(mine)\nassert mine == [2, 1]", turn).passed


def test_a_failure_says_what_was_compared_and_where(run):
    tested = run("x = 3\nassert double(x) == 6", WRONG)
    assert tested.outputs[-1].evalue == "3 == 6 does not hold"
    assert tested.outputs[-1].traceback[0] == "<test-1>, line 2: assert double(x) == 6"


FORGED = """import numpy as np
np.testing.assert_allclose = np.allclose = lambda *some, **more: True
def mean(some):
    return 4"""


@pytest.mark.parametrize("name", ["statistics", "doctest", "colorsys", "helper"])
def test_a_file_of_the_student_s_is_no_library_and_changes_none(run, tmp_path, name):
    (tmp_path / f"{name}.py").write_text(FORGED)
    test = "import statistics\nassert statistics.mean([double(1), double(3)]) == 4"
    assert not run(f"{test}\nnp.testing.assert_allclose(double(2), 4)", WRONG).passed
    assert not run("np.testing.assert_allclose(double(2), 4)", WRONG).passed
    assert run("import helper\nassert helper.mean([]) == double(2)", DOUBLE).passed == (name == "helper")


def test_a_name_that_a_called_function_binds_decides_no_assert(run):
    binds = "global __compared__, __left__\n    __compared__ = lambda *some: ''\n    __left__ = 4"
    once = f"def double(x):\n    {binds}\n    return 2"
    assert not run("assert double(1) == 2\nassert double(2) == 4", once).passed
    assert run("assert not {'__left__', '__right__'} & set(dir())", DOUBLE).passed


def test_of_a_hidden_test_only_the_values_are_told(run):
    speaks = "def double(x):\n    print('I got', x)\n    return x"
    test = "### BEGIN HIDDEN TESTS\nassert double(3) == 6\n### END HIDDEN TESTS"
    tested = run(test, speaks)
    assert tested.outputs[0].text == f"{NOT_SHOWN}\n"
    assert tested.outputs[-1].traceback == ["<test-1>, line 2", "AssertionError: 3 == 6 does not hold"]


def test_magics_and_await_work(run):
    assert run("%%time\nassert double(2) == 4", DOUBLE).passed
    assert run("assert await later() == 4", "async def later():\n    return 4").passed
    assert run("said = !echo 4\nassert said == ['4']").passed


def test_a_magic_works_that_a_student_has_used_before(run):
    assert run("%%time\nassert double(2) == 4", f"%timeit -n 1 -r 1 sum([1])\n{DOUBLE}").passed
    assert run("%run -n two.py\nassert two == double(1)", "%%writefile two.py\ntwo = 2").passed


def test_a_test_finds_the_cells_before_it_in_the_history_and_no_cell_finds_the_test(run):
    tested = run("assert 'lambda' in In[-2]\nassert _i == In[-2]\nassert _ == 4", "double = lambda x: 2 * x\ndouble(2)")
    assert tested.passed, tested.outputs
    assert run("assert found == 0", "found = sum('assert' in one for one in In[:-1] + [_i])").passed


@pytest.mark.parametrize(
    ("last", "number"),
    [
        ("0.5", 0.5), ("np.float64(2)", 2.0), ("True", None), ("np.True_", None), ("'1'", None), ("9;  # shown", None),
        ("10**400", math.inf), ("-10**400", -math.inf), ("Two()", 2),
    ],
)  # fmt: skip
def test_its_last_line_is_its_points_where_it_is_a_number(run, last, number):
    shows = "class Two:\n    __repr__ = lambda self: '2'"
    assert run(f"assert double(1) == 2\n{last}", DOUBLE, shows).number == number


def test_a_semicolon_of_the_student_s_changes_no_points(run):
    assert run("double(1) / 4", DOUBLE, "double(2);").number == 0.5


def test_names_of_locked_cells_and_of_python_are_not_the_student_s(run):
    locked = "def near(a, b):\n    assert abs(a - b) < 1e-9"
    theirs = "near = abs = isinstance = lambda *a: 0\n" + WRONG
    assert not run("near(double(2), 4)", theirs, locked=locked, keep=("near",)).passed
    assert not run("assert isinstance(double(2), str)").passed


def test_a_name_of_python_s_is_the_student_s_where_the_exercise_is_to_write_it(run):
    own = "def max(some):\n    return 'mine'"
    assert run("assert max([1]) == 'mine'", own, students=("max",)).passed


SOURCES = """
import numpy as np
EXPECTED, ARRAY, TABLE = [4, {"deep": [1]}], np.array([2.0, 4.0]), {"two": 4}
def near(a, b, exact=[1e-9]):
    assert abs(a - b) < exact[0], (a, b)
class Judge:
    most = {"off": 0}
    def right(self, a, b):
        return abs(a - b) <= self.most["off"]
def with_limit(limit):
    def judge(a, b):
        return abs(a - b) < limit
    return judge
JUDGE, strict = Judge(), with_limit(1e-9)
"""
USES = {
    "EXPECTED[0] = 2": "assert double(2) == EXPECTED[0]",
    "EXPECTED[1]['deep'].append(3)": "assert double(2) == 6 - len(EXPECTED[1]['deep']) * 2",
    "EXPECTED.clear(); EXPECTED.append(2)": "assert double(2) == EXPECTED[0]",
    "ARRAY[:] = 2": "assert double(2) == ARRAY[1]",
    "ARRAY.shape = 1, 2; ARRAY[:] = 2": "assert double(2) == ARRAY[1]",
    "TABLE['two'] = 2": "assert double(2) == TABLE['two']",
    "near.__code__ = (lambda a, b, exact=0: None).__code__": "near(double(2), 4)",
    "near.__defaults__[0][0] = 9": "near(double(2), 4)",
    "near.__defaults__ = ([9],)": "near(double(2), 4)",
    "Judge.right = lambda *some: True": "assert Judge().right(double(2), 4)",
    "Judge.most['off'] = 9": "assert Judge().right(double(2), 4)",
    "Judge.most = {'off': 9}": "assert Judge().right(double(2), 4)",
    "JUDGE.most = {'off': 9}": "assert JUDGE.right(double(2), 4)",
    "JUDGE.right = lambda *some: True": "assert JUDGE.right(double(2), 4)",
    "strict.__closure__[0].cell_contents = 9": "assert strict(double(2), 4)",
}
BOUND = ("EXPECTED", "ARRAY", "TABLE", "near", "Judge", "with_limit", "JUDGE", "strict")


@pytest.mark.parametrize("change", USES)
def test_what_locked_cells_have_bound_is_put_back_before_a_test(run, change):
    assert not run(USES[change], WRONG, change, locked=SOURCES, keep=BOUND).passed
    assert run(USES[change], DOUBLE).passed


def test_what_a_right_answer_changes_too_stays_as_it_is(run):
    locked = "calls, log = [], []\ndef noted(x):\n    calls.append(x)\n    return x"
    test = "double(3)\nassert calls == [2, 3], calls"
    answer = "def double(x):\n    return 2 * noted(x)\ndouble(2)"
    tested = run(test, answer, locked=locked, keep=("calls", "log", "noted"), changing=("calls",))
    assert tested.passed
    assert tested.changed == ("calls",)
    assert not run(test).passed


def test_a_class_of_the_student_s_may_grow_after_a_test_has_called_it_by_another_name(run):
    stub = "class Double:\n    def of(self, x):\n        raise NotImplementedError"
    assert run("for kind in (Double,):\n    assert kind()", stub, keep=("kind",)).passed
    assert run("assert kind().of(2) == 4", "def of(self, x):\n    return 2 * x\nDouble.of = of", keep=("kind",)).passed


def test_only_what_the_source_makes_by_itself_is_put_back():
    cells = [
        NotebookCell("data", "EXPECTED = [4]", "locked"),
        NotebookCell("answer", "def history():\n    return seen", "solution"),
        NotebookCell("walk", "first = history()\ndef helper():\n    return history()", "locked"),
        NotebookCell("further", "second = helper()", "locked"),
        NotebookCell("test", "assert history() == EXPECTED", "test"),
    ]
    plan = Plan.of(cells, {"test": Chosen(WITHIN, "", ("log",))})
    assert plan.within("test", "").changing == ("first", "helper", "log", "second")


def test_an_object_that_cannot_be_compared_is_left_as_it_is(run):
    odd = "class Odd:\n    def __eq__(self, other):\n        raise ValueError\n    __hash__ = object.__hash__\n"
    assert run(
        "assert double(2) == 4 and len(ODD) == 1", DOUBLE, locked=f"{odd}ODD = {{Odd()}}", keep=("ODD", "Odd")
    ).passed


def test_a_hidden_test_is_in_no_place_of_the_process_once_it_has_run(run):
    assert run("### BEGIN HIDDEN TESTS\nassert double(21) == 42\n### END HIDDEN TESTS", DOUBLE).passed
    looks = """import linecache, sys
ip = get_ipython()
seen = [str(lines) for *_, lines, _ in linecache.cache.values()]
seen += [str(ip.last_execution_result), str(getattr(sys, "last_value", "")), str(In), str(vars(ip.history_manager))]"""
    assert run("assert not [one for one in seen if 'double(21)' in one]", looks).passed


def test_a_cell_that_ends_the_process_fails_and_the_next_test_is_judged(run):
    tested = run("leave()", DOUBLE, "import os\ndef leave():\n    os._exit(0)")
    assert not tested.passed
    assert "Python itself ended" in tested.outputs[-1].evalue
    assert run("assert double(4) == 8").passed


def test_a_process_that_says_of_everything_that_it_passes_is_found_out(run):
    lie = """import gc
from examiner.guest.within import Within
Within.judge = lambda self, *a, **k: {"passed": True, "number": None, "error": None}"""
    tested = run("assert double(2) == 4", WRONG, lie)
    assert not tested.passed
    assert tested.look == LIES
    assert not run("assert double(2) == 4").passed


# What the red team does to whatever decides about points, and a test that fails without it.
DECIDING = [
    "ast_transformer", "builtins", "clear_the_error", "displayhook_score", "exception_handler", "import_hook",
    "input_transformer", "magic_patch", "numpy", "numpy_testing", "silent_exit", "silent_traceback", "shell_run_code",
    "sys_modules", "trace_function",
]  # fmt: skip
LAYER = """np.random.seed(2)
X, W, b = np.random.randn(2, 3), np.random.randn(2, 2), np.random.randn(2, 1)
np.testing.assert_allclose(layer(X, W, b), np.tanh(W @ X + b), rtol=1e-6)
assert np.allclose(layer(X, W, b), np.tanh(W @ X + b))
assert isinstance(layer(X, W, b), np.ndarray)"""


@pytest.mark.parametrize("name", DECIDING)
def test_what_is_done_to_libraries_and_shell_decides_nothing(run, name):
    said = runpy.run_path(str(ATTACKS / "judges" / f"{name}.py"))
    cells = [said["cell"]] if "cell" in said else list(said["cells"].values())
    assert not run(LAYER, "import numpy as np\ndef layer(X, W, b):\n    return 0", *cells).passed


def test_a_notebook_that_takes_its_own_output_away_goes_on(run):
    assert run("assert double(2) == 4", "import sys\nsys.stdout = None\ndel sys.stderr", DOUBLE).passed


def test_a_right_answer_passes_whatever_was_done_before(run):
    right = "def layer(X, W, b):\n    return np.tanh(W @ X + b)"
    patched = "import numpy as np\nnp.testing.assert_allclose = np.allclose = None\nnp.isinstance = None"
    assert run(LAYER, patched, right).passed
