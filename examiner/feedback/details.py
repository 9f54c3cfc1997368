"""The step of nbgrader's feedback that adds what a page says beyond the points, and takes out what it may not show."""

from __future__ import annotations

from nbformat import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor

from ..course import times
from ..course.source_notebook import grade_id
from ..submission import notes
from . import hiding, summary

KEY = "page"  # under resources["nbgrader"]


class Details(NbGraderPreprocessor):
    """Comes after GetGrades, whose points it needs."""

    def preprocess(self, nb: NotebookNode, resources):
        where = resources["nbgrader"]
        with Gradebook(where["db_url"]) as gradebook:
            entry = gradebook.find_submission_notebook(where["notebook"], where["assignment"], where["student"])
            grades = {grade.name: grade for grade in entry.grades}
            comments = {comment.name: comment.manual_comment or "" for comment in entry.comments}
            for cell in nb.cells:
                name = grade_id(cell)
                if name in grades:
                    cell.metadata.nbgrader.by_hand = grades[name].manual_score is not None
                    cell.metadata.nbgrader.waiting = bool(grades[name].needs_manual_grade)
                if name in comments:
                    cell.metadata.nbgrader.comment = comments[name]  # what was noted stands at the top, once
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
        return nb, resources

    def root(self, resources) -> str:
        """Return the folder of the course."""
        path = resources.get("metadata", {}).get("path", "")
        return self.parent.coursedir.root if self.parent is not None and hasattr(self.parent, "coursedir") else path


def spoken(seconds: float) -> str:
    """Return a time in the two units that say most of it, "" for none."""
    minutes = int(-(-seconds // 60))
    parts = ((minutes // 1440, "day"), (minutes // 60 % 24, "hour"), (minutes % 60, "minute"))
    said = [f"{count} {unit}{'s' * (count != 1)}" for count, unit in parts if count]
    return " and ".join(said[:2])
