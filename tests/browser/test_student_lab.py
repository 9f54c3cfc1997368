"""`make lab` and `make teach`: the commands start JupyterLab with what each side needs, and nothing of the other's."""

import os
import sys
from pathlib import Path

import pytest

sys.path[:0] = [str(Path(__file__).parents[1] / name) for name in ("examiner", "course")]

from tinycourse import RIGHT, TinyCourse  # noqa: E402

from examiner.commands import grade  # noqa: E402
from examiner.commands import lab as commands  # noqa: E402
from examiner.commands.nbgrader_api import api_of  # noqa: E402


@pytest.fixture(scope="module")
def course(tmp_path_factory, course_root):
    return TinyCourse.make(tmp_path_factory.mktemp("labs") / "course", course_root / "nbgrader_config.py")


def test_a_student_sees_validate_and_no_tools_for_instructors(course, lab_at):
    folder, _ = commands.working_copy(course)
    configs = os.pathsep.join(map(str, (commands.STUDENT_CONFIG, commands.ALONE)))
    lab = lab_at(folder, env={"JUPYTER_CONFIG_PATH": configs})
    with lab.open("numbers/numbers.ipynb") as notebook:
        assert notebook.page.get_by_text("Validate").count() == 1
        assert notebook.page.get_by_text("Create Assignment").count() == 0
        assert notebook.page.get_by_text("Nbgrader", exact=True).count() == 0


def test_with_an_exchange_a_student_fetches_validates_submits_and_gets_feedback(
    course, lab_at, browser, monkeypatch, tmp_path_factory, screenshots
):
    exchange = tmp_path_factory.mktemp("exchange")
    monkeypatch.setenv(commands.EXCHANGE, str(exchange))
    nbgrader = api_of(course)  # the instructor's, which goes by the same variable
    assert nbgrader.release_assignment("numbers")["success"]
    environment = {"JUPYTER_CONFIG_PATH": str(commands.STUDENT_CONFIG), commands.EXCHANGE: str(exchange)}
    lab = lab_at(tmp_path_factory.mktemp("my_work"), env=environment)
    page = browser.new_page(viewport={"width": 1280, "height": 700})
    page.goto(f"{lab.url}/lab?token={lab.token}")
    page.get_by_text("Nbgrader", exact=True).click()
    assert page.locator(".lm-Menu").inner_text().split() == ["Assignment", "List"]
    page.get_by_text("Assignment List", exact=True).click()
    lists = page.locator("#nbgrader-assignment-list")
    lists.get_by_role("button", name="Fetch", exact=True).click()
    lists.get_by_role("button", name="numbers").click()
    lists.get_by_role("button", name="Validate", exact=True).click()
    assert "not answered yet" in page.locator(".jp-Dialog").inner_text()
    page.locator(".jp-Dialog .jp-mod-accept").click()
    with lab.open("numbers/numbers.ipynb") as notebook:
        notebook.type_into(notebook.index_of_id("exercise-1"), RIGHT)
        notebook.save()
        assert "Success" in notebook.validate()
    lists.get_by_role("button", name="Submit", exact=True).click()
    lists.get_by_role("button", name="Fetch Feedback", exact=True).wait_for()
    assert nbgrader.collect("numbers")["success"]
    (student,) = (folder.name for folder in (course.root / "submitted").iterdir())
    assert course.grade(student)[student].graded
    assert grade.feedback(course, "numbers", [student])
    assert nbgrader.release_feedback("numbers")["success"]
    lists.get_by_role("button", name="Fetch Feedback", exact=True).click()
    lists.get_by_text("(view feedback)").wait_for()
    page.screenshot(path=screenshots / "assignment-list.png")
    page.close()
    assert len(list(lab.root.glob("numbers/feedback/*/numbers.html"))) == 1


def test_an_instructor_sees_all_of_nbgrader(course, lab_at):
    with lab_at(course.root).open("source/numbers/numbers.ipynb") as notebook:
        assert notebook.page.get_by_text("Create Assignment").count() > 0
        notebook.page.get_by_text("Nbgrader", exact=True).click()
        menu = notebook.page.locator(".lm-Menu").inner_text()
        assert "Formgrader" in menu
        assert "Assignment List" in menu
