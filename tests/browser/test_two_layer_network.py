"""A student works through the released notebook: wrong first, told what is wrong, then right."""

import shutil

import pytest

from examiner.commands import simulate
from examiner.course import misconceptions, source_notebook
from examiner.course.folders import Course

ASSIGNMENT = "two_layer_network"


@pytest.fixture(scope="module")
def course(course_root):
    return Course.here(course_root)


@pytest.fixture(scope="module")
def opened(course, lab_at, tmp_path_factory):
    """The released notebook, open in JupyterLab on the small digits, its first cell run."""
    root = tmp_path_factory.mktemp("lab")
    shutil.copytree(course.release(ASSIGNMENT), root / ASSIGNMENT)
    with lab_at(root, env={"BACKPROP_DATA": "digits"}).open(f"{ASSIGNMENT}/{ASSIGNMENT}.ipynb") as page:
        page.run(page.index_of_id("imports"))
        yield page


@pytest.fixture(scope="module")
def solutions(course):
    cells = source_notebook.cells(source_notebook.read(course.notebook(ASSIGNMENT)))
    return {cell.exercise: simulate.without_markers(cell.source) for cell in cells if cell.role == "solution"}


def in_one_line(text):
    return " ".join(text.split())


def test_an_unanswered_exercise_is_called_so_without_a_traceback(opened):
    text = opened.run(opened.index_of_id("check-1"))
    assert "or its cell did not run to its end" in in_one_line(text)
    opened.run(opened.index_of_id("exercise-1"))
    text = opened.run(opened.index_of_id("check-1"))
    assert "Exercise 1 · neural_network_structure is not answered yet" in in_one_line(text)
    assert "Traceback" not in text
    assert len(text.splitlines()) < 15


def test_a_wrong_answer_typed_in_is_explained_and_a_right_one_passes(opened, course, solutions, screenshots):
    mistakes = {mistake.id: mistake for mistake in misconceptions.read(course.source(ASSIGNMENT)).misconceptions}
    cells = source_notebook.cells(source_notebook.read(course.notebook(ASSIGNMENT)))
    source = {cell.exercise: cell.source for cell in cells if cell.role == "solution"}
    for exercise, mistake in [("1", "samples-for-outputs"), ("2", "flat-bias"), ("3", "sign-of-exponent"),
                              ("4", "no-output-sigmoid"), ("5", "forgot-half"), ("6", "missing-mean"),
                              ("7", "plus"), ("8", "no-update"), ("9", "labels-exchanged")]:  # fmt: skip
        cell, check = opened.index_of_id(f"exercise-{exercise}"), opened.index_of_id(f"check-{exercise}")
        opened.type_into(cell, simulate.without_markers(mistakes[mistake].apply(source[exercise])))
        opened.run(cell)
        text = opened.run(check)
        assert in_one_line(mistakes[mistake].hint) in in_one_line(text), (exercise, text)
        opened.screenshot(screenshots / f"wrong-{exercise}.png", cell=check)
        opened.type_into(cell, solutions[exercise])
        opened.run(cell)
        assert f"{exercise} of 10 exercises" in opened.run(check)
    opened.screenshot(screenshots / "right-9.png", cell=check)


def test_the_digits_are_shown_and_the_rest_runs_to_the_end(opened, solutions, screenshots):
    for exercise in ("10", "10b"):
        opened.type_into(opened.index_of_id(f"exercise-{exercise}"), solutions[exercise])
    data = ("load-digits", "flatten-digits", "transpose-digits", "filter-digits", "scale-digits", "binary-digits")
    for name in ("figures-1", "figures-2", *data, "pictures", "train", "exercise-10", "check-10", "tuning-plot",
                 "exercise-10b", "check-10b", "cost-plot"):  # fmt: skip
        text = opened.run(opened.index_of_id(name), timeout=120)
        assert "Error" not in text, (name, text)
    assert "labels: [0 1]" in opened.output_text(opened.index_of_id("binary-digits"))
    assert "10 of 10 exercises · 40 of 40 visible points · extra credit" in opened.output_text(
        opened.index_of_id("check-10b")
    )
    opened.screenshot(screenshots / "digits.png", cell=opened.index_of_id("pictures"))
    opened.screenshot(screenshots / "check-10b.png", cell=opened.index_of_id("check-10b"))


def test_a_drawing_in_the_gallery_is_answered_by_the_students_own_predict(opened):
    cell, asked = opened.index_of_id("digit-gallery"), opened.index_of_id("digit-gallery-fooled")
    opened.run(cell)
    assert "Nothing is drawn yet" in opened.run(asked)
    opened.cell(cell).locator(".dg-pad").focus()
    for key in ["ArrowUp"] * 7 + [" "] + ["ArrowDown"] * 14 + [" "]:  # a one, from top to bottom
        opened.page.keyboard.press(key)
    opened.cell(cell).locator(".lw-says", has_text="Your predict says 1.").wait_for()
    assert "Your predict says 1." in opened.run(asked)


def test_validate_says_that_all_is_well(opened):
    opened.save()
    assert "Success" in opened.validate()


def test_validate_explains_a_wrong_answer_in_full(opened, solutions):
    cell = opened.index_of_id("exercise-5")
    opened.set_source(cell, solutions["5"].replace("(2 * m)", "m"))
    opened.save()
    text = opened.validate()
    assert "it is twice as large as it should be" in in_one_line(text)
    assert "The ½ of the loss is missing" in in_one_line(text)


def test_the_explanation_can_be_read_in_the_dark_theme(opened, screenshots):
    opened.run(opened.index_of_id("exercise-5"))
    with opened.in_theme("JupyterLab Dark"):
        opened.run(opened.index_of_id("check-5"))
        opened.screenshot(screenshots / "dark.png", cell=opened.index_of_id("check-5"))
        opened.screenshot(screenshots / "dark-page.png", cell=opened.index_of_id("lesson-6"), height=1100)
    assert opened.console_errors == []
