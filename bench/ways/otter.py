"""Otter-Grader, from its own package, on an Otter version of an assignment that is made here.

The tests are the same cells, as Otter's exception-based tests; the student's notebook keeps its cells, with Otter's
checks in place of ours. Otter runs in an environment of its own, without containers, all in one process: the fastest
way that it has.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell

from examiner.course import source_notebook
from examiner.course.source_notebook import grade_id

from .classes import Class
from .meter import Used, run

VERSION = "7.0.0"
NEEDS = ("ipykernel", "anywidget", "numpy", "matplotlib")  # what the course's own notebooks import
TEST = """OK_FORMAT = False

from otter.test_files import test_case

name = {name!r}
points = {points!r}

@test_case(points={points!r}, hidden=True)
def test_it(env):
    exec(compile({source!r}, {name!r}, "exec"), env)
"""
RUN = """
import json, os, sys
from otter.api import grade_submission
found = {}
for path in sys.argv[2:]:
    results = grade_submission(path, sys.argv[1], quiet=True)
    found[path] = {name: result.score for name, result in results.results.items()}
print(json.dumps(found))
"""


def install(folder: Path) -> Path:
    """Make an environment with Otter in it, unless it is there; return its Python."""
    python = folder / "bin" / "python"
    if not (folder / "ready").is_file():
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(folder)], check=True)
        pins = subprocess.run([sys.executable, "-m", "pip", "freeze"], check=True, capture_output=True, text=True)
        same = [line for line in pins.stdout.splitlines() if line.partition("==")[0] in NEEDS]
        command = [str(python), "-m", "pip", "install", "-q", f"otter-grader=={VERSION}", *same]
        subprocess.run(command, check=True)
        (folder / "ready").touch()
    return python


def autograder(python: Path, about: Class, folder: Path) -> Path:
    """Make the zip file from which Otter grades."""
    tests = folder / "tests"
    tests.mkdir(parents=True)
    source = about.course.source(about.assignment)
    for cell in source_notebook.cells(source_notebook.read(about.course.notebook(about.assignment))):
        if cell.role in ("check", "hidden") and cell.points:
            test = TEST.format(name=cell.name, points=cell.points, source=cell.source)
            (tests / f"{cell.name}.py").write_text(test, encoding="utf-8")
    made = folder / "autograder.zip"
    tables = [str(source / name) for name in ("checks.json", "hidden.json")]
    for table in tables:
        (folder / Path(table).name).write_bytes(Path(table).read_bytes())
    names = [Path(table).name for table in tables]
    otter = [str(python), "-m", "otter", "generate", "-t", "tests", "-o", str(made), "--no-config"]
    subprocess.run([*otter, "--no-requirements", "--no-environment", *names], cwd=folder, check=True)
    return made


def notebooks(about: Class, students: list[str], folder: Path) -> dict[str, Path]:
    """Write the Otter version of what each student handed in; returns the paths by student."""
    made = {}
    for student in students:
        nb = nbformat.read(about.notebook(student), 4)
        for cell in nb.cells:
            if grade_id(cell).startswith((source_notebook.CHECK_PREFIX, source_notebook.HIDDEN_PREFIX)):
                cell.source = f"grader.check({grade_id(cell)!r})"
            cell.metadata.pop("nbgrader", None)
        nb.cells.insert(0, new_code_cell("import otter\ngrader = otter.Notebook()"))
        made[student] = folder / f"{student}.ipynb"
        nbformat.write(nb, made[student])
    return made


def grade(python: Path, made: Path, books: dict[str, Path], root: Path) -> tuple[Used, dict[str, dict[str, float]]]:
    """Grade these notebooks one after the other; returns what it took, and points by student and test."""
    paths = [str(path) for path in books.values()]
    used = run([str(python), "-c", RUN, str(made), *paths], made.parent, PYTHONPATH=str(root))
    found = json.loads(used.said.splitlines()[-1])
    return used, {student: found[str(path)] for student, path in books.items()}
