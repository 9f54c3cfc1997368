"""Every button of nbgrader's Formgrader is pressed once, from Create Assignment to released feedback."""

import sys
from pathlib import Path

import pytest
from playwright.sync_api import expect

sys.path[:0] = [str(Path(__file__).parents[1] / name) for name in ("examiner", "course")]

import synthetic  # noqa: E402
from exchange_area import Exchange  # noqa: E402
from tinycourse import TinyCourse  # noqa: E402

from examiner.commands.nbgrader_api import gradebook_of  # noqa: E402
from examiner.pipeline.safe_page import MATHJAX  # noqa: E402

NO_MATHS = "MathJax.Hub = {Startup: {signal: {Interest(then) { then('End') }}}}"


class Formgrader:
    """Formgrader in a browser, and what it said wrong: errors of its scripts, and answers that are no page."""

    def __init__(self, page, lab):
        self.page, self.url, self.wrong = page, f"{lab.url}/formgrader", []
        page.set_default_timeout(90_000)
        page.route(f"{MATHJAX}**", lambda route: route.fulfill(body=NO_MATHS, content_type="text/javascript"))
        page.goto(f"{lab.url}/tree?token={lab.token}")
        page.on("pageerror", lambda error: self.wrong.append(str(error)))
        page.on("console", lambda said: self.wrong.append(said.text) if said.type == "error" else None)
        page.on("response", lambda answer: self.wrong.append(answer.url) if answer.status >= 400 else None)

    def go(self, place: str) -> None:
        self.page.goto(f"{self.url}/{place}", wait_until="networkidle")

    def row(self, name: str):
        return self.page.locator("#main-table tr", has_text=name)

    def press(self, row: str, button: str) -> str:
        """Press a button in a row, and return what the dialog says."""
        self.row(row).locator(f".{button} a").click()
        dialog = self.page.locator(".modal.in")
        dialog.wait_for()
        said = dialog.inner_text()
        self.page.locator(".modal .close").first.click()
        expect(self.page.locator(".modal-backdrop")).to_have_count(0)
        return said

    def saving(self):
        """Wait until a mark or a comment is saved."""
        return self.page.expect_response(lambda answer: answer.request.method == "PUT")

    def fill_in(self, **fields: str) -> None:
        """Fill in a dialog and save it; what the server answers closes a dialog, so the next one opens after that."""
        dialog = self.page.locator(".modal.in")
        for name, value in fields.items():
            dialog.locator(f".{name.replace('_', '-')}").fill(value)
        with self.saving() as saved:
            dialog.get_by_text("Save", exact=True).click()
        saved.value.finished()
        self.page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        expect(self.page.locator(".modal-backdrop")).to_have_count(0)


@pytest.fixture(scope="module")
def course(tmp_path_factory, course_root):
    made = TinyCourse.make(tmp_path_factory.mktemp("walk") / "course", course_root / "nbgrader_config.py")
    made.submit("ada")  # by hand
    Exchange(made).hand_in("ben", "def double(x):\n    return 3 * x")
    return made


@pytest.fixture(scope="module")
def formgrader(course, lab_at, browser):
    page = browser.new_page(viewport={"width": 1280, "height": 700})
    yield Formgrader(page, lab_at(course.root))
    page.close()


def test_assignments_are_created_edited_released_and_collected(course, formgrader, screenshots):
    page = formgrader.page
    formgrader.go("manage_assignments")
    page.get_by_role("link", name="Add new assignment...").click()
    formgrader.fill_in(name="second")
    formgrader.row("second").locator(".edit a").click()
    formgrader.fill_in(modal_duedate="2030-06-24T18:00", modal_timezone="+0200")
    formgrader.row("second").get_by_text("2030-06-24").wait_for()
    assert "No notebooks were matched" in formgrader.press("second", "assign")
    synthetic.write(course.root / "source" / "second")
    assert "Success" in formgrader.press("second", "assign")
    assert "Success" in formgrader.press("numbers", "assign")
    assert formgrader.row("numbers").locator(".preview a").get_attribute("href").endswith("/release/numbers")
    assert "Success" in formgrader.press("numbers", "release")
    formgrader.row("numbers").get_by_text("released").wait_for()
    assert "Success" in formgrader.press("numbers", "collect")
    page.screenshot(path=screenshots / "walk-assignments.png")
    formgrader.row("numbers").locator(".num-submissions a").click()
    page.wait_for_url("**/manage_submissions/numbers")
    assert formgrader.wrong == []


def test_submissions_are_graded_and_marked_by_hand(course, formgrader, screenshots):
    page = formgrader.page
    formgrader.go("manage_submissions/numbers")
    for student in ("ada", "ben"):
        assert "Success" in formgrader.press(student, "autograde")
    formgrader.row("ben").get_by_text("0 / 100").wait_for()
    page.screenshot(path=screenshots / "walk-submissions.png")
    formgrader.go("gradebook")
    for link in ("numbers", "numbers"):
        page.locator("#main-table").get_by_text(link).click()
        page.wait_for_load_state("networkidle")
    page.locator("#toggle_names").click()
    page.locator("#main-table").get_by_text("ada").click()
    page.wait_for_load_state("networkidle")
    page.locator("span.glyphicon-eye-open").click()
    assert page.locator("a.name-shown").inner_text() == "ada"
    fields = {"#check-1": "30", "#check-1_extra_credit": "5", "#exercise-1-comment": "Twice, not <b>three</b> times."}
    for field, said in fields.items():
        with formgrader.saving():
            page.locator(field).fill(said)
            page.locator("#hidden-1").focus()
    for button in ("full-credit", "no-credit"):
        with formgrader.saving():
            page.locator(f".{button}").last.click()
    page.screenshot(path=screenshots / "walk-marking.png")
    for said in ("Submission flagged", "Submission unflagged"):
        page.keyboard.press("Escape")
        page.keyboard.press("Control+Shift+F")
        page.get_by_text(said).wait_for()
    before = page.url
    page.locator("li.next a").click()
    page.wait_for_url(lambda url: url != before and "/next" not in url)
    assert formgrader.wrong == []
    with gradebook_of(course) as gradebook:
        assert gradebook.find_submission("numbers", "ada").score == 35
        comment = gradebook.find_comment("exercise-1", "numbers", "numbers", "ada").manual_comment
        assert comment == fields["#exercise-1-comment"]


def test_students_are_added_and_edited_and_feedback_is_released(course, formgrader, screenshots):
    page = formgrader.page
    formgrader.go("manage_students")
    page.get_by_role("link", name="Add new student...").click()
    formgrader.fill_in(id="cleo", first_name="Cleo", last_name="O'Neill", email="cleo@example.org")
    formgrader.row("cleo").locator(".edit a").click()
    formgrader.fill_in(modal_last_name="Onassis")
    formgrader.row("Onassis, Cleo").wait_for()
    page.screenshot(path=screenshots / "walk-students.png")
    formgrader.row("ben").locator("a").first.click()
    page.wait_for_load_state("networkidle")
    formgrader.row("numbers").locator("a").first.click()
    page.wait_for_load_state("networkidle")
    page.screenshot(path=screenshots / "walk-student.png")
    formgrader.go("manage_submissions/numbers")
    assert "Success" in formgrader.press("ben", "generate-feedback")
    assert "Success" in formgrader.press("ben", "release-feedback")
    formgrader.go("manage_assignments")
    assert "Success" in formgrader.press("numbers", "generate-feedback")
    assert "Success" in formgrader.press("numbers", "release-feedback")
    assert "Success" in formgrader.press("numbers", "release")
    formgrader.row("numbers").get_by_text("draft").wait_for()
    assert {path.parts[-3] for path in (course.root / "feedback").rglob("*.html")} == {"ada", "ben"}
    assert list((course.root / "exchange" / "backprop" / "feedback").glob("*.html"))
    assert formgrader.wrong == []
