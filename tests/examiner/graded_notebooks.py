"""Examine the answers to an assignment's exercises without nbgrader, and score them as nbgrader would."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace

import nbformat
from nbgrader.utils import determine_grade

from backprop.check import VERDICT_MIME
from examiner.course import source_notebook
from examiner.course.folders import Course
from examiner.course.source_notebook import Cell, grade_id
from examiner.judging import partial_credit
from examiner.judging.follow_through import Reference
from examiner.judging.graded_notebook import GradedNotebook
from examiner.judging.testcells import TestCells
from examiner.pipeline.examine import cells_of, imports_for, tables_of
from examiner.runner.forkserver import shared_forkserver
from examiner.runner.limits import Limits
from examiner.runner.notebook_runner import NotebookRunner
from examiner.submission.expected_cells import KnownCell

COURSE = Course.here(__file__)
LIMITS = Limits(cell_seconds=20, notebook_seconds=120)


@dataclass(frozen=True)
class Marked:
    """An examined notebook."""

    nb: nbformat.NotebookNode

    def cell(self, name: str) -> nbformat.NotebookNode:
        return next(cell for cell in self.nb.cells if grade_id(cell) == name)

    def score(self, *exercises: str) -> float:
        """Return the points of some exercises, or of all."""
        graded = [cell for cell in self.nb.cells if cell.metadata.get("nbgrader", {}).get("grade")]
        wanted = [cell for cell in graded if not exercises or grade_id(cell).split("-")[1] in exercises]
        return sum(determine_grade(cell)[0] for cell in wanted)

    def earned(self, name: str) -> dict:
        """Return why a test cell earned points although it fails; {} where it did not."""
        return partial_credit.of_cell(self.cell(name))

    def verdict(self, name: str) -> dict:
        """Return the last verdict of a test cell."""
        shown = [output.data for output in self.cell(name).outputs if "data" in output]
        return [data[VERDICT_MIME] for data in shown if VERDICT_MIME in data][-1]


def marked(
    assignment: str,
    answers: dict[str, str],
    follow_through: bool = True,
    partial_credit: bool = True,
    check_seconds: float = 5.0,
    cell_seconds: float = LIMITS.cell_seconds,
) -> Marked:
    """Examine the notebook of `assignment` with `answers` in its solution cells, and the solutions in all others.

    Only cells that grading needs are in it: neither figures nor lessons.
    """
    source = cells_of(COURSE.notebook(assignment))
    folder = COURSE.source(assignment)
    nb, known = _notebook(assignment, source, answers)
    graded = GradedNotebook(nb, known)
    graded.clear()
    with NotebookRunner(
        shared_forkserver(LIMITS), COURSE.release(assignment), replace(LIMITS, cell_seconds=cell_seconds)
    ) as runner:
        judge = TestCells(runner, tables_of(folder), imports_for(source), check_seconds, 100_000)
        graded.run(runner, judge)
        if follow_through:
            runner.allow(60)
            graded.judge_again(runner, judge, Reference(source))
        if partial_credit:
            graded.give_credit()
        graded.look_for_changes(judge)
    graded.finish()
    return Marked(json_copy(nb))


def _notebook(assignment: str, source: tuple[Cell, ...], answers: dict[str, str]):
    released = source_notebook.read(COURSE.release(assignment) / COURSE.notebook(assignment).name)
    stubs = {grade_id(cell): cell.source for cell in released.cells if grade_id(cell)}
    nb, known = nbformat.v4.new_notebook(), {}
    for cell in source:
        if cell.role == "examiner":
            continue
        graded, solution = cell.role in ("check", "hidden"), cell.role == "solution"
        text = answers.get(cell.exercise, cell.source) if solution else cell.source
        made = nbformat.v4.new_code_cell(text)
        if graded or solution:
            points = cell.points if graded else None
            stub = cell.source if graded else stubs[cell.name]
            known[cell.name] = KnownCell(cell.name, "code", stub, "", graded, solution, graded, False, points)
            made.metadata["nbgrader"] = known[cell.name].metadata()
        nb.cells.append(made)
    return nb, known


def json_copy(nb: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """Return the notebook as a file would keep it."""
    return nbformat.from_dict(json.loads(json.dumps(nb)))
