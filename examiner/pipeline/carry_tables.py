"""Put the visible tables of an assignment into the metadata of its released notebook, so that it works alone."""

from __future__ import annotations

from pathlib import Path

from nbgrader.preprocessors import NbGraderPreprocessor

from backprop.answers import alone
from backprop.answers.tables import CHECKS_FILE


class CarryTables(NbGraderPreprocessor):
    """Let a released notebook carry `checks.json`, which students have anyway. It never looks at a hidden table."""

    def preprocess(self, nb, resources):
        where, course = resources["nbgrader"], self.parent.parent.coursedir
        checks = Path(course.format_path(course.source_directory, ".", where["assignment"])) / CHECKS_FILE
        nb.metadata.pop(alone.KEY, None)
        if checks.is_file():
            nb.metadata[alone.KEY] = alone.packed(where["assignment"], checks.read_text(encoding="utf-8"))
        return nb, resources
