"""Cells and outputs as nbformat makes them, without its check of each one, which costs more than all else about them.

A notebook is checked as a whole where it is written. So these are for parts whose form is known.
"""

from __future__ import annotations

from nbformat import NotebookNode
from nbformat.corpus.words import generate_corpus_id


def new_cell(kind: str, source: str, id: str | None = None) -> NotebookNode:
    """Return a cell of the kind "code", "markdown" or "raw"."""
    cell = NotebookNode(
        id=generate_corpus_id() if id is None else id, cell_type=kind, metadata=NotebookNode(), source=source
    )
    if kind == "code":
        cell.update(execution_count=None, outputs=[])
    return cell


def new_stream(name: str, text: str) -> NotebookNode:
    """Return what was printed."""
    return NotebookNode(output_type="stream", name=name, text=text)


def new_display(data: dict, metadata: dict | None = None) -> NotebookNode:
    """Return what was shown."""
    return NotebookNode(output_type="display_data", data=NotebookNode(data), metadata=NotebookNode(metadata or {}))


def new_error(name: str, said: str, traceback: list[str]) -> NotebookNode:
    """Return the error that something ended with."""
    return NotebookNode(output_type="error", ename=name, evalue=said, traceback=traceback)
