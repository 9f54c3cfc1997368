"""Mutants of an ordinary assignment run through its own tests; what loses no point is a hole in them."""

from __future__ import annotations

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook
from synthetic import graded

from examiner.pipeline.run_mutants import holes

ANSWER = """def cubes(values):
    ### BEGIN SOLUTION
    return [value**3 for value in values]
    ### END SOLUTION"""
ONE_BY_ONE = "for i, got in enumerate(cubes([1, 2, 3])):\n    assert got == (i + 1) ** 3"
WHOLE = "assert cubes([1, -2, 3]) == [1, -8, 27]\nassert cubes([]) == []"


@pytest.fixture
def passing(tmp_path):
    """Return a function that says which changes of the solution pass a test."""

    def run(test: str, known=()) -> set[tuple[str, str]]:
        cells = [
            new_code_cell(ANSWER, id="cubes", metadata=graded("cubes")),
            new_code_cell(test, id="test", metadata=graded("test", 4)),
        ]
        path = tmp_path / "ps1" / "ps1.ipynb"
        path.parent.mkdir(exist_ok=True)
        nbformat.write(new_notebook(cells=cells), path)
        [found] = holes(path, [], known)
        assert (found.exercise, found.made) == ("cubes", pytest.approx(30, abs=10))
        return {(mutant.before, mutant.after) for mutant in found.pass_everything}

    return run


def test_a_test_that_goes_through_an_answer_passes_where_the_answer_is_empty(passing):
    known = {("cubes", "all of cubes", "return {}")}  # the author says that this change is none
    found = passing(ONE_BY_ONE, known)
    assert ("all of cubes", "return []") in found
    assert ("all of cubes", "return {}") not in found


def test_a_test_of_the_whole_value_notices_every_change(passing):
    assert not passing(WHOLE)


def test_an_answer_that_is_marked_by_hand_has_no_mutants(tmp_path):
    by_hand = graded("essay", 5)
    by_hand["nbgrader"] |= {"solution": True, "grade": True, "locked": False}
    cells = [
        new_code_cell("def essay():\n    return 1", id="essay", metadata=by_hand),
        new_code_cell("assert True", id="test", metadata=graded("test", 4)),
    ]
    (tmp_path / "ps1").mkdir()
    nbformat.write(new_notebook(cells=cells), tmp_path / "ps1" / "ps1.ipynb")
    assert not list(holes(tmp_path / "ps1" / "ps1.ipynb", []))
