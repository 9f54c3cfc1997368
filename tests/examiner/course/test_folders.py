"""Statements about `folders`: what is found of a course, and what is said of a source that nothing can be made of."""

from __future__ import annotations

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from examiner.course.folders import CONFIG, Course
from examiner.errors import ExaminerError


def course(root, name: str, *grade_ids: str) -> Course:
    folder = root / "source" / name
    folder.mkdir(parents=True)
    (root / CONFIG).write_text("c = get_config()\n")
    cells = [new_code_cell("x = 1", metadata={"nbgrader": {"grade_id": grade_id}}) for grade_id in grade_ids]
    nbformat.write(new_notebook(cells=cells), folder / f"{name}.ipynb")
    return Course(root)


@pytest.mark.parametrize("name", ["week (1)", "übung 1", "a-b_c.d"])
def test_most_names_are_welcome(tmp_path, name):
    assert course(tmp_path, name).notebook(name).name == f"{name}.ipynb"


@pytest.mark.parametrize(("name", "letters"), [("1+2", "+"), ("[a] b", "[ ]"), ("what?", "?")])
def test_a_name_that_nbgrader_could_not_find_is_refused_with_its_letters(tmp_path, name, letters):
    with pytest.raises(ExaminerError, match="Rename the folder and the notebook") as refused:
        course(tmp_path, name).notebook(name)
    assert f"the name of an assignment cannot contain {letters}" in str(refused.value)


def test_two_cells_of_one_name_are_told_with_the_name(tmp_path):
    with pytest.raises(ExaminerError, match="check-1: two cells have this name"):
        course(tmp_path, "numbers", "check-1", "exercise-1", "check-1").is_plain("numbers")
