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
import traceback
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from nbformat import NotebookNode
from nbformat.v4 import new_output

from backprop import session
from backprop.again import parsed
from backprop.answers.attempt import Attempt, TookTooLong, attempt
from backprop.answers.changes import Change
from backprop.answers.source_lines import remember
from backprop.answers.steps import Step
from backprop.answers.tables import Tables
from backprop.check import VERDICT_MIME
from backprop.errors import BackpropError, CourseFileError
from backprop.explain.verdict import Verdict

from ..runner.notebook_runner import NotebookRunner
from ..runner.outputs import sizes
from . import memory_limit
from .proxy import Raised, of_name, seen

OURS = "application/vnd.backprop."  # how the names of what only the examiner says begin
# A check ends the student's call itself; so many times later it is ended here, whatever it waits for.
BACKSTOP = 6
A_MOMENT = 1.0  # seconds, to hear that no time is left


@dataclass(frozen=True)
class Tested:
    """What came of one test cell: its outputs, and the verdicts of its checks in order."""

    passed: bool
    outputs: list[NotebookNode]
    verdicts: list[dict] = field(default_factory=list)
    number: float | None = None  # its last line, where that is a number: the points that nbgrader gives

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
        self.runner, self.most_text = runner, most_text
        self.session = Examining(runner, tables, seconds)
        self.names = Names(runner, imports)

    def run(self, source: str, name: str) -> Tested:
        """Run a test cell; `name` stands in tracebacks. It passes where it raises nothing.

        Raises where the fault is in the course or in the examiner: then nobody may be graded by it.
        """
        kept = CellOutput(self.most_text)
        self.session.display, self.runner.display = kept.display, kept.shown
        self.runner.prepare()
        passed, last = False, None
        with self._heard(kept), session.use(self.session), self.runner.within(self.runner.limits.cell_seconds):
            try:
                with memory_limit.memory():
                    steps, result = _compiled(source, f"<{name}>")
                    exec(steps, self.names)
                    last = eval(result, self.names) if result else None
                passed = True
            except (KeyboardInterrupt, CourseFileError):
                raise  # nobody's answer is at fault
            except BaseException as error:  # a test cell that calls `exit()` has failed like any other
                kept.error(error)
        if self.runner.fault:
            raise self.runner.fault
        return Tested(passed, kept.outputs(), kept.verdicts, _number(last))

    def define(self, sources: Sequence[str]) -> None:
        """Define the functions and classes of locked cells here, so that a test never takes a student's for them."""
        for source in sources:
            body = parsed(source)[1].body
            kept: list[ast.stmt] = [node for node in body if isinstance(node, ast.FunctionDef | ast.ClassDef)]
            with contextlib.suppress(Exception):  # it may need what only the notebook has
                exec(compile(ast.Module(kept, []), "<locked cell>", "exec"), self.names)

    @contextlib.contextmanager
    def _heard(self, kept: CellOutput):
        with contextlib.redirect_stdout(kept), contextlib.redirect_stderr(kept), warnings.catch_warnings():
            warnings.showwarning = kept.warn
            yield


class Names(dict):
    """The names of test cells; what is missing here is looked for elsewhere."""

    def __init__(self, runner: NotebookRunner, imports: dict[str, tuple[str, str]]):
        super().__init__(__name__="__main__")
        self._runner, self._imports = runner, imports
        self._proxies: dict[str, object] = {}
        self._version = -1

    def __missing__(self, name: str):
        if name in self._imports:
            module, part = self._imports[name]
            home = importlib.import_module(module)
            self[name] = getattr(home, part) if part else home
            return self[name]
        if hasattr(builtins, name):
            raise KeyError(name)  # Python goes on to look there
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

    def sources(self, names) -> list[str]:
        return self._runner.sources

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

    def blame_earlier(self, key: str, answer, seed: int, names, verdict: Verdict) -> Verdict:
        return verdict  # that is for `follow_through`, which has the solutions themselves

    def again(self, names: tuple[str, ...], data: dict) -> dict:
        return seen(self._runner, self._runner.again(names, data))


class CellOutput:
    """Keeps what a test cell prints and shows, in order, as outputs of a notebook."""

    def __init__(self, most_text: int):
        self.left = most_text
        self.kept: list[NotebookNode] = []
        self.verdicts: list[dict] = []

    def write(self, text: str) -> int:
        """Keep printed text, be it an error's: nbgrader would take stderr for a failure."""
        if self.left <= 0 or not text:
            return len(text)
        said = text if len(text) <= self.left else f"{text[: self.left]}\n… output cut …\n"
        self.left -= len(text)
        if not (self.kept and self.kept[-1].output_type == "stream"):
            self.kept.append(new_output("stream", name="stdout", text=""))
        self.kept[-1].text += said
        return len(text)

    def flush(self) -> None: ...

    def warn(self, message, category: type[Warning], *_, **__) -> None:
        """Keep a warning as a printed line."""
        self.write(f"{category.__name__}: {message}\n")

    def display(self, bundle: dict) -> None:
        self.kept.append(new_output("display_data", data=bundle))
        if VERDICT_MIME in bundle:
            self.verdicts.append(bundle[VERDICT_MIME])

    def shown(self, output: NotebookNode) -> None:
        """Keep what a called function showed: never as a result, which is for points, nor as a verdict."""
        data = {mime: said for mime, said in output.data.items() if not mime.startswith(OURS)}
        self.kept.append(new_output("display_data", data=data, metadata=sizes(output.metadata, data)))

    def error(self, error: BaseException) -> None:
        name = type(error).__name__
        said = str(error)[: self.left + 2000]
        if isinstance(error, BackpropError):
            lines = error._render_traceback_()
        else:
            lines = [*_where(error), f"{name}: {said}".removesuffix(": ")]
        self.kept.append(new_output("error", ename=name, evalue=said, traceback=lines))

    def outputs(self) -> list[NotebookNode]:
        return self.kept


def imports_of(sources: list[str]) -> dict[str, tuple[str, str]]:
    """Return what cells import on their own level, by the name they give it: (module, part of it or "")."""
    found = {}
    for source in sources:
        for node in parsed(source)[1].body:
            if isinstance(node, ast.Import):
                for alias in node.names:
                    whole = alias.name if alias.asname else alias.name.split(".")[0]
                    found[alias.asname or whole] = (whole, "")
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found |= {alias.asname or alias.name: (node.module, alias.name) for alias in node.names}
    return found


def _compiled(source: str, name: str):
    """Compile a test cell, its magics left out, and its last line apart, if that is an expression: (steps, last).

    Its lines show in tracebacks.
    """
    code, tree = parsed(source)
    remember(name, code)
    if not tree.body:
        return compile(source, name, "exec"), None
    last = tree.body[-1]
    if not isinstance(last, ast.Expr):
        return compile(tree, name, "exec"), None
    steps = ast.Module(tree.body[:-1], [])
    return compile(steps, name, "exec"), compile(ast.Expression(last.value), name, "eval")


def _number(value: object) -> float | None:
    """Return a value as a number of points, None where it is no number."""
    if isinstance(value, bool | np.bool_) or not isinstance(value, int | float | np.integer | np.floating):
        return None
    return float(value)


def _where(error: BaseException) -> list[str]:
    """Return the lines of the test cells and of the student's process that led to an error, and no others."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.startswith("<")]
    lines = [f"{frame.filename}, line {frame.lineno}: {frame.line}" for frame in frames]
    trouble = error.trouble if isinstance(error, Raised | TookTooLong) else None
    if trouble and trouble.line:
        lines.append(f"your {trouble.function}, line {trouble.line_number}: {trouble.line}")
    return lines
