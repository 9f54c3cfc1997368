"""The smallest course: one assignment with one exercise, released through real nbgrader."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Self

import nbformat
import synthetic
from postgresql import Server

from examiner.commands import grade, release
from examiner.course.folders import CONFIG, Course
from examiner.freezing import freeze, table_files
from examiner.freezing.source import Source

SERVER: list[Server] = []  # a PostgreSQL, where these tests are to run on one
RIGHT = "def double(x):\n    return x + x"


class TinyCourse(Course):
    """A released course of one exercise, `double`, with the words a test needs."""

    @classmethod
    def make(cls, root: Path, config: Path, **parts) -> TinyCourse:
        """Make it in `root`; `parts` are those of `synthetic.write`."""
        root.mkdir()
        lay_config(config, root)
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

    def copied(self, root: Path) -> Self:
        """Copy the course, its gradebook too, into the new folder `root`."""
        shutil.copytree(self.root, root)
        for server in SERVER:
            own = re.findall(r"postgres@/(\w+)", (self.root / CONFIG).read_text(encoding="utf-8"))[-1]
            _name_database(root, server, server.database(own))
        return type(self)(root)

    def grade(self, *who: str) -> dict[str, grade.Outcome]:
        return {student: grade.grade_one(self, "numbers", None, student) for student in who}

    def graded(self, student: str) -> nbformat.NotebookNode:
        return nbformat.read(self.root / "autograded" / student / "numbers" / "numbers.ipynb", as_version=4)


def lay_config(config: Path, root: Path) -> None:
    """Copy a course's configuration into `root`, with a database of its own where there is a server for it."""
    shutil.copy(config, root)
    for server in SERVER:
        _name_database(root, server, server.database())


def _name_database(root: Path, server: Server, name: str) -> None:
    with open(root / CONFIG, "a", encoding="utf-8") as file:
        file.write(f"\nc.CourseDirectory.db_url = {server.url(name)!r}\n")


def cell_of(nb: nbformat.NotebookNode, grade_id: str) -> nbformat.NotebookNode:
    """Return the cell with `grade_id`."""
    return next(cell for cell in nb.cells if cell.metadata.get("nbgrader", {}).get("grade_id") == grade_id)
