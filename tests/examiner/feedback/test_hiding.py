"""What is taken out of a page, and that no text costs the square of its length."""

from __future__ import annotations

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from backprop.check import VERDICT_MIME
from examiner.feedback import hiding, page, summary
from examiner.judging.partial_credit import CREDIT_MIME

LONG = 190_000  # characters: at its square, each of these would take minutes


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ('File "/usr/local/lib/python3.12/site-packages/numpy/x.py"', 'File "…/site-packages/numpy/x.py"'),
        ("/opt/x/lib/python3.12/ast.py:3: error", "…/lib/python3.12/ast.py:3: error"),
        ("in=/a/dist-packages/b", "in=…/dist-packages/b"),
        ("lib/python3 and /home/data.csv", "lib/python3 and /home/data.csv"),
        ("/course/secret/x.py", "…/x.py"),
        ("in /course/secret", "in …"),
        ("no folder at all", "no folder at all"),
    ],
)
def test_folders_of_the_machine_are_taken_out_of_a_text(said, shown):
    assert hiding.without_paths("/course/secret/")(said) == shown


def test_hidden_tests_are_taken_out_of_a_cell():
    cell = new_code_cell("a = 1\n### BEGIN HIDDEN TESTS\nassert f(3) == 9\n### END HIDDEN TESTS\nb = 2")
    hiding.hide(new_notebook(cells=[cell]), "/course")
    assert cell.source == "a = 1\n# A hidden test ran here.\nb = 2"


@pytest.mark.parametrize("text", ["a" * LONG, "/a" * (LONG // 2), "BEGIN " * (LONG // 6)])
def test_a_long_line_is_gone_through_once(text):
    cell = new_code_cell(text, outputs=[new_output("stream", text=text)])
    hiding.hide(new_notebook(cells=[cell]), "/course")
    assert (cell.source, cell.outputs[0].text) == (text, text)


def test_why_a_failing_hidden_test_earns_points_is_kept():
    said = {CREDIT_MIME: {"sentence": "9 of 9 points although this fails"}, "text/markdown": "9 of 9 points although"}
    credit = new_output("execute_result", data={"text/plain": "9.0", **said}, execution_count=1)
    shown = new_output("display_data", data={**said, "text/plain": "of a student"})
    cell = new_code_cell("### BEGIN HIDDEN TESTS\ncheck()\n### END HIDDEN TESTS", outputs=[shown, credit])
    hiding.hide(new_notebook(cells=[cell]), "/course")
    assert [out.data for out in cell.outputs] == [said]


def test_so_is_a_heading():
    assert summary.heading_in(new_markdown_cell(f"# *A{' ' * LONG}b* ##")) == f"A{' ' * LONG}b"
    assert summary.heading_in(new_markdown_cell("text\n## First\n\n### Last ###\n")) == "Last"
    assert summary.heading_in(new_markdown_cell("# \n#no heading")) == ""


def test_what_is_remembered_for_a_class_is_not_filled_by_one_student():
    before = page._known.cache_info().currsize
    assert "class" in page._highlighted("python", f"x = '{'a' * page.LONGEST_KEPT}'")
    assert page._known.cache_info().currsize == before


@pytest.mark.parametrize("kind", [*hiding.INSTEAD_OF, "value"])
def test_words_of_a_student_s_own_are_taken_out_of_a_hidden_verdict(kind):
    """A name, a line or a message can hold what a hidden test has handed over."""
    secret = "31.25"
    own = {"notes": [f"UserWarning: {secret}"], "line": secret, "called": secret, "returned": secret}
    words = {"kind": kind, "but": secret if kind != "value" else "it is another number", "hint": "Look again."}
    for hidden in (True, False):
        verdict = own | words | {"hidden": hidden}
        shown = new_output("display_data", data={VERDICT_MIME: verdict, "text/plain": secret})
        cell = new_code_cell("### BEGIN HIDDEN TESTS\nf()\n### END HIDDEN TESTS", outputs=[shown])
        hiding.hide(new_notebook(cells=[cell]), "/course")
        assert (secret in str(cell.outputs)) != hidden
        assert "Look again." in str(cell.outputs)
