"""The student's way and the instructor's, in the browser alone: from Create Assignment to the feedback that is read."""

import sys
from pathlib import Path

import pytest

sys.path[:0] = [str(Path(__file__).parents[1] / name) for name in ("examiner", "course")]

from tinycourse import RIGHT, TinyCourse  # noqa: E402

from examiner.commands.nbgrader_api import gradebook_of  # noqa: E402

SUCCESS = 120_000  # milliseconds that a button of Formgrader may take


@pytest.fixture(scope="module")
def course(tmp_path_factory, course_root):
    return TinyCourse.make(tmp_path_factory.mktemp("ways") / "course", course_root / "nbgrader_config.py")


@pytest.fixture
def home(course, tmp_path):
    """A student's folder, which knows the course and its exchange, and nothing else."""
    lines = [
        "c = get_config()",
        'c.CourseDirectory.course_id = "backprop"',
        f"c.Exchange.root = {str(course.root / 'exchange')!r}",
    ]
    (tmp_path / "nbgrader_config.py").write_text("\n".join(lines))
    return tmp_path


def press(page, formgrader, place, button):
    """Press a button of the first row of one of Formgrader's pages, and wait until it says that all went well."""
    page.goto(f"{formgrader}/{place}", wait_until="networkidle")
    page.locator(f"#main-table .{button} a").first.click()
    page.locator(".modal", has_text="Success").wait_for(timeout=SUCCESS)


def assignment_list(page):
    page.evaluate("jupyterapp.commands.execute('nbgrader:open-assignment-list')")
    page.locator("#refresh_assignments_list").wait_for()


def test_from_create_assignment_to_the_feedback_that_is_read(course, home, lab_at, browser, course_root, screenshots):
    teach = lab_at(course.root)
    # Create Assignment: the last cell becomes one that is marked by hand
    with teach.open("source/numbers/numbers.ipynb") as notebook:
        notebook.page.evaluate("jupyterapp.commands.execute('nbgrader:open-create-assignment')")
        panel = notebook.page.locator(".nbgrader-NotebookWidget")
        panel.locator("select").last.select_option(label="Manually graded answer")
        panel.locator(".nbgrader-CellPoints input").last.fill("10")
        panel.locator(".nbgrader-CellPoints input").last.press("Tab")
        notebook.page.screenshot(path=screenshots / "ways-create.png")
        notebook.save()
    form = browser.new_page(viewport={"width": 1280, "height": 700})
    form.goto(f"{teach.url}/tree?token={teach.token}")
    formgrader = f"{teach.url}/formgrader"
    for button in ("assign", "release"):
        press(form, formgrader, "manage_assignments", button)

    # The student fetches, is wrong, reads the hint, is right, validates, and submits
    study = lab_at(home, env={"PYTHONPATH": str(course_root)})
    mine = browser.new_page(viewport={"width": 1280, "height": 800})
    mine.goto(f"{study.url}/lab?token={study.token}")
    mine.wait_for_function("window.jupyterapp?.commands.hasCommand('nbgrader:open-assignment-list')")
    assignment_list(mine)
    mine.locator("#released_assignments_list button", has_text="Fetch").click()
    mine.locator("#fetched_assignments_list .list_item").first.wait_for()
    with study.open("numbers/numbers.ipynb") as notebook:
        notebook.run(notebook.index_of_id("imports"))
        for answer, said in ((RIGHT.replace("x + x", "3 * x"), "Not triple."), (RIGHT, "· right")):
            notebook.type_into(notebook.index_of_id("exercise-1"), answer)
            notebook.run(notebook.index_of_id("exercise-1"))
            assert said in notebook.run(notebook.index_of_id("check-1"))
        notebook.set_source(notebook.index_of("YOUR ANSWER HERE"), "Because adding is doubling.")
        notebook.screenshot(screenshots / "ways-right.png")
        notebook.save()
        assert "Success" in notebook.validate()
    mine.locator("#fetched_assignments_list button", has_text="Submit").first.click()
    mine.locator("#submitted_assignments_list .list_item").first.wait_for()
    mine.screenshot(path=screenshots / "ways-submitted.png")

    # The instructor collects, grades, gives one mark by hand, and lets the feedback go
    press(form, formgrader, "manage_assignments", "collect")
    press(form, formgrader, "manage_submissions/numbers", "autograde")
    with gradebook_of(course) as gradebook:
        (handed_in,) = gradebook.notebook_submissions("numbers", "numbers")
        assert (handed_in.score, handed_in.needs_manual_grade) == (100, True)
        place = f"{formgrader}/submissions/{handed_in.id}/"
    form.goto(place, wait_until="networkidle")
    with form.expect_response(lambda response: "/api/grade/" in response.url):
        form.locator(".full-credit").last.click()
    form.screenshot(path=screenshots / "ways-by-hand.png")
    with gradebook_of(course) as gradebook:
        (handed_in,) = gradebook.notebook_submissions("numbers", "numbers")
        assert (handed_in.score, handed_in.needs_manual_grade) == (110, False)
    for button in ("generate-feedback", "release-feedback"):
        press(form, formgrader, "manage_assignments", button)

    # The student reads it
    mine.locator("#refresh_assignments_list").click()
    mine.locator("#submitted_assignments_list button", has_text="Fetch Feedback").first.click()
    mine.locator("#submitted_assignments_list", has_text="view feedback").wait_for()
    (page,) = (home / "numbers" / "feedback").rglob("numbers.html")
    mine.goto(page.as_uri())
    assert "110" in mine.locator("body").inner_text()
    mine.screenshot(path=screenshots / "ways-feedback.png")
