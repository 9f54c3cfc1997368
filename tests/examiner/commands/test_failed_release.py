"""A release that cannot be made changes nothing, and no hidden test goes out under a misspelt mark."""

from __future__ import annotations

import json
import shutil

import nbformat
import pytest
import synthetic
from tinycourse import cell_of

from examiner.commands import release
from examiner.commands.nbgrader_api import gradebook_of
from examiner.errors import ExaminerError
from examiner.freezing import freeze, table_files
from examiner.freezing.source import Source

pytestmark = pytest.mark.slow


def changed(course, name: str, change) -> None:
    """Let `change` have its way with the cell `name` of the source, and freeze."""
    path = course.notebook("numbers")
    nb = nbformat.read(path, as_version=4)
    change(cell_of(nb, name))
    nbformat.write(nb, path)
    table_files.write(path.parent, freeze.freeze(Source.read(path)))


@pytest.fixture
def course(tiny, tmp_path):
    """A copy of the tiny course that may be spoilt."""
    shutil.copytree(tiny.root, tmp_path / "course")
    return type(tiny)(tmp_path / "course")


def state(course) -> tuple:
    files = {path: path.read_bytes() for path in sorted(course.release("numbers").rglob("*")) if path.is_file()}
    with gradebook_of(course) as gradebook:
        cells = [(cell.name, cell.source) for cell in gradebook.find_notebook("numbers", "numbers").source_cells]
    return files, sorted(cells), sorted(path.name for path in course.root.iterdir())


def test_a_release_that_nbgrader_refuses_leaves_what_was_released(course):
    before = state(course)
    changed(course, "check-1", lambda cell: cell.metadata["nbgrader"].update(points=-1))
    with pytest.raises(ExaminerError, match=r"nbgrader cannot generate numbers\.ipynb: "):
        release.release(course, "numbers")
    assert state(course) == before


@pytest.mark.parametrize(
    ("right", "misspelt"),
    [
        ("### BEGIN HIDDEN TESTS", "### BEGIN HIDDEN TEST"),
        ("### BEGIN HIDDEN TESTS", "###BEGIN HIDEN TESTS"),
        ("### BEGIN HIDDEN TESTS", "### START HIDDEN TESTS"),
        ("### BEGIN HIDDEN TESTS", "# begin hidden tests"),
        ("### BEGIN HIDDEN TESTS", "### BEGIN  HIDDEN TESTS"),
        ("### BEGIN HIDDEN TESTS", "### BEGIN_HIDDEN_TESTS"),
        ("### END HIDDEN TESTS", "### END HIDDEN TEST"),
    ],
)
def test_a_misspelt_mark_is_refused_with_its_cell_and_line(course, right, misspelt):
    before = state(course)
    changed(course, "hidden-1", lambda cell: cell.update(source=cell.source.replace(right, misspelt)))
    line = 1 if "END" not in right else 3
    with pytest.raises(ExaminerError, match=f"cell hidden-1, line {line}: .*{right.strip('# ')}"):
        release.release(course, "numbers")
    assert state(course) == before


@pytest.mark.parametrize("misspelt", ["### BEGIN SOLUTON", "### START SOLUTION", "# Begin Solution"])
def test_so_is_one_of_a_solution(course, misspelt):
    text = synthetic.SOLUTION.replace("### BEGIN SOLUTION", misspelt)
    changed(course, "exercise-1", lambda cell: cell.update(source=text))
    with pytest.raises(ExaminerError, match=r"cell exercise-1, line 2: .*BEGIN SOLUTION"):
        release.release(course, "numbers")


def test_a_hidden_test_without_any_mark_is_refused(course):
    changed(course, "hidden-1", lambda cell: cell.update(source=cell.source.splitlines()[1]))
    with pytest.raises(ExaminerError, match=r"hidden-1 .*students would see it"):
        release.release(course, "numbers")


def test_so_is_one_in_a_cell_of_another_name(course):
    path = course.notebook("numbers")
    nb = nbformat.read(path, as_version=4)
    nb.cells.append(nbformat.v4.new_code_cell('check("1.1", lambda: double(given("1.1")))', id="more"))
    nbformat.write(nb, path)
    with pytest.raises(ExaminerError, match=r"cell more, line 1: the hidden test '1\.1' would be shown to students"):
        release.release(course, "numbers")


def test_marks_without_a_space_and_comments_about_solutions_are_none(course):
    text = synthetic.SOLUTION.replace("### BEGIN", "###BEGIN").replace(
        "    return", "    # the solution begins\n    return"
    )
    changed(course, "exercise-1", lambda cell: cell.update(source=text))
    release.release(course, "numbers")
    assert "return 2 * x" not in json.dumps(course.released())
