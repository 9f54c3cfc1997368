"""Long work in the kernel, done in small portions, between which the notebook is free for whatever else it has to do.

The work is a generator, and each `next` is one small piece: one cost, one step of training. Pieces run on the kernel's
own event loop, in the thread in which cells run, so no function of a student ever runs in two threads at once, and the
random numbers, the printed text and the warnings of the notebook are left as they were. A portion ends after a few
hundredths of a second. Stop, or the kernel's interrupt, ends the work at the next piece.
"""

from __future__ import annotations

import asyncio
import contextlib
import io
import signal
import threading
import time
import warnings
from collections.abc import Callable, Iterator

import numpy as np

PORTION = 0.02  # seconds of work at a time: a cell that is run meanwhile waits no longer
REST = 0.002  # seconds between portions, in which the kernel reads its messages
SHOW = 0.12  # seconds between two reports: what is shown need not change more often


def loop_of_this_thread() -> asyncio.AbstractEventLoop | None:
    """Return the event loop that runs the present cell, or None where no notebook runs it."""
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None


class BackgroundTask:
    """Work under way: `pieces` is done portion by portion, `shown` is called now and then, `ended` once.

    `ended` gets None when all is done, "stopped" after `stop`, "interrupted" after the kernel's interrupt, or the
    exception that the work raised. Both are called on the event loop.
    """

    def __init__(
        self,
        pieces: Iterator[object],
        shown: Callable[[], None],
        ended: Callable[[str | Exception | None], None],
    ):
        self.pieces = pieces
        self.shown = shown
        self.ended = ended
        self.under_way = True
        self._stop = False
        self._random = np.random.get_state()  # the work draws from a stream of its own
        self._task: asyncio.Task | None = None

    def start(self, loop: asyncio.AbstractEventLoop) -> None:
        """Begin as soon as `loop` is free; may be called from any thread."""
        loop.call_soon_threadsafe(self._begin, loop)

    def stop(self) -> None:
        """End before the next piece; may be called from any thread, and more than once."""
        self._stop = True

    def finish(self) -> None:
        """Do all that is left right now, and return when it is done; raises what the work raises."""
        if not self.under_way:
            return
        outcome = self._portion(seconds=float("inf"))
        self._end(outcome)
        if isinstance(outcome, Exception):
            raise outcome
        if outcome == "interrupted":
            raise KeyboardInterrupt

    def for_a_moment(self, seconds: float) -> None:
        """Do what fits into so many seconds, and one piece at least, right now."""
        if self.under_way:
            outcome = self._portion(seconds)
            if outcome != "more":
                self._end(outcome)

    def _begin(self, loop: asyncio.AbstractEventLoop) -> None:
        self._task = loop.create_task(self._run())  # kept, since a loop holds its tasks only weakly

    async def _run(self) -> None:
        shown = time.monotonic()
        while self.under_way:
            outcome = self._portion(PORTION)
            if outcome != "more":
                self._end(outcome)
                return
            if time.monotonic() - shown >= SHOW:
                self.shown()
                shown = time.monotonic()
            await asyncio.sleep(REST)

    def _end(self, outcome: str | Exception | None) -> None:
        if self.under_way:
            self.under_way = False
            self.ended(outcome)

    def _portion(self, seconds: float) -> str | Exception | None:
        """Do pieces for so many seconds, and at least one; "more" when there are more."""
        until = time.monotonic() + seconds
        try:
            with quietly(), self._own_random_numbers(), _interruptible():
                while not self._stop:
                    next(self.pieces)
                    if time.monotonic() >= until:
                        return "more"
                return "stopped"
        except StopIteration:
            return None
        except KeyboardInterrupt:
            return "interrupted"
        except Exception as error:
            return error

    @contextlib.contextmanager
    def _own_random_numbers(self) -> Iterator[None]:
        notebooks = np.random.get_state()
        np.random.set_state(self._random)
        try:
            yield
        finally:
            self._random = np.random.get_state()
            np.random.set_state(notebooks)


@contextlib.contextmanager
def quietly() -> Iterator[None]:
    """Drop what is printed and warned of: it would appear under whatever cell happens to run."""
    nowhere = io.StringIO()
    with (
        contextlib.redirect_stdout(nowhere),
        contextlib.redirect_stderr(nowhere),
        warnings.catch_warnings(),
        np.errstate(all="ignore"),
    ):
        warnings.simplefilter("ignore")
        yield


@contextlib.contextmanager
def _interruptible() -> Iterator[None]:
    """Let the kernel's interrupt reach the work; between cells a kernel turns a deaf ear to it."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.getsignal(signal.SIGINT)
    try:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        yield
    finally:
        signal.signal(signal.SIGINT, before)
