"""Run our own code on what a student has chosen, in a fork of this process that can be ended.

No alarm ends a call in C, such as a product of two huge matrices of small numbers, or a conversion of a page. What the
fork changes, this process does not see, but for what it sends.
"""

from __future__ import annotations

import math
import os
import resource
import signal
import time
from collections.abc import Callable
from multiprocessing import Pipe
from multiprocessing.connection import Connection

from ..errors import Overdue
from ..guest import linux
from ..guest.protocol import PATIENCE
from . import memory_limit

in_fork = False  # whether this process is such a fork itself


class Fork:
    """A fork of this process that does `work(line)` and ends; its time counts from one `allow` to the next."""

    def __init__(self, work: Callable[[Connection], None]):
        self.line, inner = Pipe()
        parent = os.getpid()
        self._pid = os.fork()
        if self._pid == 0:
            global in_fork
            in_fork = True
            try:
                linux.prctl(linux.Process.SET_PARENT_DEATH_SIGNAL, signal.SIGKILL)
                if os.getppid() == parent:
                    self.line.close()
                    with memory_limit.memory():
                        work(inner)
            finally:
                os._exit(0)
        inner.close()

    def hear(self, seconds: float, latest: float = math.inf):
        """Return what it sends next; raises `Overdue` where nothing comes in time, or it has ended.

        `latest` is the moment at which it is over, however busy the machine is.
        """
        try:
            if self.line.poll(max(min(PATIENCE * seconds, latest - time.monotonic()), 0.0)):
                return self.line.recv()
        except (EOFError, OSError):
            pass
        self.end()
        raise Overdue("it took too long, or too much memory")

    def end(self) -> None:
        """End it; a second time does no harm."""
        if self._pid:
            os.kill(self._pid, signal.SIGKILL)
            os.waitpid(self._pid, 0)
            self._pid = 0
            self.line.close()


def allow(seconds: float) -> float:
    """Let this process have so many seconds of a processor from now on, and then end; return how many it has had."""
    signal.signal(signal.SIGXCPU, signal.SIG_DFL)
    used = time.process_time()
    resource.setrlimit(resource.RLIMIT_CPU, (int(used + seconds) + 1, resource.getrlimit(resource.RLIMIT_CPU)[1]))
    return used


def _found(seconds: float, function: Callable, args: tuple) -> tuple[bool, object]:
    """Return whether `function(*args)` went well in this process, and what it returned or raised."""
    allow(seconds)
    try:
        return True, function(*args)
    except Exception as error:
        return False, f"{type(error).__name__}: {error}"


def within(seconds: float, function: Callable, *args, latest: float = math.inf):
    """Return `function(*args)`, as a fork finds it; raises `Overdue`, or what it raised, as a `RuntimeError`."""

    def work(line: Connection) -> None:
        line.send(_found(seconds, function, args))

    fork = Fork(work)
    try:
        fine, found = fork.hear(seconds, latest)
    finally:
        fork.end()
    if not fine:
        raise RuntimeError(found)
    return found


class Warm:
    """A fork that does the same for many, one after the other; the next one gets a new fork where one was ended."""

    def __init__(self) -> None:
        self._fork: Fork | None = None
        self._function: Callable | None = None

    def within(self, seconds: float, function: Callable, *args, latest: float = math.inf):
        """Do what `within` does, in the fork of before where there is one for this very function."""
        if self._function is not function:
            self.end()
        if self._fork is None:
            self._fork, self._function = Fork(lambda line: _serve(line, function)), function
        try:
            self._fork.line.send((seconds, args))
            fine, found = self._fork.hear(seconds, latest)
        except OSError:
            self.end()
            raise Overdue("it has ended") from None
        except BaseException:
            self.end()
            raise
        if not fine:
            raise RuntimeError(found)
        return found

    def end(self) -> None:
        """End the fork, if there is one."""
        if self._fork is not None:
            self._fork.end()
            self._fork = None


def _serve(line: Connection, function: Callable) -> None:
    while True:
        seconds, args = line.recv()
        line.send(_found(seconds, function, args))
