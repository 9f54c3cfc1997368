"""A line that fails does not take with it what stands alone below it in its cell."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.slow


def value(student_process, name):
    return student_process.kind(name).value


@pytest.mark.parametrize(
    "line",
    [
        "from google.colab import drive\ndrive.mount('/content/drive')",
        "import no_such_library as nsl",
        "import locale\nlocale.setlocale(locale.LC_ALL, 'xx_XX.UTF-8')",
        "%no_such_magic",
        "%cd /content/drive/MyDrive",
        "%run /content/helpers.py",
        "if True:\n    open('/content/data.csv')",
    ],
)
def test_imports_and_definitions_below_a_failing_line_hold(student_process, line):
    ran = student_process.run(f"{line}\nimport math\nfrom math import (\n    pi,\n)\ndef twice(x):\n    return 2 * x")
    assert ran.ended == ""
    assert value(student_process, "pi") == pytest.approx(3.14159, abs=1e-4)
    assert student_process.kind("math").kind != "missing"
    assert student_process.call("twice", (4,)) == 8


def test_one_import_that_fails_does_not_take_the_next_with_it(student_process):
    student_process.run("import no_such_library\nimport nor_this_one\nimport math\nhalf = math.pi / 2\nlast = 1")
    assert student_process.kind("math").kind != "missing"


BELOW = """
n_h, rate = 4, 1e-3
layers = [2, 3, 1]
np.random.seed(1)
rng = np.random.default_rng(3)
drawn = [rng.normal()]
"""


def test_constants_and_seeds_below_a_failing_line_hold(student_process):
    student_process.run("import numpy as np\nnp.random.seed(1)\nright = np.random.rand()")
    student_process.run(f"from google.colab import drive{BELOW}def size():\n    return n_h * layers[0]")
    assert student_process.call("size", ()) == 8
    assert value(student_process, "rate") == 1e-3
    assert student_process.kind("drawn").kind == "missing"
    student_process.run("seeded = np.random.rand() == right")
    assert value(student_process, "seeded") is True


@pytest.mark.parametrize(
    "cell",
    [
        "1 / 0\nanswer = 0",  # what a later cell counts up
        "1 / 0\nanswer = []",
        "1 / 0\nanswer = [[0, 0], [0.0]]",
        "1 / 0\nanswer = {'right': 0}",
        "1 / 0\nanswer = 7\nfor x in range(3):\n    answer += x",
        "1 / 0\nanswer = 7\nanswer = len('four')",
        "1 / 0\nanswer = 7\nanswer = 8",
        "1 / 0\nanswer = [7]\nanswer.append(3)",
        "1 / 0\nanswer = {1: 2}\nanswer[3] = 4",
        "1 / 0\nanswer = 7\ndel answer",
        "1 / 0\nanswer = 7\ndef f():\n    global answer\n    answer = 8",
        "1 / 0\nanswer = 7\n(answer := 8)",
        "1 / 0\nanswer = len('four')",
        "1 / 0\nif True:\n    answer = 7",
        "raise NotImplementedError\nanswer = 7",
        "def todo():\n    raise NotImplementedError()\ntodo()\nanswer = 7",
        "assert 1 == 2\nanswer = 7",
        "if True:\n    raise ValueError('stop')\nanswer = 7",
        "assert (1 ==\n    2), 'no'\nanswer = 7",
    ],
)
def test_a_constant_that_may_not_be_what_the_cell_would_have_left_is_left_out(student_process, cell):
    student_process.run(cell)
    assert student_process.kind("answer").kind == "missing"


@pytest.mark.parametrize("before", ["7", "len('four')"])
def test_a_name_that_is_there_keeps_its_value_right_or_wrong(student_process, before):
    student_process.run(f"answer = {before}")
    had = value(student_process, "answer")
    student_process.run("1 / 0\nanswer = 8")
    student_process.run("answer = answer\n1 / 0\nanswer = 9")
    assert value(student_process, "answer") == had


def test_what_does_not_stand_alone_is_left_out_as_in_a_notebook(student_process):
    ran = student_process.run("a = 1\na = 1 / 0\na = 2\nprint('never')\nimport math")
    assert value(student_process, "a") == 1
    assert [output.output_type for output in ran.outputs] == ["error"]


def test_the_traceback_of_a_function_below_shows_its_own_line(student_process):
    from examiner.errors import StudentCodeError

    student_process.run("1 / 0\n\ndef f(x):\n    y = x\n    return y / 0")
    with pytest.raises(StudentCodeError) as raised:
        student_process.call("f", (4,))
    assert (raised.value.trouble.line, raised.value.trouble.line_number) == ("return y / 0", 5)


@pytest.mark.parametrize("stop", ["import sys\nsys.exit()", "raise KeyboardInterrupt", "raise SystemExit"])
def test_who_stops_a_cell_on_purpose_is_obeyed(student_process, stop):
    student_process.run(f"{stop}\nimport math")
    assert student_process.kind("math").kind == "missing"


def test_a_cell_that_is_no_python_runs_not_at_all(student_process):
    student_process.run("import math\ndef f(:\n    pass")
    assert student_process.kind("math").kind == "missing"
