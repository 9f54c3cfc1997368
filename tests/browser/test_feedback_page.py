"""A page of feedback is read by everyone: no fault for a screen reader, and no line wider than a small screen."""

from __future__ import annotations

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from backprop.check import VERDICT_MIME
from examiner.feedback import summary
from examiner.feedback.page import FeedbackPage

TEXT = "# Title\n\n$$\\sum_{i=1}^{100} x_i^2 + \\frac{1}{2} = a + b + c + d + e + f + g + h + i + j + k + l$$\n\n"
TABLE = "| | b | $\\delta_i$ |\n|---|---|---|\n"
TABLE += "| 1 | $x$ | a&nbsp;rather&nbsp;long&nbsp;cell&nbsp;of&nbsp;a&nbsp;table&nbsp;of&nbsp;many |\n"
VERDICT = {
    "key": "1",
    "exercise": "double",
    "name": "Exercise 1 · double",
    "passed": False,
    "but": "it is `3`.",
    "hint": "Add.",
    "ask": "Why?",
}


def page_of() -> str:
    meta = {"grade_id": "check-1", "grade": True, "locked": True, "solution": False, "score": 1.0, "points": 4.0}
    outputs = [
        new_output("display_data", data={VERDICT_MIME: VERDICT}),
        new_output("stream", text="x" * 300),
        new_output("error", ename="E", evalue="e", traceback=["\x1b[31mred\x1b[0m # YOUR CODE HERE"]),
    ]
    code = "# a comment\ndef double(x):\n    return 'a' * 3 + " + "x" * 200
    cell = new_code_cell(code, metadata={"nbgrader": meta}, outputs=outputs)
    given = {**meta, "grade_id": "check-10", "score": 15.0, "points": 15.0}  # all points, though its check fails
    failing = {**VERDICT, "key": "10", "exercise": "train", "name": "Exercise 10 · train_accuracy"}
    follows = new_output("display_data", data={VERDICT_MIME: failing})
    cells = [cell, new_code_cell("train()", metadata={"nbgrader": given}, outputs=[follows])]
    nb = new_notebook(cells=[new_markdown_cell(TEXT + TABLE), *cells])
    said = {"exercises": summary.of(nb), "notes": ["One cell came back."], "late": "2 hours", "until": ""}
    where = {"notebook": "n", "score": 1.0, "max_score": 4.0, "late_penalty": 0, "page": said}
    return FeedbackPage().from_notebook_node(nb, {"nbgrader": where})[0]


@pytest.fixture(scope="module")
def page(browser, course_root, tmp_path_factory):
    axe = course_root / "node_modules" / "axe-core" / "axe.min.js"
    if not axe.exists():
        pytest.skip("axe-core is missing: .venv/bin/python tools/js.py install")
    path = tmp_path_factory.mktemp("page") / "page.html"
    path.write_text(page_of(), encoding="utf-8")
    context = browser.new_context(bypass_csp=True, viewport={"width": 390, "height": 800})  # axe is a script
    page = context.new_page()
    page.goto(path.as_uri())
    page.add_script_tag(content=axe.read_text(encoding="utf-8"))
    yield page
    context.close()


def test_axe_finds_nothing(page):
    found = page.evaluate("axe.run().then(said => said.violations.map(one => [one.id, one.nodes[0].html]))")
    assert found == []


def test_it_fits_a_small_screen(page):
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_word_in_a_table_stays_whole(page):
    """The table is moved sideways instead, by itself."""
    table = page.locator(".wide")
    assert table.evaluate("node => node.scrollWidth > node.clientWidth")
    assert page.locator("td", has_text="rather").bounding_box()["height"] < 50


def test_a_formula_is_laid_out(page):
    assert page.locator("math mfrac").first.bounding_box()["height"] > 10
