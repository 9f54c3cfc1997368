"""`make lab` and `make teach`: the commands start JupyterLab with what each side needs, and nothing of the other's."""

import sys
from pathlib import Path

import pytest

sys.path[:0] = [str(Path(__file__).parents[1] / name) for name in ("examiner", "course")]

from tinycourse import TinyCourse  # noqa: E402

from examiner.commands import lab as commands  # noqa: E402


@pytest.fixture(scope="module")
def course(tmp_path_factory, course_root):
    return TinyCourse.make(tmp_path_factory.mktemp("labs") / "course", course_root / "nbgrader_config.py")


def test_a_student_sees_validate_and_no_tools_for_instructors(course, lab_at):
    folder, _ = commands.working_copy(course)
    lab = lab_at(folder, env={"JUPYTER_CONFIG_PATH": str(commands.STUDENT_CONFIG)})
    with lab.open("numbers/numbers.ipynb") as notebook:
        assert notebook.page.get_by_text("Validate").count() == 1
        assert notebook.page.get_by_text("Create Assignment").count() == 0
        assert notebook.page.get_by_text("Nbgrader", exact=True).count() == 0


def test_an_instructor_sees_all_of_nbgrader(course, lab_at):
    with lab_at(course.root).open("source/numbers/numbers.ipynb") as notebook:
        assert notebook.page.get_by_text("Create Assignment").count() > 0
        notebook.page.get_by_text("Nbgrader", exact=True).click()
        menu = notebook.page.locator(".lm-Menu").inner_text()
        assert "Formgrader" in menu
        assert "Assignment List" in menu
