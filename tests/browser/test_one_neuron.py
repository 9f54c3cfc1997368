"""A student meets one neuron: a quiz and a function, each wrong first, explained, then right."""

from __future__ import annotations

import pytest

from examiner.commands import release, simulate
from examiner.course import misconceptions, source_notebook
from examiner.course.folders import Course

NAME = "one_neuron"
BEFORE_THE_MAP = ["imports", "given-neuron", "weight-and-bias", "step", "quiz-1", "exercise-1", "check-1", "exercise-2",
                  "figures-2", "check-2", "exercise-3", "figures-3", "check-3"]  # fmt: skip


@pytest.fixture(scope="module")
def solutions(course_root):
    cells = source_notebook.cells(source_notebook.read(Course.here(course_root).notebook(NAME)))
    return {cell.exercise: cell.source for cell in cells if cell.role == "solution"}


@pytest.fixture(scope="module")
def page(course_root, lab_at, solutions, tmp_path_factory):
    """A fresh release of the notebook, open in JupyterLab, solved up to the map."""
    course = release.scratch_course(Course.here(course_root), tmp_path_factory.mktemp("course") / "scratch", [NAME])
    release.generate(course, NAME)
    with lab_at(course.release(NAME)).open(f"{NAME}.ipynb") as opened:
        for exercise in ("1", "2", "3"):
            answer(opened, exercise, solutions[exercise])
        for cell in BEFORE_THE_MAP:
            opened.run(opened.index_of_id(cell))
        yield opened


def answer(page, exercise: str, source: str) -> int:
    """Type an answer and run it; return where the check of the exercise stands."""
    cell = page.index_of_id(f"exercise-{exercise}")
    page.type_into(cell, simulate.without_markers(source))
    page.run(cell)
    return page.index_of_id(f"check-{exercise}")


def in_one_line(text: str) -> str:
    return " ".join(text.split())


def test_the_map_is_drawn_after_three_exercises(page, screenshots):
    assert "3 of 10 exercises" in page.output_text(page.index_of_id("check-3"))
    cell = page.index_of_id("map")
    page.run(cell)
    assert '<img src="data:image/png;base64,' in page.output_html(cell)
    page.screenshot(screenshots / "one-neuron-map.png", cell=cell)


def test_a_quiz_answered_wrong_explains_what_was_chosen_and_answered_right_every_option(page, course_root, screenshots):
    quizzes = misconceptions.read(Course.here(course_root).source(NAME)).quizzes
    reasons = [option["because"] for quiz in quizzes if quiz["key"] == "4" for option in quiz["option"]]
    card = page.run(page.index_of_id("quiz-4"))
    assert "Which of these statements about the map are true?" in card
    check = answer(page, "4", 'answer_4 = ["B", "C"]')
    text = in_one_line(page.run(check))
    assert "✗ B wrongly chosen" in text
    assert "✓ C rightly chosen" in text
    assert [in_one_line(reason) in text for reason in reasons] == [False, True, True, False]
    page.screenshot(screenshots / "one-neuron-quiz-wrong.png", cell=check)
    check = answer(page, "4", 'answer_4 = ["C"]')
    text = in_one_line(page.run(check))
    assert "4 of 10 exercises" in text
    assert [reason for reason in reasons if in_one_line(reason) not in text] == []


def test_the_formulas_of_a_quiz_are_set_as_formulas(page, screenshots):
    cell = page.index_of_id("quiz-5")
    page.run(cell)
    page.cell(cell).locator("mjx-container").nth(7).wait_for()
    assert page.cell(cell).locator("mjx-container").count() == 8
    assert "$" not in page.cell(cell).locator(".jp-RenderedMarkdown").inner_text()
    page.screenshot(screenshots / "one-neuron-formulas.png", cell=cell)


def test_a_wrong_slope_typed_in_is_explained_and_the_right_one_passes(page, course_root, solutions, screenshots):
    known = {
        mistake.id: mistake for mistake in misconceptions.read(Course.here(course_root).source(NAME)).misconceptions
    }
    wrong = known["link-of-the-weight"]
    page.run(page.index_of_id("given-slope"))
    check = answer(page, "6", wrong.apply(solutions["6"]))
    text = in_one_line(page.run(check))
    assert "dCdb(0.6, 0.4, -1.45, -0.3)" in text
    assert in_one_line(wrong.hint) in text
    assert in_one_line(wrong.ask) in text
    assert "Traceback" not in text
    page.screenshot(screenshots / "one-neuron-slope-wrong.png", cell=check)
    check = answer(page, "6", solutions["6"])
    assert "5 of 10 exercises" in page.run(check)


def test_the_rest_runs_to_the_end_and_validates(page, solutions, screenshots):
    for exercise in ("5", "7", "8", "9", "10"):
        page.set_source(page.index_of_id(f"exercise-{exercise}"), simulate.without_markers(solutions[exercise]))
    page.run_all()
    assert "10 of 10 exercises · 40 of 40 visible points" in page.output_text(page.index_of_id("check-10"))
    page.screenshot(screenshots / "one-neuron-path.png", cell=page.index_of_id("path"))
    own = page.cell(page.index_of_id("descent-map")).locator(".lw-says", has_text="Your arrow lies on the true one.")
    own.wait_for(timeout=30_000)
    page.save()
    assert "Success" in page.validate()
    assert page.console_errors == []
