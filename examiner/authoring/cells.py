"""The cells of an assignment, as nbgrader marks them."""

from __future__ import annotations

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell


def answer(name: str, source: str) -> NotebookNode:
    """Return an answer cell that tests grade."""
    return _marked(name, source, {"grade": False, "locked": False, "solution": True})


def test(name: str, source: str, points: float) -> NotebookNode:
    """Return a cell with tests."""
    return _marked(name, source, {"grade": True, "locked": True, "solution": False, "points": points})


def _marked(name: str, source: str, kind: dict) -> NotebookNode:
    mark = {"grade_id": name, "task": False, "schema_version": 3} | kind
    return new_code_cell(source, metadata={"nbgrader": mark})
