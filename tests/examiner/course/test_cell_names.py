"""Whose a name is at a test, and which tests need the student's process, told from texts alone."""

from __future__ import annotations

import ast

import pytest

from examiner.course.cell_names import NotebookCell, Owned, bound, needed_statements, owned, read_before_bound
from examiner.course.needs_process import (
    AFTER,
    KIND,
    LOOKS,
    REBOUND,
    REPLACED,
    SAME,
    SHARED,
    TIME,
    needs_process,
)


def at_last_test(*cells: tuple[str, str]) -> Owned:
    some = [NotebookCell(f"cell {i}", source, role) for i, (role, source) in enumerate(cells)]
    return owned([*some, NotebookCell("test", "assert True", "test")])["test"]


def test_what_locked_cells_and_tests_bind_is_the_source_s():
    known = at_last_test(
        ("locked", "import numpy as np\nK = 3"), ("solution", "def f(): ..."), ("test", "def g(): ...")
    )
    assert known.sources == {"np", "K", "g"}
    assert known.students == {"f"}


def test_the_last_cell_that_binds_a_name_owns_it():
    assert at_last_test(("locked", "x = 1"), ("solution", "x = 2")).students == {"x"}
    assert at_last_test(("solution", "x = 2"), ("locked", "x = 1")).sources == {"x"}
    assert at_last_test(("locked", "n = 0"), ("solution", "def up():\n    global n\n    n += 1")).students == {
        "n",
        "up",
    }


def test_an_import_stays_the_source_s_where_the_solution_imports_it_again():
    again = ("solution", "import numpy as np\nimport json")
    assert at_last_test(("handed", "import numpy as np\nk = 1"), again).sources == {"np"}
    assert at_last_test(("handed", "import numpy as np\nk = 1"), again).students == {"k", "json"}


def test_a_name_of_python_s_is_the_student_s_where_the_solution_defines_it():
    assert at_last_test(("solution", "def max(a): ...")).students_of_python == ("max",)


def test_a_test_needs_the_test_that_binds_what_it_reads_first():
    first = NotebookCell("first", "def helper(): ...\ns = 1", "test")
    assert owned([first, NotebookCell("then", "helper()", "test")])["then"].needs == {"first"}
    assert owned([first, NotebookCell("then", "s = 2\nassert s", "test")])["then"].needs == set()


def test_names_that_are_bound_and_read():
    assert bound("from a import b as c\nfor i in x:\n    d, *e = i\n[k for k in x]\ndef f(y):\n    z = 1") == set(
        "cidef"
    )
    assert read_before_bound("a = b\nc = a\n[k for k in c]\ndef f(d):\n    return d + e") == {"b", "e"}


def test_only_what_tests_need_of_a_locked_cell_is_run_beside_them():
    (kept,) = needed_statements(["import json\nA = 1\nB = A + 1\nload_everything()"], {"B"})
    assert [node.lineno for node in kept] == [2, 3]


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("assert f([1]) == [1]", ""),
        ("x = np.ones(2)\nassert_allclose(f(x), 2 * x)", ""),
        ("a = [1]\nf(a)\nassert a == [1]", AFTER),
        ("a = np.ones(2)\nassert_allclose(f(a), 2)\nassert_allclose(a, 1)", AFTER),
        ("a = [1]\nb = a\nf(b)\nassert a == [1]", AFTER),
        ("a = [1]\nassert f(a) == 2 and a == [1]", AFTER),
        ("a = [1]\nf(a)\nif a != [1]:\n    raise AssertionError", AFTER),
        ("a = [1]\nf(a)\nsame = a == [1]\nassert same", AFTER),
        ("a = [1]\nscore = 0\nscore += f(a) == 2\nscore += a == [1]\nscore", AFTER),
        ("a = np.ones(2)\nf(a)\nsame = np.array_equal(a, np.ones(2))\nassert same", AFTER),
        ("cases = [[1]]\nfor case in cases:\n    f(case)\nassert cases == [[1]]", AFTER),
        ("cases = [[1]]\nfor case, want in zip(cases, [1]):\n    f(case)\nassert cases == [[1]]", AFTER),
        ("a, b = [1], [2]\nsome = (a, b)\nf(*some)\nassert a == [1]", AFTER),
        ("def same(g, a):\n    b = list(a)\n    g(a)\n    return a == b\nassert same(f, [1])", AFTER),
        ("cases = [([1], 1)]\nfor some, want in cases:\n    got = f(some)\n    assert got == want", ""),
        ("wants = [1]\nfor some, want in zip([[1]], wants):\n    got = f(some)\n    assert got == want", ""),
        ("ns = [1, 2]\ngot = [f(n) for n in ns]\nassert len(got) == len(ns)", ""),
        ("X, y = np.ones(2), np.ones(2)\nw = f(X, y)\ngot = f(w)\nshare = np.mean(got == y)\nassert share > 0.9", ""),
        ("y = f(np.ones(2))\nassert np.allclose(y, 2)", ""),
        ("import math\ny = f(math.pi, len([1]), list)\nassert math.isclose(y, 2) and len([y]) == 1", ""),
        ("a = np.ones(2)\ny = f(np.asarray(a))\nassert np.allclose(a, 1)", AFTER),
        ("X = np.ones((2, 3))\nn = X.shape[0]\ngot = f(X)\nassert got.shape == (n,)", ""),
        ("a = [1]\nassert f(a) is a", SAME),
        ("assert f(1) is True and type(f(2)) is bool and f(3) is None", ""),
        ("assert np.shares_memory(f(1), 1)", SAME),
        ("mine = [1]\nb = Box(mine)\nmine.append(2)\nassert b.some == [1]", SHARED),
        ("got = f()\ngot[0] = 3\nassert f() == [1]", SHARED),
        ("import time\nt = time.perf_counter()\nf()", TIME),
        ("import time\nassert f(time.time()) > 0", TIME),
        ("score = 0\nscore += f(1) == 1\nscore", ""),
        ("import builtins\nreal, builtins.sum = builtins.sum, None\nassert f([1]) == 1", REPLACED),
        ("sum = None\nassert f([1]) == 1\ndel sum", REPLACED),
        ("import sys\nsys.modules['pandas'] = None\nassert f([1]) == 1", LOOKS),
        ("import os\nos.environ['FAST'] = '1'\nassert f([1]) == 1", REPLACED),
        ("with patch('numpy.sum'):\n    assert f([1]) == 1", REPLACED),
        ("with np.errstate(all='raise'):\n    assert f([1]) == 1", REPLACED),
        ("import sys, io\nold, sys.stdout = sys.stdout, io.StringIO()\nf(1)\nsys.stdout = old", ""),
        ("rate = 9\nassert f(1) == 2", REBOUND),
        ("for rate in range(3):\n    assert f(rate) == rate", ""),
        ("assert 'total' not in globals()", LOOKS),
        ("f(1)\nassert not os.path.exists('left.txt')", LOOKS),
        ("assert isinstance(f(1), np.ndarray)", ""),
        ("assert isinstance(f(pd.DataFrame({'a': [1]})), np.ndarray)", KIND),
        ("assert type(f('aab')) is dict", KIND),
        ("assert f(np.ones((2, 3))).base is None", SAME),
    ],
)
def test_a_test_that_asks_for_more_than_values_needs_the_process(source, why):
    known = Owned(sources=frozenset({"np", "assert_allclose", "time"}), students=frozenset({"f", "Box"}))
    assert needs_process(source, known, {"rate"}, (), {"np"}) == why


def test_so_does_one_whose_helper_does():
    known = Owned(sources=frozenset({"same", "near"}), students=frozenset({"f"}))
    same, near = ast.parse(
        "def same(g, a):\n    b = list(a)\n    g(a)\n    assert a == b\ndef near(a, b):\n    assert abs(a - b) < 1"
    ).body
    assert needs_process("same(f, [1])", known, (), [same]) == AFTER
    assert needs_process("near(f(1), 2)", known, (), [near]) == ""
