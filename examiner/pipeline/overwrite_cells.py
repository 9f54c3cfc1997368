"""Put the gradebook's text into the cells of tests, as nbgrader does, without what the gradebook does not hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import SimpleNamespace

from nbformat import NotebookNode
from nbgrader import preprocessors
from nbgrader.api import MissingEntry
from nbgrader.utils import is_task

from ..submission.expected_cells import KnownCell


class OverwriteCells(preprocessors.OverwriteCells):
    """As nbgrader's, which ends at a manually graded task: it gives it a checksum of None, which it then refuses."""

    def preprocess_cell(self, cell, resources, cell_index):
        cell, resources = super().preprocess_cell(cell, resources, cell_index)
        if is_task(cell) and cell.metadata.nbgrader.get("checksum", "") is None:
            del cell.metadata.nbgrader["checksum"]
        return cell, resources

    def overwrite(self, nb: NotebookNode, recorded: RecordedCells) -> None:
        """Do it by a record that was read before, without the gradebook."""
        self.gradebook, self.notebook_id, self.assignment_id = recorded, "", ""
        for number, cell in enumerate(nb.cells):
            self.preprocess_cell(cell, {}, number)
        if self.add_missing_cells:
            self.add_missing_grade_cells(nb, {})
            self.add_missing_task_cells(nb, {})


class RecordedCells:
    """Answers what nbgrader's step asks a gradebook, from the cells of one notebook."""

    def __init__(self, known: Mapping[str, KnownCell], order: Sequence[str]):
        self.known = known
        cells = [known[name] for name in order]
        self.source_cells = cells
        self.grade_cells = [self._worth(cell) for cell in cells if cell.grade]
        self.task_cells = [self._worth(cell) for cell in cells if cell.task]
        self.solution_cells = [cell for cell in cells if cell.solution]

    @staticmethod
    def _worth(cell: KnownCell) -> SimpleNamespace:
        return SimpleNamespace(name=cell.name, max_score=cell.points)

    def find_notebook(self, notebook: str, assignment: str) -> RecordedCells:
        return self

    def find_source_cell(self, name: str, notebook: str, assignment: str) -> KnownCell:
        if name not in self.known:
            raise MissingEntry(name)
        return self.known[name]

    def find_graded_cell(self, name: str, notebook: str, assignment: str) -> SimpleNamespace:
        return self._worth(self.find_source_cell(name, notebook, assignment))
