"""Answers without a name are grouped, and the smallest edit of the solution that explains a group is drafted."""

from __future__ import annotations

import tomllib

import nbformat
import pytest
import synthetic
from nbformat.v4 import new_code_cell, new_notebook, new_output

from backprop.answers.fingerprint import prints
from backprop.check import VERDICT_MIME
from examiner.commands import learn
from examiner.course.folders import Course
from examiner.freezing.freeze import solved
from examiner.freezing.search import search
from examiner.freezing.source import Source
from examiner.report import drafts

BY = ["# Ada was here", "'by Ben'"]
VERDICT = {"exercise": "1", "passed": False, "misconception": "", "first": "", "kind": "value"}


@pytest.fixture(scope="module")
def course(tmp_path_factory) -> Course:
    """A course with one assignment, in which three students have handed in two answers that nobody has named."""
    root = tmp_path_factory.mktemp("course")
    (root / "nbgrader_config.py").write_text("c = get_config()\n")
    synthetic.write(root / "source" / "numbers")
    for student, text, visible, hidden in [
        ("ada", f"def double(x):\n    {BY[0]}\n    return 2 - x", -1.0, -3.0),
        ("ben", f"def double(x):\n    {BY[1]}\n    return 2 - x", -1.0, -3.0),
        ("cleo", "def double(x):\n    return 123.25", 123.25, 123.25),
        ("dora", f"def double(x):\n    return {'+'.join(['x'] * 900)}", 7.5, 7.5),  # too deep to be written again
    ]:
        folder = root / "autograded" / student / "numbers"
        folder.mkdir(parents=True)
        checks = [("1", visible, 6.0), ("1.1", hidden, 10.0)]
        cells = [new_code_cell(text, metadata={"nbgrader": {"grade_id": "exercise-1", "grade": False}})]
        for key, value, want in checks:
            data = VERDICT | {"key": key, "came": prints(value, want)}
            graded = {"nbgrader": {"grade_id": f"check-{key}", "grade": True}}
            cells.append(new_code_cell(metadata=graded, outputs=[new_output("display_data", {VERDICT_MIME: data})]))
        nbformat.write(new_notebook(cells=cells, metadata={"examiner": {"graded": True}}), folder / "numbers.ipynb")
    return Course(root)


def test_answers_that_gave_the_same_are_one_group_and_the_largest_comes_first(course):
    assert [group.students for group in learn.groups(course, "numbers")] == [["ada", "ben"], ["cleo"], ["dora"]]


def test_an_example_names_nobody(course):
    examples = [group.example for group in learn.groups(course, "numbers")]
    assert examples == ["def double(x):\n    return 2 - x", "def double(x):\n    return 123.25", ""]


def test_a_draft_is_a_misconception_that_can_be_frozen(course):
    explained, unexplained, _ = learn.learn(course, "numbers")
    draft = tomllib.loads(explained)["misconception"][0]
    solution = Source.read(course.notebook("numbers")).solution("1").source
    for old, new in draft["edits"]:
        assert solution.count(old) == 1
        solution = solution.replace(old, new)
    scope: dict = {}
    exec(solution, scope)
    assert scope["double"](3.0) == -1.0
    assert draft["hint"]
    assert "# 2 students" in explained
    assert tomllib.loads(unexplained) == {}
    kept = drafts.kept(course.root, "numbers")
    assert set(kept) == {drafts.mark("1", f"def double(x):\n    {line}\n    return 2 - x") for line in BY}
    assert all(text in explained for text in kept.values())
    assert "no edit of the solution gives the same" in unexplained


TWO_LINES = """def double(x):
    ### BEGIN SOLUTION
    y = x + 2 * x
    return 2 * y
    ### END SOLUTION"""


def test_pairs_of_edits_are_searched_and_right_checks_must_stay_right(tmp_path):
    source = Source.read(synthetic.write(tmp_path / "numbers", solution=TWO_LINES, mistakes=()))
    inputs, want = solved(source)
    minus_and_half = {"1": prints(-1.5, 18.0), "1.1": prints(-2.5, 30.0)}
    assert len(search(source, "1", inputs, want, minus_and_half).edits) == 2
    assert search(source, "1", inputs, want, minus_and_half | {"1.1": None}) is None
