"""What belongs to the whole process and a call that is stopped midway may leave changed: note it, and put it back.

Where `with np.errstate(…)` or `redirect_stdout` is stopped between its first change and its block, Python never runs
the part that undoes the change. What lives in a context (`contextvars`), as NumPy's error state and print options and
the precision of `decimal` do, is not noted here: the call runs in a copy of it. Filters of warnings are not either,
since whoever runs the call catches warnings around it.
"""

from __future__ import annotations

import contextlib
import gc
import locale
import os
import signal
import sys
import threading
from collections.abc import Callable


class Settings:
    """The settings of this process, as they were when this was made."""

    def __init__(self):
        self._noted = [(read, write, read()) for read, write in _PAIRS]

    def put_back(self) -> None:
        """Change back what has changed since."""
        for read, write, before in self._noted:
            with contextlib.suppress(OSError, ValueError, RecursionError):  # a folder that is gone; far too deep
                if read() != before:
                    write(before)


def _streams() -> tuple:
    return sys.stdin, sys.stdout, sys.stderr, sys.displayhook, sys.excepthook


def _set_streams(streams: tuple) -> None:
    sys.stdin, sys.stdout, sys.stderr, sys.displayhook, sys.excepthook = streams


def _collect_garbage(enabled: bool) -> None:
    gc.enable() if enabled else gc.disable()


def _folder() -> str:
    try:
        return os.getcwd()
    except OSError:  # it has been removed
        return ""


def _mask() -> set:
    return signal.pthread_sigmask(signal.SIG_BLOCK, ()) if hasattr(signal, "pthread_sigmask") else set()


def _set_mask(blocked: set) -> None:
    signal.pthread_sigmask(signal.SIG_SETMASK, blocked)


def _on_interrupt():
    return signal.getsignal(signal.SIGINT)


def _set_on_interrupt(handler) -> None:
    if handler is not None and threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGINT, handler)


_PAIRS: list[tuple[Callable, Callable]] = [
    (_mask, _set_mask),  # first: a blocked alarm never rings
    (_on_interrupt, _set_on_interrupt),
    (_streams, _set_streams),
    (sys.getrecursionlimit, sys.setrecursionlimit),
    (gc.isenabled, _collect_garbage),  # `timeit` stops it for a while
    (lambda: locale.setlocale(locale.LC_ALL), lambda name: locale.setlocale(locale.LC_ALL, name)),
    (_folder, os.chdir),
]
