"""Run a student's code once, and return the outcome as data: a value, or an error with the student's own line.

It decides nothing about right and wrong. Warnings and text on stderr are kept as notes: they are no mistakes.
"""

from __future__ import annotations

import ast
import builtins
import contextlib
import contextvars
import decimal
import io
import linecache
import os
import re
import signal
import sys
import sysconfig
import threading
import time
import traceback
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from .changes import Change
from .plain import plain
from .settings import Settings

if TYPE_CHECKING:
    from .small_changes.candidates import OneChange

REFUSED_CALL = re.compile("positional argument|required keyword|unexpected keyword|multiple values for argument")
SECONDS_VARIABLE = "BACKPROP_SECONDS"  # for a grader that knows better
TIME_LIMIT = float(os.environ.get(SECONDS_VARIABLE, 10))  # seconds; a right answer to any check takes milliseconds
KNOWN_EXCEPTIONS = (builtins, np.exceptions, np.linalg)  # where they have their names
MOST_CALLERS = 4
AGAIN = 0.1  # seconds until the next try to stop what caught the last one


def as_usual() -> contextlib.AbstractContextManager:
    """Let NumPy warn as it does by itself, whatever `np.seterr` of the notebook said."""
    return np.errstate(divide="warn", over="warn", invalid="warn", under="ignore")


class TookTooLong(BaseException):
    """The code under check ran longer than its limit.

    Not an `Exception`: a student's `except Exception` must not swallow it.
    """

    trouble: Trouble | None = None  # where it was stopped, if the code ran in another process


@dataclass(frozen=True)
class Trouble:
    """An exception that came out of a student's code.

    One that came from another process carries the trouble that was found there, as its attribute `trouble`.
    """

    kind: str  # name of the exception's class
    message: str
    function: str = ""  # the function in which it arose
    line: str = ""  # the student's source line
    line_number: int = 0
    called: bool = True  # False where the call itself was refused: wrong number of arguments
    missing_name: str = ""  # of a NameError
    base: str = ""  # what Python or NumPy calls the nearest kind of which it is one
    via: str = ""  # the calls that led there, a line each: "train_loop, line 4: `cost = computer_cost(A2, Y)`"


@dataclass(frozen=True)
class Attempt:
    """The outcome of one run: a `value`, or `trouble`."""

    value: object = None
    trouble: Trouble | None = None
    notes: list[str] = field(default_factory=list)
    change: Change | None = None  # of an argument, which stays the caller's
    older_version: str = ""  # why the answer is not what its cell holds now
    misspelt: tuple[str, str] | None = None  # a name that is missing, and one like it that a cell gives a value
    stopped: str = ""  # the error in which the cell of a missing answer ended
    unparsed: str = ""  # what is wrong with the cell of the answer, where it is no Python
    again: Callable[[], Attempt] | None = None  # runs it once more, with the same random numbers
    follow: Callable[[], list] | None = None  # runs it once more, and returns the steps of its lines
    mended: Callable[..., OneChange | None] | None = None  # finds one change that makes it right: `Session.mended`
    text: Callable[[], ast.Module] | None = None  # the cell of the answer, parsed
    curve: Callable[[], np.ndarray | None] | None = None  # the costs of the training that it comes from
    second: Attempt | None = None  # the same answer on the second input of a visible check, where there is one
    right_on_first: bool = False  # it is that second one, and what is followed is the first


def attempt(answer: Callable[[], object] | object, limit: float = TIME_LIMIT) -> Attempt:
    """Run `answer`, a function of no arguments, for at most `limit` seconds; a plain value stands for itself.

    `KeyboardInterrupt` passes through, so that Jupyter's stop button works.
    """
    if not callable(answer):
        return Attempt(value=plain(answer))
    stderr = io.StringIO()
    value, trouble = None, None
    with warnings.catch_warnings(record=True) as caught, contextlib.redirect_stderr(stderr), as_usual():
        warnings.simplefilter("always")
        warnings.simplefilter("ignore", PendingDeprecationWarning)  # np.matrix gives one each time, and is welcome here
        alarm = Alarm(limit)
        try:
            value = plain(alarm.run(answer))
        except KeyboardInterrupt:
            raise
        except TookTooLong as stopped:
            said = stopped.trouble or Trouble("", f"it was stopped after {limit:g} seconds")
            trouble = replace(trouble_of(stopped), message=said.message)
        except BaseException as error:  # `exit()` and its like are a student's mistake, not ours
            trouble = trouble_of(error)
        finally:
            alarm.end()
    return Attempt(value, trouble, _notes(caught, stderr.getvalue()))


class Alarm:
    """While it is set, raises `TookTooLong` after `seconds`; outside the main thread it rests."""

    def __init__(self, seconds: float):
        self.set = self.rang = False
        self.works = threading.current_thread() is threading.main_thread() and hasattr(signal, "setitimer")
        if self.works:
            self.start = time.monotonic()
            self.before = signal.signal(signal.SIGALRM, self._ring)
            # Again and again, since a bare `except:` may swallow the first.
            self.others = signal.setitimer(signal.ITIMER_REAL, seconds, AGAIN)

    def _ring(self, signum, frame) -> None:
        if self.set:
            self.rang = True
            raise TookTooLong

    def run(self, call: Callable[[], object]):
        """Return `call()`, with the alarm set; a call that is stopped midway leaves no setting changed."""
        context, before = contextvars.copy_context(), Settings()
        context.run(decimal.setcontext, decimal.getcontext().copy())  # which can be changed as it stands
        midway = True
        try:
            try:
                self.set = True
                value = context.run(call)
            finally:
                self.set = False  # before all else: it must not ring in what follows
            midway = self.rang  # then the call has caught what was to stop it
            return value
        except Exception:
            midway = self.rang
            raise
        except TookTooLong as stopped:
            context.run(traceback.clear_frames, stopped.__traceback__)  # generators in them can end only there
            raise
        finally:
            if midway:
                before.put_back()

    def end(self) -> None:
        """Leave the alarm as it was found: someone else's may be running."""
        if self.works:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, signal.SIG_IGN)  # drops a last ring that is under way
            signal.signal(signal.SIGALRM, self.before)
            left, interval = self.others
            if left:
                signal.setitimer(signal.ITIMER_REAL, max(left - (time.monotonic() - self.start), 0.001), interval)


def _notes(caught, stderr: str) -> list[str]:
    notes = [f"{warning.category.__name__}: {_one_line(warning.message)}" for warning in caught]
    notes += [printable(line) for line in stderr.splitlines()[:5]]
    return list(dict.fromkeys(notes))[:5]


def trouble_of(error: BaseException) -> Trouble:
    """Return what went wrong, with the innermost line of the student's own code.

    The first frame of its traceback is the caller's.
    """
    frames = [frame for frame in traceback.extract_tb(error.__traceback__)[1:] if frame.filename != __file__]
    brought = getattr(error, "trouble", None)
    brought = brought if isinstance(brought, Trouble) else None
    written_here = [frame for frame in frames if is_students(frame.filename)] or frames
    last = written_here[-1] if written_here else None
    inside = any(frame.name != "<lambda>" for frame in written_here if is_students(frame.filename))
    function = last.name if last else ""
    line = (last.line or linecache.getline(last.filename, last.lineno or 0)).strip() if last else ""
    line_number = (last.lineno or 0) if last else 0
    if brought:
        brought = replace(brought, called=brought.called or inside)
        known = brought.function
        return brought if known else replace(brought, function=function, line=line, line_number=line_number)
    refused = isinstance(error, TypeError) and not inside and bool(REFUSED_CALL.search(_one_line(error)))
    missing = getattr(error, "name", "") if isinstance(error, NameError) else ""
    return Trouble(
        kind=type(error).__name__,
        message=_one_line(error),
        function=function,
        line=line,
        line_number=line_number,
        called=not refused,
        missing_name=missing or "",
        base=known_kind(type(error)),
        via=_called_from(written_here, function),
    )


def _called_from(frames: list[traceback.FrameSummary], function: str) -> str:
    """Return the lines of the student's other functions that led to the last one, the outermost first."""
    callers = [frame for frame in frames if is_students(frame.filename) and frame.name not in (function, "<lambda>")]
    said = []
    for frame in callers[-MOST_CALLERS:]:
        line = (frame.line or linecache.getline(frame.filename, frame.lineno or 0)).strip()
        said.append(f"{frame.name}, line {frame.lineno}: `{printable(line)[:100]}`")
    return "\n".join(said)


def known_kind(kind: type) -> str:
    """Return what Python or NumPy calls an exception of this class: by its own name, or by the nearest it has."""
    known = (one for one in kind.__mro__ if any(vars(home).get(one.__name__) is one for home in KNOWN_EXCEPTIONS))
    return next((one.__name__ for one in known), "")


LIBRARIES = tuple({sysconfig.get_paths()[name] for name in ("stdlib", "platstdlib", "purelib", "platlib")})
HERE = os.path.dirname(os.path.dirname(__file__))
OURS = (os.path.join(HERE, ""), os.path.join(os.path.dirname(HERE), "examiner", ""))  # which brings errors from afar


def is_students(filename: str) -> bool:
    """Say whether code of this file is the student's: neither the course's nor a library's."""
    if filename.startswith((*OURS, "<frozen", "<__array_function__")) or filename.endswith((".pyx", ".pxd")):
        return False
    return not filename.startswith((*LIBRARIES, sys.prefix + "/lib"))


def _one_line(error: BaseException | str, limit: int = 300) -> str:
    try:
        text = str(error)
    except Exception:  # an exception class of the student's own may fail even here
        text = "its message cannot be read"
    return printable(re.sub(r"\s+", " ", text).strip()[:limit])


def printable(text: str) -> str:
    """Return `text` without what would colour a terminal or what no message can carry."""
    return "".join(letter if letter.isprintable() else " " for letter in re.sub(r"\x1b\[[\d;]*m", "", text))
