"""Answer the examiner's questions in the student's process: run a cell, call a function, say what a name stands for."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import warnings
from functools import partial
from typing import Unpack

import numpy as np

from backprop import data
from backprop.again import again_in
from backprop.answers.attempt import Trouble, as_usual, known_kind
from backprop.answers.changes import copied, find, first_change
from backprop.answers.one_change import as_data as changes_as_data
from backprop.answers.one_change import one_change, put_back
from backprop.answers.plain import Described, plain
from backprop.answers.steps import as_data, followed, function_named

from ..wire import CHUNK, Callback, Frames, decode
from ..wire.messages import Answer, How, ReplyContent, Trial
from .array_like import called
from .calls import Elsewhere, FairAlarm, exception_named, trouble
from .held import held
from .objects import Objects, is_more_than_data
from .output_capture import OutputCapture
from .rest_of_cell import run_rest
from .shell import take_over
from .unstopped import UNSTOPPED
from .within import Within

MOST_WARNINGS = 50
MISSING = object()
MOST_FILES = 1 << 20  # that the fork server may ever have open


class Gone(BaseException):
    """The examiner has closed the line."""


class Server:
    """One student's shell, and what the examiner asks of it."""

    def __init__(self, wire, shell):
        self.wire, self.shell = wire, shell
        self.frames = Frames()
        self.objects = Objects()
        self.busy = False
        self.capture: OutputCapture  # from the first request on, which is `start`
        self.pid = 0  # of this process, from then on
        self.replaced: dict[str, object] = {}  # what has a stand-in
        self.within: Within | None = None  # where tests run here too

    def receive(self):
        while (message := self._taken()) is None:
            select.select([self.wire], [], [])
            with UNSTOPPED:  # what is taken off the line must not get lost
                data = self.wire.recv(CHUNK)
                self.frames.feed(data)
            if not data:
                raise Gone
        return decode(message)

    def _taken(self) -> bytes | None:
        with UNSTOPPED:
            return self.frames.next()

    def reply(self, number: int, content: ReplyContent) -> None:
        self.capture.flush()
        try:
            self.capture.send({"reply": number, **content}, self.objects.handle)
        except Exception as error:  # too large, or an object of the student's that does not bear being looked at
            self.capture.send({"reply": number, "raised": vars(Trouble(type(error).__name__, str(error)[:300]))})

    def loop(self) -> None:
        """Answer until the examiner closes the line."""
        signal.signal(signal.SIGINT, self._interrupted)
        while True:
            request = self.receive()
            if "answer" in request:  # of a stand-in for which nobody waits any more: its time was over
                continue
            if self.pid:
                self.capture.begin()
            self._serve(request)

    def _serve(self, request: dict) -> None:
        number = request.pop("number")
        put_back()  # whatever was interrupted: no answer is ever judged with a change that was tried
        outer, self.busy = self.busy, True
        try:
            content: ReplyContent = getattr(self, "do_" + request.pop("do"))(**self.objects.inward(request, self.ask))
        except (LookupError, OSError, KeyboardInterrupt) as error:  # a handle of another student's, a full disk
            content = {"raised": vars(trouble(error, 0))}
        finally:
            self.busy = outer
        if os.getpid() != self.pid:  # a process that was forked off in the middle of a cell: its work is done
            os._exit(0)
        self.reply(number, content)

    def _interrupted(self, *_) -> None:
        if self.busy and not UNSTOPPED.put_off(KeyboardInterrupt):
            raise KeyboardInterrupt

    def do_start(self, files: dict, folder: str, pictures: int, cell_output: int, flood: int) -> ReplyContent:
        """Write the files of the submission, and get ready for its first cell."""
        self.pid = os.getpid()
        os.mkdir(folder)
        os.chdir(folder)
        for name, content in files.items():
            if os.path.dirname(name):
                os.makedirs(os.path.dirname(name), exist_ok=True)
            with open(name, "wb") as file:
                file.write(content)
        self.capture = OutputCapture(self.wire, cell_output, flood)
        take_over(self.shell, self.capture)
        data.train_with(pictures or None)
        return {"value": True}

    def do_trust(self, modules: list) -> ReplyContent:
        """Get ready for tests that run here, before any of the student's code does."""
        self.within = Within(self.shell, modules)
        return {"value": True}

    def do_run(self, source: str, number_in_brackets: int | None, keep: tuple | None) -> ReplyContent:
        """Run a cell; what `keep` names are then the source's, for it is a locked one."""
        if number_in_brackets is not None:
            self.shell.execution_count = number_in_brackets

        def step():
            return self.shell.run_cell(source, store_history=True)

        result = step() if keep is None or self.within is None else self.within.run_locked(step, keep)
        run_rest(self.shell, source, result)
        return {"count": result.execution_count or 0, "exited": self.shell.ended}

    def do_judge(
        self, source: str, names: tuple, students: tuple, keep: tuple, imports: tuple, changing: tuple | None, word: str
    ) -> ReplyContent:
        """Run a test cell here; `word` is said again, since nobody else in this process was told it."""
        if self.within is None:
            self.within = Within(self.shell, ())
        found = self.within.judge(source, names, students, keep, imports, changing)
        return {"value": {**found, "word": word}, "exited": self.shell.ended}

    def do_kind(self, name: str) -> ReplyContent:
        """Say what a name stands for."""
        if name not in self.shell.user_ns:
            return {"missing": True}
        return {"value": self.shell.user_ns[name], "more": is_more_than_data(self.shell.user_ns[name])}

    def do_call(
        self, target, arguments: tuple, keywords: dict, follow: str, trial: Trial, **how: Unpack[How]
    ) -> ReplyContent:
        """Call a function of the student's; says too which argument it has changed, what the lines of the function
        `follow` bind, where one is named, and which change was tried for this call, where one was wanted."""
        before, names = copied(arguments), self.shell.user_ns
        function, line, number = trial or ("", 0, 0)
        changing = one_change(function_named(names, function) if trial else None, line, number)
        with changing as tried, followed(function_named(names, follow) if follow else None) as steps:
            reply = self._attempt(lambda: called(self._named(target), arguments, keywords), **how)
        if follow:
            reply["steps"] = as_data(steps)
        if trial:
            reply["tried"] = changes_as_data(tried)
        place = first_change(arguments, before)
        if place is not None and "value" in reply:
            reply["changed"] = vars(find(self._named(target), place))
        return reply

    def do_get(self, target, attribute: str, **how: Unpack[How]) -> ReplyContent:
        return self._attempt(lambda: getattr(target, attribute), **how)

    def do_plain(self, target, **how: Unpack[How]) -> ReplyContent:
        """Describe an object as plain data, if it is a table, a figure or the like: [its noun, its parts]."""

        def told():
            value = plain(target)
            return [value.noun, dict(value)] if isinstance(value, Described) else ["", value]

        return self._attempt(told, **how)

    def do_held(self, target, **how: Unpack[How]) -> ReplyContent:
        return self._attempt(lambda: held(target), **how)

    def do_set(self, target, values: dict, **how: Unpack[How]) -> ReplyContent:
        def step():
            for attribute, value in values.items():
                setattr(target, attribute, value)

        return self._attempt(step, **how)

    def do_again(self, names: tuple, data: dict, **how: Unpack[How]) -> ReplyContent:
        """Run the cell that assigns `names` again, on other data."""
        return self._attempt(lambda: again_in(self.shell.user_ns, names, data), **how)

    def do_bind(self, name: str, value) -> ReplyContent:
        """Put `value` in the place of what has a name in the notebook, or a dotted one; None puts back what was."""
        home, _, attribute = name.rpartition(".")
        names = vars(self.shell.user_ns[home]) if home else self.shell.user_ns
        put = partial(setattr, self.shell.user_ns[home]) if home else names.__setitem__
        if value is not None:
            self.replaced.setdefault(name, names.get(attribute, MISSING))
            put(attribute, value)
        elif name in self.replaced:
            before = self.replaced.pop(name)
            if before is not MISSING:
                put(attribute, before)
            elif home:
                delattr(self.shell.user_ns[home], attribute)
            else:
                names.pop(attribute, None)
        return {"value": None}

    def _named(self, target):
        if not isinstance(target, str):
            return target
        if target not in self.shell.user_ns:
            raise NameError(f"name {target!r} is not defined", name=target)
        return self.shell.user_ns[target]

    def _attempt(self, step, random: tuple, limit: float) -> ReplyContent:
        """Do `step` within `limit` seconds, with the examiner's random numbers, and without using up the student's."""
        before = np.random.get_state()
        np.random.set_state(random)
        with warnings.catch_warnings(record=True) as caught, as_usual():
            warnings.simplefilter("always")
            alarm = FairAlarm(limit)
            try:
                value = alarm.run(step)
                content: ReplyContent = {"value": value, "more": is_more_than_data(value)}
            except BaseException as error:  # `exit()` and the alarm among them
                content = {"raised": vars(trouble(error, limit))}
            finally:
                alarm.end()
        drawn = np.random.get_state()
        state = drawn if isinstance(drawn, tuple) else None  # of a generator that is not NumPy's usual one
        np.random.set_state(before)
        told = [(known_kind(warning.category), str(warning.message)) for warning in caught[:MOST_WARNINGS]]
        return {**content, "random": state, "warnings": told, "exited": self.shell.ended}

    def _awaited(self):
        with Elsewhere.waiting():
            return self.receive()

    def ask(self, callback: Callback, arguments: tuple, keywords: dict):
        """Call a function of the examiner's, and return what it returned; it may ask for things here meanwhile."""
        self.capture.flush()
        state = np.random.get_state()
        self.capture.send(
            {"ask": callback.number, "arguments": arguments, "keywords": keywords, "random": state}, self.objects.handle
        )
        while "answer" not in (message := self._awaited()):
            self._serve(message)
        answer: Answer = self.objects.inward(message, self.ask)
        np.random.set_state(answer["random"])
        if "raised" in answer:
            raise exception_named(answer["raised"][0])(answer["raised"][1])
        return answer["value"]


def serve(wire, shell) -> None:
    """Serve one student's process until the examiner closes the line."""
    os.closerange(3, wire.fileno())
    os.closerange(wire.fileno() + 1, MOST_FILES)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    wire.set_inheritable(False)
    os.register_at_fork(after_in_child=wire.close)
    with contextlib.suppress(Gone):
        Server(wire, shell).loop()
