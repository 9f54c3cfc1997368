"""The step of nbgrader's feedback that adds points and notes to a page, and takes out what it may not show.

It is in place of nbgrader's GetGrades, which asks the gradebook several times for each cell: that took half of the
time of a page.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from nbformat import NotebookNode
from nbgrader.api import Assignment, BaseCell, Comment, Grade, Notebook, SubmittedAssignment, SubmittedNotebook
from nbgrader.preprocessors import NbGraderPreprocessor
from sqlalchemy import Engine, NullPool, create_engine
from sqlalchemy.orm import Session, contains_eager, undefer

from ..course import times
from ..course.source_notebook import grade_id
from ..submission import notes
from . import hiding, summary

KEY = "page"  # under resources["nbgrader"]


class Details(NbGraderPreprocessor):
    """Does for a whole notebook what a page needs."""

    def preprocess(self, nb: NotebookNode, resources):
        where = resources["nbgrader"]
        with Session(_engine(where["db_url"])) as gradebook:
            entry = _entry(gradebook, where["notebook"], where["assignment"], where["student"])
            grades, comments = _grades(gradebook, entry), _comments(gradebook, entry)
            for cell in nb.cells:
                meta = cell.metadata.get("nbgrader") or {}
                name = grade_id(cell)
                if meta.get("grade") or meta.get("task"):
                    meta |= grades[name]  # a cell that the gradebook lacks has no page, as in nbgrader
                if meta.get("solution") or meta.get("task"):
                    meta["comment"] = comments[name]
            where["late_penalty"] = entry.late_submission_penalty or 0
            where["score"] = entry.score - where["late_penalty"]
            where["max_score"] = entry.max_score
            sent = entry.assignment
            late, due, extended, came = sent.total_seconds_late, sent.duedate, bool(sent.extension), sent.timestamp
        zone = times.zone_of(self.config)
        hiding.hide(nb, self.root(resources))
        cut = hiding.without_paths(self.root(resources))
        where[KEY] = {
            "exercises": summary.of(nb),
            "notes": [cut(note.text) for note in notes.of(nb)],
            "late": spoken(late),
            "due": times.shown(due, zone),
            "came": times.shown(came, zone),
            "extended": extended,
        }
        summary.say_options_once(nb)
        return nb, resources

    def root(self, resources) -> str:
        """Return the folder of the course."""
        path = resources.get("metadata", {}).get("path", "")
        return self.parent.coursedir.root if self.parent is not None and hasattr(self.parent, "coursedir") else path


@lru_cache(1)
def _engine(url: str) -> Engine:
    """Return what opens a gradebook, kept with the queries it has put together: that takes longer than to ask them."""
    return create_engine(url, poolclass=NullPool)  # no connection stays open between two pages


def _entry(gradebook: Session, notebook: str, assignment: str, student: str) -> SubmittedNotebook:
    """Return a student's notebook, with all that a page says of its submission."""
    submission = SubmittedNotebook.assignment
    return (
        gradebook.query(SubmittedNotebook)
        .join(SubmittedNotebook.notebook)
        .join(submission)
        .join(SubmittedAssignment.assignment)
        .filter(Notebook.name == notebook, Assignment.name == assignment, SubmittedAssignment.student_id == student)
        .options(
            undefer(SubmittedNotebook.score),
            undefer(SubmittedNotebook.max_score),
            contains_eager(submission).contains_eager(SubmittedAssignment.assignment),
        )
        .one()
    )


def _grades(gradebook: Session, entry: SubmittedNotebook) -> dict[str, dict[str, Any]]:
    """Return what a page says of each cell with points, by the cell's name."""
    found = (
        gradebook.query(BaseCell.name, Grade.score, Grade.max_score, Grade.manual_score, Grade.needs_manual_grade)
        .join(Grade, Grade.cell_id == BaseCell.id)
        .filter(Grade.notebook_id == entry.id)
    )
    return {
        name: {"score": score, "points": most, "by_hand": by_hand is not None, "waiting": bool(waiting)}
        for name, score, most, by_hand, waiting in found
    }


def _comments(gradebook: Session, entry: SubmittedNotebook) -> dict[str, str]:
    """Return what a person has written, by the cell's name; what was noted stands at the top of the page, once."""
    found = (
        gradebook.query(BaseCell.name, Comment.manual_comment)
        .join(Comment, Comment.cell_id == BaseCell.id)
        .filter(Comment.notebook_id == entry.id)
    )
    return {name: text or "" for name, text in found}


def spoken(seconds: float) -> str:
    """Return a time in the two units that say most of it, "" for none."""
    minutes = int(-(-seconds // 60))
    parts = ((minutes // 1440, "day"), (minutes // 60 % 24, "hour"), (minutes % 60, "minute"))
    said = [f"{count} {unit}{'s' * (count != 1)}" for count, unit in parts if count]
    return " and ".join(said[:2])
