"""A student's process, as the examiner sees it: run its cells, call its functions, ask for its values.

What was wrong in the student's code is a `StudentCodeError`; where the student's process itself is at its end,
`StudentProcessEnded` says why.
"""

from __future__ import annotations

import contextlib
import secrets
import warnings
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from backprop.answers.attempt import Trouble, printable
from backprop.answers.changes import Change
from backprop.answers.one_change import from_data as changes_from
from backprop.answers.small_changes.candidates import OneChange
from backprop.answers.steps import Step, from_data

from ..errors import ExaminerError, ForkServerEnded, StudentCodeError, StudentProcessEnded
from ..guest.protocol import FAILED
from ..sandbox.launch import refusal
from ..wire import Callback, Handle, WireError
from ..wire.messages import Call, Judge, Run, Seeded, Trial
from .channel import FORK_SERVER, Channel
from .limits import Limits
from .outputs import Outputs
from .random_state import after, checked, current
from .results import Judged, Named, Ran, WithinTest
from .rpc import GRACE, RpcClient

START_SECONDS = 60
MOST_WARNINGS = 100
MOST_OF_A_MESSAGE = 2000


class StudentProcess(RpcClient):
    """One student's process; a context manager, at whose end all that it started is ended."""

    def __init__(self, channel: Channel, limits: Limits, sandboxed: bool):
        super().__init__(channel, limits, sandboxed)
        self._stand_ins: dict[str, int] = {}
        self.change: Change | None = None  # of an argument, by the last call
        self.lost = False  # whether a value came without the methods that it has there
        self.follow = ""  # the exercise's function whose lines are followed during calls
        self.steps: list[Step] = []  # what they have bound in the last call
        self.trial: Trial = ()  # one change to a function, with which calls run
        self.tried: list[OneChange] = []  # which change that was in the last call

    def start(self, files: dict[str, bytes], folder: str, pictures: int = 0) -> None:
        """Send the files of the submission, which are put into a folder of this name.

        `pictures` is how many of MNIST's there are to train with; 0 for all.
        """
        limits = self.limits
        try:
            reply = self._ask(
                {
                    "do": "start",
                    "files": files,
                    "folder": folder,
                    "pictures": pictures,
                    "cell_output": limits.cell_output,
                    "flood": limits.flood,
                },
                START_SECONDS,
            )
        except StudentProcessEnded:
            ended = (self.channel.report or {}).get("ended", "")
            if ended == FORK_SERVER:
                raise ForkServerEnded("The sandbox has ended by itself.") from None
            if ended.startswith(FAILED):
                raise ExaminerError(refusal(ended)) from None
            raise
        self._value(reply)
        self.used = 0.0

    # --------------------------------------------------------------------------------------------------- what is asked
    def trust(self, modules: Sequence[str]) -> None:
        """Let it get ready for tests that run there; these are the modules that they use."""
        self._value(self._ask({"do": "trust", "modules": list(modules)}, START_SECONDS))
        self.used = 0.0

    def run(
        self,
        source: str,
        seconds: float | None = None,
        number: int | None = None,
        keep: tuple[str, ...] | None = None,
    ) -> Ran:
        """Run a cell for at most `seconds`; `number` is the one in its brackets, if it is not simply the next.

        `keep` are the names that a locked cell of the source's binds.
        """
        reply, ran = self._run({"do": "run", "source": source, "number_in_brackets": number, "keep": keep}, seconds)
        count = reply.get("count")
        return replace(ran, count=count) if type(count) is int and not ran.ended else ran

    def judge(self, test: WithinTest, seconds: float | None = None) -> Judged:
        """Run a test cell there, and return what the process says of it."""
        word = secrets.token_hex(8)
        reply, ran = self._run(
            {
                "do": "judge",
                "source": test.source,
                "names": test.names,
                "students": test.students,
                "keep": test.keep,
                "imports": test.imports,
                "changing": test.changing,
                "word": word,
            },
            seconds,
        )
        if ran.ended:
            return Judged(False, ran)
        told = reply.get("value")
        if not isinstance(told, dict) or told.get("word") != word or type(told.get("passed")) is not bool:
            gone = self._end("wire")
            return Judged(False, Ran(ran.outputs, gone.reason, str(gone), ran.seconds))
        error, number = told.get("error"), told.get("number")
        number = number if type(number) is float else None
        names = told.get("changed")
        changed = tuple(name for name in names if type(name) is str) if type(names) is list else ()
        if told["passed"]:
            return Judged(True, ran, number, changed=changed)
        error = error if isinstance(error, dict) else {}
        kind, said, line = (error.get(key) for key in ("kind", "message", "line"))
        return Judged(
            False,
            ran,
            kind=printable(kind)[:200] if type(kind) is str else "Error",
            message=said[:MOST_OF_A_MESSAGE] if type(said) is str else "",
            line=line if type(line) is int else 0,
            changed=changed,
        )

    def _run(self, request: Run | Judge, seconds: float | None) -> tuple[dict, Ran]:
        """Ask for a cell to be run, and return the reply and its outcome."""
        if self.gone:
            raise self.gone
        self._outputs = outputs = Outputs(self.limits, self._kept)
        before, seconds = self.used, seconds or self.limits.cell_seconds
        try:
            reply = self._ask(request, seconds, 0)
        except StudentProcessEnded as gone:
            return {}, Ran(outputs.found, gone.reason, str(gone), self.used - before)
        finally:
            self._outputs = None
        if self.channel.full():  # even where it has caught the error: whatever runs next would have to suffer for it
            with contextlib.suppress(StudentProcessEnded):
                self._leave("memory")
            return {}, Ran(outputs.found, "memory", str(self.gone), self.used - before)
        return reply, Ran(outputs.found, "", "", self.used - before)

    def kind(self, name: str, seconds: float | None = None) -> Named:
        """Say what `name` stands for, and bring its value where that is data."""
        reply = self._ask({"do": "kind", "name": name}, seconds)
        if reply.get("missing") is True:
            return Named("missing")
        value = self._value(reply)
        if not isinstance(value, Handle):
            return Named("data", value)
        return Named(value.kind if value.kind in ("function", "class") else "handle", None, value)

    def call(self, target: Handle | str, args: tuple = (), kwargs: dict | None = None, seconds: float | None = None):
        """Call a function of the student's, and return what it returned; raises `StudentCodeError`."""
        how: Call = {
            "do": "call", "target": target, "arguments": tuple(args), "keywords": kwargs or {}, "follow": self.follow,
            "trial": self.trial,
        }  # fmt: skip
        self.tried = []
        reply = self._seeded(how, seconds)
        self.tried = changes_from(reply.get("tried")) if self.trial else []
        self.change = self._change(reply.get("changed"))
        self.steps = from_data(reply.get("steps")) if self.follow else []
        return self._value(reply)

    def get(self, handle: Handle, attribute: str, seconds: float | None = None):
        """Return an attribute of an object; a method is a handle, which can be called."""
        return self._value(self._seeded({"do": "get", "target": handle, "attribute": attribute}, seconds))

    def plain(self, handle: Handle, seconds: float | None = None) -> tuple[str, object]:
        """Return an object as plain data, and the noun of what it is; "" where it is nothing that can be described."""
        found = self._value(self._seeded({"do": "plain", "target": handle}, seconds))
        if type(found) is not list or len(found) != 2 or type(found[0]) is not str:
            self._leave("wire")
        return found[0], found[1]

    def held(self, handle: Handle, seconds: float | None = None) -> dict:
        """Return by name the attributes of an object that can be read and set without running any of its code."""
        found = self._value(self._seeded({"do": "held", "target": handle}, seconds))
        if not isinstance(found, dict) or any(type(name) is not str for name in found):
            self._leave("wire")
        return found

    def set(self, handle: Handle, values: dict[str, object], seconds: float | None = None) -> None:
        """Set attributes of an object."""
        self._value(self._seeded({"do": "set", "target": handle, "values": values}, seconds))

    def again(self, names: tuple[str, ...], data: dict, seconds: float | None = None) -> dict:
        """Run the last cell that assigns `names` again with other data, and return what they are then."""
        found = self._value(self._seeded({"do": "again", "names": tuple(names), "data": data}, seconds))
        if not isinstance(found, dict) or set(found) != set(names):
            self._leave("wire")
        return found

    def stand_in(self, name: str, function: Callable | None, seconds: float | None = None) -> None:
        """Put `function`, which runs here, in the place of the student's `name`; None puts back what was there.

        A dotted name is a method: its `self` arrives as a handle.
        """
        self._offered.pop(self._stand_ins.pop(name, 0), None)
        if function is not None:
            self._stand_ins[name] = self._lend(function)
        callback = Callback(self._stand_ins[name], name) if function is not None else None
        self._value(self._ask({"do": "bind", "name": name, "value": callback}, seconds))

    def withdraw(self) -> None:
        """Let nothing be called any more that was passed to a call."""
        for offer in self._offered.keys() - set(self._stand_ins.values()):
            del self._offered[offer]

    # ------------------------------------------------------------------------------------------------ what is answered
    def _seeded(self, request: Seeded, seconds: float | None) -> dict:
        """Ask with the examiner's random numbers, and take them over as they are afterwards."""
        limit = seconds or self.limits.cell_seconds
        sent = current()
        reply = self._ask(request, limit, GRACE, random=sent, limit=limit)
        state = reply.get("random")
        if state is not None:
            try:
                np.random.set_state(after(sent, checked(state)))
            except WireError:
                self._leave("wire")
        self._warn(reply.get("warnings"))
        return reply

    def _value(self, reply: dict):
        if "raised" in reply:
            raise StudentCodeError(self._trouble(reply["raised"]))
        if "value" not in reply:
            self._leave("wire")
        self.lost |= reply.get("more") is True
        return reply["value"]

    def _trouble(self, told) -> Trouble:
        kinds = {"kind": str, "message": str, "function": str, "line": str, "line_number": int, "called": bool,
                 "missing_name": str, "base": str, "via": str}  # fmt: skip
        if not isinstance(told, dict) or any(type(told.get(name)) is not kind for name, kind in kinds.items()):
            self._leave("wire")
        return Trouble(**{name: told[name][:1000] if kind is str else told[name] for name, kind in kinds.items()})

    def _change(self, told) -> Change | None:
        """Return what a call has changed; it can only be held against the answer, so a lie gains nothing."""
        kinds = {"place": int, "line": str, "line_number": int}
        if not isinstance(told, dict) or any(type(told.get(name)) is not kind for name, kind in kinds.items()):
            return None
        return Change(told["place"], printable(told["line"])[:200], told["line_number"])

    def _warn(self, told) -> None:
        for entry in told[:MOST_WARNINGS] if isinstance(told, list) else ():
            if isinstance(entry, tuple) and len(entry) == 2 and all(type(part) is str for part in entry):
                category = WARNINGS.get(entry[0], UserWarning)
                warnings.warn(entry[1][:1000], category, stacklevel=4)


WARNINGS = {
    kind.__name__: kind
    for kind in (
        Warning, UserWarning, RuntimeWarning, DeprecationWarning, FutureWarning, SyntaxWarning, ResourceWarning,
        PendingDeprecationWarning, ImportWarning, UnicodeWarning, BytesWarning, np.exceptions.ComplexWarning,
        np.exceptions.VisibleDeprecationWarning,
    )
}  # fmt: skip
