"""The smallest course: one assignment with one exercise, released through real nbgrader."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import nbformat
import synthetic

from examiner.commands import grade, release
from examiner.course.folders import Course
from examiner.freezing import freeze, table_files
from examiner.freezing.source import Source

RIGHT = "def double(x):\n    return x + x"


class TinyCourse(Course):
    """A released course of one exercise, `double`, with the words a test needs."""

    @classmethod
    def make(cls, root: Path, config: Path, **parts) -> TinyCourse:
        """Make it in `root`; `parts` are those of `synthetic.write`."""
        root.mkdir()
        shutil.copy(config, root)
        notebook = synthetic.write(root / "source" / "numbers", **parts)
        course = cls(root)
        table_files.write(notebook.parent, freeze.freeze(Source.read(notebook)))
        release.release(course, "numbers")
        return course

    def released(self) -> nbformat.NotebookNode:
        return nbformat.read(self.release("numbers") / "numbers.ipynb", as_version=4)

    def submit(self, student: str, answer: str | None = RIGHT, change=None, name: str = "numbers.ipynb") -> None:
        """Hand in the released notebook with `answer` in its solution cell, after `change` had its way with it."""
        nb = self.released()
        if answer is not None:
            cell_of(nb, "exercise-1").source = answer
        if change:
            change(nb)
        folder = self.root / "submitted" / student / "numbers"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(json.dumps(nb), encoding="utf-8")  # as it is: nbformat would repair it

    def grade(self, *who: str) -> dict[str, grade.Outcome]:
        return {student: grade.grade_one(self, "numbers", None, student) for student in who}

    def graded(self, student: str) -> nbformat.NotebookNode:
        return nbformat.read(self.root / "autograded" / student / "numbers" / "numbers.ipynb", as_version=4)


def cell_of(nb: nbformat.NotebookNode, grade_id: str) -> nbformat.NotebookNode:
    """Return the cell with `grade_id`."""
    return next(cell for cell in nb.cells if cell.metadata.get("nbgrader", {}).get("grade_id") == grade_id)
