"""Calls into the student's code and out of it: their time limit, and what is said of their errors."""

from __future__ import annotations

import builtins
import contextlib
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from backprop.answers.attempt import Alarm, TookTooLong, Trouble, is_students, trouble_of

from ..wire import Callback
from .protocol import PATIENCE
from .unstopped import UNSTOPPED

NEED_MORE_THAN_A_SENTENCE = (UnicodeDecodeError, UnicodeEncodeError, UnicodeTranslateError, ExceptionGroup)


class StandIn:
    """A function that runs on the other side."""

    def __init__(self, ask: Callable, callback: Callback):
        self._ask, self._callback = ask, callback
        self.__name__ = callback.name.rpartition(".")[2]

    def __call__(self, *arguments, **keywords):
        return self._ask(self._callback, arguments, keywords)

    def __get__(self, instance, owner=None):
        return self if instance is None else partial(self, instance)


class Elsewhere:
    """Counts the seconds for which the student's code waits for a function that runs on the other side."""

    seconds = 0.0
    begun = 0.0  # when the wait began that goes on, or 0

    @classmethod
    def since(cls) -> float:
        """Return all seconds, with those of a wait that goes on."""
        return cls.seconds + (time.monotonic() - cls.begun if cls.begun else 0.0)

    @classmethod
    @contextlib.contextmanager
    def waiting(cls) -> Iterator[None]:
        cls.begun = time.monotonic()
        try:
            yield
        finally:
            cls.seconds, cls.begun = cls.since(), 0.0


class FairAlarm(Alarm):
    """Lets the time not count for which the machine was busy with something else, or the examiner at work."""

    def __init__(self, seconds: float):
        self.seconds, self.begun, self.waited = seconds, time.monotonic(), waited() + Elsewhere.seconds
        super().__init__(seconds)

    def _ring(self, signum, frame) -> None:
        elapsed = time.monotonic() - self.begun
        over = (
            elapsed - (waited() + Elsewhere.since() - self.waited) >= self.seconds or elapsed >= PATIENCE * self.seconds
        )
        if self.set and over:
            self.rang = True
            if not UNSTOPPED.put_off(TookTooLong):
                raise TookTooLong


def waited() -> float:
    """Return for how many seconds this process was ready to run, and the machine was not."""
    try:
        with open("/proc/self/schedstat") as file:
            return int(file.read().split()[1]) / 1e9
    except (OSError, ValueError, IndexError):
        return 0.0


def trouble(error: BaseException, seconds: float) -> Trouble:
    """Return what went wrong; where no line of the student's is to blame, none is named."""
    found = trouble_of(error)
    if isinstance(error, TookTooLong):
        found = replace(found, message=f"it was stopped after {seconds:g} seconds")
    if not any(is_students(frame.filename) for frame in traceback.extract_tb(error.__traceback__)):
        found = replace(found, function="", line="", line_number=0)
    return found


def exception_named(kind: str) -> type[Exception]:
    """Return Python's exception of this name, if a sentence alone makes one; else `RuntimeError`."""
    known = getattr(builtins, kind, None)
    if not isinstance(known, type) or not issubclass(known, Exception) or known in NEED_MORE_THAN_A_SENTENCE:
        return RuntimeError
    return known
