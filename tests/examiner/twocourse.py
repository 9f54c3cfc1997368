"""A course of one assignment whose exercises a test can change, add, remove and rename, with its class."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import nbformat
import nbgrader.api
import synthetic
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from tinycourse import TinyCourse, cell_of, lay_config

from examiner.commands import executors, grade, release
from examiner.freezing import freeze, table_files
from examiner.freezing.source import Source

nbgrader.api.get_alembic_version = cache(nbgrader.api.get_alembic_version)  # a process of its own each time
DOUBLE, SQUARE, CUBE = ("double", "2 * x"), ("square", "x * x"), ("cube", "x ** 3")
FIRST = {"1": (*DOUBLE, 40, 60), "2": (*SQUARE, 10, 20)}  # by key: function, solution, points of check and hidden test


class TwoCourse(TinyCourse):
    """A released course, whose notebook `change` replaces."""

    @classmethod
    def lay(cls, root: Path, config: Path) -> TwoCourse:
        root.mkdir()
        lay_config(config, root)
        course = cls(root)
        course.change(FIRST)
        return course

    def change(self, exercises: dict[str, tuple[str, str, int, int]], released: bool = True) -> None:
        """Write the source with these exercises, and release it."""
        cells = [new_code_cell("from backprop import check, given", id="imports", metadata={"tags": ["setup"]})]
        words = []
        for key, (function, solution, *points) in exercises.items():
            inputs = f'from examiner.inputs import freeze_inputs\nfreeze_inputs("{key}", 3.0)\n'
            cells += [
                new_markdown_cell(f"## Exercise {key}", id=f"lesson-{key}"),
                _cell(
                    f"exercise-{key}",
                    f"def {function}(x):\n    ### BEGIN SOLUTION\n    return {solution}\n    ### END SOLUTION",
                ),
                new_code_cell(
                    f'{inputs}freeze_inputs("{key}.1", 5.0)', id=f"inputs-{key}", metadata={"tags": ["examiner"]}
                ),
                _cell(f"check-{key}", f'check("{key}", lambda: {function}(given("{key}")))', points[0]),
                _cell(
                    f"hidden-{key}",
                    "### BEGIN HIDDEN TESTS\n"
                    f'check("{key}.1", lambda: {function}(given("{key}.1")))\n### END HIDDEN TESTS',
                    points[1],
                ),
            ]
            said = {
                "key": key,
                "title": function,
                "function": function,
                "holds": "a number.",
                "hint": "H.",
                "ask": "A?",
            }
            words.append("[[exercise]]\n" + "\n".join(f'{name} = "{text}"' for name, text in said.items()))
        folder = self.source("numbers")
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / "numbers.ipynb"
        nbformat.write(new_notebook(cells=cells, metadata={"kernelspec": synthetic.KERNEL}), path)
        (folder / "misconceptions.toml").write_text("\n".join(words) + "\n", encoding="utf-8")
        table_files.write(folder, freeze.freeze(Source.read(path)))
        if released:
            release.release(self, "numbers")

    def hand_in(self, student: str, **answers: str) -> None:
        """Hand in the released notebook with an expression for each function."""
        names = {name.split("def ")[1].split("(")[0]: name for name in self._stubs()}

        def answer(nb):
            for function, expression in answers.items():
                cell_of(nb, self._stubs()[names[function]]).source = f"def {function}(x):\n    return {expression}"

        self.submit(student, answer=None, change=answer)

    def _stubs(self) -> dict[str, str]:
        named = {cell.source: cell.metadata.get("nbgrader", {}).get("grade_id", "") for cell in self.released().cells}
        return {source: name for source, name in named.items() if name.startswith("exercise-")}

    def grade_all(self) -> None:
        outcomes = grade.grade(self, "numbers", grade.students(self, "numbers"), workers=executors.local(1))
        assert all(outcome.graded for outcome in outcomes), outcomes


def _cell(grade_id: str, source: str, points: int | None = None):
    return new_code_cell(source, id=grade_id, metadata=synthetic.graded(grade_id, points))
