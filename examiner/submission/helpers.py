"""Notebooks that a submission brings along for `%run`: on the way to the sandbox they lie under another name.

As `*.ipynb` nbgrader would take them for notebooks of the assignment, and end where it knows none of that name.
"""

from __future__ import annotations

import json
from pathlib import Path

from nbformat import NotebookNode

from ..course.source_notebook import grade_id

BESIDE = ".beside"


def is_helper(nb: NotebookNode) -> bool:
    """Say whether a notebook is none of an assignment's: no cell in it is marked."""
    return not any(grade_id(cell) for cell in nb.cells)


def put_beside(nb: NotebookNode, path: Path) -> int:
    """Write a helper that is meant for `path`, under its other name, and return its size."""
    path = path.with_name(path.name + BESIDE)
    path.parent.mkdir(parents=True, exist_ok=True)
    return path.write_text(json.dumps(nb), encoding="utf-8")


def give_names_back(folder: Path) -> None:
    """Let the helpers in a folder have their own names, where nothing else has them."""
    for path in folder.rglob(f"*.ipynb{BESIDE}"):
        own = path.with_name(path.name.removesuffix(BESIDE))
        if path.is_file() and not path.is_symlink() and not own.exists():
            path.rename(own)
