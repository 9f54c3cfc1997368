"""Send what a cell prints and shows to the examiner, in the order in which it came, and not without end."""

from __future__ import annotations

import io
import os
import select
import signal
import threading
import time
from base64 import b64encode

from ..wire import WireError, encode, framed
from ..wire.messages import CallBack, Event, Reply
from .unstopped import UNSTOPPED

NAMES = ("stdout", "stderr")
SOON = 0.05  # seconds that text may wait for more, so that a thousand prints are not a thousand messages
PIECE = 8192
RINGING = {signal.SIGALRM, signal.SIGINT}  # for the main thread alone


class OutputCapture:
    """Holds the line to the examiner; whatever a process prints that was forked off goes through its pipes."""

    def __init__(self, wire, cell_output: int, flood: int):
        self.wire, self.most, self.flood = wire, cell_output, flood
        self.pid = os.getpid()
        self.lock = threading.RLock()
        self.waiting: list[list[str]] = []  # [name, text]
        self.since = 0.0
        self.printed = 0
        self.pipes: dict[int, str] = {}
        self.arrived = select.poll()

    # ------------------------------------------------------------------------------------------------------- the line
    def send(self, message: Event | Reply | CallBack, other=None) -> None:
        """Send one message; raises `WireError` where it is not plain data."""
        data = framed(encode(message, other))
        with self.lock:
            if os.getpid() != self.pid:
                return
            with UNSTOPPED:  # half a message would be the last one
                self.wire.sendall(data)

    def event(self, event: Event) -> None:
        """Send what is to be recorded after all that was printed before."""
        with self.lock:
            self.flush()
            try:
                self.send(event, other=lambda value: None)
            except WireError as error:
                self.send({"event": "stream", "name": "stderr", "text": f"This output cannot be recorded: {error}.\n"})

    def begin(self) -> None:
        """Begin another cell or call."""
        with self.lock:
            self.printed = 0

    # ----------------------------------------------------------------------------------------------------------- text
    def text(self, name: str, text: str, drain: bool = True) -> None:
        """Record printed text."""
        with self.lock:
            now = time.monotonic()
            if drain and self.arrived.poll(0):  # what a program has printed comes before what is printed after it
                self.drain()
            room, before = self.most - self.printed, self.printed
            self.printed += len(text)
            if room > 0:
                self._keep(name, text[:room], now)
            if before <= self.flood * self.most < self.printed:  # what is kept of it has been sent: now it is ended
                self.send({"event": "flood"})

    def _keep(self, name: str, text: str, now: float) -> None:
        if self.waiting and self.waiting[-1][0] == name:
            self.waiting[-1][1] += text
        else:
            self.waiting.append([name, text])
        if self.printed >= self.most:
            self._send_text(now)
            self.send({"event": "cut"})
        elif now - self.since > SOON or sum(len(piece) for _, piece in self.waiting) > PIECE:
            self._send_text(now)

    def flush(self) -> None:
        """Send what waits."""
        with self.lock:
            self.drain()
            self._send_text(time.monotonic())

    def _send_text(self, now: float) -> None:
        waiting, self.waiting, self.since = self.waiting, [], now
        for name, text in waiting:
            self.send({"event": "stream", "name": name, "text": text})

    # ---------------------------------------------------------------------------------------------------------- pipes
    def take_over(self) -> None:
        """Let whatever is written to the file descriptors 1 and 2, by commands or C code, be recorded too."""
        for number, name in enumerate(NAMES, start=1):
            reading, writing = os.pipe()
            os.dup2(writing, number)
            os.close(writing)
            os.set_blocking(reading, False)
            self.pipes[reading] = name
            self.arrived.register(reading, select.POLLIN)
        threading.Thread(target=self._listen, daemon=True, name="output").start()

    def _listen(self) -> None:
        signal.pthread_sigmask(signal.SIG_BLOCK, RINGING)
        while True:
            select.select(self.pipes, [], [])
            with self.lock:
                self.drain()
                if time.monotonic() - self.since > SOON:
                    self._send_text(time.monotonic())

    def drain(self) -> None:
        """Take what is in the pipes now."""
        if os.getpid() != self.pid:
            return
        for reading, name in self.pipes.items():
            try:
                while data := os.read(reading, 65536):
                    self.text(name, data.decode("utf-8", "replace"), drain=False)
            except BlockingIOError:
                pass


class Stream(io.TextIOBase):
    """`sys.stdout` or `sys.stderr` of the student's code."""

    encoding, errors = "UTF-8", None

    def __init__(self, name: str, capture: OutputCapture):
        super().__init__()
        self.name, self.capture = f"<{name}>", capture
        self._name, self._number = name, NAMES.index(name) + 1

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text)}")
        if os.getpid() == self.capture.pid:
            self.capture.text(self._name, text)
        else:  # a process that was forked off
            os.write(self._number, text.encode("utf-8", "replace"))
        return len(text)

    def flush(self) -> None:
        if os.getpid() == self.capture.pid:
            self.capture.flush()

    def fileno(self) -> int:
        return self._number

    def writable(self) -> bool:
        return True

    def isatty(self) -> bool:
        return False


def as_text(data: dict) -> dict:
    """Return a mime bundle as a notebook file holds it: pictures as base64."""
    return {
        kind: b64encode(value).decode() if isinstance(value, bytes | bytearray) else value
        for kind, value in data.items()
    }
