"""Run the test cells of an ordinary notebook, each in the way that its plan says."""

from __future__ import annotations

from dataclasses import replace

from backprop.errors import CourseFileError

from ..course.cell_names import Owned
from ..runner.notebook_runner import NotebookRunner
from .plan import WITHIN, Plan
from .testcells import TestCells, Tested
from .within import WithinTests, error

PASSES_WITHIN = "it fails apart from the student's process, and passes in it, with an object that cannot cross."


class Ways:
    """The two ways in which a test cell of one notebook can run."""

    def __init__(self, plan: Plan, runner: NotebookRunner, apart: TestCells, strict: bool = False):
        self.plan, self.apart, self.strict = plan, apart, strict  # strict: in no other way than the planned one
        self.within = WithinTests(runner, apart.most_text)

    def test(self, source: str, name: str) -> Tested:
        """Run a test cell as planned.

        What cannot be judged apart, for a value that cannot cross, is judged within. A test that fails apart over an
        object of the student's, and passes within, is for a person to look at.
        """
        if self.plan.way(name) == WITHIN:
            return self._within(source, name)
        try:
            tested = self.apart.run(source, name, self.plan.owned.get(name, Owned()))
        except (KeyboardInterrupt, CourseFileError):
            raise
        except Exception as problem:  # a value of the test's that cannot cross
            if self.strict:
                return Tested(False, [error(type(problem).__name__, str(problem), [])])
            return self._within(source, name)
        if self.strict or tested.passed or tested.verdicts or not tested.saw_objects:
            return tested
        return replace(tested, look=PASSES_WITHIN) if self._within(source, name).passed else tested

    def _within(self, source: str, name: str) -> Tested:
        return self.within.run(self.plan.within(name, source), name)

    def define(self, name: str) -> None:
        """Let tests that run apart know what a locked cell binds."""
        self.apart.define(self.plan.statements.get(name, []), self.plan.owned.get(name, Owned()))
