"""Save extra credit: points beyond the total, in the field that nbgrader's gradebook has for them."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

from nbformat import NotebookNode
from nbgrader import utils
from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor

from backprop.answers.tables import CHECKS_FILE

from ..course.source_notebook import HIDDEN_PREFIX, grade_id


class SaveExtraCredit(NbGraderPreprocessor):
    """Give an extra exercise's points where its hidden cell passed; the cell itself is worth 0 points."""

    def preprocess(self, nb, resources):
        where = resources["nbgrader"]
        with Gradebook(where["db_url"]) as gradebook:
            for name, points in earned(nb, Path(resources["metadata"]["path"])).items():
                grade = gradebook.find_grade(name, where["notebook"], where["assignment"], where["student"])
                grade.extra_credit = points
            gradebook.db.commit()
        return nb, resources


def earned(nb: NotebookNode, folder: Path) -> dict[str, float]:
    """Return the extra points of each cell that can have some; `folder` holds the assignment's table."""
    path = folder / CHECKS_FILE
    if not path.is_file():  # an ordinary assignment, without extras
        return {}
    extras = _extras(path, path.stat().st_mtime_ns)
    tests = [cell for cell in nb.cells if extras.get(grade_id(cell)) and utils.is_grade(cell)]
    return {grade_id(cell): 0.0 if utils.has_failed(cell) else float(extras[grade_id(cell)]) for cell in tests}


@lru_cache(1)  # a class is graded with one table
def _extras(path: Path, stamp: int) -> dict[str, float]:
    table = json.loads(path.read_text(encoding="utf-8"))
    return {HIDDEN_PREFIX + key: words.get("extra", 0) for key, words in table["exercises"].items()}
