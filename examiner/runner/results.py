"""What a student's process answers, as data, and the sentences that say how it ended."""

from __future__ import annotations

import signal
from dataclasses import dataclass
from typing import Literal

from nbformat import NotebookNode

from ..errors import Reason
from ..guest.protocol import END
from ..wire import Handle
from .limits import Limits, MiB

SENTENCES: dict[Reason, str] = {
    "time": "It was stopped after {seconds:g} seconds. Is there a loop that never ends?",
    "memory": "It used more than {memory:,} MB of memory, so its process was ended.",
    "processes": "It started more than {processes} processes or threads, so it was ended.",
    "output": "It printed far more than the {output:,} characters that are kept of a cell, so it was ended.",
    "died": "Python itself ended in it{how}.",
    "wire": "Its process answered in a way that no notebook does, so it was ended.",
}


@dataclass(frozen=True)
class Ran:
    """The outcome of a cell: its outputs, and, where it ended its student's process, the reason and a sentence."""

    outputs: list[NotebookNode]
    ended: Reason | Literal[""] = ""
    sentence: str = ""
    seconds: float = 0.0  # that it really got
    count: int | None = None  # the number in its brackets

    @property
    def failed(self) -> bool:
        """Whether it ended with an error, or ended its process."""
        return bool(self.ended) or any(output.output_type == "error" for output in self.outputs)


@dataclass(frozen=True)
class WithinTest:
    """A test cell that runs in the student's process, and the names in it that are not the student's."""

    source: str
    names: tuple[str, ...] = ()  # that locked cells and earlier tests have bound
    students: tuple[str, ...] = ()  # of Python's own, which the assignment lets students define
    keep: tuple[str, ...] = ()  # that it binds itself
    imports: tuple[tuple[str, str, str], ...] = ()  # name, module, and part of it or ""
    changing: tuple[str, ...] | None = ()  # of `names`: values that a right answer changes too; None: any may be one


@dataclass(frozen=True)
class Judged:
    """What the student's process says of a test cell that ran there; nobody vouches for it."""

    passed: bool
    ran: Ran
    number: float | None = None  # its last line, where that is a number
    kind: str = ""  # of the exception with which it failed
    message: str = ""
    line: int = 0  # of the test, in which it failed
    changed: tuple[str, ...] = ()  # names of the source's whose values were not what they had been


@dataclass(frozen=True)
class Named:
    """What a name stands for in the student's process."""

    kind: str  # missing | function | class | data | handle
    value: object = None  # of data
    handle: Handle | None = None  # of anything else


def sentence(reason: Reason, limits: Limits, seconds: float = 0.0, how: str = "") -> str:
    """Say why a student's process was ended."""
    return SENTENCES[reason].format(
        seconds=seconds, memory=limits.memory // MiB, processes=limits.processes, output=limits.cell_output, how=how
    )


def why(report: dict) -> tuple[Reason, str]:
    """Return the reason and a few words more, for what a watchdog reports of an end."""
    ended, code = report.get("ended"), report.get("exit", 0)
    if ended in ("memory", "processes"):
        return ended, ""
    if ended == END.decode():  # it had closed its line, and went on
        return "wire", ""
    if code > 128:
        name = signal.Signals(code - 128).name if code - 128 in signal.valid_signals() else str(code - 128)
        return "died", f" (signal {name})"
    return "died", f" (exit code {code})"
