"""The smallest whole assignment, written for each test that needs to break it."""

from __future__ import annotations

from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

SOLUTION = """def double(x):
    ### BEGIN SOLUTION
    return 2 * x
    ### END SOLUTION"""
INPUTS = """from examiner.inputs import freeze_inputs
freeze_inputs("1", 3.0)
freeze_inputs("1.1", 5.0)"""
CHECK = 'check("1", lambda: double(given("1")))'
HIDDEN = """### BEGIN HIDDEN TESTS
check("1.1", lambda: double(given("1.1")))
### END HIDDEN TESTS"""
EXERCISE = """[[exercise]]
key = "1"
title = "Twice"
function = "double"
holds = "twice the number."
hint = "Add it to itself."
ask = "What is twice 3?"
"""
KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
HALF = ("half", "2 * x", "x / 2")
TRIPLE = ("triple", "2 * x", "3 * x")
CUBE = ("cube", "2 * x", "x ** 3")


def mistake(id: str, old: str, new: str, credit: float = 0.0) -> str:
    lines = ["[[misconception]]", 'exercise = "1"', f'id = "{id}"', f"edit = [{old!r}, {new!r}]", f"credit = {credit}"]
    return "\n".join([*lines, f'hint = "Not {id}."', f'ask = "Is it {id}?"', ""])


def write(
    folder: Path,
    solution: str = SOLUTION,
    inputs: str = INPUTS,
    check: str = CHECK,
    hidden: str = HIDDEN,
    mistakes=(HALF, TRIPLE, CUBE),
    words: str = EXERCISE,
    points: tuple[int, int] = (40, 60),
) -> Path:
    """Write notebook and words of an assignment with one exercise into `folder`, and return the notebook's path."""
    folder.mkdir(parents=True, exist_ok=True)
    cells = [
        new_markdown_cell("# Numbers", id="title"),
        new_code_cell("from backprop import check, given", id="imports", metadata={"tags": ["setup"]}),
        new_markdown_cell("## Exercise 1 · Twice", id="lesson-1"),
        new_code_cell(solution, id="exercise-1", metadata=graded("exercise-1")),
        new_code_cell(inputs, id="inputs-1", metadata={"tags": ["examiner"]}),
        new_code_cell(check, id="check-1", metadata=graded("check-1", points[0])),
        new_code_cell(hidden, id="hidden-1", metadata=graded("hidden-1", points[1])),
        new_markdown_cell("*Twice is once more.*", id="insight-1"),
    ]
    path = folder / f"{folder.name}.ipynb"
    nbformat.write(new_notebook(cells=cells, metadata={"kernelspec": KERNEL}), path)
    text = "\n".join([words, *(mistake(*some) for some in mistakes)])
    (folder / "misconceptions.toml").write_text(text, encoding="utf-8")
    return path


def graded(grade_id: str, points: int | None = None) -> dict:
    """Return the metadata of a solution cell, or of a test cell where it has points."""
    test = points is not None
    meta = {
        "grade_id": grade_id,
        "grade": test,
        "locked": test,
        "solution": not test,
        "task": False,
        "schema_version": 3,
    }
    return {"nbgrader": meta | ({"points": points} if test else {})}
