"""What looks like one of nbgrader's marks and is none is told with its cell and line; ordinary comments are not."""

from __future__ import annotations

import nbformat
import pytest

from examiner.course import marks

BEGIN, END = "### BEGIN HIDDEN TESTS", "### END HIDDEN TESTS"


def notebook(source: str, name: str = "test-1b", kind: str = "code") -> nbformat.NotebookNode:
    cell = getattr(nbformat.v4, f"new_{kind}_cell")(source)
    cell.metadata["nbgrader"] = {"grade_id": name}
    return nbformat.v4.new_notebook(cells=[cell])


@pytest.mark.parametrize(
    ("comment", "meant"),
    [
        ("### HIDDEN TESTS BEGIN", "BEGIN HIDDEN TESTS"),
        ("### HIDDEN TESTS BEGIN HERE", "BEGIN HIDDEN TESTS"),
        ("### HIDDEN TEST START", "BEGIN HIDDEN TESTS"),
        ("### BEGIN TESTS HIDDEN", "BEGIN HIDDEN TESTS"),
        ("### SOLUTION BEGIN", "BEGIN SOLUTION"),
        ("### SOLUTION END ###", "END SOLUTION"),
        ("y = 2 ### BEGIN HIDDEN TEST", "BEGIN HIDDEN TESTS"),
        ("plot(color='#ff0000')  # END HIDDEN TEST", "END HIDDEN TESTS"),
        ("### BEGIN HIDDEN TEST 2", "BEGIN HIDDEN TESTS"),
        ("### BEGIN THE HIDDEN TESTS", "BEGIN HIDDEN TESTS"),
        ("### begin hidden test of 1b", "BEGIN HIDDEN TESTS"),
        ("### BEGINHIDDENTESTS", "BEGIN HIDDEN TESTS"),
        ("### BEGIN-HIDDEN-TESTS", "BEGIN HIDDEN TESTS"),
        ("### BEGIN\u00a0HIDDEN\u00a0TESTS", "BEGIN HIDDEN TESTS"),
        ("### EDN HIDDEN TESTS", "END HIDDEN TESTS"),
        ("### BEGIN HIDDEN", "BEGIN HIDDEN TESTS"),
        ("### BEGIN TESTS", "BEGIN HIDDEN TESTS"),
        ("### HIDDEN TESTS", "BEGIN HIDDEN TESTS"),
        ("### BEGIN SOLUTIONS", ""),  # nbgrader looks for the words, and finds them
        ("### START MARKING SCHEME", "BEGIN MARK SCHEME"),
    ],
)
def test_what_looks_like_a_mark_is_told(comment, meant):
    said = marks.misspelt(notebook(f"x = 1\n{comment}\nassert x"))
    assert [f"cell test-1b, line 2: {comment!r} is not a mark. Do you mean {meant!r}?"] * bool(meant) == said


@pytest.mark.parametrize(
    "comment",
    [
        "# begin with the tests", "# the solution begins here", "### where the solution begins", "# End of the loop",
        "### START CODE HERE ###", "### END CODE HERE ###", "### YOUR CODE HERE", "# BEGIN HIDDEN LAYERS",
        "# start: hidden layer", "# hidden tests follow", "# Tests", "# tests end", "### Tests", "# test the solution",
        "### AUTOTEST f(3)", "### HASHED AUTOTEST f(3)", "s = '# of hidden units at the end'", "# TODO: open the file",
        "# the hidden tests start from other weights", "###", "# stop when the solution is good enough",
    ],
)  # fmt: skip
def test_an_ordinary_comment_is_none(comment):
    assert marks.misspelt(notebook(comment)) == []


def test_within_hidden_tests_they_may_be_called_so():
    assert marks.misspelt(notebook(f"{BEGIN}\n### HIDDEN TESTS\nassert x\n{END}")) == []


@pytest.mark.parametrize("line", ["<!-- BEGIN HIDDEN TEST -->", "SOLUTION BEGIN", "### START SOLUTION"])
def test_so_are_those_in_a_text_cell(line):
    assert marks.misspelt(notebook(f"Because.\n{line}", kind="markdown"))


@pytest.mark.parametrize(
    "line", ["### Hidden tests", "## Start with the tests", "NB", "The solution begins at the end."]
)
def test_a_heading_is_none(line):
    assert marks.misspelt(notebook(line, kind="markdown")) == []


@pytest.mark.parametrize("source", ['x = 1\ncheck("1.1", lambda: f(x))', '%%time\ncheck("1.1", lambda: f(x))'])
def test_a_release_that_asks_for_a_hidden_check_is_told_in_any_cell(source):
    assert marks.shown(notebook(source)) == ["cell test-1b, line 2: the hidden test '1.1' would be shown to students."]
    assert marks.shown(notebook(source), plain=True) == []
    assert marks.shown(notebook('check("1", lambda: f(given("1"), 1.1))')) == []
