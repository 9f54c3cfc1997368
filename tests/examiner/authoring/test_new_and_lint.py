"""A new assignment works as it is laid down, and whatever is then broken in it is told, with its place."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import nbformat
import nbgrader
import pytest

from examiner.authoring import lint, new
from examiner.authoring.holes import holes
from examiner.cli import main
from examiner.commands import grade, report
from examiner.course import alternatives, misconceptions
from examiner.course.folders import CONFIG, Course
from examiner.errors import ExaminerError
from examiner.freezing import freeze, table_files
from examiner.freezing.running import run_solutions
from examiner.freezing.source import Source

PS1 = Path(nbgrader.__file__).parent / "docs" / "source" / "user_guide" / "source" / "ps1"


@pytest.fixture(scope="module")
def laid_down(tmp_path_factory, course_root) -> Course:
    """A course with one new assignment, never frozen."""
    root = tmp_path_factory.mktemp("new")
    shutil.copy(course_root / CONFIG, root)
    new.lay_down(Course(root), "scores")
    return Course(root)


@pytest.fixture
def course(laid_down, tmp_path) -> Course:
    """A copy of it, to be spoiled."""
    shutil.copytree(laid_down.root, tmp_path / "course")
    return Course(tmp_path / "course")


def faults(course: Course) -> str:
    return "\n".join(map(str, lint.lint(course, "scores")))


def change(course: Course, name: str, old: str, new: str) -> None:
    path = course.source("scores") / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_nothing_is_wrong_with_a_new_assignment(laid_down):
    assert lint.lint(laid_down, "scores") == []


def test_no_mutant_of_its_solution_passes_all_tests(laid_down):
    found, quiz = holes(Source.read(laid_down.notebook("scores")))
    assert quiz.skipped
    assert found.made > 40
    assert found.pass_everything == []


def test_a_test_that_is_too_weak_shows_in_the_mutants_that_pass(course):
    for key in ("1", "1.1", "1.2"):  # the scores of a single value are 0 for every scale
        change(course, "scores.ipynb", f'check(\\"{key}\\", lambda: scores(given(\\"{key}\\")))',
               f'check(\\"{key}\\", lambda: scores(given(\\"{key}\\")).shape)')  # fmt: skip
    found, _ = holes(Source.read(course.notebook("scores")))
    assert "x - np.mean(x)" in {mutant.before for mutant in found.pass_everything}


@pytest.mark.slow
def test_it_is_frozen_released_and_graded_as_it_is(course, capsys):
    root = ["--course", str(course.root)]
    for command in (["freeze", "scores"], ["release", "scores"]):
        assert main([*root, *command]) == 0
    handed_in = course.root / "submitted" / "ada" / "scores" / "scores.ipynb"
    shutil.copytree(course.release("scores"), handed_in.parent)
    nb = nbformat.read(handed_in, as_version=4)
    answers = {"exercise-1": "def scores(x):\n    return (x - x.mean()) / x.var()", "exercise-2": 'answer_2 = "b"'}
    for cell in nb.cells:
        cell.source = answers.get(cell.metadata.get("nbgrader", {}).get("grade_id"), cell.source)
    nbformat.write(nb, handed_in)
    grade.grade(course, "scores", ["ada"])
    (result,) = report.results(course, "scores")
    assert (result.score, result.out_of) == (60, 100)  # half of 80 for the known mistake, and the quiz
    assert "variance-for-spread" in report.table([result])


def test_its_alternative_gets_the_values_of_the_solution(laid_down):
    source = Source.read(laid_down.notebook("scores"))
    (other,) = alternatives.read(laid_down.source("scores"))
    from examiner.freezing.bench import Bench
    from examiner.freezing.recording_session import Inputs

    inputs = Inputs()
    want = run_solutions(source, inputs)
    got = Bench(source.cells, "1", inputs).run(other.solution)
    assert got
    assert all(abs(attempt.value - want[key].value).max() < 1e-12 for key, attempt in got.items())


@pytest.mark.parametrize("name", ["scores", "a+b", "../out", "", ".."])
def test_a_name_that_cannot_be_is_refused(laid_down, name):
    with pytest.raises(ExaminerError, match=r"Choose another name|cannot be the name"):
        new.lay_down(laid_down, name)


@pytest.mark.parametrize(
    ("name", "old", "new_text", "told"),
    [
        ("scores.ipynb", '"grade_id": "check-1"', '"grade_id": "chek-1"', "exercise 1: it has no check."),
        ("scores.ipynb", '"grade_id": "exercise-1"', '"grade_id": "excercise-1"', "exercise 1: it has no solution."),
        ("scores.ipynb", "### END HIDDEN TESTS", "### END HIDEN TESTS", "is not a mark. Do you mean 'END HIDDEN"),
        ("scores.ipynb", '"### END SOLUTION', '"', "cell exercise-2: not every ### BEGIN SOLUTION is followed by"),
        ("scores.ipynb", "*Whatever", "![](images/c.svg) *Whatever", "the picture images/c.svg is not there"),
        ("scores.ipynb", "*Whatever", "![](images/c.svg) *Whatever", "the picture images/c.svg has no text"),
        ("scores.ipynb", "### BEGIN HIDDEN TESTS", "# Hidden.", "hidden-1 is a hidden test without marks"),
        ("scores.ipynb", '"points": 48', '"points": 40', "scores: its points add up to 92."),
        ("scores.ipynb", "return distances /", "return np.random.default_rng().random() * distances /", "different"),
        ("misconceptions.toml", 'function = "scores"', 'function = "score"', "Write 'scores'."),
        ("misconceptions.toml", "credit = 0.5", "credit = 5", "a share of the points, from 0 to 1"),
        ("misconceptions.toml", 'hint = "First', 'hnt = "First', "hint"),
        ("misconceptions.toml", 'hint = "First', 'hint = "**First** of', "its hint has '**First**', and"),
        ("misconceptions.toml", 'id = "sum-for-mean"', 'id = "variance-for-spread"', "two [[misconception]] have id"),
        ("misconceptions.toml", '[[exercise]]\nkey = "2"', '[[exercise]]\nkey = "3"', "2"),
        ("alternatives.toml", "solution", "solutoin", "solution"),
        ("alternatives.toml", "def scores", "def score", "'np.std' of exercise 1 does not define scores"),
        ("alternatives.toml", 'exercise = "1"', 'exercise = "1a"', "an [[alternative]] for exercise '1a', which"),
    ],
)  # fmt: skip
def test_what_is_broken_is_told_with_its_place(course, name, old, new_text, told):
    change(course, name, old, new_text)
    assert told in faults(course)


def test_a_raw_cell_with_a_mark_of_nbgrader_s_is_told(course):
    change(course, "scores.ipynb", '"cell_type": "code",\n   "execution_count": null,\n   "id": "exercise-2"',
           '"cell_type": "raw",\n   "id": "exercise-2"')  # fmt: skip
    change(course, "scores.ipynb", '"outputs": [],\n   "source": [\n    "### BEGIN', '"source": [\n    "### BEGIN')
    assert "cell exercise-2: it is a raw cell" in faults(course)


def test_a_check_that_leans_on_a_value_of_an_earlier_answer_is_told(course):
    change(course, "scores.ipynb", '### END SOLUTION"', '### END SOLUTION\\n",\n    "spread = 3"')
    change(course, "scores.ipynb", "lambda: answer_2", "lambda: answer_2 if spread else 0")
    assert "cell check-2: it uses spread, which the answer to exercise 1 leaves behind." in faults(course)


def test_the_command_says_each_fault_and_release_stops_at_it(course, capsys):
    change(course, "misconceptions.toml", 'function = "scores"', 'function = "score"')
    assert main(["--course", str(course.root), "lint"]) == 1
    told = capsys.readouterr().out
    assert told.startswith("scores: exercise 1: its function is called 'score'")
    assert main(["--course", str(course.root), "release", "scores"]) == 2
    assert "its function is called 'score'" in capsys.readouterr().err
    assert not course.release("scores").exists()


def test_lint_lists_the_tests_that_run_within_and_why(course, capsys):
    folder = course.root / "source" / "sorting"
    folder.mkdir()
    answer = {"grade_id": "a", "grade": False, "solution": True, "locked": False, "schema_version": 3, "task": False}
    test = {**answer, "grade_id": "t", "grade": True, "solution": False, "locked": True, "points": 1}
    code = "### BEGIN SOLUTION\ndef put_in_order(xs):\n    xs.sort()\n### END SOLUTION"
    checks = "xs = [2, 1]\nput_in_order(xs)\nassert xs == [1, 2]"
    cells = [nbformat.v4.new_code_cell(code, metadata={"nbgrader": answer}),
             nbformat.v4.new_code_cell(checks, metadata={"nbgrader": test})]  # fmt: skip
    nbformat.write(nbformat.v4.new_notebook(cells=cells), folder / "sorting.ipynb")
    assert main(["--course", str(course.root), "lint", "sorting"]) == 0
    said = capsys.readouterr().out
    assert "t runs within the student's process: " in said
    assert "sorting: nothing found" in said
    assert not (course.root / "release" / "sorting").exists()


def test_a_notebook_of_nbgraders_gets_checks_for_what_its_tests_call(course):
    folder, left = new.from_notebook(course, "squares", PS1 / "problem1.ipynb")
    assert left == []
    words = misconceptions.read(folder)
    assert [entry["function"] for entry in words.exercises.values()] == ["squares", "sum_of_squares"]
    assert (folder / "jupyter.png").is_file()
    nb = nbformat.read(folder / "squares.ipynb", as_version=4)
    sources = {cell.metadata.get("nbgrader", {}).get("grade_id", cell.get("id")): cell.source for cell in nb.cells}
    assert sources["check-1"] == 'check("1", lambda: squares(given("1")))'
    assert re.findall(r"lambda: \w+", sources["hidden-2"]) == ["lambda: sum_of_squares"] * 3
    assert "assert squares(1) == [1]" in sources["correct_squares"]  # its own tests keep their points
    checks, _ = freeze.freeze(Source.read(course.notebook("squares")))
    assert checks["checks"]["1"]["given"] == 10
    table_files.write(folder, (checks, {"format": checks["format"], "checks": {}}))


def test_a_notebook_of_which_nothing_can_be_proposed_is_said_to_work_as_it_is(course):
    with pytest.raises(ExaminerError, match="It works as it is"):
        new.from_notebook(course, "plots", PS1 / "problem2.ipynb")
    assert not course.source("plots").exists()


CALLS = """x = np.arange(3)
assert halves(x)[2] == 1
for k in range(2):
    assert doubles(k, by=k + 2) >= 0
assert halves([np.pi])[0] < 2 and halves(float("inf")) == float("inf")
assert doubles(open) is open"""
FUNCTIONS = """def halves(x):
    return np.asarray(x) / 2
def doubles(x, by=2):
    return x * by if isinstance(x, int) else x"""


def test_every_function_of_an_answer_gets_what_its_tests_hand_over_however_they_make_it(tmp_path, course):
    mark = {"grade": False, "solution": True, "locked": False, "schema_version": 3, "task": False}
    cells = [
        nbformat.v4.new_code_cell("%matplotlib inline\nimport numpy as np"),
        nbformat.v4.new_code_cell(FUNCTIONS, metadata={"nbgrader": {**mark, "grade_id": "both"}}),
        nbformat.v4.new_code_cell(
            CALLS, metadata={"nbgrader": {**mark, "grade_id": "t", "grade": True, "solution": False, "points": 1}}
        ),
    ]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), tmp_path / "calls.ipynb")
    folder, left = new.from_notebook(course, "calls", tmp_path / "calls.ipynb")
    assert left == ["doubles: a builtin_function_or_method cannot be written down"]
    nb = nbformat.read(folder / "calls.ipynb", as_version=4)
    text = "\n".join(cell.source for cell in nb.cells)
    for value in ("np.array([0, 1, 2])", "[3.141592653589793]", 'float("inf")', "0, 2)", "1, 3)"):
        assert re.search(rf'freeze_inputs\("1[.\d]*", {re.escape(value.removesuffix(")"))}', text), (value, text)
    assert misconceptions.read(folder).exercises["1"]["function"] == "halves, doubles"
    freeze.freeze(Source.read(course.notebook("calls")))
