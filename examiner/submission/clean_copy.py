"""From a submission to a clean folder that can be graded: its notebooks, and the files beside them."""

from __future__ import annotations

from pathlib import Path

import nbformat
from nbformat import NotebookNode, write

from . import notes
from .intake import SizeLimits, Submission
from .notes import Note
from .timestamp import TIMESTAMP


def take_in(
    folder: Path,
    to: Path,
    wanted: list[str],
    reserved: set[str],
    limits: SizeLimits,
    ignore: list[str],
    released: Path | None = None,
) -> list[Path]:
    """Write into `to` a clean copy of the submission in `folder`; return the paths of its notebooks, all of `wanted`.

    What could not be read becomes a notebook with the reason. Nothing in `folder` is changed. `released` is the folder
    that students were given, by which a notebook without any answer is told.
    """
    submission = Submission(folder, limits, ignore)
    books = put_in(submission, to, wanted, reserved, {name: _released(released, name) for name in wanted})
    for name, nb in books.items():
        write(nb, to / f"{name}.ipynb")
    return [to / f"{name}.ipynb" for name in books]


def put_in(
    submission: Submission, to: Path, wanted: list[str], reserved: set[str], released: dict[str, NotebookNode | None]
) -> dict[str, NotebookNode]:
    """Write the files of a submission into the new folder `to`, and return its clean notebooks, all of `wanted`."""
    to.mkdir(parents=True)
    books = {
        name: submission.notebook(name, found, released[name]) for name, found in submission.candidates(wanted).items()
    }
    left_out = submission.copy_files(to, reserved | {f"{name}.ipynb" for name in wanted})
    if submission.stamp:
        (to / TIMESTAMP).write_text(submission.stamp, encoding="utf-8")
    left_out += [Note(submission.stamp_note)] if submission.stamp_note else []
    for nb in books.values():
        notes.add(nb, left_out)
    return books


def _released(folder: Path | None, name: str) -> NotebookNode | None:
    """Return the notebook that students were given, or None where there is none."""
    path = folder / f"{name}.ipynb" if folder else None
    return nbformat.read(path, as_version=4) if path and path.is_file() else None
