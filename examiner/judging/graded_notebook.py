"""One notebook under examination: every cell of it gets an outcome, and every test cell the points it earned.

Cells run in order, the student's in the student's process and the tests here. When all is judged, exercises that fail
with an earlier one are judged again, which can add points and never takes any.
"""

from __future__ import annotations

from collections.abc import Mapping

from nbformat import NotebookNode

from ..course.source_notebook import SOLUTION_PREFIX, grade_id
from ..runner.notebook_runner import NotebookRunner, failure
from ..runner.results import StudentCodeError, StudentProcessEnded
from ..submission.expected_cells import KnownCell
from . import partial_credit
from .follow_through import Reference, standing_in, wrong_before
from .partial_credit import Credit
from .testcells import TestCells, Tested

NOT_RUN = "This test did not run."


class GradedNotebook:
    """A notebook, the gradebook's record of its cells, and what became of its tests so far."""

    def __init__(self, nb: NotebookNode, known: Mapping[str, KnownCell]):
        self.nb, self.known = nb, known
        self.tests = {name: cell for name, cell in known.items() if cell.grade and not cell.solution}
        self.tested: dict[str, Tested] = {}
        self.credits: dict[str, Credit] = {}

    def clear(self, why: str = "") -> None:
        """Forget all outputs, and let every test fail until it has been judged: nbgrader passes one without outputs."""
        for cell in self._code():
            cell.execution_count = None
            cell.outputs = [failure("", why or NOT_RUN)] if grade_id(cell) in self.tests else []

    def run(self, runner: NotebookRunner, judge: TestCells) -> None:
        """Run every cell once, in order."""
        for number, cell in enumerate((cell for cell in self._code() if cell.source.strip()), start=1):
            cell.execution_count = number
            name = grade_id(cell)
            if name in self.tests:
                self.tested[name] = judge.run(self.tests[name].source, name)
            else:
                cell.outputs = runner.run(cell.source, number).outputs

    def judge_again(self, runner: NotebookRunner, judge: TestCells, reference: Reference) -> None:
        """Give what follows from an earlier mistake its points, if it is right by itself."""
        exercises = judge.session.tables.exercises
        failing = {name: tested.failing for name, tested in self.tested.items() if tested.failing}
        failed = {verdict["exercise"] for verdict in failing.values()}
        absent = {one for one in failed if any(_absent(runner, name) for name in reference.functions(one))}
        for name, verdict in failing.items():
            wrong = wrong_before(verdict["exercise"], failed, exercises, absent)
            functions = {one: reference.functions(one) for one in wrong}
            points = self.tests[name].points or 0.0
            if points and any(functions.values()):
                again = self._again(name, runner, judge, functions)
                if again and (again.passed or again.failing):
                    names = [exercises[one].name for one in wrong if functions[one]]
                    self._give(name, partial_credit.of_what_follows(names, again.failing, points))

    def _again(
        self, name: str, runner: NotebookRunner, judge: TestCells, functions: Mapping[str, Mapping]
    ) -> Tested | None:
        """Judge one test again, with `functions`, given by exercise, in place of the student's."""
        for exercise, some in functions.items():
            given = self.known.get(SOLUTION_PREFIX + exercise)
            if given and any("." in key and _absent(runner, key) for key in some):
                runner.run(given.source)  # as it was handed out: methods need a class to stand in
        try:
            lent = {key: function for some in functions.values() for key, function in some.items()}
            with standing_in(runner, lent, judge.session.seconds):
                return judge.run(self.tests[name].source, name)
        except (StudentCodeError, StudentProcessEnded):
            return None  # nothing can stand in there: a class of the student's may refuse it

    def give_credit(self) -> None:
        """Give known mistakes their share of the points."""
        for name, tested in self.tested.items():
            self._give(name, partial_credit.of_mistake(tested.failing, self.tests[name].points or 0.0))

    def finish(self) -> None:
        """Write the outcome of each test into its cell, as nbgrader reads it."""
        for cell in self._code():
            name = grade_id(cell)
            if name in self.tested:
                given = self.credits.get(name)
                cell.outputs = [
                    *([partial_credit.output(given, cell.execution_count)] if given else []),
                    *self.tested[name].outputs,
                ]

    def _give(self, name: str, given: Credit | None) -> None:
        if given and (name not in self.credits or given.points > self.credits[name].points):
            self.credits[name] = given

    def _code(self) -> list[NotebookNode]:
        return [cell for cell in self.nb.cells if cell.cell_type == "code"]


def _absent(runner: NotebookRunner, name: str) -> bool:
    """Say whether the student has no function or class of this name; of a method, whether there is no class."""
    try:
        return runner.kind(name.split(".")[0]).kind == "missing"
    except StudentProcessEnded:
        return True
    except StudentCodeError:  # there is something, which does not let itself be looked at
        return False
