"""One notebook under examination: every cell of it gets an outcome, and every test cell the points it earned.

Cells run in order, the student's in the student's process and the tests here. When all is judged, exercises that fail
with an earlier one are judged again, which can add points and never takes any.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace

from nbformat import NotebookNode

from backprop.explain.one_change import ONE_CHANGE, is_sure

from ..course.source_notebook import SOLUTION_PREFIX, grade_id
from ..errors import StudentCodeError, StudentProcessEnded
from ..runner.notebook_runner import NotebookRunner, failure
from ..runner.outputs import NotebookTotals
from ..submission import notes
from ..submission.expected_cells import ExpectedCells, KnownCell
from . import chance, only_again, only_shown, partial_credit
from .follow_through import Reference, earlier, standing_in, wrong_before
from .partial_credit import Credit
from .plan import Plan
from .reference_process import ReferenceProcess
from .set_up import run_handed_out
from .testcells import TestCells, Tested
from .ways import Ways

NOT_RUN = "This test did not run."
LOADS = "load_mnist"  # stands in every cell that loads pictures


class GradedNotebook:
    """A notebook, the gradebook's record of its cells, and what became of its tests so far."""

    def __init__(
        self,
        nb: NotebookNode,
        known: Mapping[str, KnownCell],
        expected: ExpectedCells | None = None,
        plan: Plan | None = None,
    ):
        self.nb, self.known, self.expected, self.plan = nb, known, expected, plan
        self.tests = {name: cell for name, cell in known.items() if cell.grade and not cell.solution}
        self.tested: dict[str, Tested] = {}
        self.credits: dict[str, Credit] = {}
        self.ways: Ways | None = None
        self.left_out: list[NotebookNode] = []  # cells that only show, and do not run
        self.only_again: list[NotebookNode] = []  # answers that run only when their test asks for it
        self.stopped: set[str] = set()  # answers that ran out of time
        self._own: dict[int, list[NotebookNode]] = {}  # what the student's own run of a cell showed

    def leave_out_what_only_shows(self) -> bool:
        """Run no cell that no verdict needs; tell whether there is one."""
        if self.expected:
            self.left_out = only_shown.only_shown(self.nb.cells, self.expected)
            self.only_again = only_again.only_again(self.nb.cells, self.expected, self.left_out)
        return bool(self.left_out or self.only_again)

    def may_miss_something(self) -> bool:
        """Tell whether a test failed that could pass had every cell run: by chance, such as a start of training.

        An answer that runs only as its test asks draws the numbers of its check then, as a function does. One that ran
        out of time would have no more of it if other cells ran too.
        """
        own = only_shown.own(self.nb.cells, self.expected) if self.expected else [cell.source for cell in self._code()]
        return any(answer is None or not chance.has_no_part(answer, own) for answer in self._unsettled())

    def may_want_pictures(self) -> bool:
        """Tell whether a test failed that could pass had there been more pictures to train with."""
        loads = any(LOADS in cell.source for cell in self._code())
        return loads and any(True for _ in self._unsettled())

    def _unsettled(self) -> Iterator[str | None]:
        """Yield the answers of tests that failed and could pass in another run; None where there is no such cell."""
        answers = {grade_id(cell): cell.source for cell in self._code()}
        settled = self.stopped.union(grade_id(cell) for cell in self.only_again)
        for name, tested in self.tested.items():
            place = SOLUTION_PREFIX + name.split("-", 1)[-1]
            if tested.passed or place in settled or self._asks_in_vain(name):
                continue
            answer = answers.get(place)
            if only_shown.works_when_run(answer) if answer is not None else self._may_be_elsewhere(name):
                yield answer

    def _asks_in_vain(self, test: str) -> bool:
        """Tell whether a test failed since there is no cell of which its exercise asks that it run again."""
        if self.tested[test].failing.get("kind") != "unanswered":
            return False
        exercise, cells = test.split("-", 1)[-1], [cell.source for cell in self._code()]
        tests = (known.source for name, known in self.tests.items() if name.split("-", 1)[-1] == exercise)
        return any(only_again.finds_nothing(one, cells) for one in tests)  # a hidden one uses what the visible defines

    def _may_be_elsewhere(self, test: str) -> bool:
        """Tell whether cells without a place, or those that were left out, may give what a test of no answer reads."""
        own = [cell.source for cell in self._code() if not (self.expected and self.expected.place_of(cell))]
        left_out = [cell.source for cell in (*self.left_out, *self.only_again)]
        return any(map(only_shown.works_when_run, own)) or only_shown.gives_to(left_out, self.tests[test].source)

    def clear(self, why: str = "") -> None:
        """Forget all outputs, and let every test fail until it has been judged: nbgrader passes one without outputs."""
        for cell in self._code():
            self._own[id(cell)] = cell.outputs
            cell.execution_count = None
            cell.outputs = [failure("", why or NOT_RUN)] if grade_id(cell) in self.tests else []

    def run(self, runner: NotebookRunner, judge: TestCells) -> None:
        """Run every cell once, in order, but for those that are left out."""
        self.ways = ways = Ways(self.plan, runner, judge) if self.plan else None
        totals, left_out = NotebookTotals(), {id(cell) for cell in self.left_out}
        later = {id(cell) for cell in self.only_again}
        loaded = False  # fewer pictures than the student had
        for number, cell in enumerate((cell for cell in self._code() if cell.source.strip()), start=1):
            if id(cell) in left_out:
                cell.outputs = only_shown.within(runner.limits, self._own[id(cell)], totals)
                continue
            if id(cell) in later:
                runner.keep_for_again(cell.source, number)
                cell.outputs = only_shown.within(runner.limits, self._own[id(cell)], totals)
                continue
            cell.execution_count = number
            name = grade_id(cell)
            if name in self.tests:
                source = self.tests[name].source
                self.tested[name] = ways.test(source, name) if ways else judge.run(source, name)
                if self.tested[name].look:
                    notes.look_at(self.nb, name, self.tested[name].look)
            else:
                locked = ways is not None and name in self.known and self.known[name].is_read_only
                ran = runner.run(cell.source, number, self.plan.keep(name) if self.plan and locked else None)
                loaded |= bool(runner.pictures) and LOADS in cell.source
                own = self._own[id(cell)] if loaded and not ran.failed else []
                cell.outputs = only_shown.within(runner.limits, own, totals) or ran.outputs
                if ran.ended == "time":
                    self.stopped.add(name)
                if ways and locked:
                    ways.define(name)
                run_handed_out(self.nb, cell, ran, runner, self.expected)

    def judge_again(self, runner: NotebookRunner, judge: TestCells, reference: Reference) -> None:
        """Give an exercise that fails with earlier ones its points, if it is right by itself.

        First with right functions for the earlier ones that failed, then for all of them: one may be accepted, and
        pass on what a right answer cannot work with. Earlier exercises go first, wherever their tests stand: a function
        that was lent to a later one could have been asked for what a test of its own exercise wants.
        """
        exercises = judge.session.tables.exercises
        judge.session.explains = False  # that was done the first time, with the student's own functions
        failing = {name: tested.failing for name, tested in self.tested.items() if tested.failing}
        if not failing:
            return
        failed = {verdict["exercise"] for verdict in failing.values()}
        order = {exercise: number for number, exercise in enumerate(exercises)}
        with reference.process(runner, exercises, judge.session.seconds) as process:
            for name, verdict in sorted(failing.items(), key=lambda one: order.get(one[1]["exercise"], 0)):
                points = self.tests[name].points
                if not points:
                    continue
                every = {one: reference.functions(one) for one in earlier(verdict["exercise"], exercises)}
                every = {one: functions for one, functions in every.items() if functions}
                before = wrong_before(verdict["exercise"], failed, exercises)
                lent: Mapping[str, Mapping] = {one: every[one] for one in before if one in every}
                again = self._again(name, process, judge, lent)
                if every != lent and not (again and again.passed):
                    again = self._again(name, process, judge, every)
                    lent = every
                    if again and again.passed:
                        lent = self._to_blame(name, process, judge, every, failed)
                if again and (again.passed or again.failing):
                    earlier_ones = [(exercises[one].name, one in failed) for one in lent]
                    self._give(name, partial_credit.of_what_follows(earlier_ones, again.failing, points))

    def _to_blame(
        self, name: str, process: ReferenceProcess, judge: TestCells, lent: Mapping[str, Mapping], failed: set[str]
    ) -> dict[str, Mapping]:
        """Return those of `lent` without which a test fails; accepted ones are tried first, and are left out if they
        can be."""
        needed = dict(lent)
        for one in sorted(lent, key=failed.__contains__):
            fewer = {other: functions for other, functions in needed.items() if other != one}
            again = self._again(name, process, judge, fewer)
            if again and again.passed:
                needed = fewer
        return needed

    def _again(
        self, name: str, process: ReferenceProcess, judge: TestCells, lent: Mapping[str, Mapping]
    ) -> Tested | None:
        """Judge one test again, with the functions in `lent`, given by exercise, in place of the student's."""
        if not lent:
            return None
        functions = list(dict.fromkeys(key for some in lent.values() for key in some))
        handed_out = [
            self.known.get(SOLUTION_PREFIX + one) for one, some in lent.items() if any("." in k for k in some)
        ]
        for classes in ([], [cell.source for cell in handed_out if cell]):
            for source in classes:
                process.runner.run(source)  # methods need a class to stand in, and the student has none that takes them
            try:
                with standing_in(process, functions):
                    return judge.run(self.tests[name].source, name)
            except StudentCodeError:
                continue
            except StudentProcessEnded:
                return None
        return None

    def look_for_changes(self, judge: TestCells) -> None:
        """Say of wrong answers without a sure name which one change would make them right.

        This comes when all is judged: the student's process meets changes to its functions, one of which is right.
        """
        for name, tested in self.tested.items():
            verdict = tested.failing
            if self.ways or verdict.get("kind") not in ("value", "shape", "exception") or verdict["hidden"]:
                continue
            if is_sure(verdict["misconception"], verdict["hint"]) or verdict["first"] or name in self.credits:
                continue
            with suppress(Exception):  # what was found before stays
                again = judge.looks_for_a_change(self.tests[name].source, name)
                if again.failing.get("misconception", "").startswith(ONE_CHANGE):
                    self.tested[name] = replace(tested, outputs=again.outputs, verdicts=again.verdicts)

    def ask_for_looks(self) -> None:
        """Ask a person to look at tests that cannot be judged for sure; after all of the student's code has run."""
        for name, why in self.ways.to_be_looked_at().items() if self.ways else ():
            notes.look_at(self.nb, name, why)

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
                tested = self.tested[name]
                points = [partial_credit.output(given, cell.execution_count)] if given else []
                if tested.passed and tested.number is not None:
                    most = self.tests[name].points or 0.0
                    points = [partial_credit.of_number(tested.number, most, cell.execution_count)]
                cell.outputs = [*points, *tested.outputs]

    def _give(self, name: str, given: Credit | None) -> None:
        if given and (name not in self.credits or given.points > self.credits[name].points):
            self.credits[name] = given

    def _code(self) -> list[NotebookNode]:
        return [cell for cell in self.nb.cells if cell.cell_type == "code"]
