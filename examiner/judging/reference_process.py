"""Functions of a reference, which run in a fork of this process, on arguments that a student's code has chosen.

What is no data in the arguments belongs to the student's process; the fork asks this process for it, which asks there.
The fork has the rights of who grades, and a name of a file is an argument too: it opens nothing but Python's libraries.
"""

from __future__ import annotations

import contextlib
import io
import os
import sys
import sysconfig
import time
from collections.abc import Callable, Mapping
from functools import partial
from multiprocessing.connection import Connection

import numpy as np

from backprop.answers.attempt import Trouble

from ..errors import Overdue, StudentCodeError
from ..runner.notebook_runner import NotebookRunner
from .held_attributes import HeldAttributes
from .killable import Fork, allow
from .proxy import handed_over, seen

ASKED = ("kind", "call", "get", "set", "held")
LIBRARIES = tuple(
    {os.path.realpath(sysconfig.get_path(name)) for name in ("stdlib", "platstdlib", "purelib", "platlib")}
)
# Python's names of what is done, or how they begin: https://docs.python.org/3/library/audit_events.html
READING = ("open", "os.listdir", "os.scandir")
MOST_ENTRIES = 12_000_000  # of all arguments of a call: the zeros and ones of MNIST have 10 million
TOO_MUCH = f"more than {MOST_ENTRIES:,} entries"
MOST_WITHIN = 8  # calls, each made by the student's code while the one before is under way
REFUSED = ("os.", "shutil.", "subprocess.", "socket.", "sqlite3.", "tempfile.")


class ReferenceProcess:
    """Answers calls of `functions`; a context manager, at whose end its forks end.

    One fork answers call after call. A function of the student's that a reference calls may ask a reference in turn:
    then the first fork waits in the middle of its answer, and another one answers.
    """

    def __init__(self, runner: NotebookRunner, functions: dict[str, Callable], seconds: float):
        self.runner, self.functions, self.seconds = runner, functions, seconds
        self._idle: list[Fork] = []
        self._under_way = 0

    def __enter__(self) -> ReferenceProcess:
        return self

    def __exit__(self, *_) -> None:
        while self._idle:
            self._idle.pop().end()

    def call(self, name: str, *args, **kwargs):
        """Return what the function `name` returns; what it raises is raised here under the same name."""
        if _entries((args, kwargs)) > MOST_ENTRIES:
            raise ValueError(f"{name} was called with {TOO_MUCH}")
        if self._under_way == MOST_WITHIN:
            raise RecursionError(f"{name} was called within too many other calls")
        fork = (
            self._idle.pop() if self._idle else Fork(partial(_serve, self.functions, self.seconds, self.runner.allowed))
        )
        self._under_way += 1
        try:
            kind, state, value = self._answer(fork, (name, args, kwargs, np.random.get_state()))
        except Overdue:
            raise TimeoutError(f"{name} took too long with these arguments") from None
        except BaseException:
            fork.end()
            raise
        finally:
            self._under_way -= 1
        self._idle.append(fork)
        np.random.set_state(state)
        if kind == "raised":
            raise type(value[0], (Exception,), {})(value[1])
        return value

    def _answer(self, fork: Fork, question: tuple) -> tuple:
        seconds = min(self.seconds, max(self.runner.latest - time.monotonic(), 0.1))
        fork.line.send(question)
        while True:
            kind, *content = fork.hear(seconds)
            if kind != "ask":
                return kind, *content
            fork.line.send(self._asked(*content))

    def _asked(self, what: str, args: tuple):
        try:
            found = getattr(self.runner, what)(*args)
            if _entries(getattr(found, "value", found)) > MOST_ENTRIES:
                return False, Trouble("ValueError", f"a part of an argument has {TOO_MUCH}")
            return True, found
        except StudentCodeError as error:
            return False, error.trouble


def _entries(value: object) -> int:
    """Return how many entries a value has that a student has chosen, with those of its parts."""
    if isinstance(value, np.ndarray):
        return value.size
    if isinstance(value, Mapping):
        return _entries([*value.keys(), *value.values()])
    if isinstance(value, list | tuple | set | frozenset):
        return len(value) + sum(map(_entries, value))
    if isinstance(value, range):
        return max(abs(value.stop - value.start) // abs(value.step), 0)  # `len` knows no more than 2**63
    if isinstance(value, int) and not isinstance(value, bool):
        return value.bit_length() // 64
    return len(value) if isinstance(value, str | bytes) else 1


class _Relay:
    """The student's process, for the fork."""

    def __init__(self, line: Connection, allowed: float):
        self._line, self.allowed, self.met_objects = line, allowed, False
        self._held = HeldAttributes(self._ask)

    def get(self, target, attribute: str):
        known, value = self._held.get(target, attribute)
        return value if known else self._ask_afresh("get", target, attribute)

    def set(self, target, values: dict[str, object]) -> None:
        rest = {name: value for name, value in values.items() if not self._held.set(target, name, value)}
        if rest:
            self._ask_afresh("set", target, rest)

    def settle(self) -> None:
        """Let the student's process know all that was done here."""
        self._held.hand_back()

    def __getattr__(self, what: str):
        if what not in ASKED:
            raise AttributeError(what)
        return partial(self._ask_afresh, what)

    def _ask_afresh(self, what: str, *args):
        """Ask for what may run the student's code, which sees what was set and may set it anew."""
        self.settle()
        return self._ask(what, *args)

    def _ask(self, what: str, *args):
        self._line.send(("ask", what, args))
        fine, found = self._line.recv()
        if fine:
            return found
        raise StudentCodeError(found)


def _refuse(event: str, details: tuple) -> None:
    """Refuse what a function does beyond its arguments: files, programs and connections."""
    refused = not _is_of_libraries(*details) if event in READING else event.startswith(REFUSED)
    if refused:
        raise PermissionError(f"{event} is refused while an answer is judged again")


def _is_of_libraries(path: object, mode: object = None, flags: int = 0) -> bool:
    """Tell whether a path is one of Python's own, and only read: what is imported only now."""
    writes = flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
    return isinstance(path, str) and not writes and os.path.realpath(path).startswith(LIBRARIES)


def _serve(functions: dict[str, Callable], seconds: float, allowed: float, line: Connection) -> None:
    """Answer calls until the other side ends this."""
    relay = _Relay(line, allowed)
    sys.addaudithook(_refuse)
    while True:
        name, args, kwargs, state = line.recv()
        allow(seconds)
        np.random.set_state(state)
        try:
            with np.errstate(all="ignore"), contextlib.redirect_stdout(io.StringIO()):
                try:
                    answer = "value", handed_over(functions[name](*seen(relay, args), **seen(relay, kwargs)))
                finally:
                    relay.settle()
        except BaseException as error:
            answer = "raised", (type(error).__name__, str(error)[:300])
        kind, value = answer
        try:
            line.send((kind, np.random.get_state(), value))
        except Exception as error:  # what cannot be sent
            line.send(("raised", np.random.get_state(), ("TypeError", str(error)[:300])))
