"""A page of feedback: exercises by name, nothing that is hidden, nothing that acts, the same from nbgrader."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from nbformat import read
from nbgrader.preprocessors import GetGrades
from sqlalchemy import Engine, event
from synthetic import HALF, TRIPLE
from tinycourse import TinyCourse
from traitlets.config import Config

from examiner.commands import grade, worker_processes
from examiner.commands.nbgrader_api import api_of, gradebook_of
from examiner.course.folders import Course
from examiner.feedback.details import Details
from examiner.feedback.page import ALT, NO_ALT, FeedbackPage
from examiner.pipeline import page_process

pytestmark = pytest.mark.slow

SECRET = 'check("1.1", lambda: double(given("1.1")) + 0 * 987654)'
HIDDEN = f"### BEGIN HIDDEN TESTS\n{SECRET}\n### END HIDDEN TESTS"
TELLING = "def double(x):\n    print('told', x)\n    raise ValueError(f'told {x}')"
INPUTS = """from examiner.inputs import freeze_inputs
freeze_inputs("1", 3.0)
freeze_inputs("1.1", 54321.0)"""


@pytest.fixture(scope="module")
def pages(tmp_path_factory, course_root):
    """The pages of three students, by student."""
    root = tmp_path_factory.mktemp("page") / "course"
    course = TinyCourse.make(
        root, course_root / "nbgrader_config.py", hidden=HIDDEN, inputs=INPUTS, mistakes=(HALF, TRIPLE)
    )
    course.submit("ada")
    course.submit("ben", answer="def double(x):\n    return x / 2")
    course.submit("cleo", answer=TELLING, change=lambda nb: nb.cells.pop(-2))
    assert all(outcome.graded for outcome in course.grade("ada", "ben", "cleo").values())
    with gradebook_of(course) as gradebook:
        gradebook.find_comment("exercise-1", "numbers", "numbers", "ben").manual_comment = "Look at $x^2$ again."
        gradebook.find_grade("hidden-1", "numbers", "numbers", "ben").manual_score = 6.0
        gradebook.db.commit()
    made = grade.feedback(course, "numbers", ["ada", "ben", "cleo"])
    found = {path.parent.parent.name: path.read_text(encoding="utf-8") for path in made}
    assert api_of(course).generate_feedback("numbers", "ben", force=True)["success"]
    found["by nbgrader"] = next(path for path in made if "ben" in str(path)).read_text(encoding="utf-8")
    found["root"] = str(root)
    return found


def test_the_score_and_the_exercise_stand_at_the_top_by_name(pages):
    top = pages["ben"].partition('id="notebook"')[0]
    assert "6 of 100 points</h1>" in top
    assert re.search(r'<a href="#cell-[\w-]+">Exercise 1 · double</a>', top)
    assert "Not half." in top
    assert "Is it half?" in top
    assert "Marked by hand." in top
    assert "<msup>" in top
    assert "Test cell" not in pages["ben"]


def test_each_link_leads_to_a_cell(pages):
    for student in ("ada", "ben", "cleo"):
        for anchor in re.findall(r'href="#([\w-]+)"', pages[student]):
            assert f'id="{anchor}"' in pages[student]


def test_what_was_repaired_is_said(pages):
    assert "hidden-1 was missing, and is put back." in pages["cleo"].partition('id="notebook"')[0]


def test_nothing_of_a_hidden_test_is_shown(pages):
    for student in ("ada", "ben", "cleo"):
        for secret in ("987654", "54321", "HIDDEN TESTS", "1.1"):
            assert secret not in re.sub(r"data:[^\"]*|(?<=<style>).*?(?=</style>)", "", pages[student], flags=re.DOTALL)


def test_a_page_loads_nothing_and_runs_nothing(pages):
    for student in ("ada", "ben", "cleo"):
        assert "<script" not in pages[student]
        assert not re.search(r'(?:src|url|@import)[=( ]*"?https?:', pages[student])
        assert "default-src 'none'" in pages[student]


def test_nothing_lies_beside_a_page_that_it_does_not_need(pages):
    folder = Path(pages["root"]) / "feedback" / "ada" / "numbers"
    assert [path.name for path in folder.iterdir()] == ["numbers.html"]
    assert (Path(pages["root"]) / "autograded" / "ada" / "numbers" / "checks.json").is_file()


def test_no_other_student_and_no_folder_of_the_machine_is_named(pages):
    for student in ("ada", "ben", "cleo"):
        assert not {"ada", "ben", "cleo"} - {student} & set(re.findall(r"\w+", pages[student]))
        assert pages["root"] not in pages[student]
        assert "site-packages" not in pages[student] or "/site-packages" not in pages[student].replace("…/site", "")


def test_nbgrader_makes_the_same_page(pages):
    assert pages["by nbgrader"] == pages["ben"]


def test_a_configuration_of_before_with_nbgraders_own_step_makes_the_same_page(pages):
    changes = Config({"GenerateFeedback": {"preprocessors": [GetGrades, Details]}})
    course = Course(Path(pages["root"]))
    assert api_of(course, changes).generate_feedback("numbers", "ben", force=True)["success"]
    made = course.root / "feedback" / "ben" / "numbers" / "numbers.html"
    assert made.read_text(encoding="utf-8") == pages["ben"]


def test_a_page_asks_the_gradebook_a_few_times_however_many_cells_there_are(pages):
    course, asked = Course(Path(pages["root"])), []
    listen = (Engine, "before_cursor_execute", lambda connection, cursor, statement, *rest: asked.append(statement))
    event.listen(*listen)
    try:
        nb = read(course.root / "autograded" / "ben" / "numbers" / "numbers.ipynb", as_version=4)
        where = {"db_url": api_of(course).coursedir.db_url, "notebook": "numbers", "assignment": "numbers"}
        Details().preprocess(nb, {"nbgrader": where | {"student": "ben"}, "metadata": {"path": pages["root"]}})
    finally:
        event.remove(*listen)
    assert sum(statement.startswith("SELECT") for statement in asked) == 3


def test_a_few_pages_need_no_other_process(pages, monkeypatch):
    monkeypatch.setattr(worker_processes, "pool", None)
    assert len(grade.feedback(Course(Path(pages["root"])), "numbers", ["ada", "ben", "cleo"])) == 3


def test_a_page_is_small(pages):
    assert len(pages["ben"].encode()) < 40_000


def test_an_image_without_words_gets_some_and_none_leaves_its_place():
    assert NO_ALT.sub(ALT, '<img src="a.png" alt="a"/>') == '<img src="a.png" alt="a"/>'
    assert "alt=No&#32;description" in NO_ALT.sub(ALT, '<img src="a.png"/>')
    assert NO_ALT.sub(ALT, '<b title="<img src=x">').count('"') == 2  # what stands in a value stays in it


class Endless:
    """An exporter that never has made a page."""

    def from_filename(self, filename, resources):
        while True:
            pass


def test_a_page_that_never_ends_says_the_score_wherever_it_is_made(pages, monkeypatch):
    course, changes = Course(Path(pages["root"])), Config()
    changes.Examine.page_seconds = 1
    monkeypatch.setattr(FeedbackPage, "from_filename", Endless.from_filename)
    assert api_of(course, changes).generate_feedback("numbers", "ben", force=True)["success"]
    by_nbgrader = (course.root / "feedback" / "ben" / "numbers" / "numbers.html").read_text(encoding="utf-8")
    with gradebook_of(course) as gradebook:
        notebook = gradebook.find_submission_notebook("numbers", "numbers", "ben")
        shown = page_process.PageInTime(changes, Endless, lambda number: notebook)
        by_formgrader, _ = shown.from_filename("numbers.ipynb", {"submission_id": notebook.id})
    assert by_nbgrader == by_formgrader
    assert "only its points are shown" in by_nbgrader
    assert "<h1>numbers (Score: 6 / 100)</h1>" in by_nbgrader
