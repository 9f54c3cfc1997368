"""Run a test cell in the student's process, as nbgrader does, with its own names and libraries put right first."""

from __future__ import annotations

import builtins
import contextlib
import importlib
import linecache
import sys
import traceback
from collections.abc import Iterable, Iterator

from .asserts import NAME, NAMES, Explained, compared
from .own_values import OwnValues
from .points import points_of
from .relied_on import ReliedOn

LONGEST = 2000  # letters of an exception's text
LAST = ("last_type", "last_value", "last_traceback", "last_exc")  # what Python keeps of an error that was shown


class Within:
    """The trusted side of a student's process: what tests rely on, and the names that locked cells and tests bound."""

    def __init__(self, shell, modules: Iterable[str]):
        self.shell = shell
        self.relied_on = ReliedOn(shell, modules)
        self.bound: dict[str, object] = {}  # by locked cells and tests
        self.values = OwnValues()

    def run_locked(self, step, keep: Iterable[str]):
        """Run a locked cell of the source's, and keep what it binds; returns what `step` does."""
        self.relied_on.put_back()
        before = self._values()
        with self.relied_on.clean_shell():
            result = step()
        self._keep(keep, before)
        return result

    def judge(
        self,
        source: str,
        names: Iterable[str],
        students: Iterable[str],
        keep: Iterable[str],
        imports: Iterable[tuple[str, str, str]] = (),
        changing: Iterable[str] | None = (),
    ) -> dict:
        """Run a test cell; `names` are the source's there, and `students` names of Python's that are the student's.

        What locked cells and tests have bound is made what it was, but for the values of the names in `changing`; None
        stands for all names.
        """
        space = self.shell.user_ns
        self.relied_on.put_back()
        changed = self.values.changed()
        for name in set() if changing is None else {*changed} - {*changing}:
            self._bind_again(name)
        for name, module, part in imports:
            with contextlib.suppress(Exception):  # what is not installed fails where it is used
                home = importlib.import_module(module)
                space[name] = getattr(home, part) if part else home
        space.update({name: self.bound[name] for name in names if name in self.bound})
        mine = {*names, *students}
        shadows = {name: space.pop(name) for name in list(space) if _is_pythons(name) and name not in mine}
        self.shell.silent_errors = True
        space[NAME] = compared
        before = self._values()
        try:
            with self.relied_on.clean_shell([Explained()]), _in_history(self.shell, source), _forgotten(self.shell):
                result = self.shell.run_cell(source, store_history=False)
        finally:
            self.shell.silent_errors = False
            for name in NAMES:
                space.pop(name, None)
            for name, value in shadows.items():
                space.setdefault(name, value)
        self._keep(keep, before)
        error = result.error_before_exec or result.error_in_exec
        return {
            "passed": error is None,
            "number": points_of(result.result, source) if error is None else None,
            "error": _told(error, space) if error is not None else None,
            "changed": changed,
        }

    def _bind_again(self, name: str) -> None:
        """Make a value what it was when it was kept; the name stands for another one where it cannot be made so."""
        before, value = self.bound[name], self.values.put_back(name)
        self.bound[name] = value
        if self.shell.user_ns.get(name) is before:
            self.shell.user_ns[name] = value

    def _values(self) -> set[int]:
        """Return which values the notebook's names stand for, by identity."""
        return set(map(id, self.shell.user_ns.values()))

    def _keep(self, names: Iterable[str], before: set[int]) -> None:
        """Keep what a cell has bound; functions and classes that were there before may be a student's to change."""
        space = self.shell.user_ns
        for name in names:
            if name in space:
                self.bound[name] = space[name]
                self.values.keep(name, space[name])
                if id(space[name]) not in before:
                    self.relied_on.keep(space[name])


@contextlib.contextmanager
def _in_history(shell, source: str) -> Iterator[None]:
    """Let a test be the last cell of the notebook's history while it runs, and in no cell's after it."""
    history, space = shell.history_manager, shell.user_ns
    lists = (history.input_hist_parsed, history.input_hist_raw)
    names = {"_i": history._i00, "_ii": history._i, "_iii": history._ii}
    before = {name: space.get(name) for name in names}
    for some in lists:
        some.append(source)
    space.update(names)
    try:
        yield
    finally:
        for some in lists:
            some[:] = [one for one in some if one is not source]
        space.update(before)


@contextlib.contextmanager
def _forgotten(shell) -> Iterator[None]:
    """Leave no text of what runs here where IPython and Python keep it for tracebacks, nor what became of it."""
    names = shell.compile._filename_map
    before, files = vars(sys).copy(), set(linecache.cache)
    last = shell.last_execution_result, shell.last_execution_succeeded
    try:
        yield
    finally:
        for name in set(linecache.cache) - files:
            linecache.cache.pop(name, None)
            names.pop(name, None)
        for name in LAST:
            vars(sys).pop(name, None)
            if name in before:
                vars(sys)[name] = before[name]
        shell.last_execution_result, shell.last_execution_succeeded = last


def _is_pythons(name: str) -> bool:
    return isinstance(name, str) and not name.startswith("__") and hasattr(builtins, name)


def _told(error: BaseException, space: dict) -> dict:
    """Return what a test cell failed with, and the line of the test in which it did."""
    try:
        said = str(error)[:LONGEST]
    except BaseException:
        said = "<its message cannot be shown>"
    line = getattr(error, "lineno", 0) if isinstance(error, SyntaxError) else 0
    with contextlib.suppress(Exception):
        for frame, number in traceback.walk_tb(error.__traceback__):
            if frame.f_globals is space and frame.f_code.co_name in ("<module>", "<cell line: 1>"):
                line = number
                break
    return {"kind": type(error).__name__[:200], "message": said, "line": line if isinstance(line, int) else 0}
