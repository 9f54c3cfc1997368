"""Lay down a new assignment in `source/`: one that works as it is, or one made of an nbgrader notebook."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, upgrade

from ..course import alternatives, misconceptions, source_notebook
from ..course.folders import UNUSABLE, Course
from ..errors import ExaminerError
from . import first_assignment as first
from . import proposed
from .cells import answer, test

KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}


def lay_down(course: Course, name: str) -> Path:
    """Write an assignment with one exercise and one quiz, and return its folder."""
    cells = [
        new_markdown_cell(first.LESSON.format(title=_title(name)), id="title"),
        new_code_cell(first.IMPORTS, id="imports", metadata={"tags": [source_notebook.SETUP_TAG]}),
        new_markdown_cell(first.EXERCISE, id="lesson-1"),
        answer("exercise-1", first.SOLUTION),
        new_code_cell(first.INPUTS, id="inputs-1", metadata={"tags": [source_notebook.EXAMINER_TAG]}),
        test("check-1", first.CHECK, 32),
        test("hidden-1", first.HIDDEN_TEST, 48),
        new_markdown_cell(first.INSIGHT, id="insight-1"),
        new_markdown_cell(first.QUESTION, id="lesson-2"),
        new_code_cell('quiz("2")', id="quiz-2"),
        answer("exercise-2", first.ANSWER),
        test("check-2", 'check("2", lambda: answer_2)', 20),
    ]
    for cell in cells:
        cell.id = source_notebook.grade_id(cell) or cell.id  # no ids by chance
    folder = _folder(course, name)
    place = len(course.assignments()) if (course.root / "source").is_dir() else 0
    files = {misconceptions.NAME: first.WORDS.format(place=place), alternatives.NAME: first.ALTERNATIVES}
    return _write(folder, name, new_notebook(cells=cells, metadata={"kernelspec": KERNEL}), files)


def from_notebook(course: Course, name: str, path: Path) -> tuple[Path, list[str]]:
    """Write an assignment made of the nbgrader notebook at `path`, with checks that it proposes.

    Returns its folder, and what its tests call that could not become a check, with the reason. Its tests stay as they
    are, with their points. Raises `ExaminerError` where there is nothing to propose.
    """
    notebook = upgrade(source_notebook.read(path))  # older ones have no ids of cells
    words, left = proposed.add_checks(notebook)
    if not words:
        raise ExaminerError(
            f"{path}: no test in it calls a function of an answer with values that can be written down, so no check "
            f"can be proposed. It works as it is: put it into source/{name}/{name}.ipynb, and run: "
            f"examiner release {name}"
        )
    folder = _folder(course, name)
    pictures = {picture for cell in notebook.cells for picture in re.findall(r"\]\(([\w./-]+)\)", cell.source)}
    _write(folder, name, notebook, {misconceptions.NAME: words})
    for picture in pictures:
        if (path.parent / picture).is_file() and ".." not in Path(picture).parts:
            (folder / picture).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path.parent / picture, folder / picture)
    return folder, left


def _folder(course: Course, name: str) -> Path:
    """Return the folder of a new assignment; raises `ExaminerError` where it cannot be made."""
    if not name.strip(". ") or set(name) & (UNUSABLE | set("/\\")):
        raise ExaminerError(
            f"{name!r} cannot be the name of an assignment: leave out / \\ {' '.join(sorted(UNUSABLE))}"
        )
    if course.source(name).exists():
        raise ExaminerError(f"source/{name} already exists. Choose another name, or change what is there.")
    return course.source(name)


def _write(folder: Path, name: str, notebook: NotebookNode, files: dict[str, str]) -> Path:
    folder.mkdir(parents=True)
    nbformat.write(notebook, folder / f"{name}.ipynb")
    for file, text in files.items():
        (folder / file).write_text(text, encoding="utf-8")
    return folder


def _title(name: str) -> str:
    return name.replace("_", " ").strip().capitalize()
