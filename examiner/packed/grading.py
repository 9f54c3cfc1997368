"""Grade one submission with the record of an assignment, and say of each test what its student may know."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from traitlets.config import Config

from ..course.source_notebook import HIDDEN_PREFIX, grade_id
from ..feedback import hiding, summary
from ..judging import partial_credit
from ..pipeline import examining
from ..pipeline.examining import ExaminedNotebook
from ..pipeline.record import Record
from ..submission import intake

LONGEST = 3000  # characters that are said of one test
BY_HAND = "Someone has to look at this; its points are not counted here."


@dataclass(frozen=True)
class Judged:
    """One test cell: what it earned, and what may be said of it."""

    name: str
    score: float | None  # None where only a person can say
    out_of: float
    said: str = ""
    hidden: bool = False


@dataclass(frozen=True)
class Graded:
    """One submission after grading."""

    tests: list[Judged]
    notes: list[str]
    readable: bool = True

    @property
    def score(self) -> float:
        return sum(test.score or 0.0 for test in self.tests)

    @property
    def out_of(self) -> float:
        """The most points of the tests that are judged here."""
        return sum(test.out_of for test in self.tests if test.score is not None)


def grade(folder: Path, record: Record, user: int = 0) -> Graded:
    """Return what the submission in `folder` earns; its code runs in a sandbox, or else as `user`."""
    if user:
        config = Config(record.config)
        config.merge(Config({"Examine": {"without_sandbox": True, "as_user": user}}))
        record = replace(record, config=config)
    handed_in = intake.Submission(folder, record.size_limits, list(record.ignore)).hold(record.wanted)
    done = examining.examine(handed_in, handed_in.folder.parent.name, record).notebooks
    tests = [test for notebook in done.values() for test in _tests(notebook, str(folder))]
    said = [note for notebook in done.values() for note in map(hiding.without_paths(str(folder)), notebook.notes)]
    return Graded(tests, list(dict.fromkeys(said)), not all(notebook.unreadable for notebook in done.values()))


def _tests(done: ExaminedNotebook, root: str) -> list[Judged]:
    nb = nbformat.reads(done.text, as_version=4)
    hidden = {grade_id(cell) for cell in nb.cells if is_hidden(cell)}
    hiding.hide(nb, root)
    found, heading = [], ""
    for cell in nb.cells:
        heading = summary.heading_in(cell) or heading
        name = grade_id(cell)
        if name not in done.scores:
            continue
        shown = [verdict.get("name") for verdict in summary.verdicts(cell)]
        title = next(filter(None, shown), "") or heading or name
        points = float(cell.metadata.nbgrader.get("points") or 0.0)
        score = done.scores[name]
        one = name in hidden
        found.append(Judged(f"{title} (hidden test)" if one else title, score, points, _said(cell, score, one), one))
    extra = sum(done.extra.values())
    return [*found, Judged("Extra credit", extra, 0.0)] if extra else found


def is_hidden(cell: NotebookNode) -> bool:
    """Tell whether students were not given the test in a cell, or not all of it."""
    return grade_id(cell).startswith(HIDDEN_PREFIX) or "BEGIN HIDDEN TESTS" in cell.source


def _said(cell: NotebookNode, score: float | None, hidden: bool) -> str:
    """Return what a student may read of a test; nothing of a hidden one."""
    if score is None:
        return BY_HAND
    if hidden:
        return ""
    lines = []
    for verdict in summary.verdicts(cell):
        lines += [f"{label}: {text}" if label else text for label, text in summary.rows(verdict)]
    if sentence := partial_credit.of_cell(cell).get("sentence"):
        lines.append(sentence)
    if not lines:
        lines = [f"{out.ename}: {out.evalue}" for out in cell.get("outputs", []) if out.output_type == "error"]
    return printable("\n".join(lines))[:LONGEST]


def printable(text: str) -> str:
    """Return a text without control characters, which a page of another's may not expect."""
    return "".join(char for char in text if char.isprintable() or char == "\n")
