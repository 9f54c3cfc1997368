"""What a student has in a kernel by exercise 8 of `two_layer_network`, as source that a cell can run."""

from __future__ import annotations

from pathlib import Path

from examiner.commands import simulate
from examiner.course import source_notebook
from examiner.course.folders import Course

DATA = """
np.random.seed(1)
X, Y = np.random.randn(2, 3), np.random.randn(1, 3)
parameters = initialize_parameters(2, 10, 1)
"""


def functions(course_root: Path) -> str:
    """Return the functions of the lesson, with its first data set `X`, `Y` and `parameters`."""
    cells = source_notebook.cells(source_notebook.read(Course.here(course_root).notebook("two_layer_network")))
    solved = [cell.source for cell in cells if cell.role == "solution" and cell.exercise in tuple("1234567")]
    return "\n\n".join(["import numpy as np", *map(simulate.without_markers, solved), DATA])
