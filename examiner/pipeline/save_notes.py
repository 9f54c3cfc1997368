"""Tell the student what was odd about the submission, and give 0 points to what could not be read."""

from __future__ import annotations

from nbgrader import utils
from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor

from ..course.source_notebook import grade_id
from ..submission import notes


class SaveNotes(NbGraderPreprocessor):
    """Write the notes into the gradebook's comments, where Formgrader and feedback show them.

    Comes after whatever enters scores and comments, since it adds to them. It also marks the notebook as graded: what
    a killed grader left behind has no such mark, and is graded again.
    """

    def preprocess(self, nb, resources):
        where = resources["nbgrader"]
        reason = notes.unreadable(nb)
        with Gradebook(where["db_url"]) as gradebook:
            entry = gradebook.find_submission_notebook(where["notebook"], where["assignment"], where["student"])
            answers = [grade_id(cell) for cell in nb.cells if utils.is_solution(cell) or utils.is_task(cell)]
            comments = {comment.name: comment for comment in entry.comments}
            for name, text in _texts(notes.of(nb), answers).items():
                said = comments[name].auto_comment
                comments[name].auto_comment = f"{said} {text}" if said else text
            for grade in entry.grades if reason else ():
                grade.auto_score, grade.needs_manual_grade = 0.0, False  # what a person entered stays
            gradebook.db.commit()
        notes.finish(nb)
        return nb, resources


def _texts(found: list[notes.Note], answers: list[str]) -> dict[str, str]:
    """Return what to say at each answer: its own notes there, all others at the first."""
    texts: dict[str, str] = {}
    for note in found if answers else ():
        name = note.cell if note.cell in answers else answers[0]
        texts[name] = f"{texts[name]} {note.text}" if name in texts else note.text
    return texts
