"""A student works through the released lesson on the chain: a question and a function, wrong first and then right."""

from __future__ import annotations

import shutil

import pytest

from examiner.commands import release, simulate
from examiner.course import misconceptions, source_notebook
from examiner.course.folders import Course

ASSIGNMENT = "chain_of_neurons"


@pytest.fixture(scope="module")
def course(course_root):
    return Course.here(course_root)


@pytest.fixture(scope="module")
def opened(course, lab_at, tmp_path_factory):
    """A fresh release of the notebook, open in JupyterLab, its first cell run."""
    scratch = release.scratch_course(course, tmp_path_factory.mktemp("chain") / "course", [ASSIGNMENT])
    release.generate(scratch, ASSIGNMENT)
    root = tmp_path_factory.mktemp("lab")
    shutil.copytree(scratch.release(ASSIGNMENT), root / ASSIGNMENT)
    with lab_at(root).open(f"{ASSIGNMENT}/{ASSIGNMENT}.ipynb") as page:
        page.run(page.index_of_id("imports"))
        yield page


@pytest.fixture(scope="module")
def solutions(course):
    cells = source_notebook.cells(source_notebook.read(course.notebook(ASSIGNMENT)))
    return {cell.exercise: cell.source for cell in cells if cell.role == "solution"}


def answer(page, exercise: str, source: str) -> str:
    """Type `source` into the solution cell of `exercise`, run it and its check; return what the check says."""
    cell = page.index_of_id(f"exercise-{exercise}")
    page.type_into(cell, simulate.without_markers(source))
    page.run(cell)
    return in_one_line(page.run(page.index_of_id(f"check-{exercise}")))


def in_one_line(text: str) -> str:
    return " ".join(text.split())


def test_a_question_shows_its_options_with_formulas_set(opened, screenshots):
    card = opened.index_of_id("quiz-1")
    opened.run(card)
    opened.screenshot(screenshots / "chain-quiz-1.png", cell=card)
    assert opened.output_html(card).count("<li>") == 4
    assert "mjx-container" in opened.output_html(card)


def test_an_open_question_is_called_unanswered(opened):
    check = opened.index_of_id("check-1")
    assert "there is no `answer_1` yet" in in_one_line(opened.run(check))
    opened.run(opened.index_of_id("exercise-1"))
    assert "there is no `answer_1` yet" in in_one_line(opened.run(check))


def test_a_wrong_choice_is_explained_and_the_right_one_explains_every_option(opened, course, screenshots):
    quiz = next(quiz for quiz in misconceptions.read(course.source(ASSIGNMENT)).quizzes if quiz["key"] == "1")
    said = answer(opened, "1", 'answer_1 = "B"')
    assert "✗ Exercise 1 · One step · not right yet" in said
    assert "✗ B wrongly chosen: This goes uphill." in said
    assert [o["label"] for o in quiz["option"] if in_one_line(o["because"]) in said] == ["B"]
    opened.screenshot(screenshots / "chain-wrong-1.png", cell=opened.index_of_id("check-1"))
    said = answer(opened, "1", 'answer_1 = "D"')
    assert "1 of 12 exercises · 1 of 40 visible points" in said
    assert [o["label"] for o in quiz["option"] if in_one_line(o["because"]) not in said] == []
    opened.screenshot(screenshots / "chain-right-1.png", cell=opened.index_of_id("check-1"))


def test_a_wrong_function_is_explained_and_the_right_one_passes(opened, course, solutions, screenshots):
    mistakes = {mistake.id: mistake for mistake in misconceptions.read(course.source(ASSIGNMENT)).misconceptions}
    for exercise, mistake, done in [("2", "listens-before-the-bend", 2), ("6", "weight-on-the-left", 3)]:
        said = answer(opened, exercise, mistakes[mistake].apply(solutions[exercise]))
        assert in_one_line(mistakes[mistake].hint) in said, said
        assert in_one_line(mistakes[mistake].ask) in said, said
        opened.screenshot(screenshots / f"chain-wrong-{exercise}.png", cell=opened.index_of_id(f"check-{exercise}"))
        assert f"{done} of 12 exercises" in answer(opened, exercise, solutions[exercise])


def test_a_wrong_number_is_told_which_step_is_off(opened, solutions, screenshots):
    said = answer(opened, "12", "answer_12 = 0.9**50")
    assert "this is the number you get when one step is wrong" in said
    assert "multiplied fifty times" in said
    opened.screenshot(screenshots / "chain-wrong-12.png", cell=opened.index_of_id("check-12"))
    assert "4 of 12 exercises" in answer(opened, "12", solutions["12"])


def test_the_rest_runs_to_the_end_and_validate_says_that_all_is_well(opened, solutions, screenshots):
    for exercise, solution in solutions.items():
        opened.set_source(opened.index_of_id(f"exercise-{exercise}"), simulate.without_markers(solution))
    opened.set_source(opened.index_of_id("tape"), "# TensorFlow takes long to load, and has tests of its own")
    opened.restart_kernel()
    opened.run_all()
    assert "12 of 12 exercises · 40 of 40 visible points" in opened.output_text(opened.index_of_id("check-12"))
    for name in ("u-plot", "train", "delta-plot", "depth-plot"):
        assert '<img src="data:image/png' in opened.output_html(opened.index_of_id(name))
        opened.screenshot(screenshots / f"chain-{name}.png", cell=opened.index_of_id(name))
    opened.save()
    assert "Success" in opened.validate()
    assert opened.console_errors == []
