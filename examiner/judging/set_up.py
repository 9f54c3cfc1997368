"""Run a cell that was handed out with imports as it was handed out, where what the student made of it fails.

All that follows relies on these names: one line for another machine at its top would cost most of the points.
"""

from __future__ import annotations

import ast

from nbformat import NotebookNode

from backprop.again import parsed

from ..runner.notebook_runner import NotebookRunner
from ..runner.results import Ran
from ..submission import notes
from ..submission.cell_source import normal
from ..submission.expected_cells import ExpectedCells, Place
from ..submission.notes import Note, shown

FAILED = "The cell {}, which was handed out with imports, failed ({}). It ran once more, as it was handed out."


def run_handed_out(
    nb: NotebookNode, cell: NotebookNode, ran: Ran, runner: NotebookRunner, expected: ExpectedCells | None
) -> None:
    """Run the released version of `cell` after it, with a note, if `ran` says that it failed, and it is such a cell."""
    failures = [output for output in ran.outputs if output.output_type == "error"]
    place = expected.place_of(cell) if expected and failures else None
    if place is None or not _imports(place) or normal(place.source) == normal(cell.source):
        return
    cell.outputs = [*cell.outputs, *runner.run(place.source).outputs]
    notes.add(nb, [Note(FAILED.format(shown(place.name), shown(failures[0].ename)))])


def _imports(place: Place) -> bool:
    """Say whether a place is one of a cell that belongs to no exercise, and imports something."""
    if place.known or place.cell_type != "code":
        return False
    return place.setup or any(isinstance(node, ast.Import | ast.ImportFrom) for node in parsed(place.source)[1].body)
