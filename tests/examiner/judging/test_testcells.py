"""Test cells run here and see the names of the student's process, and nothing of the student's acts on them."""

from __future__ import annotations

import ast

import numpy as np
import pytest

from backprop.answers.tables import Check, Exercise, Tables
from backprop.check import VERDICT_MIME
from backprop.errors import CourseFileError
from examiner.course.cell_names import Owned, imports_of
from examiner.judging import lent, testcells
from examiner.judging.testcells import TestCells
from examiner.pipeline.examine import USUAL_IMPORTS
from examiner.runner import rpc
from examiner.runner.forkserver import shared_forkserver
from examiner.runner.limits import Limits
from examiner.runner.notebook_runner import NotebookRunner

pytestmark = pytest.mark.slow

LIMITS = Limits(cell_seconds=5)
TWICE = Exercise("1", "Twice", "double", 4.0, "twice the number.", "Add it to itself.", "What is twice 3?")
CHECK = Check("1", TWICE, "double(x)", {"given": 3.0, "want": 6.0})
RIGHT, CHECKED = "def double(x):\n    return x + x", 'check("1", lambda: double(given("1")))'


@pytest.fixture(scope="module")
def forkserver():
    return shared_forkserver(LIMITS)


@pytest.fixture
def run(forkserver, tmp_path):
    """Run a student's cell and then a test cell, and return what came of the latter."""
    with NotebookRunner(forkserver, tmp_path, LIMITS) as runner:
        cells = TestCells(runner, Tables({"1": TWICE}, {"1": CHECK}, {}), USUAL_IMPORTS, 1.0, 2000)

        def run(students: str, test: str):
            if students:
                runner.run(students)
            return cells.run(test, "check-1")

        run.runner, run.cells = runner, cells
        yield run


def test_a_right_answer_passes_and_its_verdict_is_kept(run):
    tested = run(RIGHT, CHECKED)
    assert tested.passed
    assert [verdict["passed"] for verdict in tested.verdicts] == [True]
    assert tested.failing == {}
    (shown,) = tested.outputs
    assert shown.output_type == "display_data"
    assert VERDICT_MIME in shown.data
    assert "right" in shown.data["text/plain"]


def test_a_wrong_answer_fails_with_the_explanation(run):
    tested = run("def double(x):\n    return x", CHECKED)
    assert not tested.passed
    assert tested.failing["kind"] == "value"
    shown, error = tested.outputs
    assert "should be 6" in shown.data["text/plain"]
    assert (error.output_type, error.ename) == ("error", "CheckFailed")


@pytest.mark.parametrize(
    ("students", "kind", "words"),
    [
        ("", "unanswered", "there is no `double` yet"),
        ("def double(x):\n    raise NotImplementedError()", "unanswered", "Exercise 1 · double is not answered yet."),
        ("def double():\n    return 6.0", "arguments", "does not take these arguments"),
        ("def double(x):\n    y = 1\n    return x['W']", "exception", "TypeError in double, line 3: `return x['W']`"),
        ("def double(x):\n    while True:\n        x += 1", "too slow", "stopped after 1 second,"),
        ("import os\ndef double(x):\n    os._exit(1)", "ended", "Python itself ended"),
        ("class Odd: pass\ndef double(x):\n    return Odd()", "type", "an Odd"),
    ],
    ids=["missing", "stub", "arguments", "exception", "slow", "ended", "object"],
)
def test_whatever_goes_wrong_is_explained_as_in_a_notebook(run, students, kind, words):
    tested = run(students, CHECKED)
    assert not tested.passed
    assert tested.failing["kind"] == kind
    assert words in tested.failing["but"]


def test_an_empty_array_is_told_by_its_shape(run):
    failing = run("import numpy as np\ndef double(x):\n    return np.zeros((0, 3))", CHECKED).failing
    assert failing["kind"] == "shape"
    assert "(0, 3)" in failing["returned"]
    assert not run("", "assert (double(1) == np.ones(3)).all()").passed


def test_a_loop_without_end_is_told_with_the_line_in_which_it_hangs(run):
    failing = run("def double(x):\n    while True:\n        x += 1", CHECKED).failing
    assert "in double, line" in failing["but"]


def test_a_test_cell_goes_on_after_a_student_s_process_has_ended(run):
    assert not run(f"import os\n{RIGHT}\ndef end():\n    os._exit(1)", "end()").passed
    assert run("", CHECKED).passed


def test_plain_asserts_work_and_say_which_line_failed(run):
    assert run(RIGHT, "assert double(2) == 4\nnp.testing.assert_allclose(double(np.ones(2)), [2, 2])").passed
    tested = run("", "x = 2\nassert double(x) == 5, 'not five'")
    assert tested.outputs[-1].evalue == "not five"
    assert tested.outputs[-1].traceback == ["<check-1>, line 2: assert double(x) == 5, 'not five'",
                                            "AssertionError: not five"]  # fmt: skip
    assert tested.failing == {}


def test_exceptions_of_the_students_are_caught_by_their_class(run):
    raising = "class Own(Exception): pass\ndef f(x):\n    raise (ValueError if x else Own)('no')"
    assert run(raising, "try:\n    f(1)\nexcept ValueError as error:\n    assert str(error) == 'no'").passed
    assert run("", "try:\n    f(0)\nexcept Exception as error:\n    assert type(error).__name__ == 'Own'").passed
    assert not run("", "f(0)").passed


def test_they_are_caught_by_the_class_that_theirs_is_made_from(run):
    own = "class Negative(ValueError): pass\nclass Lost(np.linalg.LinAlgError, KeyError): pass\n"
    raising = "def f(x):\n    raise Negative('no')\ndef g():\n    raise Lost()\ndef h():\n    return json.loads('{')"
    run(f"import json\nimport numpy as np\n{own}{raising}", "")
    for call, kind in (("f(1)", "ValueError"), ("g()", "np.linalg.LinAlgError"), ("h()", "ValueError")):
        assert run("", f"try:\n    {call}\nexcept {kind} as error:\n    pass\nelse:\n    assert False").passed, call
    assert not run("", "try:\n    f(1)\nexcept KeyError:\n    pass").passed
    stops = "class Done(StopIteration): pass\ndef double(x):\n    raise Done"
    assert not run(stops, "for a, b in zip(map(double, [1, 2]), [2, 4]):\n    assert a == b").passed


def test_so_are_warnings(run):
    own = "import warnings\nclass Gone(DeprecationWarning): pass\ndef old():\n    warnings.warn('old', Gone)"
    hears = "import warnings\nwith warnings.catch_warnings(record=True) as heard:\n    old()\n"
    assert run(own, f"{hears}assert issubclass(heard[0].category, DeprecationWarning)").passed


def test_an_object_may_answer_as_it_likes_to_names_that_it_does_not_have(run):
    own = "class Bag:\n    def __init__(self): self.__dict__['held'] = {'x': 3}\n"
    asked = "    def __getattr__(self, name): return self.__dict__['held'][name]"
    assert run(own + asked, "assert Bag().x == 3").passed


def test_helpers_of_one_test_cell_are_there_in_the_next_and_no_student_can_take_their_name(run):
    run(RIGHT, "def twice_of(x):\n    return double(x)")
    assert run("def twice_of(x):\n    return 0", "assert twice_of(4) == 8").passed


def test_values_are_seen_as_they_are_at_that_moment(run):
    assert run("count = 1\ndef more():\n    global count\n    count += 1", "assert count == 1").passed
    assert run("", "more()\nassert count == 2").passed
    assert run("count = 7", "assert count == 7").passed


@pytest.mark.parametrize(("last", "number"), [("double(2)", 4.0), ("double(2);", None), ("double(2) > 3  # ;", None)])
def test_the_last_line_is_points_where_it_shows_a_number(run, last, number):
    assert run(RIGHT, f"assert double(1) == 2\n{last}").number == number


def test_functions_are_seen_as_they_are_after_the_last_cell(run):
    assert run("def f(): return 1", "assert f() == 1").passed
    assert run("def f(): return 2", "assert f() == 2").passed


def test_what_a_test_needs_is_the_course_s_own_whatever_a_student_calls_by_that_name(run):
    hijack = "check = given = np = len = lambda *a, **k: None\ndef double(x):\n    return 0"
    assert not run(hijack, CHECKED).passed
    assert run("", "assert np.ones(3).shape == (3,)\nassert len([1]) == 1").passed


def test_objects_stay_with_the_students_process_and_are_reached_by_handle(run):
    network = """class Net:
    def __init__(self, rate=1.0):
        self.rate, self.weights = rate, np.ones((2, 2))
    def train(self, x):
        self.weights = self.weights + self.rate * x
        return self
def rate_of(net):
    return net.rate
import numpy as np"""
    test = """net = Net(rate=0.5)
net.train(2).train(2)
assert (net.weights == 3).all() and net.weights.shape == (2, 2)
net.rate = 4
assert rate_of(net) == 4 and rate_of([net, net][0]) == 4
assert hasattr(net, "rate") and not hasattr(net, "bias")
assert [rate_of(one) for one in [Net(1), Net(2)]] == [1, 2]"""
    assert run(network, test).passed, run("", test).outputs


def test_what_two_objects_make_of_each_other_is_not_told_here(run):
    classes = "class Point:\n    def __eq__(self, other): return True\n    def __bool__(self): return False\n"
    called = "class Line(Point):\n    def __call__(self): ...\nc, d = Line(), Line()"
    run(f"{classes}    __hash__ = lambda self: 1\na, b = Point(), Point()\n{called}", "")
    assert not run("", "assert c != d").passed
    assert run("", "assert Line != Point and Line in {Line}").passed
    for said in ("a != b", "not (a == b)", "a not in [b]", "len({a, b}) == 2", "a", "bool(a)", "a != 3"):
        tested = run("", f"assert {said}")
        assert not tested.passed, said
        assert "an object of the class Point cannot be compared" in tested.outputs[-1].evalue
    assert run("f = g = lambda x: x\nh = print", "assert f and f == g != h and f in {g} and f not in (h, 3)").passed


def test_an_object_is_an_instance_of_its_class_and_of_those_it_inherits_from(run):
    classes = "class Base: pass\nclass Net(Base): pass\nclass Other: pass\nnet = Net()"
    assert run(classes, "assert isinstance(net, Net) and isinstance(net, Base) and not isinstance(net, Other)").passed
    assert run("", "assert not isinstance(3, Net) and not isinstance(Net, Net)").passed


def test_what_comes_without_its_methods_is_noticed(run):
    run("class Stack(list):\n    def push(self, x): self.append(x)\ns, t = Stack(), [1, [2.0]]", "")
    for test, met in (("Stack()", True), ("s", True), ("t", False), ("[Stack()]", True), ("sum(t[:1])", False)):
        run.runner.met_objects = False
        assert run("def same(x): return x", f"same({test})" if test != "s" else "s").saw_objects == met, test


def test_an_exception_that_ends_loops_ends_none_of_a_test_cells(run):
    stopping = "def double(x):\n    raise StopIteration"
    assert not run(stopping, "for a, b in zip(map(double, [1, 2]), [2, 4]):\n    assert a == b").passed


def test_a_value_that_grows_in_this_process_fails_its_test_and_harms_nothing_else(run):
    growing = "import numpy as np\ndef grid():\n    return np.zeros((10**8, 1, 1), 'int8')"
    tested = run(growing, "np.allclose(grid(), [[1.0] * 12])")
    assert not tested.passed
    assert tested.outputs[-1].ename.endswith("MemoryError")
    assert run(RIGHT, CHECKED).passed


def test_np_random_goes_with_a_call_and_the_students_own_numbers_go_on_as_if_nothing_were_drawn(run):
    drawing = "import numpy as np\ndef draw(n):\n    return np.random.randn(n)\nnp.random.seed(3)\nown = draw(2)"
    np.random.seed(5)
    before = np.random.get_state()
    assert run(drawing, "np.random.seed(8)\nfirst = draw(3)\nsecond = draw(3)").passed
    np.random.set_state(before)
    expected = np.random.RandomState(8).randn(6)
    assert run("", f"assert np.allclose([*first, *second], {expected.tolist()})").passed
    rest = np.random.RandomState(3).randn(4)[2:]
    assert run("rest = draw(2)", f"assert np.allclose(rest, {rest.tolist()})").passed


def test_printed_text_of_a_called_function_is_output_and_can_be_heard(run):
    tested = run("def talk():\n    print('hello')\n    return 3", "talk()\nprint('there')")
    assert [output.text for output in tested.outputs] == ["hello\nthere\n"]
    assert run("", "assert returned_and_printed(lambda: talk()) == {'returned': 3, 'printed': []}").passed


def test_what_calls_show_has_the_room_of_one_cell_together(run):
    showing = """from IPython.display import display
def show(kind, size):
    display({kind: "A" * size}, raw=True)"""
    tested = run(showing, "for _ in range(5):\n    show('image/png', 1_500_000)\nshow('image/png', 10)")
    assert tested.passed
    assert [len(output.data["image/png"]) for output in tested.outputs if "data" in output] == [1_500_000] * 2 + [10]
    assert [output.text for output in tested.outputs if "text" in output] == ["\n… output cut …\n"]
    tested = run("", "for _ in range(200):\n    show('text/plain', 900)")
    assert sum(len(output.data["text/plain"]) for output in tested.outputs if "data" in output) <= 100_000


def test_what_a_test_lends_is_not_called_without_end(run, monkeypatch):
    monkeypatch.setattr(lent, "SECONDS", 1)
    run("def apply(f, n):\n    return f(10**15)\ndef right(f, n):\n    return f(n)", "")
    tested = run("", "assert apply(lambda n: sum(range(n)), 3) == 3")
    assert tested.outputs[-1].ename == "TimeoutError"
    assert run("", "import math\nassert right(math.factorial, 4) == 24 and right(abs, 10**12) == 10**12").passed
    assert run("", "assert right(lambda n: right(abs, n), -(10**12)) == 10**12").passed
    assert run("", "def lose(n): raise KeyError(n)\ntry:\n    right(lose, 10**12)\nexcept KeyError:\n    pass").passed


def test_nor_in_python(run, monkeypatch):
    monkeypatch.setattr(rpc, "PATIENCE", 0.1)
    run("def apply(f, n):\n    return f(99)", "")
    fib = "def fib(n):\n    return n if n < 2 else fib(n - 1) + fib(n - 2)\n"
    assert run("", f"{fib}assert apply(fib, 3) == 2").outputs[-1].ename == "TimeoutError"


def test_what_is_printed_without_end_is_cut(run):
    tested = run("def talk():\n    print('x' * 5000)", "talk()\ntalk()")
    assert tested.passed
    assert len(tested.outputs[0].text) < 2100
    assert "cut" in tested.outputs[0].text


def test_stderr_and_warnings_are_told_and_are_no_failure(run):
    noisy = f"import sys, warnings\n{RIGHT}\ndef noisy():\n    print('hm', file=sys.stderr); warnings.warn('ho')"
    tested = run(noisy, "noisy()")
    assert tested.passed
    assert {output.name for output in tested.outputs} == {"stdout"}
    assert "hm" in tested.outputs[0].text
    assert "UserWarning: ho" in tested.outputs[0].text


def test_of_a_picture_that_a_called_function_shows_the_size_is_kept_and_nothing_else_that_it_says(run):
    showing = """from IPython.display import display
def double(x):
    said = {"width": 9, "height": "1 onload=alert(1)", "filenames": {"image/png": "http://there"}}
    display({"image/png": "AA"}, raw=True, metadata=said | {"image/png": said})
    return x + x"""
    shown = run(showing, CHECKED).outputs[0]
    assert shown.data == {"image/png": "AA"}
    assert shown.metadata == {"width": 9, "image/png": {"width": 9}}


def test_a_called_function_can_show_neither_a_result_nor_a_verdict(run):
    forging = f"""from IPython.display import display
import sys
def f():
    sys.displayhook(100)
    display({{"text/plain": "100", "{VERDICT_MIME}": {{"passed": True}}}}, raw=True)"""
    tested = run(forging, "f()\nassert False")
    kinds = [output.output_type for output in tested.outputs]
    assert "execute_result" not in kinds
    assert kinds[-1] == "error"
    assert not any(VERDICT_MIME in output.get("data", {}) for output in tested.outputs)
    assert tested.verdicts == []


def test_the_last_line_of_a_test_cell_is_no_score(run):
    assert run("score = 1", "score\n100").outputs == []


def test_magics_in_a_test_cell_are_left_out(run):
    assert run(RIGHT, "%matplotlib inline\nassert double(1) == 2").passed


def test_a_test_cell_that_cannot_even_be_compiled_fails(run):
    assert run("", "this is no Python").outputs[-1].ename == "SyntaxError"


def test_a_cell_run_again_runs_with_the_students_process(run):
    run("xs = [1, 2]", "pass")
    assert run("total = 0\nfor x in xs: total += x", "assert again('total', xs=[5, 6]) == {'total': 11}").passed
    assert not run("", "again('nothing_like_it')").passed


def test_a_check_that_the_tables_do_not_have_is_the_courses_fault_and_nobodys_failure(run):
    with pytest.raises(CourseFileError, match="no check '7'"):
        run(RIGHT, 'check("7", lambda: double(3))')


def test_what_test_cells_import_is_read_from_the_source():
    sources = ["import numpy as np, os.path", "from backprop import check, given as g\n%matplotlib inline\nx = 1"]
    assert imports_of(sources) == {
        "np": ("numpy", ""),
        "os": ("os", ""),
        "check": ("backprop", "check"),
        "g": ("backprop", "given"),
    }


@pytest.mark.parametrize("wanted", ["np.array([[1.0], [2.0]])", "np.array([2.0])", "np.float64(2.0)"])
@pytest.mark.parametrize("empty", ["[]", "()", "[[]]", "range(0)", "np.matrix(np.zeros((0, 1)))", "np.zeros((0, 1))"])
def test_an_empty_answer_is_no_small_distance_from_the_right_one(run, empty, wanted):
    run(f"import numpy as np\ndef f():\n    return {empty}\ndef right():\n    return {wanted}", "")
    for test in (
        "np.all(abs({f} - WANTED) < 1e-6)",
        "not np.any(WANTED != {f})",
        "not ({f} > WANTED + 1).any()",
        "np.sum(np.abs(np.subtract({f}, WANTED))) == 0",
        "np.equal(WANTED, {f}).all()",
        "np.sum(np.square({f} - WANTED)) < 1e-6",
        "(lambda one, other: np.all(np.abs(one - other) < 1))({f}, WANTED)",
    ):
        test = f"WANTED = {wanted}\nassert {test}"
        assert run("", test.format(f="right()")).passed, test
        assert not run("", test.format(f="f()")).passed, test


@pytest.mark.parametrize("empty", ["[]", "()", "''", "{}", "set()", "np.zeros(0)", "range(0)"])
def test_nor_is_it_gone_through_together_with_the_right_one(run, empty):
    run(f"import numpy as np\ndef f():\n    return {empty}\ndef right():\n    return [1, 2]", "")
    for test in (
        "all(a == b for a, b in zip({f}, [1, 2]))",
        "max((abs(a - b) for a, b in zip([1, 2], {f})), default=0) == 0",
        "all(map(lambda a, b: a == b, {f}, (1, 2)))",
        "not [0 for a, b in zip([1, 2], list({f})) if a != b]",
    ):
        assert run("", f"assert {test}".format(f="right()")).passed, test
        assert not run("", f"assert {test}".format(f="f()")).passed, test
    assert run("", "assert list(zip(f(), [])) == [] and list(map(str, f())) == list(zip(*f())) == []").passed


def test_operators_of_test_cells_are_those_of_python(run):
    run("def f(x):\n    return x", "")
    test = """
assert f(7) % 4 == 3 and f(7) // 2 == 3 and f(2) ** 3 == 8 and f("%s") % 1 == "1" and f([1]) + [2] == [1, 2]
assert 1 < f(2) < 3 and not f(1) > 2 and f(6) & 3 == 2 and f(1) in [1] and f(None) is None and 3 * f([]) == []
assert (np.eye(2) @ f(np.eye(2)) == np.eye(2)).all() and np.add.reduce(f([1, 2])) == 3
assert np.add(1, f(2)) == 3 and np.maximum(f(3), 1, out=np.zeros(())) == 3
try:
    f([]) - 1
except TypeError as error:
    assert "unsupported operand type(s) for -" in str(error)
"""
    tested = run("", test)
    assert tested.passed, tested.outputs


def test_what_a_locked_cell_defines_looks_at_both_sides_too(run):
    owned = Owned(frozenset({"f"}))
    run.cells.define(ast.parse("def near(one, other):\n    return np.all(np.abs(one - other) < 1e-6)").body, owned)
    assert run("def f():\n    return [2.0]", "assert near(f(), np.array([2.0]))").passed
    assert not run("def f():\n    return []", "assert near(f(), np.array([2.0]))").passed


@pytest.mark.timeout(120)
def test_a_test_that_an_answer_keeps_going_is_stopped(run, monkeypatch):
    monkeypatch.setattr(testcells, "PATIENCE", 0.4)
    run("def f():\n    return 10**12\ndef same():\n    return 1.0", "")
    for test in (
        "for _ in range(f()): pass",
        "x = 1.0\nwhile x > 0.1:\n    x *= same() and 1.0",
        "assert 3 ** f() == 9",
    ):
        tested = run("", test)
        assert not tested.passed
        assert tested.outputs[-1].ename in ("TookTooLong", "OverflowError")
    assert run(RIGHT, CHECKED).passed
    assert run("", "assert double(2) ** 10 == 2**20").passed
