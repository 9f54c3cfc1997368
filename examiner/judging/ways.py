"""Run the test cells of an ordinary notebook, each in the way that its plan says."""

from __future__ import annotations

from backprop.errors import CourseFileError

from ..course.cell_names import Owned
from ..runner.notebook_runner import NotebookRunner
from .plan import WITHIN, Plan
from .testcells import TestCells, Tested
from .within import WithinTests, error

PASSES_WITHIN = "it fails apart from the student's process, and passes in it, with a value that cannot cross."


class Ways:
    """The two ways in which a test cell of one notebook can run."""

    def __init__(self, plan: Plan, runner: NotebookRunner, apart: TestCells):
        self.plan, self.apart = plan, apart
        self.within = WithinTests(runner, apart.most_text)
        self._unsure: dict[str, str] = {}  # tests that failed apart over what cannot cross

    def test(self, source: str, name: str) -> Tested:
        """Run a test cell as planned."""
        if self.plan.way(name) == WITHIN:
            return self._within(source, name)
        try:
            tested = self.apart.run(source, name, self.plan.owned.get(name, Owned()))
        except (KeyboardInterrupt, CourseFileError):
            raise
        except Exception as problem:  # a value of the test's that cannot cross
            self._unsure[name] = source
            return Tested(False, [error(type(problem).__name__, str(problem), [])])
        if not tested.passed and not tested.verdicts and tested.saw_objects:
            self._unsure[name] = source
        return tested

    def to_be_looked_at(self) -> dict[str, str]:
        """Return which tests fail apart and pass within, with a sentence: they are for a person to look at.

        Only when all else is over: no code of the student's runs any more that could tell what such a test says. They
        earn no points by it, for else a submission would have a say in how it is judged.
        """
        return {name: PASSES_WITHIN for name, source in self._unsure.items() if self._within(source, name).passed}

    def _within(self, source: str, name: str) -> Tested:
        return self.within.run(self.plan.within(name, source), name)

    def define(self, name: str) -> None:
        """Let tests that run apart know what a locked cell binds."""
        self.apart.define(self.plan.statements.get(name, []), self.plan.owned.get(name, Owned()))
