"""The examiner's end of the two sockets of a student's process: one to the student's process, one to its watchdog.

Nothing here waits without a deadline, and nothing that is sent waits for the other side to read: a process that floods
us while it ignores what we send blocks nobody.
"""

from __future__ import annotations

import contextlib
import json
import select
import socket
import time

from ..errors import ChannelClosed, DeadlinePassed
from ..guest.protocol import END, FULL, INTERRUPT, OTHERS, WAITED
from ..wire import CHUNK, Frames, decode, framed

FORK_SERVER = "fork server"  # what has ended where the watchdog no longer answers
AFTERWARDS = 5.0  # seconds for the watchdog to report an end
LATE_LOOKS = 100  # at what has come after a deadline, however much that is
SOON = 10.0  # seconds for the watchdog to answer, on a machine that is busy with a hundred processes of the student's


class Channel:
    """Messages to and from one student's process."""

    def __init__(self, wire: socket.socket, watchdog: socket.socket):
        self.wire, self.watchdog = wire, watchdog
        self.wire.setblocking(False)
        self.frames = Frames()
        self.outgoing = bytearray()
        self.report: dict | None = None
        self._late = 0  # looks in a row, after a deadline
        self.received = 0  # bytes, since it was last set to 0

    def send(self, message: bytes) -> None:
        """Send a message, as soon as the other side reads it."""
        self.outgoing += framed(message)
        self._push()

    def receive(self, deadline: float):
        """Return the next message; raises `DeadlinePassed` at the deadline, `ChannelClosed` after the last one,
        `WireError` for junk.
        """
        looked = False
        while True:
            message = self.frames.next()
            if message is not None:
                return decode(message)
            left = deadline - time.monotonic()
            self._late = self._late + 1 if left <= 0 else 0
            if left <= 0 and (looked or self._late > LATE_LOOKS):
                raise DeadlinePassed
            looked = left <= 0  # once more, since it may have answered in time, and this process had to wait
            ready, _, _ = select.select(
                [self.wire] + [self.watchdog] * (self.report is None),
                [self.wire] * bool(self.outgoing),
                [],
                max(left, 0),
            )
            if self.watchdog in ready:
                self._hear()
            if self.wire in ready:
                self._pull()
            self._push()

    def _pull(self) -> None:
        try:
            data = self.wire.recv(CHUNK)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            self._await(AFTERWARDS)  # it most likely ended by itself, and then the watchdog knows how
            raise ChannelClosed(self.end())
        self.received += len(data)
        self.frames.feed(data)

    def _push(self) -> None:
        if not self.outgoing:
            return
        try:
            sent = self.wire.send(self.outgoing)
        except BlockingIOError:
            return
        except OSError:  # it has ended; what it said before is still to be read
            self.outgoing.clear()
            return
        del self.outgoing[:sent]

    # ------------------------------------------------------------------------------------------------------ the
    # watchdog
    def _hear(self) -> dict:
        try:
            said = self.watchdog.recv(4096)
        except OSError:
            said = b""
        heard = json.loads(said) if said else {"ended": FORK_SERVER, "exit": 0}
        if "ended" in heard:
            self.report = heard
        return heard

    def _order(self, order: bytes) -> None:
        with contextlib.suppress(OSError):
            self.watchdog.send(order)

    def interrupt(self) -> None:
        """Interrupt the student's code as a kernel does."""
        self._order(INTERRUPT)

    def waited(self) -> float:
        """Return for how many seconds in all the student's process was ready to run, and the machine was not."""
        return self._inquire(WAITED, "waited", 0.0)

    def others(self) -> bool:
        """Say whether the student's code has other processes by now; also where the watchdog has no time to say."""
        return self._inquire(OTHERS, "others", True)

    def full(self) -> bool:
        """Say whether the student's processes hold about all the memory that they may have."""
        return self._inquire(FULL, "full", False)

    def _inquire(self, order: bytes, key: str, otherwise):
        self._order(order)
        deadline = time.monotonic() + SOON
        while self.report is None and (left := deadline - time.monotonic()) > 0:
            if select.select([self.watchdog], [], [], left)[0] and key in (heard := self._hear()):
                return heard[key]
        return otherwise

    def _await(self, seconds: float) -> None:
        """Wait for the watchdog's report."""
        deadline = time.monotonic() + seconds
        while self.report is None and (left := deadline - time.monotonic()) > 0:
            if select.select([self.watchdog], [], [], left)[0]:
                self._hear()

    def end(self) -> dict:
        """End every process of the student's, and return what the watchdog reports; a second time does no harm."""
        ended = {"ended": FORK_SERVER, "exit": 0}  # without a word of the watchdog's
        if self.wire.fileno() < 0:
            return self.report or ended
        if self.report is None:
            self._order(END)
        self._await(AFTERWARDS)
        self.report = self.report or ended
        self.wire.close()
        self.watchdog.close()
        return self.report
