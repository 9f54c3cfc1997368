"""The first page keeps what it promises: it tells a wrong set-up without a traceback, and what it says is true.

Only this file and its counterpart among the browser tests know the page by its name.
"""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys

import classroom
import pytest
import structure
from nbformat import NotebookNode
from traitlets.config.loader import PyFileConfigLoader

from backprop.answers.attempt import TIME_LIMIT, Attempt
from backprop.explain import render
from backprop.session import Session, use
from examiner.course import source_notebook
from examiner.course.folders import CONFIG

NAME = "start_here"
FOLDER = classroom.COURSE.source(NAME)


@pytest.fixture(scope="module")
def page() -> NotebookNode:
    return source_notebook.read(classroom.COURSE.notebook(NAME))


@pytest.fixture(scope="module")
def text(page) -> str:
    return "\n".join(cell.source for cell in page.cells if cell.cell_type == "markdown")


def source_of(page, cell_id: str) -> str:
    return next(cell.source for cell in page.cells if cell.id == cell_id)


# ------------------------------------------------------------------------------------------------------ the first cell


def said_by(code: str, before: str = "", python: str = sys.executable, folder=FOLDER) -> str:
    """Return what a cell prints in a Python of its own; what it writes to stderr fails the test."""
    path = f"import sys\nsys.path.insert(0, {str(classroom.COURSE.root)!r})\nsys.path.append('')"
    ran = subprocess.run(
        [python, "-c", f"{path}\n{before}\n{code}"],
        cwd=folder, capture_output=True, text=True, encoding="utf-8", timeout=60,
    )  # fmt: skip
    assert (ran.returncode, ran.stderr) == (0, "")
    return ran.stdout


@pytest.fixture(scope="module")
def first(page) -> str:
    """The first code cell."""
    return next(cell.source for cell in page.cells if cell.cell_type == "code")


def test_the_first_cell_says_in_one_line_that_all_is_well(first):
    said = said_by(first)
    assert said.startswith("✓ Everything is ready")
    assert said.count("\n") == 1


@pytest.mark.parametrize("missing", ["backprop", "numpy"])
def test_where_the_course_cannot_be_imported_the_first_cell_says_so_with_the_command(first, missing):
    said = said_by(first, f"sys.modules[{missing!r}] = None")
    assert said.startswith("✗ The course cannot run here: ")
    assert missing in said.splitlines()[0]
    assert sys.prefix in said
    assert "\n      make lab\n" in said
    assert "Change Kernel… > Python 3 (ipykernel)" in said


def test_the_course_in_another_version_is_told_like_a_missing_one(first):
    said = said_by(first, "import types; sys.modules['backprop'] = types.ModuleType('backprop')")
    assert said.startswith("✗ The course cannot run here: cannot import name 'check'")


def test_old_python_is_told_before_anything_of_the_course_is_imported(first):
    said = said_by(first, "sys.version_info, sys.version = (3, 8, 18), '3.8.18 (main)'; sys.modules['backprop'] = None")
    assert "this is Python 3.8.18, and it needs 3.11 or newer" in said
    assert "make lab" in said


def test_old_python_can_read_the_first_cell(first):
    ast.parse(first, feature_version=(3, 8))
    with pytest.raises(SyntaxError):
        ast.parse("match 1:\n    case 1: pass", feature_version=(3, 8))


@pytest.mark.parametrize("minor", range(8, 11))
def test_a_real_old_python_says_what_to_do(first, minor):
    python = shutil.which(f"python3.{minor}")
    if not python or subprocess.run([python, "-c", ""], capture_output=True, check=False).returncode:
        pytest.skip(f"there is no Python 3.{minor} here")
    said = said_by(f"{first}", "sys.stdout.reconfigure(encoding='utf-8')", python)
    assert f"this is Python 3.{minor}." in said


# ------------------------------------------------------------------------------------------------- what the page says


def test_it_is_the_first_page_and_the_only_one_without_points():
    pages = classroom.COURSE.assignments()
    points = [structure.Assignment.read(classroom.COURSE.notebook(name)).gives_points for name in pages]
    assert pages[0] == NAME
    assert points == [False] + [True] * (len(pages) - 1)


def test_it_links_to_all_assignments_in_their_order(page):
    assert re.findall(r"^\| (\d+) \| \[[^\]]+\]\(\.\./(\w+)/\2\.ipynb\)", source_of(page, "course"), re.MULTILINE) == [
        (str(place), name) for place, name in enumerate(classroom.COURSE.assignments()) if name != NAME
    ]


def test_the_check_that_explains_explains_the_function_that_is_wrong_on_purpose(page):
    scope, here = {"In": [""]}, classroom.Attentive(FOLDER)
    with use(here), classroom.committed(NAME), classroom.unheard():
        for cell in ("imports", "wrong-2", "try-2"):
            classroom.run(cell, source_of(page, cell), scope)
    (verdict,) = here.verdicts["2"]
    assert verdict.misconception == "sum-for-mean"
    labels = {"You called", "You returned", "Should hold", "But", "Hint", "Ask yourself"}
    told = re.findall(r"^\| ([A-Z][^|]*) \|", source_of(page, "reading"), re.MULTILINE)
    assert {label.strip() for line in told for label in line.split(",")} == labels
    assert {label for label, _ in render.rows(verdict)} == labels


def test_the_check_that_is_wrong_on_purpose_does_not_stop_the_page(page):
    assert next(cell for cell in page.cells if cell.id == "try-2").metadata.tags == ["raises-exception"]


def test_the_shares_that_it_names_are_those_of_every_assignment(text):
    assert "**visible** check of an exercise is worth 40 % of its points" in text
    assert "**hidden** tests are worth the other 60 %" in text
    for name in classroom.COURSE.assignments():
        assignment = structure.Assignment.read(classroom.COURSE.notebook(name))
        for key in assignment.written.exercises:
            visible, hidden = assignment.points("check", key), assignment.points("hidden", key)
            if key not in {quiz["key"] for quiz in assignment.written.quizzes}:  # judged by the same answer both times
                assert 60 * visible == 40 * hidden, f"{name}, exercise {key}"


def test_the_times_that_it_names_are_those_of_the_course(text):
    config = PyFileConfigLoader(CONFIG, path=str(classroom.COURSE.root)).load_config()
    assert "with half a minute for each cell and five minutes in all" in text
    assert (config.Examine.cell_seconds, config.Examine.notebook_seconds) == (30, 300)
    assert "A check stops by itself after ten seconds" in text
    assert TIME_LIMIT == config.Examine.check_seconds == 10


def test_what_it_says_of_earlier_mistakes_is_how_the_course_is_set():
    config = PyFileConfigLoader(CONFIG, path=str(classroom.COURSE.root)).load_config()
    assert config.Examine.follow_through


def test_its_quiz_has_a_sentence_for_every_option():
    (quiz,) = classroom.source(NAME).written.quizzes
    for option in quiz["option"]:
        with use(here := Session(FOLDER)):
            verdict = here.judge(quiz["key"], Attempt(option["label"]))
        assert verdict.passed == bool(option.get("right"))
        chosen = [each["because"] for each in quiz["option"] if each is option or verdict.passed]
        assert [told["because"] for told in verdict.options if told.get("because")] == chosen
