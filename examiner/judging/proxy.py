"""What a test cell sees of the student's process: functions, classes and objects, reached across the process boundary.

Calls pass data and bring back data. What is no data stays with the student's process, and is known here by a
handle. No code of the student's runs in this process, and nothing that comes back is more than a value or a sentence.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import numpy as np

from backprop.answers.attempt import KNOWN_EXCEPTIONS, MOST_CALLERS, TookTooLong, Trouble, printable
from backprop.answers.plain import described
from backprop.explain.exceptions import ENDED

from ..errors import Ended, Raised, StudentCodeError, StudentProcessEnded
from ..wire import Handle
from .empty_sides import Hollow, came
from .lent import Lent

LONGEST = 300  # letters of what a student's process says of its errors
NOT_TAKEN_OVER = (StopIteration, StopAsyncIteration, ExceptionGroup)  # loops end by the first two, without a word
NOWHERE = "<lambda>"  # where no line of the student's is to blame
KINDS = 256  # of exceptions and objects that are remembered; a student's process may make up as many as it likes


class Object:
    """An object of the student's that is no data; its attributes and methods are asked for one by one."""

    __slots__ = ("_handle", "_runner")

    def __init__(self, runner, handle: Handle):
        object.__setattr__(self, "_runner", runner)
        object.__setattr__(self, "_handle", handle)

    def __getattr__(self, name: str):
        if name.startswith("__"):  # how an object behaves is not for the student to say: NumPy would ask
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
        return _ask(self._runner, "get", self._handle, name)

    def __plain__(self):
        return described(*_ask(self._runner, "plain", self._handle))

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"

    # What two objects make of each other, and whether one counts as true, is for their class to say, which is not here.
    # Python's own answer would be another one: any two are different, and each is true.
    def _elsewhere(self, *_):
        raise TypeError(f"an object of the class {type(self).__name__} cannot be compared outside of its notebook")

    __eq__ = __ne__ = __bool__ = __hash__ = _elsewhere

    def __setattr__(self, name: str, value) -> None:
        _ask(self._runner, "set", self._handle, {name: handed_over(value)})


class Function(Object):
    """A function, class or method of the student's."""

    __slots__ = ()

    def __call__(self, *args, **kwargs):
        return _ask(self._runner, "call", self._handle, handed_over(args), handed_over(kwargs))

    def __bool__(self) -> bool:
        return _is_only_itself(self) or self._elsewhere()

    def __eq__(self, other) -> bool:
        return isinstance(other, Function) and self._number() == other._number()

    def __ne__(self, other) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(self._number())

    def _number(self) -> int:
        return handed_over(self).number if _is_only_itself(self) else self._elsewhere()


FUNCTIONS = {"function", "builtin_function_or_method", "method", "ufunc"}


def _is_only_itself(function: Function) -> bool:
    """Tell whether something that can be called is equal to nothing else, and true; an object can be called too."""
    return isinstance(function, Class) or type(function).__name__ in FUNCTIONS


class Class(Function):
    """A class of the student's; an instance of it is one as the student's process says."""

    __slots__ = ()

    def __instancecheck__(self, value) -> bool:
        if not isinstance(type(value), type) or not issubclass(type(value), Object):
            return False
        line = _ask(self._runner, "get", handed_over(_ask(self._runner, "get", value._handle, "__class__")), "__mro__")
        return any(getattr(handed_over(one), "number", None) == self._handle.number for one in line)


KINDS_OF_PROXY = {"function": Function, "class": Class}


def of_name(runner, name: str) -> tuple[object, bool]:
    """Return what the student's process has under `name`, and whether it stays so until its next cell: data may change.

    Raises `KeyError` where it has nothing.
    """
    named = _ask(runner, "kind", name)
    if named.kind == "missing":
        raise KeyError(name)
    return seen(runner, named.value if named.handle is None else named.handle), named.handle is not None


def seen(runner, value):
    """Return `value`, as it came from the student's process, with a proxy in place of each handle."""
    if isinstance(value, Handle):
        kind = KINDS_OF_PROXY.get(value.kind, Object)
        runner.met_objects |= kind is Object
        return _proxy_class(kind, printable(value.type_name)[:LONGEST])(runner, value)
    if type(value) in (list, tuple):
        value = type(value)(seen(runner, part) for part in value)
    elif type(value) is dict:
        value = {key: seen(runner, part) for key, part in value.items()}
    if isinstance(value, np.ndarray) and not value.size:
        value = value.view(Hollow)
    came.note(value)
    return value


def handed_over(value):
    """Return `value` as it goes to the student's process: a handle for each proxy, and functions with a limit."""
    if isinstance(value, Object):
        return object.__getattribute__(value, "_handle")
    if type(value) in (list, tuple):
        return type(value)(handed_over(part) for part in value)
    if type(value) is dict:
        return {key: handed_over(part) for key, part in value.items()}
    return Lent(value) if callable(value) and not isinstance(value, Lent) else value


def _ask(runner, what: str, *args):
    if Lent.trying:
        raise RuntimeError("the student's process is not to be reached from here")
    try:
        return seen(runner, getattr(runner, what)(*args))
    except StudentCodeError as error:
        problem = error_of(error.trouble, runner.allowed)
    except StudentProcessEnded as gone:
        late = gone.reason == "time"
        trouble = Trouble("" if late else ENDED, "" if late else str(gone), NOWHERE)
        problem = stopped(trouble, runner.allowed) if late else Ended(trouble)
    raise problem  # here, and not above: it should not seem to come from our own trouble with the wire


def error_of(trouble: Trouble, allowed: float) -> BaseException:
    """Return the exception to raise for what went wrong in the student's process; its words are not to be trusted.

    `allowed` are the seconds that it had.
    """
    trouble = replace(
        trouble,
        kind=_fit_to_show(trouble.kind),
        message=_fit_to_show(trouble.message),
        function=_fit_to_show(trouble.function),
        line=_fit_to_show(trouble.line),
        missing_name=_fit_to_show(trouble.missing_name),
        base=_fit_to_show(trouble.base),
        via="\n".join(map(_fit_to_show, trouble.via.splitlines()[:MOST_CALLERS])),
    )
    if trouble.kind == TookTooLong.__name__:
        return stopped(trouble, allowed)
    return _error_class(trouble.kind, trouble.base)(trouble)


def _fit_to_show(said: str) -> str:
    return printable(said)[:LONGEST]


def stopped(trouble: Trouble, allowed: float) -> TookTooLong:
    error = TookTooLong()
    said = f"it was stopped after {allowed:g} second{'' if allowed == 1 else 's'}"
    error.trouble = replace(trouble, kind=TookTooLong.__name__, message=said)
    return error


@lru_cache(KINDS)
def _error_class(kind: str, base: str) -> type[Raised]:
    """Return a class of this name, which is the exception of that name too where Python or NumPy has one, or `base`."""
    for name in (kind, base):
        for home in KNOWN_EXCEPTIONS:
            known = vars(home).get(name)
            if isinstance(known, type) and issubclass(known, Exception) and not issubclass(known, NOT_TAKEN_OVER):
                return type(kind, (Raised, known), {})
    return type(kind, (Raised,), {})


@lru_cache(KINDS)
def _proxy_class(kind: type[Object], name: str) -> type[Object]:
    return type(name, (kind,), {"__slots__": ()})
