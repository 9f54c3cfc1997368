"""Read an assignment's notebook as what it is made of: solutions, checks, hidden tests, and cells only for freezing."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import nbformat

from ..errors import ExaminerError

SOLUTION_PREFIX, CHECK_PREFIX, HIDDEN_PREFIX = (
    "exercise-",
    "check-",
    "hidden-",
)  # how the grade_id of each kind of cell begins
EXAMINER_TAG = "examiner"  # run by freeze, removed from the release
SETUP_TAG = "setup"  # run by freeze, and by students


def exercise_of(grade_id: str) -> str:
    """Return the key of the exercise of a cell; of an ordinary assignment each graded cell is one."""
    for prefix in (CHECK_PREFIX, HIDDEN_PREFIX, SOLUTION_PREFIX):
        if grade_id.startswith(prefix):
            return grade_id.removeprefix(prefix).partition(".")[0]
    return grade_id


@lru_cache(1000)
def _tree(source: str) -> ast.Module:
    return ast.parse(source)


@dataclass(frozen=True)
class Cell:
    """A code cell that takes part in freezing."""

    role: str  # "setup", "examiner", "solution", "check", "hidden"
    exercise: str  # "" for setup and examiner cells
    source: str
    points: float
    name: str  # grade_id or cell id

    def __post_init__(self):
        try:
            ast.parse(self.source)
        except SyntaxError as error:
            raise ExaminerError(f"cell {self.name}, line {error.lineno}: {error.msg}") from error

    @property
    def tree(self) -> ast.Module:
        """The cell, parsed once for a whole class, and to be read only."""
        return _tree(self.source)

    @property
    def defines(self) -> set[str]:
        """Names of the functions and classes that the cell defines."""
        return {node.name for node in self.tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)}

    @property
    def methods(self) -> set[str]:
        """Names of the methods of the classes that the cell defines."""
        classes = (node for node in self.tree.body if isinstance(node, ast.ClassDef))
        return {part.name for node in classes for part in node.body if isinstance(part, ast.FunctionDef)}

    @property
    def only_defines(self) -> bool:
        """Whether running the cell does nothing but define functions and classes."""
        quiet = (ast.FunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom)
        return all(isinstance(node, quiet) or is_docstring(node) for node in self.tree.body)


def solution_lines(source: str) -> set[int]:
    """Return the lines between the marks of a solution; all lines of one without marks."""
    lines = source.splitlines()
    inside, found = False, set()
    for number, line in enumerate(lines, 1):
        if "### BEGIN SOLUTION" in line or "### END SOLUTION" in line:
            inside = "BEGIN" in line
        elif inside:
            found.add(number)
    return found or set(range(1, len(lines) + 1))


def is_docstring(node: ast.AST) -> bool:
    """Return whether a statement is a value that nothing is done with."""
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def read(path: Path) -> nbformat.NotebookNode:
    """Return the notebook at `path`; raises `ExaminerError` where it is none."""
    try:
        return nbformat.read(path, as_version=4)
    except Exception as error:  # nbformat raises many kinds
        raise ExaminerError(f"{path} is not a notebook: {error}") from error


def refuse_twice(notebook: nbformat.NotebookNode) -> None:
    """Raise `ExaminerError` where two cells have one name."""
    names = [name for cell in notebook.cells if (name := grade_id(cell))]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise ExaminerError(
            f"{' and '.join(twice)}: two cells have this name. Rename one of them in the Create Assignment panel."
        )


def cells(notebook: nbformat.NotebookNode) -> list[Cell]:
    """Return the cells that take part in freezing, in order; raises `ExaminerError` where two have one name."""
    refuse_twice(notebook)
    found = []
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        role, exercise = role_of(cell)
        if role:
            meta = cell.metadata.get("nbgrader", {})
            name = grade_id(cell) or cell.get("id", "?")
            found.append(Cell(role, exercise, cell.source, float(meta.get("points", 0)), name))
    return found


def role_of(cell: nbformat.NotebookNode) -> tuple[str, str]:
    """Return the role of a cell and the key of its exercise; ("", "") for a cell that freezing leaves out."""
    name = grade_id(cell)
    for role, prefix in (("solution", SOLUTION_PREFIX), ("check", CHECK_PREFIX), ("hidden", HIDDEN_PREFIX)):
        if name.startswith(prefix):
            return role, name.removeprefix(prefix)
    for tag in (EXAMINER_TAG, SETUP_TAG):
        if tag in cell.metadata.get("tags", []):
            return tag, ""
    return "", ""


def is_check(cell: nbformat.NotebookNode) -> bool:
    """Tell whether a cell is a test that the course's own `check` judges; an ordinary one may have such an id too."""
    return cell.cell_type == "code" and role_of(cell)[0] in ("check", "hidden") and "check(" in cell.source


def grade_id(cell: Mapping) -> str:
    """Return the grade_id of a cell, or ""."""
    said = cell["metadata"].get("nbgrader")
    name = said.get("grade_id") if isinstance(said, dict) else None
    return name if isinstance(name, str) else ""
