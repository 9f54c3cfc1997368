"""Examine one submission: from its files and the assignment's record to a graded notebook and its scores.

Nothing here knows a database or a course's folder, so it can be done in any process, on any machine that has the
sandbox. The steps are those of `nbgrader autograde` with the course's configuration, in their order.
"""

from __future__ import annotations

import atexit
import hashlib
import json
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbgrader import utils
from nbgrader.preprocessors import IgnorePattern, LimitOutput

from ..course.source_notebook import grade_id
from ..submission import clean_copy, intake, notes, timestamp
from ..submission.repair import repair
from . import metadata, save_extra_credit, save_notes, whose
from .examine import Examine
from .overwrite_cells import OverwriteCells, RecordedCells
from .plain_text import PlainText
from .record import NotebookRecord, Record


@dataclass(frozen=True)
class ExaminedNotebook:
    """One notebook after grading, and what it puts into the gradebook."""

    text: str  # of the file
    unreadable: bool
    scores: dict[str, float | None]  # None where only a person can say
    extra: dict[str, float]
    comments: dict[str, str | None]
    notes: tuple[str, ...] = ()
    look: tuple[str, ...] = ()  # test cells that a person is asked to look at


@dataclass(frozen=True)
class Examined:
    """What examining a submission gives."""

    notebooks: dict[str, ExaminedNotebook]
    files: dict[str, bytes] = field(default_factory=dict)  # of the student's, to lie beside the notebooks
    stamp: str = ""  # when it was handed in

    @property
    def notes(self) -> tuple[str, ...]:
        return tuple(note for name in sorted(self.notebooks) for note in self.notebooks[name].notes)


def examine(handed_in: intake.Submission, student: str, record: Record) -> Examined:
    """Return what a submission earns.

    What a student did never raises: it ends in a notebook with the reason, and with points or without.
    """
    began = time.monotonic()
    source = _source_of(record)
    with tempfile.TemporaryDirectory(prefix="examiner-") as private, utils.setenv(NBGRADER_EXECUTION="autograde"):
        folder = Path(private, record.assignment)
        released = {name: record.released_notebook(name) for name in record.wanted}
        books = clean_copy.put_in(handed_in, folder, record.wanted, record.reserved, released)
        early = timestamp.too_early(handed_in.stamp, record.first_released)
        for nb in books.values():
            notes.add(nb, whose.notes_on(handed_in.folder.parent.name, student))
            notes.add(nb, [notes.Note(early)] if early else [])
        for name in record.put_over:
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(record.source[name])
        done = {
            notebook.name: _examine_notebook(books[notebook.name], notebook, record, folder, source, began)
            for notebook in record.notebooks
        }
        own = (Path(path) for path in utils.find_all_files(str(folder), [*record.ignore, "*.ipynb"]))
        files = {str(path.relative_to(folder)): path for path in own}
        return Examined(
            done,
            {name: path.read_bytes() for name, path in files.items() if name not in record.put_over},
            handed_in.stamp,
        )


def _examine_notebook(
    nb: NotebookNode, notebook: NotebookRecord, record: Record, folder: Path, source: Path, began: float
) -> ExaminedNotebook:
    _clean(nb, notebook, record)
    resources: dict = {"metadata": {"path": str(folder)}, "nbgrader": {}, "examiner_began": began}
    Examine(config=record.config).examine(nb, notebook.expected, notebook.plan, folder, source, notebook.name, began)
    IgnorePattern(config=record.config)(nb, resources)  # called like this, a step heeds its `enabled`
    LimitOutput(config=record.config)(nb, resources)
    scores = {grade_id(cell): utils.determine_grade(cell)[0] for cell in nb.cells if utils.is_grade(cell)}
    comments = {
        grade_id(cell): _no_response(cell) for cell in nb.cells if utils.is_solution(cell) or utils.is_task(cell)
    }
    extra = save_extra_credit.earned(nb, source)
    PlainText(config=record.config)(nb, resources)
    for name, text in save_notes.texts(notes.of(nb), list(comments)).items():
        comments[name] = save_notes.joined(comments[name], text)
    notes.finish(nb)
    metadata.validate(nb)  # nothing changes these after cleaning, so once is enough
    text = nbformat.writes(nb, version=4) + "\n"  # checks its form, once
    return ExaminedNotebook(
        text,
        bool(notes.unreadable(nb)),
        scores,
        extra,
        comments,
        tuple(note.text for note in notes.of(nb)),
        tuple(notes.to_be_looked_at(nb)),
    )


def _clean(nb: NotebookNode, notebook: NotebookRecord, record: Record) -> None:
    """Tell which cell is which, and put what is not the student's as the record has it."""
    done = repair(nb, notebook.expected)
    if not notes.unreadable(nb):  # all that stands there was put there by the repair
        notes.add(nb, done)
    if notebook.kernelspec:
        nb.metadata["kernelspec"] = nbformat.from_dict(notebook.kernelspec)
    OverwriteCells(config=record.config).overwrite(nb, RecordedCells(notebook.expected.known, notebook.order))


def _no_response(cell: NotebookNode) -> str | None:
    """Say what nbgrader says of an answer that was left as it was."""
    as_handed_out = cell.metadata.nbgrader.get("checksum", None) == utils.compute_checksum(cell)
    return "No response." if as_handed_out and not utils.is_task(cell) else None


_sources: dict[str, tempfile.TemporaryDirectory] = {}  # of this process, by the digest of a record


def _source_of(record: Record) -> Path:
    """Return a folder of this process's own with a record's source files, written once for a class."""
    if record.digest not in _sources:
        _forget_sources()
        scratch = tempfile.TemporaryDirectory(prefix="examiner-record-")
        for name, held in record.source.items():
            path = Path(scratch.name, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(held)
        _sources[record.digest] = scratch
    return Path(_sources[record.digest].name)


@atexit.register
def _forget_sources() -> None:
    while _sources:
        _sources.popitem()[1].cleanup()


def digest(handed_in: intake.Submission, record_digest: str) -> str:
    """Return a text that is another one whenever a submission, or anything else its grade depends on, is another."""
    files = [
        (found.name, hashlib.sha256(found.held).hexdigest() if isinstance(found.held, bytes) else str(found.held))
        for found in handed_in.files
    ]
    said = [record_digest, handed_in.folder.parent.name, handed_in.trouble, handed_in.left_out, handed_in.stamp, files]
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode("utf-8", "surrogatepass")).hexdigest()
