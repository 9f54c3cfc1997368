"""Judged across two processes, every solution, alternative and misconception gets the verdicts it gets in one."""

from __future__ import annotations

import contextlib

import pytest
from classroom import ASSIGNMENTS, COURSE, alternatives_of, committed, exercises, run, source, stubs, tables, unheard

from backprop import session
from backprop.errors import CheckFailed
from examiner.judging.testcells import TestCells
from examiner.pipeline.examine import imports_for
from examiner.runner.forkserver import shared_forkserver
from examiner.runner.limits import Limits
from examiner.runner.notebook_runner import NotebookRunner

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]


def variants(assignment) -> list[tuple[str, str, str]]:
    """Return (what it is, exercise, source of its cell) for everything that may stand in a solution cell."""
    mine = source(assignment)
    own = [("solution", key, mine.solution(key).source) for key in exercises(assignment)]
    open_ones = [("stub", key, stubs(assignment)[key]) for key in exercises(assignment)]
    right = [(a.style, a.exercise, a.solution) for a in alternatives_of(assignment) if not a.slow]
    wrong = [(m.id, m.exercise, m.apply(mine.solution(m.exercise).source)) for m in mine.written.misconceptions]
    return own + open_ones + right + wrong


class Here(session.Session):
    """A session that keeps every verdict, as a notebook's cells see it: the first failure of a cell ends it."""

    remembers = False  # as in grading, where each answer is a student's first

    def __init__(self, folder):
        super().__init__(folder)
        self.verdicts = []

    def judge(self, key, attempt):
        verdict = super().judge(key, attempt)
        self.verdicts.append(verdict.as_data())
        return verdict


class InOneProcess:
    """The notebook's cells, student's and tests, in this process."""

    def __init__(self, assignment):
        self.session = Here(COURSE.source(assignment))
        self.scope = {"__name__": "__main__", "In": [""]}

    def work(self, code):
        with contextlib.suppress(Exception), session.use(self.session):
            run(f"cell {len(self.scope['In'])}", code, self.scope)

    def judge(self, cell):
        self.session.verdicts = []
        with contextlib.suppress(CheckFailed), session.use(self.session):
            run(cell.name, cell.source, self.scope)
        return self.session.verdicts


class InTwo:
    """The student's cells in a process of their own, the tests here."""

    def __init__(self, assignment, runner):
        self.runner = runner
        self.tests = TestCells(runner, tables(assignment), imports_for(source(assignment).cells), 10, 100_000)

    def work(self, code):
        self.runner.run(code)

    def judge(self, cell):
        tested = self.tests.run(cell.source, cell.name)
        assert tested.passed == all(verdict["passed"] for verdict in tested.verdicts)
        return tested.verdicts


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_every_verdict_is_the_same_in_two_processes(assignment):
    with committed(assignment), unheard():
        limits = Limits(notebook_seconds=600)
        with NotebookRunner(shared_forkserver(limits), COURSE.release(assignment), limits) as runner:
            both = InOneProcess(assignment), InTwo(assignment, runner)
            cells = source(assignment).cells
            for cell in cells:
                if cell.role in ("setup", "solution"):
                    for one in both:
                        one.work(cell.source)
            judged = 0
            for what, exercise, code in variants(assignment):
                for one in both:
                    one.work(code)
                for cell in cells:
                    if cell.role in ("check", "hidden") and cell.exercise == exercise:
                        here, there = (one.judge(cell) for one in both)
                        assert there == here, (what, cell.name)
                        judged += len(here)
                if source(assignment).solution(exercise).only_defines:  # others build on it
                    for one in both:
                        one.work(source(assignment).solution(exercise).source)
    assert judged > len(variants(assignment))
