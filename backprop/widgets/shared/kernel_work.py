"""A widget that works in the kernel while somebody looks at it: it begins when a browser shows it, and can be stopped.

Nothing begins by itself where there is no browser, as in grading; what a script asks for is computed when it asks. The
still picture in the notebook is drawn again when the work has ended, so that a reopened notebook shows the result.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator

import traitlets
from IPython.display import display

from .background_task import BackgroundTask, loop_of_this_thread
from .base import VIEW, LessonWidget, fixed
from .student_function import StudentFunctionError

AT_ONCE = 0.02  # seconds of work for the first still picture: to show a widget must not take long
LARGE = 2_000_000  # multiplications of one piece; with more, not even one piece fits into that time


class KernelWork(LessonWidget):
    """A `LessonWidget` that works in the kernel.

    It gives `pieces`, `publish`, `share` and `size_of_a_piece`; `RESULTS` names the traits that `publish` sets.
    """

    RESULTS: tuple[str, ...] = ()

    # "doing" is "nothing", "waiting" (for a cell to end), "working", "stopped" or "failed"; "share" goes from 0 to 1.
    _status = fixed(traitlets.Dict({"doing": "nothing", "share": 0.0}))

    _work: BackgroundTask | None = None
    _stopped = False  # by the user: then nothing begins by itself

    def __init__(self, **traits):
        self._loop = loop_of_this_thread()
        self._views: set[str] = set()
        self._stills: list = []
        super().__init__(**traits)
        self.on_msg(self._hear)

    # What a subclass says of its work

    def pieces(self) -> Iterator[object]:
        """Do what is still to be done, one small piece for each `next`; nothing where all is done."""
        raise NotImplementedError

    def publish(self) -> None:
        """Hand what is done so far to the browser, by setting traits."""
        raise NotImplementedError

    def share(self) -> float:
        """Return how much of the work is done, from 0 to 1."""
        raise NotImplementedError

    def size_of_a_piece(self) -> float:
        """Return about how many multiplications one piece takes."""
        raise NotImplementedError

    # Beginning and ending

    @property
    def working(self) -> bool:
        """Whether work is under way."""
        return self._work is not None and self._work.under_way

    def stop(self) -> None:
        """Stop the work; what is done stays."""
        self._stopped = True
        if self._work is not None:
            self._work.stop()

    def go_on(self) -> None:
        """Take up the work where it was left; in a notebook this returns at once."""
        self._stopped = False
        self._renew()

    def close(self) -> None:
        self.stop()
        super().close()

    def _renew(self) -> None:
        """Begin with what is to be done now, in place of what was; from any thread."""
        if self._loop is not None:
            self._between_cells(self._renew_here)

    def _between_cells(self, do: Callable[[], None]) -> None:
        """Call a function in the thread of the work, as soon as no cell runs there; from any thread."""
        if self._loop is None or self._loop.is_closed():
            return
        if not self.working:
            self._say("waiting")
        self._loop.call_soon_threadsafe(do)

    def _renew_here(self) -> None:
        if self._work is not None:
            self._work.stop()
        if self._stopped or not self._views:
            self._say("stopped" if self._stopped else "nothing")
            return
        assert self._loop is not None  # it runs this very call
        work = self._work = BackgroundTask(self.pieces(), self._shown, lambda outcome: self._ended(work, outcome))
        self.notice = ""
        self._say("working")
        work.start(self._loop)

    def _shown(self) -> None:
        self._say("working")
        self.publish()

    def _ended(self, work: BackgroundTask, outcome: str | Exception | None) -> None:
        if work is not self._work:  # other work has taken its place
            return
        if isinstance(outcome, Exception):
            self.notice = self._complaint(outcome)
        if outcome == "interrupted":
            self.stop()
        self.publish()
        self._say("failed" if isinstance(outcome, Exception) else "stopped" if self._stopped else "nothing")
        # Messages of the browser are read in another thread, and what is set meanwhile may wait for the next one.
        self.send_state(["_status", "notice", *self.RESULTS])
        self._draw_stills_anew()

    @staticmethod
    def _complaint(error: Exception) -> str:
        if isinstance(error, StudentFunctionError | ValueError):  # a function's own ValueError has become the former
            return str(error)
        return f"The work ended with {type(error).__name__}: {' '.join(str(error).split())}."

    def _say(self, doing: str) -> None:
        self._status = {"doing": doing, "share": self.share()}

    def _hear(self, _, content: dict, buffers) -> None:
        """Take a message of a view: it is here, it is gone, or its user presses Stop or Go on."""
        match content.get("do"):
            case "here":
                self._views.add(str(content.get("view")))
                if not self.working:
                    self._renew()
            case "gone":
                self._views.discard(str(content.get("view")))
                if not self._views and self._work is not None:
                    self._work.stop()
            case "stop":
                self.stop()
            case "go on":
                self.go_on()
        self.send({"heard": content.get("do")})  # so that the view knows that there is a kernel

    def _finish(self, pieces: Iterator[object]) -> None:
        """Do work right here to its end, for a script that asks for what comes of it."""
        BackgroundTask(pieces, lambda: None, lambda outcome: None).finish()

    # The still picture

    def _do_at_once(self) -> None:
        """Do as much as fits into a moment, so that the first still picture shows something."""
        if self.working or self.size_of_a_piece() > LARGE:
            return
        with contextlib.suppress(Exception):  # the work itself will say it again, where it can be read
            BackgroundTask(self.pieces(), lambda: None, lambda outcome: None).for_a_moment(AT_ONCE)
            self.publish()

    def _ipython_display_(self) -> None:
        self._do_at_once()
        data, metadata = self._live()
        handle = display(self.still(), raw=True, display_id=True)
        if handle is not None:
            self._stills.append(handle)
        display({VIEW: data[VIEW], "text/plain": ""}, metadata=metadata, raw=True)

    def _draw_stills_anew(self) -> None:
        for handle in self._stills:
            handle.update(self.still(), raw=True)
