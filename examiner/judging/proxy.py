"""What a test cell sees of the candidate: functions, classes and objects, reached across the process boundary.

Calls hand over data and bring back data. What is no data stays with the candidate, and is known here by a handle. No
code of the student's runs in this process, and nothing that comes back is more than a value or a sentence.
"""

from __future__ import annotations

import builtins
from dataclasses import replace
from functools import lru_cache

import numpy as np

from backprop.answers.attempt import TookTooLong, Trouble, printable
from backprop.explain.exceptions import ENDED

from ..runner.forkserver import CandidateError, CandidateGone
from ..wire import Handle

LONGEST = 300  # letters of what a candidate says of its errors
NOT_TAKEN_OVER = (StopIteration, StopAsyncIteration, ExceptionGroup)  # loops end by the first two, without a word
NOWHERE = "<lambda>"  # where no line of the student's is to blame
KINDS = 256  # of exceptions and objects that are remembered; a candidate may make up as many as it likes


class Raised(Exception):
    """An exception of the candidate's; each has the class that a test cell would have to catch in a notebook."""

    def __init__(self, trouble: Trouble):
        self.trouble = trouble
        if isinstance(self, NameError):
            self.name = trouble.missing_name

    def __str__(self) -> str:
        return self.trouble.message


class Ended(Exception):
    """The candidate's process ended in the middle of a call, or was ended; the message says why."""

    def __init__(self, sentence: str):
        super().__init__(sentence)
        self.trouble = Trouble(ENDED, sentence, NOWHERE)


class Object:
    """An object of the candidate's that is no data; its attributes and methods are asked for one by one."""

    __slots__ = ("_handle", "_sitting")

    def __init__(self, sitting, handle: Handle):
        object.__setattr__(self, "_sitting", sitting)
        object.__setattr__(self, "_handle", handle)

    def __getattr__(self, name: str):
        if name.startswith("__"):  # how an object behaves is not for the candidate to say: it would be asked by NumPy
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
        return _ask(self._sitting, "get", self._handle, name)

    def __setattr__(self, name: str, value) -> None:
        _ask(self._sitting, "set", self._handle, name, handed_over(value))


class Function(Object):
    """A function, class or method of the candidate's."""

    __slots__ = ()

    def __call__(self, *args, **kwargs):
        return _ask(self._sitting, "call", self._handle, handed_over(args), handed_over(kwargs))


class Class(Function):
    """A class of the candidate's; an instance of it is one as the candidate says."""

    __slots__ = ()

    def __instancecheck__(self, value) -> bool:
        if not isinstance(type(value), type) or not issubclass(type(value), Object):
            return False
        line = _ask(
            self._sitting, "get", handed_over(_ask(self._sitting, "get", value._handle, "__class__")), "__mro__"
        )
        return any(getattr(handed_over(one), "number", None) == self._handle.number for one in line)


KINDS_OF_PROXY = {"function": Function, "class": Class}


def of_name(sitting, name: str) -> tuple[object, bool]:
    """Return what the candidate has under `name`, and whether it stays so until its next cell: data may change.

    Raises `KeyError` where it has nothing.
    """
    named = _ask(sitting, "kind", name)
    if named.kind == "missing":
        raise KeyError(name)
    return seen(sitting, named.value if named.handle is None else named.handle), named.handle is not None


def seen(sitting, value):
    """Return `value`, as it came from the candidate, with a proxy in place of each handle."""
    if isinstance(value, Handle):
        kind = KINDS_OF_PROXY.get(value.kind, Object)
        return _proxy_class(kind, printable(value.type_name)[:LONGEST])(sitting, value)
    if type(value) in (list, tuple):
        return type(value)(seen(sitting, part) for part in value)
    if type(value) is dict:
        return {key: seen(sitting, part) for key, part in value.items()}
    return value


def handed_over(value):
    """Return `value` as it goes to the candidate: with the handle in place of each proxy."""
    if isinstance(value, Object):
        return object.__getattribute__(value, "_handle")
    if type(value) in (list, tuple):
        return type(value)(handed_over(part) for part in value)
    if type(value) is dict:
        return {key: handed_over(part) for key, part in value.items()}
    return value


def _ask(sitting, what: str, *args):
    try:
        return seen(sitting, getattr(sitting, what)(*args))
    except CandidateError as error:
        problem = error_of(error.trouble, sitting.allowed)
    except CandidateGone as gone:
        problem = stopped(Trouble("", "", NOWHERE), sitting.allowed) if gone.reason == "time" else Ended(str(gone))
    raise problem  # here, and not above: it should not seem to come from our own trouble with the wire


def error_of(trouble: Trouble, allowed: float) -> BaseException:
    """Return the exception to raise for what went wrong in the candidate; its words are not to be trusted.

    `allowed` are the seconds that it had.
    """
    said = {name: printable(getattr(trouble, name))[:LONGEST] for name in ("kind", "message", "function", "line")}
    trouble = replace(trouble, missing_name=printable(trouble.missing_name)[:LONGEST], **said)
    if trouble.kind == TookTooLong.__name__:
        return stopped(trouble, allowed)
    return _error_class(trouble.kind)(trouble)


def stopped(trouble: Trouble, allowed: float) -> TookTooLong:
    error = TookTooLong()
    said = f"it was stopped after {allowed:g} second{'' if allowed == 1 else 's'}"
    error.trouble = replace(trouble, kind=TookTooLong.__name__, message=said)
    return error


@lru_cache(KINDS)
def _error_class(kind: str) -> type[Raised]:
    """Return a class of this name, which is the exception of that name too where Python or NumPy has one."""
    for home in (builtins, np.exceptions, np.linalg):
        known = getattr(home, kind, None)
        if isinstance(known, type) and issubclass(known, Exception) and not issubclass(known, NOT_TAKEN_OVER):
            return type(kind, (Raised, known), {})
    return type(kind, (Raised,), {})


@lru_cache(KINDS)
def _proxy_class(kind: type[Object], name: str) -> type[Object]:
    return type(name, (kind,), {"__slots__": ()})
