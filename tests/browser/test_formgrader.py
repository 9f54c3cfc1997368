"""An instructor grades in nbgrader's own Formgrader: it runs the course's pipeline."""

import sys
from pathlib import Path

import pytest

sys.path[:0] = [str(Path(__file__).parents[1] / name) for name in ("examiner", "course")]

from tinycourse import TinyCourse  # noqa: E402

from examiner.commands import report  # noqa: E402


@pytest.fixture(scope="module")
def course(tmp_path_factory, course_root):
    made = TinyCourse.make(tmp_path_factory.mktemp("formgrader") / "course", course_root / "nbgrader_config.py")
    made.submit("ada")
    made.submit("ben", answer="def double(x):\n    return 3 * x")
    made.submit("cleo", name="Copy of NUMBERS (1).IPYNB")
    made.submit("dora")
    handed_in = made.root / "submitted" / "dora" / "numbers"
    (handed_in / "numbers.ipynb").write_bytes(b"{ this is no JSON")
    (handed_in / "timestamp.txt").write_bytes(b"\xff the day before")
    return made


def test_formgrader_shows_the_class_and_grades_it(course, lab_at, browser, screenshots):
    lab = lab_at(course.root)
    page = browser.new_page(viewport={"width": 1280, "height": 700})
    page.goto(f"{lab.url}/tree?token={lab.token}")  # signs in: Formgrader's own calls carry no token
    page.goto(f"{lab.url}/formgrader/manage_submissions/numbers")
    for student in ("ada", "ben", "cleo", "dora"):
        row = page.locator("tr", has_text=student)
        row.locator(".autograde a").click()
        page.locator(".modal", has_text="Success").wait_for(timeout=120_000)
        page.locator(".modal .close").first.click()
        page.locator(".modal").wait_for(state="hidden")
    page.screenshot(path=screenshots / "formgrader.png")
    page.goto(f"{lab.url}/formgrader/gradebook/numbers/numbers")
    page.get_by_text("Submission #").first.wait_for()
    page.screenshot(path=screenshots / "formgrader-gradebook.png")
    page.close()
    found = {result.student: result for result in report.results(course, "numbers")}
    assert {student: result.score for student, result in found.items()} == {
        "ada": 100,
        "ben": 0,
        "cleo": 100,
        "dora": 0,
    }
    assert "not valid JSON" in found["dora"].notes[0]
    assert report.misconceptions(course, "ben", "numbers") == [("1", "triple")]
