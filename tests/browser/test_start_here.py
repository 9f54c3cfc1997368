"""A student opens the first page of the course: the set-up, a check that passes, one that explains, a quiz."""

from __future__ import annotations

import re
import shutil

import pytest

from examiner.commands import release, simulate
from examiner.course import misconceptions, source_notebook
from examiner.course.folders import Course

NAME = "start_here"
CELLS = ["set-up", "count-start", "count", "imports", "given-1", "check-1", "wrong-2"]


@pytest.fixture(scope="module")
def course(course_root, tmp_path_factory):
    """A fresh release of the page, beside the releases it links to."""
    root = tmp_path_factory.mktemp("course") / "scratch"
    course = release.scratch_course(Course.here(course_root), root, [NAME])
    release.release(course, NAME)
    for other in Course.here(course_root).assignments():
        if other != NAME:
            shutil.copytree(Course.here(course_root).release(other), course.release(other))
    return course


@pytest.fixture(scope="module")
def page(course, lab_at):
    """The page, open in JupyterLab, every cell run up to the check that explains."""
    with lab_at(course.root / "release").open(f"{NAME}/{NAME}.ipynb") as opened:
        for cell in CELLS:
            opened.run(opened.index_of_id(cell))
        yield opened


@pytest.fixture(scope="module")
def written(course):
    return misconceptions.read(course.source(NAME))


@pytest.fixture(scope="module")
def solutions(course):
    cells = source_notebook.cells(source_notebook.read(course.notebook(NAME)))
    return {cell.exercise: simulate.without_markers(cell.source) for cell in cells if cell.role == "solution"}


def answer(page, exercise: str, source: str) -> str:
    """Type an answer, run it and its check, and return what the check says."""
    cell = page.index_of_id(f"exercise-{exercise}")
    page.type_into(cell, source)
    page.run(cell)
    return in_one_line(page.run(page.index_of_id(f"check-{exercise}")))


def command(page, name: str) -> None:
    """Do what a menu of JupyterLab does, without waiting for its end: a dialog may come first."""
    page.page.evaluate("name => { jupyterapp.commands.execute(name); }", name)


def in_one_line(text: str) -> str:
    return " ".join(text.split())


def test_the_first_cell_says_in_one_green_line_that_all_is_well(page, screenshots):
    cell = page.index_of_id("set-up")
    text = page.output_text(cell)
    assert text.startswith("✓ Everything is ready: Python 3.")
    assert "\n" not in text
    assert "--jp-success-color1" in page.output_html(cell)
    page.screenshot(screenshots / "start-top.png", cell=page.index_of_id("title"), height=1300)


def test_a_given_function_that_is_right_passes_and_nothing_is_said_of_points(page, screenshots):
    cell = page.index_of_id("check-1")
    text = page.output_text(cell)
    assert "✓ Exercise 1 · squared_errors · right" in text
    assert "1 of 3 exercises" in text
    assert "points" not in text
    page.screenshot(screenshots / "start-passes.png", cell=page.index_of_id("lesson-1"), height=900)


def test_a_given_function_that_is_wrong_is_explained_mended_and_passes(page, written, solutions, screenshots):
    (known,) = (mistake for mistake in written.misconceptions if mistake.id == "sum-for-mean")
    text = in_one_line(page.run(page.index_of_id("try-2")))
    assert in_one_line(known.hint) in text
    assert in_one_line(known.ask) in text
    assert "Traceback" not in text
    page.screenshot(screenshots / "start-explains.png", cell=page.index_of_id("lesson-2"), height=1200)

    page.run(page.index_of_id("exercise-2"))  # as it was released
    assert "is not answered yet" in in_one_line(page.run(page.index_of_id("check-2")))
    assert in_one_line(known.hint) in answer(page, "2", known.apply(solutions["2"]))
    assert "2 of 3 exercises" in answer(page, "2", solutions["2"])
    page.screenshot(screenshots / "start-mended.png", cell=page.index_of_id("reading"), height=1200)


def test_the_quiz_explains_what_was_chosen_and_every_option_when_it_is_right(page, written, screenshots):
    card = page.run(page.index_of_id("quiz-3"))
    assert "the kernel appears to have died" in card
    text = answer(page, "3", 'answer_3 = "B"')
    assert "✗ B wrongly chosen" in text
    (quiz,) = written.quizzes
    assert [o["label"] for o in quiz["option"] if in_one_line(o["because"]) in text] == ["B"]
    page.screenshot(screenshots / "start-quiz.png", cell=page.index_of_id("lesson-3"), height=1200)
    text = answer(page, "3", 'answer_3 = "C"')
    assert "3 of 3 exercises" in text
    assert [o["label"] for o in quiz["option"] if in_one_line(o["because"]) not in text] == []


def test_the_rest_of_the_page_can_be_read(page, screenshots):
    for name, height in (("course", 1000), ("trouble", 900), ("shortcuts", 1200)):
        page.screenshot(screenshots / f"start-{name}.png", cell=page.index_of_id(name), height=height)
    assert page.console_errors == []


def test_restarted_and_run_to_its_end_it_does_not_stop_at_the_check_that_is_wrong_on_purpose(page):
    command(page, "notebook:clear-all-cell-outputs")
    command(page, "notebook:restart-run-all")
    page.page.locator(".jp-Dialog .jp-mod-accept").click()
    page.cell(page.index_of_id("check-3")).get_by_text("3 of 3 exercises").wait_for()
    page.wait_until_idle()
    page.save()
    assert "Success" in page.validate()


def test_a_kernel_that_dies_is_told_in_the_words_of_the_page_and_its_advice_helps(page, screenshots):
    cell = page.index_of_id("wrong-2")
    before = page.source(cell)
    page.set_source(cell, "import os; os._exit(1)")
    page.page.evaluate("i => { jupyterapp.shell.currentWidget.content.activeCellIndex = i; }", cell)
    command(page, "notebook:run-cell")
    dialog = page.page.locator(".jp-Dialog")
    dialog.wait_for()
    page.page.screenshot(path=screenshots / "start-died.png")
    said = in_one_line(dialog.inner_text())
    assert re.search(r"The kernel .*appears to have died\. It will restart automatically\.", said)
    dialog.locator(".jp-mod-accept").click()
    dialog.wait_for(state="detached")
    page.wait_until_idle()
    page.set_source(cell, before)
    command(page, "notebook:clear-all-cell-outputs")
    command(page, "notebook:run-all-above")
    page.cell(page.index_of_id("check-1")).get_by_text("1 of 3 exercises").wait_for()


def test_a_link_opens_the_first_assignment(page):
    page.cell(page.index_of_id("end")).get_by_role("link").click()
    page.page.wait_for_function("window.jupyterapp.shell.currentWidget.context.path.endsWith('one_neuron.ipynb')")


def test_opened_alone_in_another_folder_it_finds_its_checks(course, lab_at, screenshots):
    elsewhere = course.root / "release" / "downloads"
    elsewhere.mkdir()
    shutil.copy(course.release(NAME) / f"{NAME}.ipynb", elsewhere / "from a mail.ipynb")
    with lab_at(course.root / "release").open("downloads/from a mail.ipynb") as opened:
        assert "✗" not in opened.run(opened.index_of_id("set-up"))
        for cell in ("imports", "given-1", "check-1"):
            text = opened.run(opened.index_of_id(cell))
        assert "1 of 3 exercises" in text
        opened.screenshot(screenshots / "start-elsewhere.png", cell=opened.index_of_id("check-1"))


def test_a_course_that_cannot_be_imported_is_told_without_a_traceback(course, lab_at, tmp_path, screenshots):
    shutil.copytree(course.release(NAME), tmp_path / NAME)
    (tmp_path / "lib" / "backprop").mkdir(parents=True)  # shadows the course's own package, and holds nothing of it
    lab = lab_at(tmp_path, env={"PYTHONPATH": str(tmp_path / "lib")})
    (tmp_path / "lib" / "backprop" / "__init__.py").touch()
    with lab.open(f"{NAME}/{NAME}.ipynb") as opened:
        text = opened.run(opened.index_of_id("set-up"))
        assert text.startswith("✗ The course cannot run here")
        assert "make lab" in text
        assert "Traceback" not in text
        opened.screenshot(screenshots / "start-not-importable.png", cell=opened.index_of_id("set-up"))
