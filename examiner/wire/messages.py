"""The messages that cross, as types: what each side means to send, checked where it is put together.

What really arrives is checked where it is read; a type says nothing about a process that lies. That the student's
process takes each request as it is written here, a test says.
"""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

from .kinds import Callback, Handle

RandomState = tuple  # as `np.random.get_state` gives it


# ----------------------------------------------------------------------- to the student's process, each with a `number`
class Start(TypedDict):
    do: Literal["start"]
    files: dict[str, bytes]
    folder: str
    pictures: int
    cell_output: int
    flood: int


class Trust(TypedDict):
    do: Literal["trust"]
    modules: list[str]


class Run(TypedDict):
    do: Literal["run"]
    source: str
    number_in_brackets: int | None
    keep: tuple[str, ...] | None


class Judge(TypedDict):
    do: Literal["judge"]
    source: str
    names: tuple[str, ...]
    students: tuple[str, ...]
    keep: tuple[str, ...]
    imports: tuple[tuple[str, str, str], ...]
    changing: tuple[str, ...] | None
    word: str


class Kind(TypedDict):
    do: Literal["kind"]
    name: str


class Bind(TypedDict):
    do: Literal["bind"]
    name: str
    value: Callback | None


# One change to a student's function, tried for one call: its name, a line, and the number of the change; or none.
Trial = tuple[str, int, int] | tuple[()]


class Call(TypedDict):
    do: Literal["call"]
    target: Handle | str
    arguments: tuple
    keywords: dict
    follow: str
    trial: Trial


class Get(TypedDict):
    do: Literal["get"]
    target: Handle
    attribute: str


class Plain(TypedDict):
    do: Literal["plain"]
    target: Handle


class Held(TypedDict):
    do: Literal["held"]
    target: Handle


class Set(TypedDict):
    do: Literal["set"]
    target: Handle
    values: dict[str, object]


class Again(TypedDict):
    do: Literal["again"]
    names: tuple[str, ...]
    data: dict


class How(TypedDict, total=False):
    """What goes with each request that may draw random numbers."""

    random: RandomState
    limit: float  # seconds


Seeded = Call | Get | Plain | Held | Set | Again
Request = Start | Trust | Run | Judge | Kind | Bind | Seeded


class AnswerContent(TypedDict, total=False):
    """What a function that was lent has returned, or raised: its kind and its sentence."""

    value: object
    raised: list[str]


class Answer(AnswerContent):
    """To the student's process, which waits for it; it has no number."""

    answer: Literal[True]
    random: RandomState


# ------------------------------------------------------------------------------------------- from the student's process
class ReplyContent(TypedDict, total=False):
    """What a request came to."""

    value: object
    more: bool  # whether the value is of a class of the notebook's, and crosses without its methods
    raised: dict  # the fields of a `Trouble`
    missing: bool  # of a name that is asked about
    count: int  # the number in a cell's brackets
    random: RandomState | None
    warnings: list[tuple[str, str]]
    changed: dict  # the fields of a `Change`
    steps: list[tuple]  # of a call that was followed, see `backprop.answers.steps`
    tried: list[tuple]  # the change with which a call was made, see `backprop.answers.one_change`
    exited: bool  # the notebook has called `exit`


class Reply(ReplyContent):
    """The end of request `reply`."""

    reply: int


class CallBack(TypedDict):
    """A call of a function that was lent, by its number."""

    ask: int
    arguments: tuple
    keywords: dict
    random: RandomState | dict  # a dict of another generator than NumPy's usual one, which is refused


class Stream(TypedDict):
    event: Literal["stream"]
    name: str
    text: str


class Mark(TypedDict):
    """Nothing more of a cell is kept; or it has printed so much more that it is ended."""

    event: Literal["cut", "flood"]


class Error(TypedDict):
    event: Literal["error"]
    ename: str
    evalue: str
    traceback: list[str]


class Result(TypedDict):
    event: Literal["result"]
    data: dict
    metadata: dict
    count: int


class Display(TypedDict):
    event: Literal["display"]
    data: dict
    metadata: dict
    display_id: NotRequired[str | None]
    update: NotRequired[bool]


class Clear(TypedDict):
    event: Literal["clear"]
    wait: bool


Event = Stream | Mark | Error | Result | Display | Clear
