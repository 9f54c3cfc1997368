"""Repair what students do to cells, so that every submission can be graded.

Replaces nbgrader's `DeduplicateIds`, which empties the metadata of a copied cell and so ends the whole batch with
a `SchemaTooOldError`.
"""

from __future__ import annotations

from pathlib import Path

from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor

from ..errors import ExaminerError
from ..submission import notes
from ..submission.expected_cells import ExpectedCells
from ..submission.repair import repair
from .autograde import AutogradeAnything


class RepairCells(NbGraderPreprocessor):
    """Tell which cell is which, and put cells right by the gradebook's record; `examiner.submission.repair` does it."""

    def preprocess(self, nb, resources):
        if not isinstance(self.parent.parent, AutogradeAnything):
            raise ExaminerError(
                "This submission was not prepared by the examiner. Call autograde.use() in nbgrader_config.py."
            )
        where = resources["nbgrader"]
        course = self.parent.parent.coursedir
        folder = Path(course.format_path(course.release_directory, ".", where["assignment"]))
        with Gradebook(where["db_url"]) as gradebook:
            released = folder / f"{where['notebook']}.ipynb"
            record = ExpectedCells.read(gradebook, where["notebook"], where["assignment"], released)
        done = repair(nb, record)
        if not notes.unreadable(nb):  # all that stands there was put there by the repair
            notes.add(nb, done)
        for note in notes.of(nb):
            self.log.warning("%s: %s", where["student"], note.text)
        return nb, resources
