"""Run trusted test cells in this process, against a student's process in another.

All test cells of a notebook share one namespace. A name that none of them has defined is, in this order, what the
source notebook imports under it, a word of Python's, and what the student's process has under it: functions and classes
as proxies, values as copies, made each time. What a test cell prints and shows is kept as a kernel would have kept it.
"""

from __future__ import annotations

import ast
import builtins
import contextlib
import importlib
import time
import warnings
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from functools import lru_cache
from types import CodeType

from nbformat import NotebookNode

from backprop import session
from backprop.again import parsed
from backprop.answers.attempt import Alarm, Attempt, attempt
from backprop.answers.changes import Change
from backprop.answers.small_changes.candidates import OneChange
from backprop.answers.source_lines import remember
from backprop.answers.steps import Step
from backprop.answers.tables import Tables
from backprop.answers.unparsed import looked_through
from backprop.errors import CourseFileError
from backprop.explain.verdict import Verdict

from ..course.cell_names import Owned, bound
from ..guest.asserts import LEFT, NAME, RIGHT, Explained, compared
from ..guest.points import points_of
from ..guest.protocol import PATIENCE
from ..runner.notebook_runner import NotebookRunner
from ..runner.outputs import NotebookTotals
from . import empty_sides, memory_limit
from .cell_output import CellOutput, hidden_lines
from .meeting import CALLS, Meeting
from .proxy import of_name, seen

# A check ends the student's call itself; so many times later it is ended here, whatever it waits for.
BACKSTOP = 6
A_MOMENT = 1.0  # seconds, to hear that no time is left


@dataclass(frozen=True)
class Tested:
    """The outcome of one test cell: its outputs, and the verdicts of its checks in order."""

    passed: bool
    outputs: list[NotebookNode]
    verdicts: list[dict] = field(default_factory=list)
    number: float | None = None  # its last line, where that is a number: the points that nbgrader gives
    saw_objects: bool = False  # whether it met an object of the student's that does not cross
    look: str = ""  # why a person should look at it
    changed: tuple[str, ...] = ()  # names of the source's whose values code of the notebook's has changed before it

    @property
    def failing(self) -> dict:
        """The verdict with which the cell failed; {} where it passed, or failed in another way than by a check."""
        last = self.verdicts[-1] if self.verdicts else {}
        return {} if self.passed or last.get("passed", True) else last


class TestCells:
    """The test cells of one notebook, and what they have defined so far."""

    __test__ = False  # pytest need not collect it

    def __init__(
        self,
        runner: NotebookRunner,
        tables: Tables,
        imports: dict[str, tuple[str, str]],
        seconds: float,
        most_text: int,
    ):
        self.runner, self.most_text, self.totals = runner, most_text, NotebookTotals()
        self.session = Examining(runner, tables, seconds)
        self.names = Names(runner, imports)
        empty_sides.came.forget()  # those of another student

    def run(self, source: str, name: str, owned: Owned | None = None) -> Tested:
        """Run a test cell; `name` stands in tracebacks. It passes where it raises nothing.

        `owned` says whose the names in it are, in an ordinary assignment.
        Raises where the fault is in the course or in the examiner: then nobody may be graded by it.
        """
        kept = CellOutput(self.most_text, self.runner.limits, self.totals)
        lending = self._begin(owned) if owned else contextlib.nullcontext()
        self.session.display, self.runner.display = kept.display, kept.shown
        self.runner.prepare()
        passed, last = False, None
        with (
            lending,
            self._heard(kept),
            session.use(self.session),
            empty_sides.came.refused(),
            self.runner.within(self.runner.limits.cell_seconds),
        ):
            try:
                with memory_limit.memory(), self._in_time():
                    code, steps, result = _compiled(source, f"<{name}>")
                    remember(f"<{name}>", code)  # so that its lines show in tracebacks
                    exec(steps, self.names)
                    last = eval(result, self.names) if result else None
                passed = True
            except (KeyboardInterrupt, CourseFileError):
                raise  # nobody's answer is at fault
            except BaseException as error:  # a test cell that calls `exit()` has failed like any other
                kept.error(error, hidden_lines(source))
            finally:
                for side in (LEFT, RIGHT):
                    self.names.pop(side, None)
        fault, self.runner.fault = self.runner.fault, None
        if fault:
            raise fault
        return Tested(passed, kept.outputs(), kept.verdicts, points_of(last, source), self.runner.met_objects)

    def looks_for_a_change(self, source: str, name: str) -> Tested:
        """Run a test cell that failed once more, and try small changes to the student's own lines."""
        explains, self.session.explains, self.session.mends = self.session.explains, True, True
        try:
            return self.run(source, name)
        finally:
            self.session.explains, self.session.mends = explains, False

    @contextlib.contextmanager
    def _in_time(self) -> Iterator[None]:
        """Stop a test that goes on and on: how often its own loops run may be for an answer to say.

        What is asked of the student's process has its own limits, and less time.
        """
        seconds = PATIENCE * self.runner.limits.cell_seconds
        alarm = Alarm(max(min(seconds, self.runner.latest - time.monotonic()), A_MOMENT))
        try:
            try:
                alarm.set = True
                yield
            finally:
                alarm.set = False
        finally:
            alarm.end()

    def _begin(self, owned: Owned) -> contextlib.AbstractContextManager[None]:
        """Let the names be whose they are at a test; returns what lasts as long as that."""
        self.names.students = owned.students
        for name in owned.students & self.names.keys():
            del self.names[name]
        self.runner.met_objects = False
        return self.runner.lending()

    def define(self, statements: Sequence[ast.stmt], owned: Owned) -> None:
        """Run statements of a locked cell here, so that a test never takes what a student made of them."""
        with self._begin(owned), self._heard(CellOutput(0)), self.runner.within(self.runner.limits.cell_seconds):
            for statement in statements:
                try:
                    exec(
                        compile(ast.Module([Meeting().visit(deepcopy(statement))], []), "<locked cell>", "exec"),
                        self.names,
                    )
                except Exception:  # it needs what only the notebook has; then a test that needs it runs there
                    self.names.unknown |= bound(ast.unparse(statement))
        self.runner.fault = None

    @contextlib.contextmanager
    def _heard(self, kept: CellOutput):
        with contextlib.redirect_stdout(kept), contextlib.redirect_stderr(kept), warnings.catch_warnings():
            warnings.showwarning = kept.warn
            yield


class Names(dict):
    """The names of test cells; what is missing here is looked for elsewhere."""

    def __init__(self, runner: NotebookRunner, imports: dict[str, tuple[str, str]]):
        super().__init__(__name__=empty_sides.OF_TESTS)
        self._runner, self._imports = runner, imports
        self._proxies: dict[str, object] = {}
        self._version = -1
        self.students: frozenset[str] = frozenset()  # names that are the student's, whatever else they are
        self.unknown: set[str] = set()  # what locked cells bind, and could not here
        self[NAME] = compared
        self.update(CALLS)

    def __missing__(self, name: str):
        if name in self.students:
            with contextlib.suppress(KeyError):
                return self._of_student(name)
        if name in self.unknown:
            raise NameError(f"{name!r} is made by a locked cell of the notebook, and not known here")
        if name in self._imports:
            module, part = self._imports[name]
            home = importlib.import_module(module)
            self[name] = getattr(home, part) if part else home
            return self[name]
        if hasattr(builtins, name):
            raise KeyError(name)  # Python goes on to look there
        return self._of_student(name)

    def _of_student(self, name: str):
        if self._version != self._runner.version:
            self._proxies.clear()
        if name not in self._proxies:
            found, lasts = of_name(self._runner, name)  # raises KeyError, which becomes the NameError of a notebook
            self._version = self._runner.version
            if not lasts:
                return found
            self._proxies[name] = found
        return self._proxies[name]


class Examining(session.Session):
    """Judges by trusted tables what the student's process answers."""

    remembers = False  # a test may be judged again, and each time for itself
    mends = False  # but once all is judged: `TestCells.looks_for_a_change`

    def __init__(self, runner: NotebookRunner, tables: Tables, seconds: float):
        super().__init__()
        self._runner, self._tables, self.seconds = runner, tables, seconds

    @property
    def tables(self) -> Tables:
        return self._tables

    def attempt(self, answer) -> Attempt:
        self._runner.prepare()
        self._runner.change = None
        with self._runner.within(self.seconds):
            return attempt(answer, min(BACKSTOP * self.seconds, max(self._runner.latest - time.monotonic(), A_MOMENT)))

    def runs_again(self, key: str) -> bool:
        """Say so too where only the points count, and a mistake that is the same each time may earn some."""
        return super().runs_again(key) or self._may_earn(key)

    def _may_earn(self, key: str) -> bool:
        """Say whether a wrong answer to this exercise may earn a share of its points."""
        checks = self.tables.checks
        mine = [one for one in checks.values() if key in checks and one.exercise.key == checks[key].exercise.key]
        inputs = [*mine, *(one.second for one in mine if one.second)]
        return any(known.misconception.credit for one in inputs for known in one.known_wrong)

    def sources(self, names) -> list[str]:
        return looked_through(self._runner.sources)

    def change(self, key: str, names) -> Change | None:
        """Return what the student's process says: what is handed out here is only a copy there."""
        super().change(key, names)
        return self._runner.change

    @contextlib.contextmanager
    def followed(self, function: str, names) -> Iterator[list[Step]]:
        """Collect what the lines of a function bind, as the student's process says: it only explains a wrong answer."""
        self._runner.follow, self._runner.steps = function, []
        try:
            yield self._runner.steps
        finally:
            self._runner.follow = ""

    @contextlib.contextmanager
    def one_change(self, function: str, names, line: int, number: int) -> Iterator[list[OneChange]]:
        """Let a function run with one change, as the student's process says; it too only explains a wrong answer."""
        self._runner.trial, self._runner.tried = (function, line, number), []
        try:
            yield self._runner.tried
        finally:
            self._runner.trial = ()

    @contextlib.contextmanager
    def quiet(self) -> Iterator[None]:
        shows, self._runner.display = self._runner.display, None
        try:
            with super().quiet():
                yield
        finally:
            self._runner.display = shows

    def blame_earlier(self, key: str, answer, seed: int, names, verdict: Verdict) -> Verdict:
        return verdict  # that is for `follow_through`, which has the solutions themselves

    def again(self, names: tuple[str, ...], data: dict) -> dict:
        return seen(self._runner, self._runner.again(names, data))


@lru_cache(256)  # of a class, everybody's test cells are the same
def _compiled(source: str, name: str) -> tuple[str, CodeType, CodeType | None]:
    """Compile a test cell without its magics; its last line apart, if that is an expression: (code, steps, last)."""
    code, tree = parsed(source)
    tree = Meeting().visit(Explained().visit(tree))
    if not tree.body:
        return code, compile(source, name, "exec"), None
    last = tree.body[-1]
    if not isinstance(last, ast.Expr):
        return code, compile(tree, name, "exec"), None
    steps = ast.Module(tree.body[:-1], [])
    return code, compile(steps, name, "exec"), compile(ast.Expression(last.value), name, "eval")
