"""A candidate, as the examiner sees it: run its cells, call its functions, ask for its values.

Everything that comes back is read as hostile. Whatever is wrong with it, the candidate is ended, and `CandidateGone`
says why; what was wrong in the student's code is a `CandidateError`.
"""

from __future__ import annotations

import contextlib
import sys
import warnings
from collections.abc import Callable

import numpy as np
from nbformat import NotebookNode

from backprop.attempt import Trouble

from .answers import BoxEnded, CandidateError, CandidateGone, Named, Ran, sentence, why
from .candidate.orders import FAILED
from .clock import Clock
from .errors import ExaminerError
from .limits import Limits
from .line import BOX, Late, Line, Over
from .outputs import Kept, Outputs
from .randomstate import checked, current
from .sandbox import refusal
from .wire import Callback, Handle, WireError, encode

A_MOMENT = 0.2  # seconds: how busy the machine is makes no difference in so short a time
GRACE = 1.0  # seconds for an answer after the time is over: the candidate stops itself first, and says where
START_SECONDS = 60
MOST_WARNINGS = 100
MOST_BACK = 100_000  # calls of a stand-in, in one request
FLOOD_BYTES = 10  # times what is kept of a cell at most, as bytes on the line


class Candidate:
    """One student's process; a context manager, at whose end all that it started is ended."""

    def __init__(self, line: Line, limits: Limits, sandboxed: bool):
        self.line, self.limits, self.sandboxed = line, limits, sandboxed
        self.gone: CandidateGone | None = None
        self.used = 0.0  # seconds that it really got
        self.display: Callable[[NotebookNode], None] | None = None  # hears what a called function shows
        self._kept = Kept()
        self._number = 0
        self._waited_before = 0.0
        self._offered: dict[int, Callable] = {}  # stand-ins, by number
        self._stand_ins: dict[str, int] = {}
        self._offers = 0
        self._outputs: Outputs | None = None  # of the cell that runs
        self._open: set[int] = set()  # requests without a reply so far
        self._early: dict[int, dict] = {}  # replies that came before their turn
        self._depth = 0  # of requests: while a stand-in runs, it may ask in turn

    def __enter__(self) -> Candidate:
        return self

    def __exit__(self, *_) -> None:
        self.close()

    def close(self) -> None:
        """End every process of the candidate."""
        self.line.end()
        self.gone = self.gone or CandidateGone("died", "It was ended.")

    def start(self, files: dict[str, bytes], folder: str) -> None:
        """Hand over the files of the submission, which are put into a folder of this name."""
        limits = self.limits
        try:
            reply = self._ask(
                "start", START_SECONDS, files=files, folder=folder, cell_output=limits.cell_output, flood=limits.flood
            )
        except CandidateGone:
            ended = (self.line.report or {}).get("ended", "")
            if ended == BOX:
                raise BoxEnded("The sandbox has ended by itself.") from None
            if ended.startswith(FAILED):
                raise ExaminerError(refusal(ended)) from None
            raise
        self._value(reply)
        self.used = 0.0

    # --------------------------------------------------------------------------------------------------- what is asked
    def run(self, source: str, seconds: float | None = None, number: int | None = None) -> Ran:
        """Run a cell for at most `seconds`; `number` is the one in its brackets, if it is not simply the next."""
        if self.gone:
            raise self.gone
        self._outputs = outputs = Outputs(self.limits, self._kept)
        before, seconds = self.used, seconds or self.limits.cell_seconds
        count = None
        try:
            reply = self._ask("run", seconds, 0, source=source, number_in_brackets=number)
            count = reply.get("count")
        except CandidateGone as gone:
            return Ran(outputs.found, gone.reason, str(gone), self.used - before)
        finally:
            self._outputs = None
        return Ran(outputs.found, "", "", self.used - before, count if type(count) is int else None)

    def kind(self, name: str, seconds: float | None = None) -> Named:
        """Say what `name` stands for, and bring its value where that is data."""
        reply = self._ask("kind", seconds, name=name)
        if reply.get("missing") is True:
            return Named("missing")
        value = self._value(reply)
        if not isinstance(value, Handle):
            return Named("data", value)
        return Named(value.kind if value.kind in ("function", "class") else "handle", None, value)

    def call(self, target: Handle | str, args: tuple = (), kwargs: dict | None = None, seconds: float | None = None):
        """Call a function of the candidate's, and return what it returned; raises `CandidateError`."""
        return self._value(self._seeded("call", seconds, target=target, arguments=tuple(args), keywords=kwargs or {}))

    def get(self, handle: Handle, attribute: str, seconds: float | None = None):
        """Return an attribute of an object; a method is a handle, which can be called."""
        return self._value(self._seeded("get", seconds, target=handle, attribute=attribute))

    def set(self, handle: Handle, attribute: str, value, seconds: float | None = None) -> None:
        """Set an attribute of an object."""
        self._value(self._seeded("set", seconds, target=handle, attribute=attribute, value=value))

    def again(self, names: tuple[str, ...], data: dict, seconds: float | None = None) -> dict:
        """Run the last cell that assigns `names` again with other data, and return what they are then."""
        found = self._value(self._seeded("again", seconds, names=tuple(names), data=data))
        if not isinstance(found, dict) or set(found) != set(names):
            self._leave("wire")
        return found

    def stand_in(self, name: str, function: Callable | None, seconds: float | None = None) -> None:
        """Let `function`, which runs here, stand in for the student's `name`; None puts back what was there.

        A dotted name is a method: its `self` arrives as a handle.
        """
        self._offered.pop(self._stand_ins.pop(name, 0), None)
        if function is not None:
            self._stand_ins[name] = self._offer(function).number
        callback = Callback(self._stand_ins[name], name) if function is not None else None
        self._value(self._ask("bind", seconds, name=name, value=callback))

    # -------------------------------------------------------------------------------------------------------- the line
    def _seeded(self, what: str, seconds: float | None, **content) -> dict:
        """Ask with the examiner's random numbers, and take them over as they are afterwards."""
        limit = seconds or self.limits.cell_seconds
        reply = self._ask(what, limit, GRACE, random=current(), limit=limit, **content)
        state = reply.get("random")
        if state is not None:
            try:
                np.random.set_state(checked(state))
            except WireError:
                self._leave("wire")
        self._warn(reply.get("warnings"))
        return reply

    def _ask(self, what: str, seconds: float | None = None, grace: float = GRACE, **content) -> dict:
        """Send a request, and hear whatever comes until its reply does."""
        if self.gone:
            raise self.gone
        if not self._depth:
            self.line.received = self._back = 0
        before = set(self._offered)
        self._number += 1
        self._open.add(number := self._number)
        try:
            message = encode({"do": what, "number": number, **content}, self._offer)
        except WireError as error:
            raise TypeError(str(error)) from None  # it is the examiner who hands over what is no data
        clock = Clock(seconds or self.limits.cell_seconds, grace)
        self._depth += 1
        try:
            self.line.send(message)
            return self._answer(number, clock)
        except Over as over:
            self._leave(*why(over.report))
        except WireError:
            self._leave("wire")
        except Late:
            self._late(clock, interrupt=not grace)
        except (CandidateError, CandidateGone):
            raise
        except BaseException:  # an alarm of the caller's, in the middle of a message: the rest would make no sense
            self._end("time", seconds=clock.seconds)
            raise
        finally:
            self._depth -= 1
            if not self._depth:
                if clock.elapsed() > A_MOMENT and not self.gone:
                    clock.credit_for(self._waited())
                self.used += clock.spent()
            for offer in self._offered.keys() - before:
                del self._offered[offer]

    def _offer(self, value) -> Callback | None:
        """Let the candidate call a function of ours, for as long as it is asked about it."""
        if not callable(value):
            return None
        self._offers += 1
        self._offered[self._offers] = value
        return Callback(self._offers, str(getattr(value, "__name__", "")))

    def _answer(self, number: int, clock: Clock) -> dict:
        """Return the reply to request `number`."""
        while number not in self._early:
            try:
                message = self.line.receive(clock.deadline())
            except Late:
                if not clock.credit_for(self._waited()):
                    raise
                continue
            self._take(message)
        return self._early.pop(number)

    def _waited(self) -> float:
        """Return for how many seconds more, since this was asked last, the machine let the candidate wait."""
        before, self._waited_before = self._waited_before, max(self.line.waited(), self._waited_before)
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

    def _late(self, clock: Clock, interrupt: bool) -> None:
        """Stop what runs too long; a cell may say where it was, before its process ends."""
        if interrupt:
            self.line.interrupt()
            with contextlib.suppress(Late, Over, WireError, CandidateGone):
                while not self._early:
                    self._take(self.line.receive(clock.deadline() + GRACE))
        self._leave("time", seconds=clock.seconds)

    def _event(self, message: dict) -> None:
        if type(message["event"]) is not str:
            raise WireError("a message reports something unknown")
        most = FLOOD_BYTES * (self.limits.cell_figures + self.limits.cell_output)
        if message["event"] == "flood" or self.line.received > most:
            self._leave("output")
        if self._outputs is not None:
            self._outputs.add(message)
            return
        heard = Outputs(self.limits, Kept())  # the same checks, for what a called function prints and shows
        heard.add(message)
        for output in heard.found:
            if output.output_type == "stream":
                (sys.stderr if output.name == "stderr" else sys.stdout).write(output.text)
            elif self.display:
                self.display(output)

    def _call_back(self, message: dict) -> None:
        """Run the stand-in that the candidate asks for, and send what it returns."""
        function = self._offered.get(message["ask"])
        arguments, keywords = message.get("arguments"), message.get("keywords")
        self._back += 1
        if self._back > MOST_BACK:
            raise WireError("a stand-in is called without end")
        if function is None or not isinstance(arguments, tuple) or not isinstance(keywords, dict):
            raise WireError("a message asks for what is not on offer")
        before = current()
        np.random.set_state(checked(message.get("random")))
        outputs, self._outputs = self._outputs, None
        try:
            answer = {"value": function(*arguments, **{str(name): value for name, value in keywords.items()})}
        except (CandidateGone, Over, Late, WireError):
            raise
        except Exception as error:
            answer = {"raised": [type(error).__name__, str(error)[:300]]}
        finally:
            state = current()
            np.random.set_state(before)
            self._outputs = outputs
        try:
            reply = encode({"answer": True, "random": state, **answer}, self._offer)
        except WireError as error:
            reply = encode({"answer": True, "random": state, "raised": ["TypeError", str(error)]})
        self.line.send(reply)

    def _value(self, reply: dict):
        if "raised" in reply:
            raise CandidateError(self._trouble(reply["raised"]))
        if "value" not in reply:
            self._leave("wire")
        return reply["value"]

    def _trouble(self, told) -> Trouble:
        kinds = {"kind": str, "message": str, "function": str, "line": str, "line_number": int, "called": bool,
                 "missing_name": str}  # fmt: skip
        if not isinstance(told, dict) or any(type(told.get(name)) is not kind for name, kind in kinds.items()):
            self._leave("wire")
        return Trouble(**{name: told[name][:1000] if kind is str else told[name] for name, kind in kinds.items()})

    def _warn(self, told) -> None:
        for entry in told[:MOST_WARNINGS] if isinstance(told, list) else ():
            if isinstance(entry, tuple) and len(entry) == 2 and all(type(part) is str for part in entry):
                category = WARNINGS.get(entry[0], UserWarning)
                warnings.warn(entry[1][:1000], category, stacklevel=4)

    # --------------------------------------------------------------------------------------------------------- the end
    def _leave(self, reason: str, how: str = "", seconds: float = 0.0):
        """End the candidate, and raise `CandidateGone`."""
        self._end(reason, how, seconds)
        raise self.gone from None

    def _end(self, reason: str, how: str = "", seconds: float = 0.0) -> None:
        self.gone = self.gone or CandidateGone(reason, sentence(reason, self.limits, seconds, how))
        self.line.end()


WARNINGS = {
    kind.__name__: kind
    for kind in (
        Warning, UserWarning, RuntimeWarning, DeprecationWarning, FutureWarning, SyntaxWarning, ResourceWarning,
        PendingDeprecationWarning, ImportWarning, UnicodeWarning, BytesWarning, np.exceptions.ComplexWarning,
        np.exceptions.VisibleDeprecationWarning,
    )
}  # fmt: skip
