"""Repair what students do to cells, so that every submission can be graded.

Replaces nbgrader's `DeduplicateIds`, which empties the metadata of a copied cell and thereby ends the whole batch with
a `SchemaTooOldError`.
"""

from __future__ import annotations

from nbformat import NotebookNode
from nbgrader import utils
from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor


class RepairCells(NbGraderPreprocessor):
    """Forget copies of graded cells and unknown ids, restore metadata, put deleted solution cells back unanswered."""

    def preprocess(self, nb, resources):
        where = resources["nbgrader"]
        with Gradebook(where["db_url"]) as gradebook:
            source = gradebook.find_notebook(where["notebook"], where["assignment"])
            self.known = {cell.name: cell for cell in source.source_cells}
            self.points = {cell.name: cell.max_score for cell in source.grade_cells}
            self.solutions = {cell.name for cell in source.solution_cells}
            self._forget_copies(nb)
            for name in self.known:
                if name in self.solutions and name not in self.points:
                    self._restore_solution(nb, name)
        return nb, resources

    def _forget_copies(self, nb) -> None:
        """Keep the last cell of each id, as nbgrader does; a copy stays, and runs, as an ordinary cell."""
        seen: set[str] = set()
        for cell in reversed(nb.cells):
            cell.metadata["tags"] = [tag for tag in cell.metadata.get("tags", []) if tag != "skip-execution"]
            if "nbgrader" not in cell.metadata:
                continue
            name = _grade_id(cell)
            if name not in self.known or name in seen:
                self.log.warning("Cell with id %r is a copy or unknown: it is treated as an ordinary cell", name)
                del cell.metadata["nbgrader"]
            else:
                seen.add(name)
                cell.metadata["nbgrader"] = self._metadata(name)

    def _metadata(self, name: str) -> NotebookNode:
        """Return what the gradebook knows of a cell; the submission's own word counts for nothing."""
        meta = NotebookNode(
            grade_id=name,
            grade=name in self.points,
            solution=name in self.solutions,
            locked=bool(self.known[name].locked),
            task=False,
            schema_version=3,
            cell_type=self.known[name].cell_type,
            checksum=self.known[name].checksum,
        )
        if name in self.points:
            meta["points"] = self.points[name]
        return meta

    def _restore_solution(self, nb, name: str) -> None:
        """Put a deleted solution cell back after the nearest earlier graded cell that is there.

        Without it nbgrader does not know where to put deleted test cells.
        """
        places = {_grade_id(cell): i for i, cell in enumerate(nb.cells) if "nbgrader" in cell.metadata}
        if name in places:
            return
        order = list(self.known)
        earlier = [places[other] for other in order[: order.index(name)] if other in places]
        source = self.known[name]
        text = f"# This cell ({name}) was missing from the submission.\n{source.source}"
        cell = NotebookNode(
            cell_type=source.cell_type, source=text, metadata=NotebookNode(nbgrader=self._metadata(name))
        )
        if source.cell_type == "code":
            cell |= {"outputs": [], "execution_count": None}
            cell.metadata.nbgrader["checksum"] = utils.compute_checksum(cell)
        nb.cells.insert(max(earlier, default=-1) + 1, cell)
        self.log.warning("Solution cell %r was deleted: it is put back, without an answer", name)


def _grade_id(cell) -> str | None:
    meta = cell.metadata["nbgrader"]
    return meta.get("grade_id") if isinstance(meta, dict) else None
