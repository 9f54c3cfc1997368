"""nbgrader's own command, as it comes and with the examiner, and `examiner grade`."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from nbgrader.api import Gradebook

from .classes import Class
from .meter import Used, run

BIN = Path(sys.executable).parent
Points = dict[str, dict[str, float]]  # by student, then by test cell


def nbgrader(about: Class, students: list[str]) -> Used:
    """Grade these students, and no others, by `nbgrader autograde`."""
    chosen = [f"--student={student}" for student in students] if len(students) == 1 else []
    hidden = about.course.source(about.assignment) / "hidden.json"  # stock nbgrader's kernels find it there
    return run(
        [str(BIN / "nbgrader"), "autograde", about.assignment, "--create", "--force", *chosen],
        about.course.root,
        BACKPROP_HIDDEN=str(hidden),
        PATH=f"{BIN}{os.pathsep}{os.environ['PATH']}",
    )


def examiner(about: Class, *options: str) -> Used:
    """Grade everybody by `examiner grade`."""
    command = [str(BIN / "examiner"), "--course", str(about.course.root), "grade", about.assignment]
    return run([*command, "--all", "--json", *options], about.course.root)


def points(about: Class, students: list[str]) -> Points:
    """Return what the gradebook has of each test cell that has points."""
    with Gradebook(f"sqlite:///{about.course.root / 'gradebook.db'}") as gradebook:
        found: Points = {}
        for student in students:
            (notebook,) = gradebook.find_submission(about.assignment, student).notebooks
            found[student] = {grade.name: grade.auto_score or 0.0 for grade in notebook.grades if grade.max_score}
        return found


def most(about: Class) -> dict[str, float]:
    """Return the points of each test cell."""
    with Gradebook(f"sqlite:///{about.course.root / 'gradebook.db'}") as gradebook:
        (notebook,) = gradebook.find_assignment(about.assignment).notebooks
        return {cell.name: cell.max_score for cell in notebook.grade_cells if cell.max_score}
