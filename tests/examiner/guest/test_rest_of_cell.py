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
