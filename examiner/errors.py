"""The exceptions of the examiner's own side, in one tree.

`ExaminerError` is the branch that a command ends with: whoever catches it shows its sentence to an instructor. The
other branches say what a student's process or one file did, and are always caught here; beside it, they are never
mistaken for a fault of the course. This file is mounted into the sandbox, for `WireError`, and so it imports nothing.

What `wire` and `guest` raise stays in their folders, since nothing else is mounted: `WireError` and `server.Gone`. So
do the two signals within `freezing/bench.py`, which never leave it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from backprop.answers.attempt import Trouble

# Why a process was ended, or not even started.
Reason = Literal["time", "memory", "processes", "output", "died", "wire", "files"]


class Error(Exception):
    """Base of every exception that the examiner raises on purpose."""


# ------------------------------------------------------------------------------------------------ what a person repairs
class ExaminerError(Error):
    """Something an instructor has to repair; the message says what, and with which command or edit."""


class ForkServerEnded(ExaminerError):
    """The sandbox itself has ended, which is no student's fault."""


class Unreadable(ExaminerError):
    """What was handed in cannot be read as a notebook; the message says why."""


# ------------------------------------------------------------------------------------------------- a student's process
class StudentProcessEnded(Error):
    """The student's process has ended, or was ended: `reason` says why."""

    def __init__(self, reason: Reason, sentence: str):
        super().__init__(sentence)
        self.reason = reason


class StudentCodeError(Error):
    """The student's code raised; `trouble` says what and where."""

    def __init__(self, trouble: Trouble):
        super().__init__(f"{trouble.kind}: {trouble.message}")
        self.trouble = trouble


class DeadlinePassed(Error):
    """Nothing has come from the student's process in time."""


class ChannelClosed(Error):
    """The student's process has ended; `report` is what its watchdog says of that."""

    def __init__(self, report: dict):
        super().__init__(str(report))
        self.report = report


class Overdue(Error):
    """One of our forks was ended because it took too much time or memory."""


# ------------------------------------------------------------------------------------------------ what a test cell sees
class Raised(Error):
    """An exception of the student process's; each has the class that a test cell would have to catch in a notebook."""

    def __init__(self, trouble: Trouble):
        self.trouble = trouble
        if isinstance(self, NameError):
            self.name = trouble.missing_name

    def __str__(self) -> str:
        return self.trouble.message


class Ended(Error):
    """The student's process ended in the middle of a call, or was ended; the message says why."""

    def __init__(self, trouble: Trouble):
        super().__init__(trouble.message)
        self.trouble = trouble


# ------------------------------------------------------------------------------------------------------------- one file
class NotRegular(Error, OSError):
    """What is there is not a regular file; `mode` says what it is, as `os.stat` does."""

    def __init__(self, name: str, mode: int):
        super().__init__(f"{name} is not a file")
        self.mode = mode


class FileRefused(Error):
    """One file of an archive is left out; the message says why."""


class UnknownStudent(Error):
    """Nobody can say whose a file is; the message says what to do."""
