"""What was saved by Colab or VS Code is graded without loss: each answer is found, and the points are the same."""

from __future__ import annotations

import json

import nbformat
import pytest
from other_editors import EDITORS

from examiner.commands.nbgrader_api import gradebook_of
from examiner.commands.simulate import without_markers
from examiner.course import source_notebook
from examiner.course.folders import Course
from examiner.course.source_notebook import grade_id
from examiner.submission.expected_cells import ExpectedCells, KnownCell
from examiner.submission.repair import repair
from examiner.submission.sanitize import notebook_of

ASSIGNMENTS = ["one_neuron", "chain_of_neurons", "two_layer_network", "relu_network"]


def known_cell(cell) -> KnownCell:
    said = cell.metadata.nbgrader
    return KnownCell(
        said.grade_id, cell.cell_type, cell.source, said.get("checksum"), said.locked, said.solution, said.grade,
        said.task, said.get("points"),
    )  # fmt: skip


@pytest.fixture(scope="module", params=ASSIGNMENTS)
def solved(request, course_root):
    """A solved notebook as it is saved by JupyterLab, and what is known of its cells."""
    course = Course.here(course_root)
    nb = nbformat.read(course.release(request.param) / f"{request.param}.ipynb", as_version=4)
    known = {grade_id(cell): known_cell(cell) for cell in nb.cells if grade_id(cell)}
    record = ExpectedCells.of(known, nbformat.from_dict(json.loads(json.dumps(nb))))
    answers = {
        grade_id(cell): without_markers(cell.source)
        for cell in source_notebook.read(course.notebook(request.param)).cells
        if grade_id(cell) and cell.metadata.nbgrader.solution
    }
    for cell in nb.cells:
        cell.source = answers.get(grade_id(cell), cell.source)
    return nb, record, answers


@pytest.mark.parametrize("editor", EDITORS, ids=lambda editor: editor.__name__)
def test_every_answer_and_every_test_of_the_course_is_found(solved, editor):
    nb, record, answers = solved
    found, _ = notebook_of(json.dumps(editor(json.loads(json.dumps(nb)))).encode())
    repair(found, record)
    names = [grade_id(cell) for cell in found.cells if grade_id(cell)]
    assert names == list(record.known)  # all of them, once, and in order
    for cell in found.cells:
        if grade_id(cell) in answers:
            assert cell.source.strip() == answers[grade_id(cell)].strip()
        elif grade_id(cell):
            assert (cell.cell_type, cell.source) == ("code", record.known[grade_id(cell)].source)
    setup = [place.source for place in record.places if place.setup]
    assert [
        text for text in setup if text not in {cell.source for cell in found.cells if cell.cell_type == "code"}
    ] == []


@pytest.mark.slow
def test_the_points_are_those_of_the_notebook_as_jupyterlab_saves_it(tiny):
    students = {"jupyterlab": lambda nb: nb} | {editor.__name__: editor for editor in EDITORS}
    for student, saved in students.items():
        tiny.submit(student)
        path = tiny.root / "submitted" / student / "numbers" / "numbers.ipynb"
        path.write_text(json.dumps(saved(json.loads(path.read_text(encoding="utf-8")))), encoding="utf-8")
    assert all(outcome.graded for outcome in tiny.grade(*students).values())
    with gradebook_of(tiny) as gradebook:
        scores = {one: gradebook.find_submission("numbers", one).score for one in students}
    assert set(scores.values()) == {scores["jupyterlab"]}, scores
    assert scores["jupyterlab"] > 0
