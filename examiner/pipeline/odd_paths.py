"""Let nbgrader work where a course's folder or a student's name holds brackets, which it takes for a pattern.

Without this, `release` finds no notebook in a folder called `[test] course`, and a student called `[ada]` is graded and
has no feedback page.
"""

from __future__ import annotations

import glob
import os

from nbgrader.converters.base import BaseConverter

find_by_pattern = BaseConverter.init_notebooks


def matching(root: str, pattern: str) -> list[str]:
    """Return the paths that nbgrader means: the one of that very name, or those that match it below `root`."""
    if os.path.lexists(pattern):
        return [pattern]
    if pattern.startswith(root):
        pattern = glob.escape(root) + pattern.removeprefix(root)
    return sorted(glob.glob(pattern))


def _init_notebooks(converter: BaseConverter) -> None:
    """Find the notebooks of the assignments and students that are asked for."""
    course = converter.coursedir
    found = {}
    for folder in matching(course.root, converter._format_source(course.assignment_id, course.student_id)):
        notebooks = sorted(glob.glob(os.path.join(glob.escape(folder), f"{course.notebook_id}.ipynb")))
        if notebooks:
            found[folder] = notebooks
    if not found:
        find_by_pattern(converter)  # says so, in nbgrader's words
    converter.notebooks = []
    converter.assignments = found


def use() -> None:
    """Have every step of nbgrader's look for notebooks in this way; the course's configuration calls this."""
    BaseConverter.init_notebooks = _init_notebooks
