"""An instructor grades in nbgrader's own Formgrader: it runs the course's pipeline."""

import sys
from pathlib import Path
from urllib.parse import quote

import pytest

sys.path[:0] = [str(Path(__file__).parents[1] / name) for name in ("examiner", "course")]

from tinycourse import TinyCourse  # noqa: E402

from examiner.commands import report  # noqa: E402
from examiner.commands.nbgrader_api import gradebook_of  # noqa: E402
from examiner.pipeline.safe_page import MATHJAX  # noqa: E402

NO_MATHS = "MathJax.Hub = {Startup: {signal: {Interest(then) { then('End') }}}}"
ODD = "<b class=name>eve"  # a student's folder may have any name


@pytest.fixture(scope="module")
def course(tmp_path_factory, course_root):
    made = TinyCourse.make(tmp_path_factory.mktemp("formgrader") / "course", course_root / "nbgrader_config.py")
    made.submit("ada")
    made.submit("ben", answer="def double(x):\n    return 3 * x")
    made.submit("cleo", name="Copy of NUMBERS (1).IPYNB")
    made.submit("dora")
    made.submit(ODD)
    (made.root / "submitted" / ODD / "numbers" / "page.html").write_text("<script>document.title = 'ran'</script>")
    handed_in = made.root / "submitted" / "dora" / "numbers"
    (handed_in / "numbers.ipynb").write_bytes(b"{ this is no JSON")
    (handed_in / "timestamp.txt").write_bytes(b"\xff the day before")
    return made


@pytest.fixture
def signed_in(course, lab_at, browser):
    """A page that may open Formgrader, with as much of MathJax as Formgrader asks for, and what the browser refused."""
    lab = lab_at(course.root)
    page = browser.new_page(viewport={"width": 1280, "height": 700})
    refused: list[str] = []
    page.on("console", lambda said: refused.append(said.text) if "Content Security Policy" in said.text else None)
    page.route(f"{MATHJAX}**", lambda route: route.fulfill(body=NO_MATHS, content_type="text/javascript"))
    page.goto(f"{lab.url}/tree?token={lab.token}")
    refused.clear()
    yield page, f"{lab.url}/formgrader", refused
    page.close()


def submission(course, student: str) -> str:
    """Return the number under which Formgrader shows a student's notebook."""
    with gradebook_of(course) as gradebook:
        return gradebook.find_submission_notebook("numbers", "numbers", student).id


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
    assert {student: found[student].score for student in ("ada", "ben", "cleo", "dora")} == {
        "ada": 100,
        "ben": 0,
        "cleo": 100,
        "dora": 0,
    }
    assert "not valid JSON" in found["dora"].notes[0]
    assert report.mistakes(course, "ben", "numbers") == [("1", "triple")]


PAGES = ["manage_assignments", "manage_submissions/numbers", "gradebook", "gradebook/numbers"]
PAGES += ["gradebook/numbers/numbers", "manage_students", "manage_students/ada", "manage_students/ada/numbers"]


@pytest.mark.parametrize("name", PAGES)
def test_every_page_of_formgrader_has_a_policy_and_breaks_none_of_it(name, signed_in):
    page, formgrader, refused = signed_in
    answer = page.goto(f"{formgrader}/{name}", wait_until="networkidle")
    policies = answer.header_value("content-security-policy")
    assert "script-src 'strict-dynamic' 'nonce-" in policies
    assert "frame-ancestors 'self'" in policies  # Jupyter's own, kept beside it
    assert page.locator("#main-table tr").count() >= 1
    assert page.locator("html").get_attribute("lang") == "en"
    assert refused == []


def test_an_instructor_grades_by_hand_as_ever(course, signed_in):
    course.grade("ben")
    page, formgrader, refused = signed_in
    answer = page.goto(f"{formgrader}/submissions/{submission(course, 'ben')}/", wait_until="networkidle")
    assert "script-src 'strict-dynamic' 'nonce-" in answer.header_value("content-security-policy")
    page.locator("span.glyphicon-eye-open").click()
    assert page.locator("a.name-shown").inner_text() == "ben"
    with page.expect_response(lambda response: "/api/grade/" in response.url):
        page.locator(".full-credit").first.click()
    page.locator(".help").click()
    page.locator("#help-dialog").get_by_text("Keyboard shortcuts").wait_for()
    assert refused == []
    assert report.results(course, "numbers")[1].score == 40


def test_a_students_name_is_text_wherever_it_stands(course, signed_in):
    course.grade(ODD)
    page, formgrader, _ = signed_in
    places = [f"submissions/{submission(course, ODD)}/", "gradebook/numbers/numbers", "manage_students"]
    for place in [*places, f"manage_students/{quote(ODD, safe='')}"]:
        page.goto(f"{formgrader}/{place}", wait_until="networkidle")
        assert ODD in page.content().replace("&lt;", "<").replace("&gt;", ">")
        assert page.locator("b.name").count() == 0


def test_a_page_that_was_handed_in_runs_nothing(course, signed_in):
    course.grade(ODD)
    page, formgrader, _ = signed_in
    answer = page.goto(f"{formgrader}/submissions/{submission(course, ODD)}/page.html")
    assert answer.ok
    assert "sandbox" in answer.header_value("content-security-policy")
    assert page.title() == ""


@pytest.mark.parametrize(
    "folder", ["submitted/ada/numbers", "autograded/ada/numbers", "feedback", "source/../submitted"]
)
def test_what_was_handed_in_is_never_opened_as_a_course(folder, course, signed_in):
    page, formgrader, _ = signed_in
    assert page.goto(f"{formgrader}?path={course.root}/{folder}").status == 403


def test_a_course_elsewhere_is_opened(course, signed_in):
    page, formgrader, _ = signed_in
    assert page.goto(f"{formgrader}?path={course.root}").ok
