"""Tell a notebook that somebody worked in from one that lies there as it was handed out."""

from __future__ import annotations

import nbformat

from ..course.source_notebook import grade_id
from .cell_source import normal


def is_answered(nb: nbformat.NotebookNode, released: nbformat.NotebookNode | None) -> bool:
    """Say whether an answer in `nb` differs from the release; where no answer is marked as one, whether any cell does.

    Without a release nothing can be told, and a notebook counts as answered.
    """
    if released is None:
        return True
    answers = {grade_id(cell) for cell in released.cells if cell.metadata.get("nbgrader", {}).get("solution")}
    handed_out = {normal(cell.source) for cell in released.cells} | {""}
    marked = [cell for cell in nb.cells if grade_id(cell) in answers]
    return any(normal(cell.source) not in handed_out for cell in marked or nb.cells)
