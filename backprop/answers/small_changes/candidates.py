"""List the small changes to one line of a source.

Changes that leave something out come first: where several would do, they say most.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from .lines import conditions, copies, missing, moves, neighbours, repeats, whole_line
from .loops import makes_pointless
from .names import calls, listed, names, sides, unpacked
from .numbers import numbers, places
from .operations import leaves_out, operations
from .place import UNREADABLE, Made, Place, own_parts

MOST = 160  # changes to a line
LONGEST = 60  # letters of a text that is shown
MOST_TEXT, MOST_PARTS = 20_000, 400  # letters of a cell, and parts of a line, in which changes are looked for
# A function is not run again and again where that may never end, or where each run leaves something behind.
UNFIT = (ast.While, ast.Global, ast.Nonlocal)
TRACES = {"plt", "pyplot", "display", "open", "input"}
ALL = (
    leaves_out,
    sides,
    listed,
    copies,
    whole_line,
    conditions,
    repeats,
    operations,
    calls,
    numbers,
    names,
    missing,
)
OF_A_CALL = (copies, whole_line, names, missing)  # of a line that only calls something
MOVES = (moves, neighbours, places, unpacked)
Makers = tuple[Callable[[Place, list[ast.AST]], Made], ...]


class OneChange(NamedTuple):
    """One change: of what kind, which part of the line it is about, as it stands there, and in which lines."""

    kind: str  # a key of `explain.one_change.WORDS`
    part: str
    line: int
    also: tuple[int, ...] = ()  # other lines that need the same
    around: str = ""  # what is around the part, where the line has it more than once


class Candidate(NamedTuple):
    """A change, and the source with it."""

    change: OneChange
    source: str


@lru_cache(maxsize=32)
def candidates(source: str, line: int) -> tuple[Candidate, ...]:
    """Return the changes to a line, those that leave something out first; none where the line is no statement's."""
    return _made(source, line, ALL, OF_A_CALL)


@lru_cache(maxsize=32)
def moved(source: str, line: int) -> tuple[Candidate, ...]:
    """Return the changes that put a line, or what it stores, elsewhere."""
    return _made(source, line, MOVES, MOVES)


def _made(source: str, line: int, makers: Makers, of_a_call: Makers) -> tuple[Candidate, ...]:
    if len(source) > MOST_TEXT:
        return ()
    try:
        return _of_place(Place(source, line), makers, of_a_call)
    except UNREADABLE:
        return ()


def _of_place(place: Place, makers: Makers, of_a_call: Makers) -> tuple[Candidate, ...]:
    if any(isinstance(node, UNFIT) or getattr(node, "id", "") in TRACES for node in ast.walk(place.function)):
        return ()
    parts = [node for part in own_parts(place.statement) for node in ast.walk(part)]
    if len(parts) > MOST_PARTS:
        return ()
    found: dict[str, Candidate] = {}
    only_calls = isinstance(place.statement, ast.Expr) and not _adds_to_a_list(place.statement.value)
    for makes in of_a_call if only_calls else makers:
        for kind, part, new in islice(makes(place, parts), MOST):
            around = "" if kind == "copy missing" else place.around(part, new)
            found.setdefault(new, Candidate(OneChange(kind, _short(part), place.line, (), _short(around)), new))
    found.pop(place.source, None)
    sensible = (one for new, one in found.items() if not makes_pointless(place, new, one.change.kind))
    return tuple(islice(sensible, MOST))


def _adds_to_a_list(value: ast.expr) -> bool:
    match value:
        case ast.Call(ast.Attribute(_, "append" | "extend")):
            return True
    return False


def _short(part: str) -> str:
    part = " ".join(part.split())
    return part if len(part) <= LONGEST else part[: LONGEST - 1] + "…"
