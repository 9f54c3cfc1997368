"""What would cost a page too much is shown as it was written."""

from __future__ import annotations

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from traitlets.config import PyFileConfigLoader

from examiner.pipeline import PlainText
from examiner.submission import notes

BEGINS = "\\begin{a}" * 8000
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
