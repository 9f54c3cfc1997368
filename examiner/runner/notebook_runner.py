"""One student's run: the cells of a notebook run in a student's process, and in a fresh one where the last was ended.

A cell that ends its student's process (it ran too long, took too much, killed its process) is the culprit. A fresh
student's process re-runs all cells before it, and not the culprit, so that what else the student did right still
counts. That happens only when something is asked again.
"""

from __future__ import annotations

import contextlib
import math
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from nbformat import NotebookNode

from backprop import data
from backprop.answers.attempt import TookTooLong
from backprop.answers.changes import Change
from backprop.answers.small_changes.candidates import OneChange
from backprop.answers.steps import Step

from ..errors import StudentCodeError, StudentProcessEnded
from ..nodes import new_error
from ..wire.messages import Trial
from .forkserver import ForkServer
from .limits import Limits
from .results import Judged, Ran, WithinTest
from .student_process import StudentProcess

LEFT_BEHIND = {"memory", "processes", "died"}  # ends that a cell may bring upon those after it
MOST_RESTARTS = 40  # a notebook that ends every student's process runs out of time long before
ALL_USED_UP = "The {:g} seconds are over that a submission may take in all, so this did not run."
USED_UP = "The notebook has used up its {:g} seconds, so this did not run."
TOO_LARGE = "What it handed back is too large to be looked at."
TOO_MANY = "This notebook has ended its process again and again, so this did not run."

MOST_STEPS = 1000  # of a function that is followed


@dataclass(frozen=True)
class Cell:
    """A cell that ran, as a fresh process has to run it again."""

    source: str
    number: int | None = None
    keep: tuple[str, ...] | None = None
    test: WithinTest | None = None


def _for_again(source: str, number: int | None) -> Cell:
    """Return the cell that puts another one among those that `again` may run."""
    return Cell(f"In.append({source!r})", number)


class NotebookRunner:
    """Runs cells and answers for the student's process; a context manager, whose end is the end of the student's
    processes.

    Raises what the student's process raises: `StudentCodeError` for an error in the student's code,
    `StudentProcessEnded` where it was ended.
    """

    def __init__(self, forkserver: ForkServer, folder: Path, limits: Limits, seconds_after_first: float | None = None):
        self.forkserver, self.folder, self.limits = forkserver, folder, limits
        self.seconds_after_first = seconds_after_first or limits.cell_seconds
        self.overran = False  # whether anything has run out of time
        self.fault: Exception | None = None
        self.display: Callable[[NotebookNode], None] | None = None  # hears what called functions show
        self.change: Change | None = None  # of an argument, by the first call that made one
        self.follow = ""  # the exercise's function whose lines are followed during calls
        self.steps: list[Step] = []  # what they have bound since
        self.trial: Trial = ()  # one change to a function, with which calls run
        self.tried: list[OneChange] = []  # which change that was
        self.version = 0  # another number whenever the student's names may have changed
        self.pictures = 0  # of MNIST's, to train with; 0: all
        self.modules: tuple[str, ...] | None = None  # that tests use which run in the student's process; None: none do
        self._ran: list[Cell] = []  # the cells that ran, without culprits
        self._student_process: StudentProcess | None = None
        self._setting = contextlib.ExitStack()  # of this process, for as long as it tests
        self._started = 0
        self._refused: StudentProcessEnded | None = None
        self._is_fresh = False  # a process after one that ended, in which nothing new has run
        self._blamed: Cell | None = None  # the cell that ended the last one
        self.latest = time.monotonic() + limits.submission_seconds
        self._used_before = 0.0  # seconds, of the student processes before this one
        self._until = limits.notebook_seconds  # as `_used` counts; so is the deadline
        self._deadline = math.inf
        self.allowed = limits.cell_seconds  # for what is asked now
        self._lending = False
        self.met_objects = False  # whether a test has met an object of the student's that does not cross

    def __enter__(self) -> NotebookRunner:
        return self

    def __exit__(self, *_) -> None:
        self._drop()
        self._setting.close()

    def run(self, source: str, number: int | None = None, keep: tuple[str, ...] | None = None) -> Ran:
        """Run a cell, and return the outcome; one that ends its student's process, or finds none, says so in its
        outputs. `keep` are the names that a locked cell of the source's binds.
        """
        cell = Cell(source, number, keep)
        ran = self._run(cell)
        if ran.ended in LEFT_BEHIND and self._is_fresh and self._ran:
            ran = self._run_without_the_last(cell, ran)
        if ran.ended:
            self._blamed = cell if ran.ended in LEFT_BEHIND else None
            ran.outputs.append(failure(ran.ended, ran.sentence))
            if ran.ended == "time":  # `again` may still run it, on less data, or with another function in it
                self._ran.append(_for_again(source, number))
        else:
            self._is_fresh = False
            self._ran.append(cell)
        return ran

    def keep_for_again(self, source: str, number: int | None = None) -> None:
        """Do not run a cell, and let `again` find it as if it had run."""
        self.run(_for_again(source, number).source, number)

    def judge(self, test: WithinTest) -> Judged:
        """Run a test cell in the student's process, and return what that says of it."""
        try:
            judged = self._ready().judge(test, self._seconds(self._most()))
        except StudentProcessEnded as gone:
            judged = Judged(False, Ran([], gone.reason, str(gone)))
        self.version += 1
        if judged.ran.ended:
            self._ended(judged.ran.ended)
            judged.ran.outputs.append(failure(judged.ran.ended, judged.ran.sentence))
        else:
            self._is_fresh = False
            self._ran.append(Cell(test.source, test=test))
        return judged

    def _most(self) -> float:
        return self.seconds_after_first if self.overran else self.limits.cell_seconds

    def _run(self, cell: Cell) -> Ran:
        try:
            ran = self._ready().run(cell.source, self._seconds(self._most()), cell.number, cell.keep)
        except StudentProcessEnded as gone:
            ran = Ran([], gone.reason, str(gone))
        self.version += 1
        if ran.ended:
            self._ended(ran.ended)
        return ran

    def _run_without_the_last(self, cell: Cell, ended: Ran) -> Ran:
        """Run a cell again without the one before, which may have left something that ends what comes after it.

        That one is the culprit where this cell then comes to its end without an error; so the cell that was blamed was
        not. With an error nothing is known: this cell may need what that one defines.
        """
        before = list(self._ran)
        self._ran[-1:] = [self._blamed] if self._blamed else []
        again = self._run(cell)
        if again.failed:
            self._drop()
            self._ran = before
            return ended
        return again

    @property
    def sources(self) -> list[str]:
        """The cells that ran, without culprits."""
        return [cell.source for cell in self._ran if cell.test is None]

    def prepare(self) -> None:
        """Have a process ready, so that the time it may take to re-run cells is not that of the next request."""
        with contextlib.suppress(StudentProcessEnded):  # the next request says it too
            self._ready()

    def kind(self, name: str):
        return self._ask("kind", name)

    def call(self, target, args: tuple = (), kwargs: dict | None = None):
        if self._student_process:
            self._student_process.follow, self._student_process.trial = self.follow, self.trial
        try:
            value = self._ask("call", target, args, kwargs or {})
        finally:
            if self._student_process:  # also where it raised
                self.tried[:] = self.tried or self._student_process.tried
                if self.follow and len(self.steps) < MOST_STEPS:
                    self.steps += self._student_process.steps
        if self._student_process:
            self.change = self.change or self._student_process.change
        return value

    def get(self, handle, attribute: str):
        return self._ask("get", handle, attribute)

    def plain(self, handle) -> tuple[str, object]:
        return self._ask("plain", handle)

    def held(self, handle) -> dict:
        return self._ask("held", handle)

    def set(self, handle, values: dict[str, object]):
        return self._ask("set", handle, values)

    def again(self, names: tuple[str, ...], data: dict) -> dict:
        return self._ask("again", names, data)

    def stand_in(self, name: str, function) -> None:
        self._ask("stand_in", name, function)
        self.version += 1

    @contextlib.contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        """Let everything that is asked in this block take `seconds` together, at most."""
        before = self._deadline, self.allowed
        self._deadline, self.allowed = self._used() + seconds, seconds
        try:
            yield
        finally:
            self._deadline, self.allowed = before

    @contextlib.contextmanager
    def lending(self) -> Iterator[None]:
        """Let functions that are passed be called until this block ends: `compose(f, g)` calls both later."""
        self._lending = True
        try:
            yield
        finally:
            self._lending = False
            if self._student_process:
                self._student_process.lending = False
                self._student_process.withdraw()

    def allow(self, seconds: float) -> None:
        """Allow the notebook this much time from now on, whatever it has used."""
        self._until = self._used() + seconds

    def _ask(self, what: str, *args):
        student_process = self._ready()
        student_process.lending = self._lending
        try:
            answer = getattr(student_process, what)(*args, seconds=self._seconds(self.limits.cell_seconds))
            self._is_fresh = False
            self.met_objects |= student_process.lost
            student_process.lost = False
            return answer
        except StudentCodeError as error:
            # An error in the student's code: the process is as well as before, unless what was stopped for its time
            # goes on in processes that it started, beside all that is asked from now on.
            if error.trouble.kind == TookTooLong.__name__ and student_process.channel.others():
                self._drop()
            if error.trouble.kind == MemoryError.__name__ and student_process.channel.full():
                self._drop()  # whatever is asked next would fail for it
            raise
        except StudentProcessEnded as gone:
            self._ended(gone.reason)
            raise
        except MemoryError:
            self._ended("memory")
            raise StudentProcessEnded("memory", TOO_LARGE) from None
        except Exception as error:
            self.fault = error  # in here, or in what a test cell passes: no student's mistake
            raise
        except BaseException:  # a deadline of the caller's, in the middle of a reply: this process is of no more use
            self._ended("time")
            raise

    def _ready(self) -> StudentProcess:
        """Return the student's process; a fresh one first re-runs the cells that ran before."""
        if time.monotonic() >= self.latest:
            self._drop()
            self._refused = StudentProcessEnded("time", ALL_USED_UP.format(self.limits.submission_seconds))
        while self._student_process is None:
            if self._refused is None and self._started >= MOST_RESTARTS:
                self._refused = StudentProcessEnded("died", TOO_MANY)
            if self._refused:
                raise self._refused
            self._student_process = self._fresh()
            try:
                self._run_before(self._student_process)
            except BaseException:
                self._drop()
                raise
        return self._student_process

    def _run_before(self, fresh: StudentProcess) -> None:
        for cell in list(self._ran):
            seconds = self._seconds(self.limits.cell_seconds)
            if cell.test is not None:  # for what it leaves behind; it has been judged
                ended = fresh.judge(cell.test, seconds).ran.ended
            else:
                ended = fresh.run(cell.source, seconds, cell.number, cell.keep).ended
            if ended:  # it has done so only this time, and is a culprit from now on
                self._ran.remove(cell)
                self._ended(ended)
                return

    def _fresh(self) -> StudentProcess:
        self._started += 1
        self._is_fresh = self._started > 1
        self.version += 1
        try:
            student_process = self.forkserver.student_process(self.folder, self.pictures)
        except StudentProcessEnded as gone:  # its files are too large, and will be
            self._refused = gone
            raise
        if self.modules is not None:
            student_process.trust(self.modules)
        student_process.latest = self.latest
        student_process.display = lambda output: self.display(output) if self.display else None
        if not data.cache_file().exists():  # then it has no MNIST, and no test cell may be the one to fetch it
            self._setting.enter_context(patch.dict(os.environ, BACKPROP_DATA="digits"))
        return student_process

    def _used(self) -> float:
        """Return the seconds that the student's code has used so far."""
        return self._used_before + (self._student_process.used if self._student_process else 0.0)

    def _seconds(self, most: float) -> float:
        """Return how long the next request may take; raises `StudentProcessEnded` where no time is left."""
        used = self._used()
        if used >= self._until:
            raise StudentProcessEnded("time", USED_UP.format(self.limits.notebook_seconds))
        left = min(most, self._until - used, self._deadline - used)
        return max(math.ceil(10 * left) / 10, 0.1)  # a number that can be said

    def _ended(self, reason: str) -> None:
        self.overran |= reason == "time"
        self._drop()

    def _drop(self) -> None:
        if self._student_process is not None:
            self._used_before = self._used()
            student_process, self._student_process = self._student_process, None
            student_process.close()


NAMES = {"time": "CellTimeoutError", "memory": "OutOfMemory", "output": "TooMuchOutput", "": "NotRun"}


def failure(reason: str, sentence: str):
    """Return the error that a cell shows which ended its process, or did not run: then there is no reason."""
    name = NAMES.get(reason, "ProcessEnded")
    return new_error(name, sentence, [f"{name}: {sentence}"])
