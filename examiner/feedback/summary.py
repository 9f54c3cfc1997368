"""What stands at the top of a page of feedback: one line for each exercise, lost points first. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, fields

from nbformat import NotebookNode

from backprop.check import VERDICT_MIME
from backprop.explain import render
from backprop.explain.verdict import Verdict

from ..course.source_notebook import grade_id, role_of
from ..judging import partial_credit

HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+([^ \t\n].*)$", re.MULTILINE)
MARKUP = re.compile(r"[*_`$]|\\[()]")
NOTHING_SAID = {"", "No response."}


@dataclass
class Exercise:
    """One exercise of a student's: its points, and what is to be said of it."""

    name: str
    anchor: str  # the grade_id of the cell that a link leads to
    score: float = 0.0
    of: float = 0.0
    verdict: dict = field(default_factory=dict)  # of the check that failed; {} where none did
    credits: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    by_hand: bool = False
    waiting: bool = False
    failed: bool = False

    @property
    def share(self) -> float:
        return min(max(self.score / self.of, 0.0), 1.0) if self.of else float(not self.failed)

    @property
    def lost(self) -> float:
        return max(self.of - self.score, 0.0)

    @property
    def open(self) -> bool:
        """Whether something of it is not right yet, so that it cost points or could not."""
        return self.failed and (self.lost > 0 or not self.of)

    @property
    def state(self) -> str:
        """What became of it, in a few words."""
        if self.waiting:
            return "waiting for a mark by hand"
        if not self.lost and self.failed:  # judged with the course's own earlier functions, say
            return "all points, though a check fails" if self.of else "not right yet"
        if not self.lost:
            return "right"
        return "partly right" if self.score else "not right yet"


def of(nb: NotebookNode) -> list[Exercise]:
    """Return the exercises of a graded notebook to which `details` has added the points, lost points first."""
    found: dict[str, Exercise] = {}
    heading = ""
    for cell in nb.cells:
        heading = heading_in(cell) or heading
        meta = cell.metadata.get("nbgrader") or {}
        name = grade_id(cell)
        if not name or not (meta.get("grade") or meta.get("task") or meta.get("solution")):
            continue
        role, key = role_of(cell)
        key = key.partition(".")[0] if role in ("check", "hidden", "solution") else heading or name
        one = found.setdefault(key, Exercise(heading or name, name))
        _add(one, cell, meta)
    some = [one for one in found.values() if one.of or one.verdict or one.failed or one.comments or one.waiting]
    return sorted(some, key=lambda one: (-one.lost, not one.failed))  # and in the notebook's order among equals


def heading_in(cell: NotebookNode) -> str:
    """Return the last heading of a text cell, without markup; "" where it has none."""
    found = HEADING.findall(cell.source) if cell.cell_type == "markdown" else []
    return MARKUP.sub("", found[-1].rstrip(" \t#")).strip() if found else ""


def _add(one: Exercise, cell: NotebookNode, meta: dict) -> None:
    said = {text.strip() for text in (meta.get("comment") or "",)} - NOTHING_SAID
    one.comments += sorted(said)
    if not (meta.get("grade") or meta.get("task")):
        return
    one.score += float(meta.get("score") or 0.0)
    one.of += float(meta.get("points") or 0.0)
    one.by_hand |= bool(meta.get("by_hand"))
    one.waiting |= bool(meta.get("waiting"))
    failed = [verdict for verdict in verdicts(cell) if not verdict.get("passed")]
    for verdict in verdicts(cell)[:1]:
        one.name = verdict.get("name") or one.name
    if failed and (not one.verdict or (failed[-1].get("misconception") and not one.verdict.get("misconception"))):
        one.verdict, one.anchor = failed[-1], grade_id(cell)
    lost = float(meta.get("score") or 0.0) < float(meta.get("points") or 0.0)
    if (lost or failed) and not one.failed:
        one.failed, one.anchor = True, grade_id(cell)
    if sentence := partial_credit.of_cell(cell).get("sentence"):
        one.credits.append(sentence)


def verdicts(cell: NotebookNode) -> list[dict]:
    """Return the verdicts that a cell shows, as data."""
    return [out.data[VERDICT_MIME] for out in cell.get("outputs", []) if VERDICT_MIME in out.get("data", {})]


def say_options_once(nb: NotebookNode) -> None:
    """Leave out the options of a quiz where a second test says the same of them as the first."""
    said: list[tuple[str, list]] = []
    for out in (out for cell in nb.cells for out in cell.get("outputs", []) if VERDICT_MIME in out.get("data", {})):
        verdict = out.data[VERDICT_MIME]
        about = (verdict.get("exercise", ""), verdict.get("options") or [])
        if about in said:
            out.data[VERDICT_MIME] = {**verdict, "options": []}
        said.append(about)


def rows(verdict: dict) -> list[tuple[str, str]]:
    """Return what a verdict says, with a label for each sentence, as the check in the notebook says it."""
    known = {part.name for part in fields(Verdict)}
    return render.rows(Verdict(**{name: value for name, value in verdict.items() if name in known}))
