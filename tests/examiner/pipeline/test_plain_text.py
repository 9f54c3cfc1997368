"""What would cost a page too much is shown as it was written."""

from __future__ import annotations

import time

import pytest
from nbconvert.filters import Highlight2HTML
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output, new_raw_cell
from traitlets.config import PyFileConfigLoader

from examiner.feedback import page
from examiner.pipeline import PlainText
from examiner.pipeline.budget import Budget
from examiner.pipeline.safe_page import SafePage
from examiner.submission import notes

BEGINS = "\\begin{a}" * 8000
LINES = "x = 1" + "\n \n" * 1500
FINE = "# Mine\n\nThe **cost** is $\\frac{1}{2}(a - y)^2$, and its slope:\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n" * 20


@pytest.fixture(scope="module")
def plain_text(course_root):
    config = PyFileConfigLoader("nbgrader_config.py", path=str(course_root)).load_config()
    config.PlainText.text_seconds = 1
    return PlainText(config=config)


def test_a_text_that_costs_too_much_is_shown_as_it_was_written(plain_text):
    shown = new_output("display_data", data={"text/markdown": BEGINS, "text/plain": "<Markdown>"})
    cells = [new_markdown_cell(BEGINS), new_markdown_cell(FINE), new_code_cell("1", outputs=[shown])]
    nb, _ = plain_text.preprocess(new_notebook(cells=cells), {})
    assert nb.cells[0].source == f"```text\n{BEGINS}\n```"
    assert nb.cells[1].source == FINE
    assert nb.cells[2].outputs[0].data == {"text/plain": "<Markdown>"}
    assert len(notes.of(nb)) == 1


def test_ticks_in_it_do_not_end_its_frame(plain_text):
    text = f"{BEGINS}\n\n```` x"
    nb, _ = plain_text.preprocess(new_notebook(cells=[new_markdown_cell(text)]), {})
    assert nb.cells[0].source == f"`````text\n{text}\n`````"


def test_once_all_time_is_used_up_nothing_is_tried(course_root):
    plain_text = PlainText(all_seconds=0.0)
    nb, _ = plain_text.preprocess(new_notebook(cells=[new_markdown_cell(FINE)]), {})
    assert nb.cells[0].source.startswith("```text")


def test_once_the_time_of_its_submission_is_over_nothing_is_tried(plain_text):
    began = time.monotonic() - Budget().texts
    nb, _ = plain_text.preprocess(new_notebook(cells=[new_markdown_cell(FINE)]), {"examiner_began": began})
    assert nb.cells[0].source.startswith("```text")


def test_code_that_costs_too_much_is_shown_without_colours(plain_text):
    cells = [new_code_cell(LINES), new_code_cell("y = 2\n" * 100), new_code_cell("%%html\n" + "<a " * 100)]
    nb, _ = plain_text.preprocess(new_notebook(cells=cells), {})
    assert nb.cells[0].source == LINES
    assert [len(notes.of(nb)), *("examiner" in cell.metadata for cell in nb.cells)] == [1, True, False, False]
    shown = f"<pre><span></span>{LINES}\n</pre>"
    for made in (page.FeedbackPage(config=plain_text.config), SafePage(config=plain_text.config, served=True)):
        made.register_filter("highlight_code", Highlight2HTML(pygments_lexer="ipython3"))
        coloured = made.environment.filters["highlight_code"]
        assert shown in coloured(LINES, metadata=nb.cells[0].metadata)
        assert '<span class="n">y</span>' in coloured(nb.cells[1].source, metadata=nb.cells[1].metadata)


def test_a_cell_without_a_kind_is_tried_as_html(plain_text):
    text = "".join(f"<b title={number}><p>" for number in range(400))
    nb, _ = plain_text.preprocess(new_notebook(cells=[new_raw_cell(text)]), {})
    assert nb.cells[0].source == text.replace("<", "&lt;").replace(">", "&gt;")


def test_colours_of_a_terminal_cost_no_more_than_their_text(plain_text):
    coloured = SafePage(config=plain_text.config, served=True).environment.filters["ansi2html"]
    assert coloured("\x1b[31mred\x1b[0m <b>") == '<span class="ansi-red-fg">red</span> &lt;b&gt;'
    for text in ("\x1b[38m", "\x1b[7ma" * 5000, "\x1b[" + "1;" * 50_000 + "m"):
        assert coloured(f"{text}<b>") == "a" * text.count("a") + "&lt;b&gt;"
