"""Save extra credit: points beyond the total, in the field that nbgrader's gradebook has for them."""

from __future__ import annotations

import json
from pathlib import Path

from nbgrader import utils
from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor

from backprop.answers.tables import CHECKS_FILE

from ..course.source_notebook import HIDDEN_PREFIX, grade_id


class SaveExtraCredit(NbGraderPreprocessor):
    """Give an extra exercise's points where its hidden cell passed; the cell itself is worth 0 points."""

    def preprocess(self, nb, resources):
        where = resources["nbgrader"]
        path = Path(resources["metadata"]["path"], CHECKS_FILE)
        if not path.is_file():  # an ordinary assignment, without extras
            return nb, resources
        table = json.loads(path.read_text(encoding="utf-8"))
        extras = {HIDDEN_PREFIX + key: words.get("extra", 0) for key, words in table["exercises"].items()}
        with Gradebook(where["db_url"]) as gradebook:
            for cell in nb.cells:
                name = grade_id(cell)
                if extras.get(name) and utils.is_grade(cell):
                    grade = gradebook.find_grade(name, where["notebook"], where["assignment"], where["student"])
                    grade.extra_credit = 0.0 if utils.has_failed(cell) else float(extras[name])
                    gradebook.db.commit()
        return nb, resources
