"""Try small changes to one line of a student's function: a factor less, another name, another sign, an index further.

A change that makes a wrong answer right on all inputs of a check says exactly where it is wrong, however it is written.
Each is tried in place of the function's own code, for one call; its source and all else stay as they are.
"""

from __future__ import annotations

import linecache
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from types import CodeType, FunctionType

from .attempt import is_students, printable
from .small_changes.candidates import LONGEST, MOST, Candidate, OneChange, candidates, moved
from .small_changes.repeated import repeated
from .unparsed import BROKEN

OTHERS = {"number", "value", "value in"}  # kinds by which a line may make up for what another one does


def _of_the_line(source: str, line: int) -> list[Candidate]:
    return [one for one in candidates(source, line) if one.change.kind not in OTHERS]


def _with_others(source: str, line: int) -> list[Candidate]:
    """Return the changes that put another number or name into a line."""
    return [one for one in candidates(source, line) if one.change.kind in OTHERS]


STAGES = (_of_the_line, _with_others, moved, repeated)  # what is tried first of all lines, then, and last
IN_PLACE = 2  # how many of them change a line where it stands
_CHANGED: list[tuple[FunctionType, CodeType]] = []  # what runs with a change, and its own code


def as_data(told: list[OneChange]) -> list[tuple]:
    """Return a change as plain data, to cross between processes."""
    return [tuple(one) for one in told]


def from_data(data: object) -> list[OneChange]:
    """Return a change from data that may be anything; what is none is left out."""
    found = []
    for entry in data[:1] if isinstance(data, list) else ():
        if isinstance(entry, tuple) and len(entry) == len(OneChange._fields):
            kind, part, line, also, around = entry
            texts = all(type(text) is str for text in (kind, part, around))
            lines = isinstance(also, tuple) and len(also) <= MOST and all(type(one) is int for one in also)
            if texts and type(line) is int and lines:
                part, around = (printable(text)[:LONGEST] for text in (part, around))
                found.append(OneChange(kind[:LONGEST], part, line, also, around))
    return found


@contextmanager
def one_change(of: object, line: int, number: int) -> Iterator[list[OneChange]]:
    """Let the student's function that has this line run with the change of this number meanwhile; tells which it is.

    The numbers of each stage begin at a multiple of `MOST`.

    There is none where `of` is no function of a cell, where no change has this number, or where it cannot be made.
    """
    told: list[OneChange] = []
    found = _candidate(of, line, number)
    if found:
        function, candidate = found
        told.append(candidate.change)
        code = _code_in(candidate.source, function.__code__)
        if code:
            _CHANGED.append((function, function.__code__))
            function.__code__ = code
    try:
        yield told
    finally:
        put_back()


def put_back() -> None:
    """Give every function that runs with a change its own code again."""
    while _CHANGED:
        function, own = _CHANGED[-1]
        function.__code__ = own
        _CHANGED.pop()


def _candidate(of: object, line: int, number: int) -> tuple[FunctionType, Candidate] | None:
    of = getattr(of, "__func__", of)
    if type(of) is not FunctionType or not is_students(of.__code__.co_filename):
        return None
    source = "".join(linecache.getlines(of.__code__.co_filename))
    stage, number = divmod(number, MOST)
    found = STAGES[stage](source, line) if 0 <= stage < len(STAGES) else ()
    function = _function_at(of, line)
    return (function, found[number]) if function and number < len(found) else None


def _function_at(of: FunctionType, line: int) -> FunctionType | None:
    """Return the function whose code has this line: `of`, or another of its cell that it can call."""
    some = (of, *(one for one in list(of.__globals__.values()) if type(one) is FunctionType))
    same = (one for one in some if one.__code__.co_filename == of.__code__.co_filename)
    return next((one for one in same if line in _lines(one.__code__)), None)


def _lines(code: CodeType) -> set[int]:
    inner = (_lines(const) for const in code.co_consts if isinstance(const, CodeType))
    return {number for *_, number in code.co_lines() if number is not None}.union(*inner)


def _code_in(source: str, own: CodeType) -> CodeType | None:
    """Return the code of the function in a changed source that has the name of `own`, if it can take its place."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of code that the student never wrote
        try:
            todo = [compile(source, own.co_filename, "exec")]
        except BROKEN:
            return None
    while todo:
        code = todo.pop()
        if code.co_qualname == own.co_qualname:
            return code if code.co_freevars == own.co_freevars else None
        todo += [const for const in code.co_consts if isinstance(const, CodeType)]
    return None
