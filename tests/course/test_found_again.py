"""Every answer of the course is found again in a notebook that lost all marks and ids, and whose cells are shuffled."""

import json
import random
from pathlib import Path

import pytest

from examiner.commands.simulate import without_markers
from examiner.course import source_notebook
from examiner.course.source_notebook import grade_id
from examiner.submission.expected_cells import ExpectedCells, KnownCell
from examiner.submission.repair import repair
from examiner.submission.sanitize import notebook_of

ROOT = Path(__file__).resolve().parents[2]
ASSIGNMENTS = sorted(path.parent.name for path in ROOT.glob("release/*/*.ipynb"))


def known_cells(released) -> dict[str, KnownCell]:
    """Return what the gradebook would hold, but for the hidden tests."""
    return {
        said["grade_id"]: KnownCell(
            name=said["grade_id"],
            cell_type=cell.cell_type,
            source=cell.source,
            checksum=said["checksum"],
            locked=said["locked"],
            solution=said["solution"],
            grade=said["grade"],
            points=said.get("points"),
        )
        for cell in released.cells
        if (said := cell.metadata.get("nbgrader"))
    }


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_all_answers_are_found_without_marks_ids_and_order(assignment):
    released = source_notebook.read(ROOT / "release" / assignment / f"{assignment}.ipynb")
    record = ExpectedCells.of(known_cells(released), released)
    source = source_notebook.cells(source_notebook.read(ROOT / "source" / assignment / f"{assignment}.ipynb"))
    answers = {cell.name: without_markers(cell.source) for cell in source if cell.role == "solution"}
    wanted = {}
    for cell in released.cells:
        cell.source = answers.get(grade_id(cell), cell.source)
        if grade_id(cell):
            wanted[grade_id(cell)] = cell.source
        cell.metadata.clear()
        del cell["id"]
    random.Random(assignment).shuffle(released.cells)
    nb, _ = notebook_of(json.dumps(released).encode())
    repair(nb, record)
    assert {grade_id(cell): cell.source for cell in nb.cells if grade_id(cell)} == wanted
    assert [grade_id(cell) for cell in nb.cells if grade_id(cell)] == list(record.known)
