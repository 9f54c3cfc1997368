"""Statements about `check`, `given` and `quiz` as a student meets them: in plain Python, and in a real kernel."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import nbformat
import numpy as np
import pytest
from nbclient import NotebookClient

import backprop
from backprop import CheckFailed, check, given, quiz
from backprop import session as sessions
from backprop.errors import BackpropError, CourseFileError
from backprop.session import Session

VERDICT = "application/vnd.backprop.verdict+json"


@pytest.fixture
def student(session):
    """A student's session in the small assignment, outside of any notebook."""
    with sessions.use(session):
        yield session


# In plain Python ---------------------------------------------------------------------------------------------------


def test_a_right_answer_prints_one_line_and_returns_nothing(student, slopes, capsys):
    assert check("2", lambda: slopes) is None
    out = capsys.readouterr().out
    assert out.startswith("✓ Exercise 2 · slopes · right")
    assert out.endswith("1 of 4 exercises · 4 of 14 visible points\n")
    assert out.count("\n") == 1


def test_a_wrong_answer_raises_its_explanation(student, slopes):
    with pytest.raises(CheckFailed) as failed:
        check("2", lambda: slopes | {"dW": 7 * slopes["dW"]})
    assert str(failed.value).startswith("✗ Exercise 2 · slopes · not right yet")
    assert "a special hint" in str(failed.value)
    assert failed.value.verdict.misconception == "summed"
    assert isinstance(failed.value, AssertionError)
    assert isinstance(failed.value, BackpropError)


def test_what_a_wrong_answer_prints_is_seen_once(student, slopes, capsys):
    def answer():
        print("here")
        return slopes | {"dW": 5 * slopes["dW"] ** 2}

    with pytest.raises(CheckFailed):
        check("2", answer)
    assert capsys.readouterr().out.count("here") == 1


def test_values_count_as_well_as_functions(student, slopes, cost):
    check("2", slopes)
    check("1", cost)
    with pytest.raises(CheckFailed, match="is nothing"):
        check("2", None)
    assert student.passed == {"1"}


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (lambda: missing_function(1), "there is no `missing_function` yet"),  # noqa: F821
        (lambda: [][3], "IndexError in the call"),
        (lambda: (lambda a: a)(), "the function does not take these arguments"),
    ],
)
def test_what_goes_wrong_inside_is_explained_like_any_other_wrong_answer(student, answer, says):
    with pytest.raises(CheckFailed, match=re.escape(says)):
        check("1", answer)


def test_a_check_leaves_numpys_random_numbers_as_they_were(student, cost):
    np.random.seed(5)
    expected = np.random.rand(3)
    np.random.seed(5)
    check("1", lambda: cost + 0 * np.random.rand())
    with pytest.raises(CheckFailed):
        check("1", lambda: np.random.rand() + undefined)  # noqa: F821
    with pytest.raises(KeyboardInterrupt):
        check("1", interrupted)
    assert np.random.rand(3).tolist() == expected.tolist()


def interrupted():
    np.random.rand()
    raise KeyboardInterrupt


def test_the_seed_governs_what_the_answer_draws(student):
    drawn = []
    for seed in (0, 1, 1):
        with pytest.raises(CheckFailed):
            check("1", lambda: drawn.append(np.random.rand()), seed=seed)
    assert drawn[0] == np.random.RandomState(0).rand()
    assert drawn[1] == drawn[2] == np.random.RandomState(1).rand()


def test_a_warning_and_a_word_on_stderr_cost_nothing(student, cost, capfd):
    def noisy():
        print("to stderr", file=sys.stderr)
        np.exp(np.array([1e9]))
        return cost

    check("1", noisy)
    out, err = capfd.readouterr()
    assert "RuntimeWarning: overflow encountered in exp (this costs no points)" in out
    assert "to stderr (this costs no points)" in out
    assert err == ""


def test_inputs_and_quizzes_come_from_the_same_folder(student):
    assert given("3") == 3
    assert "Which of these learn?" in repr(quiz("4"))
    check("4", lambda: {"B", "C"})
    assert student.progress().startswith("1 of 4")


def test_a_session_that_records_is_asked_for_no_verdict():
    class Recording(Session):
        def judge(self, key, attempt):
            self.kept = (key, attempt.value)

    with sessions.use(Recording()) as recording:
        assert check("9", lambda: 4) is None
    assert recording.kept == ("9", 4)


def test_a_folder_without_tables_is_told_in_one_sentence(tmp_path):
    with sessions.use(Session(tmp_path)):
        for ask in (lambda: check("1", 1), lambda: given("1"), lambda: quiz("1")):
            with pytest.raises(CourseFileError, match="is not in this folder"):
                ask()


def test_everything_a_notebook_imports_is_there():
    assert all(hasattr(backprop, name) for name in backprop.__all__)


# In a kernel -------------------------------------------------------------------------------------------------------

SETUP = """
import sys
import numpy as np
import backprop
from backprop import check, given, load_mnist_01, quiz

backprop.session.current().seconds = 0.3
"""

# By name: what a student has written, and the check cell after it.
CELLS = {
    "missing": ("", 'check("6", lambda: back_propogation(*given("6")))'),
    "right": (
        "def neural_network_structure(X, Y, n_h=5):\n    return X.shape[0], n_h, Y.shape[0]",
        'check("1", lambda: neural_network_structure(*given("1")))',
    ),
    "wrong": (
        "def neural_network_structure(X, Y, n_h=5):\n    return X.shape[0], n_h, Y.shape[1]",
        'check("1", lambda: neural_network_structure(*given("1")))',
    ),
    "stub": (
        "def back_propogation(X, Y, parameters, cache):\n    raise NotImplementedError()",
        'check("6", lambda: back_propogation(*given("6")))',
    ),
    "exception": (
        "def back_propogation(X, Y, parameters, cache):\n    m = 1\n    return np.dot(X, Y)",
        'check("6", lambda: back_propogation(*given("6")))',
    ),
    "script": (
        "def computer_cost(A2, Y):\n    raise ValueError('<script>alert(1)</script>')",
        'check("5", lambda: computer_cost(*given("5")))',
    ),
    "random": (
        "def initialize_parameters(n_x, n_h, n_y):\n    W1 = np.random.randn((n_h, n_x))",
        'check("2", lambda: initialize_parameters(*given("2")))',
    ),
    "endless": (
        "import time\ndef sigmoid(x):\n    end = time.monotonic() + 20\n    while time.monotonic() < end: pass",
        'check("3", lambda: sigmoid(given("3")))',
    ),
    "noisy": (
        "def sigmoid(x):\n    print('thinking')\n    print('noise', file=sys.stderr)\n    np.exp(np.array([1e9]))\n"
        "    return 1 / (1 + np.exp(-x))",
        'check("3", lambda: sigmoid(given("3")))',
    ),
    "no such check": ("", 'check("77", 1)'),
    "another folder": (
        "import os; os.chdir('..'); from backprop.session import Session, use; started_elsewhere = Session('.')",
        'with use(started_elsewhere): check("1", 1)',
    ),
    "given elsewhere": ("", 'with use(started_elsewhere): given("1")'),
}


def run_in_a_kernel(folder: Path, mode: str, patch: pytest.MonkeyPatch) -> dict[str, list]:
    """Run all cells in one kernel in `folder`, and return the outputs of each check cell."""
    patch.setenv("PYTHONPATH", str(Path(backprop.__file__).parents[1]))
    if mode:
        patch.setenv("NBGRADER_EXECUTION", mode)
    sources = [SETUP, *(source for pair in CELLS.values() for source in pair)]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in sources])
    resources = {"metadata": {"path": str(folder)}}
    NotebookClient(notebook, timeout=60, kernel_name="python3", allow_errors=True, resources=resources).execute()
    assert not notebook.cells[0].outputs
    return {name: notebook.cells[2 + 2 * i].outputs for i, name in enumerate(CELLS)}


@pytest.fixture(scope="module", params=["", "validate", "autograde"], ids=["interactive", "validate", "autograde"])
def kernel(request, assignment):
    """What each cell shows when a student runs it, when nbgrader validates it, and when nbgrader grades it."""
    with pytest.MonkeyPatch.context() as patch:
        return request.param, run_in_a_kernel(assignment, request.param, patch)


FAILING = ["missing", "wrong", "stub", "exception", "script", "random", "endless"]
SAYS = {
    "missing": "there is no `back_propogation` yet: Exercise 6 · back_propogation is not answered, the answer has",
    "wrong": "Your n_y is the number of columns, and each column is one sample.",
    "stub": "Exercise 6 · back_propogation is not answered yet.",
    "exception": "ValueError in back_propogation, line 3: `return np.dot(X, Y)`",
    "script": "<script>alert(1)</script>",
    "random": "TypeError in initialize_parameters, line 2: `W1 = np.random.randn((n_h, n_x))`",
    "endless": "it was stopped after 0.3 seconds",
}


def shown(outputs, kind):
    return [output for output in outputs if output.output_type == kind]


def unwrapped(text: str) -> str:
    return re.sub(r"\s+", " ", text)


@pytest.mark.parametrize("name", ["right", "noisy"])
def test_a_passing_check_shows_a_card_and_no_error(kernel, name):
    mode, outputs = kernel
    (card,) = shown(outputs[name], "display_data")
    assert set(card.data) == {"text/plain", VERDICT} | ({"text/html"} if not mode else set())
    assert card.data[VERDICT]["passed"] is True
    assert card.data["text/plain"].startswith("✓ ")
    assert not shown(outputs[name], "error")


def test_noise_on_stderr_reaches_no_cell_and_what_is_printed_does(kernel):
    _, outputs = kernel
    (stream,) = shown(outputs["noisy"], "stream")
    assert (stream.name, stream.text) == ("stdout", "thinking\n")
    (card,) = shown(outputs["noisy"], "display_data")
    assert "noise (this costs no points)" in card.data["text/plain"]
    assert "overflow encountered in exp" in card.data["text/plain"]


@pytest.mark.parametrize("name", FAILING)
def test_a_failing_check_explains_once_and_without_a_traceback(kernel, name):
    mode, outputs = kernel
    cards, (error,) = shown(outputs[name], "display_data"), shown(outputs[name], "error")
    if mode == "validate":  # nbgrader reads the traceback and nothing else
        assert not cards
        said = "\n".join(error.traceback)
        assert len(error.traceback) < 20
    else:
        (card,) = cards
        assert set(card.data) == {"text/plain", VERDICT} | ({"text/html"} if not mode else set())
        assert card.data[VERDICT]["passed"] is False
        said = card.data["text/plain"]
        assert len(error.traceback) == 1
        assert error.traceback[0].startswith("✗ Exercise")
        assert error.traceback[0].endswith("not right yet: explained above.")
    assert said.startswith("✗ Exercise")
    assert SAYS[name] in unwrapped(said)
    assert "Traceback" not in said
    assert "\x1b" not in said


def test_no_cell_shows_a_long_traceback(kernel):
    _, outputs = kernel
    for name, cell in outputs.items():
        for error in shown(cell, "error"):
            assert len("\n".join(error.traceback).splitlines()) < 20, name
            assert "site-packages" not in "".join(error.traceback)


def test_what_a_student_wrote_is_escaped_in_the_card(kernel):
    mode, outputs = kernel
    if mode:
        assert not any("text/html" in output.get("data", {}) for cell in outputs.values() for output in cell)
        return
    (card,) = shown(outputs["script"], "display_data")
    assert "<script>" not in card.data["text/html"]
    assert "&lt;script&gt;" in card.data["text/html"]


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("no such check", "CourseFileError: There is no check '77' in checks.json."),
        ("another folder", "CourseFileError: checks.json is not in this folder"),
        ("given elsewhere", "CourseFileError: checks.json is not in this folder"),
    ],
)
def test_a_course_file_that_is_not_there_is_one_sentence(kernel, name, says):
    _, outputs = kernel
    (error,) = shown(outputs[name], "error")
    assert len(error.traceback) == 1
    assert error.traceback[0].startswith(says)
    assert not shown(outputs[name], "display_data")
