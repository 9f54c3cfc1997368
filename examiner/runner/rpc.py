"""Requests to a student's process and what comes back: events, replies, calls of what was lent to it, or nothing in
time.

Everything that comes is read as hostile. Whatever is wrong with it, the student's process is ended, and
`StudentProcessEnded` says why.
"""

from __future__ import annotations

import contextlib
import math
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import NoReturn, Self, Unpack

import numpy as np
from nbformat import NotebookNode

from backprop.answers.attempt import Alarm, TookTooLong

from ..errors import ChannelClosed, DeadlinePassed, Reason, StudentCodeError, StudentProcessEnded
from ..guest.protocol import PATIENCE
from ..wire import Callback, WireError, encode
from ..wire.messages import Answer, AnswerContent, How, Request
from .channel import Channel
from .deadline import Deadline
from .limits import Limits
from .outputs import NotebookTotals, Outputs
from .random_state import checked, current
from .results import sentence, why

A_MOMENT = 0.2  # seconds: how busy the machine is makes no difference in so short a time, taken together
GRACE = 1.0  # seconds for an answer after the time is over: the student's process stops itself first, and says where
MOST_BACK = 100_000  # calls of a stand-in, in one request
FLOOD_BYTES = 10  # times what is kept of a cell at most, as bytes on the line


class RpcClient:
    """The line to one student's process, and the time that it has; a context manager, at whose end all of it ends."""

    def __init__(self, channel: Channel, limits: Limits, sandboxed: bool):
        self.channel, self.limits, self.sandboxed = channel, limits, sandboxed
        self.gone: StudentProcessEnded | None = None
        self.used = 0.0  # seconds that it really got
        self.latest = math.inf  # moment at which all that is done for its submission must be over
        self.display: Callable[[NotebookNode], None] | None = None  # hears what a called function shows
        self._kept = NotebookTotals()
        self._number = 0
        self._waited_before = 0.0
        self._short = 0.0  # seconds of requests for which nobody has asked yet how long they had to wait
        self._offered: dict[int, Callable] = {}  # stand-ins, by number
        self._offers = 0
        self.lending = False  # what a test passes stays on offer until the test is over
        self._outputs: Outputs | None = None  # of the cell that runs
        self._open: set[int] = set()  # requests without a reply so far
        self._early: dict[int, dict] = {}  # replies that came before their turn
        self._deadlines: list[Deadline] = []  # of these
        self._asked = 0.0  # seconds that all requests took
        self._depth = 0  # of requests: while a stand-in runs, it may ask in turn

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_) -> None:
        self.close()

    def close(self) -> None:
        """End every process of the student's process."""
        self.channel.end()
        self.gone = self.gone or StudentProcessEnded("died", "It was ended.")

    # ---------------------------------------------------------------------------------------------- asking and hearing
    def _ask(self, request: Request, seconds: float | None = None, grace: float = GRACE, **how: Unpack[How]) -> dict:
        """Send a request, and hear whatever comes until its reply does."""
        if self.gone:
            raise self.gone
        if not self._depth:
            self.channel.received = self._back = 0
        before = set(self._offered)
        self._number += 1
        self._open.add(number := self._number)
        try:
            message = encode({**request, "number": number, **how}, self._offer)
        except WireError as error:
            raise TypeError(str(error)) from None  # it is the examiner who passes what is no data
        deadline = Deadline(seconds or self.limits.cell_seconds, grace, self.latest)
        self._depth += 1
        self._deadlines.append(deadline)
        try:
            self.channel.send(message)
            return self._answer(number, deadline)
        except ChannelClosed as over:
            self._leave(*why(over.report))
        except WireError:
            self._leave("wire")
        except DeadlinePassed:
            self._late(deadline, interrupt=not grace)
        except (StudentCodeError, StudentProcessEnded):
            raise
        except BaseException:  # an alarm of the caller's, in the middle of a message: the rest would make no sense
            self._end("time", seconds=deadline.seconds)
            raise
        finally:
            self._depth -= 1
            self._deadlines.pop()
            self._asked += deadline.elapsed()
            if not self._depth:
                self._count(deadline)
            for offer in () if self.lending else self._offered.keys() - before:
                del self._offered[offer]

    def _count(self, deadline: Deadline) -> None:
        """Count the time of a request; many short ones may have waited as long as a single one."""
        self.used += deadline.spent()
        self._short += deadline.spent()
        if self._short > A_MOMENT and not self.gone:
            self.used -= min(self._waited(), self._short * (1 - 1 / PATIENCE))
            self._short = 0.0

    def _offer(self, value) -> Callback | None:
        """Let the student's process call a function of ours, for as long as it is asked about it."""
        return Callback(self._lend(value), str(getattr(value, "__name__", ""))) if callable(value) else None

    def _lend(self, function: Callable) -> int:
        """Return the number under which the student's process may ask for `function`."""
        self._offers += 1
        self._offered[self._offers] = function
        return self._offers

    def _answer(self, number: int, deadline: Deadline) -> dict:
        """Return the reply to request `number`."""
        while number not in self._early:
            try:
                message = self.channel.receive(deadline.moment())
            except DeadlinePassed:
                if not deadline.credit_for(self._waited()):
                    raise
                continue
            self._take(message)
        return self._early.pop(number)

    def _waited(self) -> float:
        """Return for how many seconds more, since this was asked last, the machine let the student's process wait."""
        before, self._waited_before = self._waited_before, max(self.channel.waited(), self._waited_before)
        return self._waited_before - before

    def _take(self, message) -> None:
        """Do what a message asks for; raises `WireError` where it is none."""
        if not isinstance(message, dict):
            raise WireError("a message is no dict")
        if "event" in message:
            self._event(message)
        elif type(message.get("ask")) is int:
            self._call_back(message)
        elif type(message.get("reply")) is int and message["reply"] in self._open:
            self._open.remove(message["reply"])
            self._early[message["reply"]] = message  # of an outer request, it may be: its time was over meanwhile
            if message.get("exited") is True:
                self._leave("died", " by a call of `exit`")
        else:
            raise WireError("a message answers what was not asked")

    def _late(self, deadline: Deadline, interrupt: bool) -> NoReturn:
        """Stop what runs too long; a cell may say where it was, before its process ends."""
        if interrupt:
            self.channel.interrupt()
            with contextlib.suppress(DeadlinePassed, ChannelClosed, WireError, StudentProcessEnded):
                while not self._early:
                    self._take(self.channel.receive(deadline.moment() + GRACE))
        self._leave("time", seconds=deadline.seconds)

    def _event(self, message: dict) -> None:
        if type(message["event"]) is not str:
            raise WireError("a message reports something unknown")
        most = FLOOD_BYTES * (self.limits.cell_figures + self.limits.cell_output)
        if message["event"] == "flood" or self.channel.received > most:
            self._leave("output")
        if self._outputs is not None:
            self._outputs.add(message)
            return
        heard = Outputs(self.limits, NotebookTotals())  # the same checks, for what a called function prints and shows
        heard.add(message)
        for output in heard.found:
            if output.output_type == "stream":
                (sys.stderr if output.name == "stderr" else sys.stdout).write(output.text)
            elif self.display:
                self.display(output)

    def _call_back(self, asked_for: dict) -> None:
        """Run the stand-in that the student's process asks for, and send what it returns."""
        function = self._offered.get(asked_for["ask"])
        arguments, keywords = asked_for.get("arguments"), asked_for.get("keywords")
        self._back += 1
        if self._back > MOST_BACK:
            raise WireError("a stand-in is called without end")
        if function is None or not isinstance(arguments, tuple) or not isinstance(keywords, dict):
            raise WireError("a message asks for what is not on offer")
        before = current()
        np.random.set_state(checked(asked_for.get("random")))
        outputs, self._outputs = self._outputs, None
        start, asked = time.monotonic(), self._asked
        call = partial(function, *arguments, **{str(name): value for name, value in keywords.items()})
        alarm = Alarm(max(min(PATIENCE * self.limits.cell_seconds, self.latest - start), A_MOMENT))
        try:
            content: AnswerContent = {"value": alarm.run(call)}
        except TookTooLong:  # with these arguments, which are the student's choice
            if not alarm.rang:
                raise
            content = {"raised": ["TimeoutError", "it took too long"]}
        except (StudentProcessEnded, ChannelClosed, DeadlinePassed, WireError):
            raise
        except Exception as error:
            content = {"raised": [type(error).__name__, str(error)[:300]]}
        finally:
            alarm.end()
            state = current()
            np.random.set_state(before)
            self._outputs = outputs
            ours = time.monotonic() - start - (self._asked - asked)
            for deadline in self._deadlines:  # what is done here is no time of the student's
                deadline.credit_for(ours)
        answer: Answer = {"answer": True, "random": state, **content}
        try:
            message = encode(answer, self._offer)
        except WireError as error:
            answer = {"answer": True, "random": state, "raised": ["TypeError", str(error)]}
            message = encode(answer)
        self.channel.send(message)

    # --------------------------------------------------------------------------------------------------------- the end
    def _leave(self, reason: Reason, how: str = "", seconds: float = 0.0) -> NoReturn:
        """End the student's process, and raise `StudentProcessEnded`."""
        raise self._end(reason, how, seconds) from None

    def _end(self, reason: Reason, how: str = "", seconds: float = 0.0) -> StudentProcessEnded:
        self.gone = self.gone or StudentProcessEnded(reason, sentence(reason, self.limits, seconds, how))
        self.channel.end()
        return self.gone
