"""The messages that cross, as types: what each side means to send.

What really arrives is checked where it is read; a type says nothing about a process that lies.
"""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

Task = Literal["start", "run", "kind", "call", "get", "plain", "set", "again", "bind", "trust", "judge"]
EventKind = Literal["stream", "cut", "error", "result", "display", "clear", "flood"]
RandomState = tuple  # as `np.random.get_state` gives it


class Request(TypedDict):
    """To the student's process; further keys are the arguments of its task."""

    do: Task
    number: int


class Reply(TypedDict):
    """From it: the end of request `reply`."""

    reply: int
    value: NotRequired[object]
    more: NotRequired[bool]  # whether the value is of a class of the notebook's, and crosses without its methods
    raised: NotRequired[dict]  # the fields of a `Trouble`
    missing: NotRequired[bool]  # of a name that is asked about
    count: NotRequired[int]  # the number in a cell's brackets
    random: NotRequired[RandomState | None]
    warnings: NotRequired[list[tuple[str, str]]]
    changed: NotRequired[dict]  # the fields of a `Change`
    steps: NotRequired[list[tuple]]  # of a call that was followed, see `backprop.answers.steps`
    exited: NotRequired[bool]  # the notebook has called `exit`


class Event(TypedDict):
    """From it: something was printed or shown; further keys say what."""

    event: EventKind


class CallBack(TypedDict):
    """From it: a call of a function that was lent, by its number."""

    ask: int
    arguments: tuple
    keywords: dict
    random: RandomState


class Answer(TypedDict):
    """To it: what the function that was lent has returned, or raised."""

    answer: Literal[True]
    random: RandomState
    value: NotRequired[object]
    raised: NotRequired[list[str]]  # its kind and its sentence
