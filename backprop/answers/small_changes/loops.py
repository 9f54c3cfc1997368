"""Say which changes leave a loop without a point: each of its rounds would do the same."""

from __future__ import annotations

import ast
import re

from ..steps import base, binds, bound_by
from .place import Place

MOVES = ("inside a loop", "outside a loop")


def makes_pointless(place: Place, new: str, kind: str) -> bool:
    """Say whether a loop around the line uses its counter only before the change, or computes nothing new after it.

    Such a change may give what is right all the same, but then the loop is what is wrong. A counter of several that is
    only asked about, in a condition that does not belong there, may go.
    """
    loops = [node for node in place.path if isinstance(node, ast.For) and kind not in MOVES]
    for loop in loops:
        counters = {node.id for node in ast.walk(loop.target) if isinstance(node, ast.Name)}
        still = counters & _words(loop, new)
        if counters & _words(loop, place.source) - still and not (still and kind == "condition"):
            return True
    return bool(loops) and kind == "line too much" and _keeps_the_first(place, loops[0])


def _words(loop: ast.For, source: str) -> set[str]:
    """Return the words in the body of a loop, whose lines are the same in a changed source."""
    return set(re.findall(r"\w+", "\n".join(source.split("\n")[loop.body[0].lineno - 1 : loop.end_lineno])))


def _keeps_the_first(place: Place, loop: ast.For) -> bool:
    """Whether the line gives names new values in each round, which else keep those from before the loop."""
    own = _bound(place.statement)  # type: ignore[arg-type]
    others = (part for part in ast.walk(loop) if isinstance(part, ast.stmt) and not isinstance(part, ast.For))
    again = set[str]().union(*(_bound(part) for part in others if part is not place.statement and part is not loop))
    before = (part for part in ast.walk(place.function) if isinstance(part, ast.stmt) and part.lineno < loop.lineno)
    given = set[str]().union(*map(_bound, before))
    return bool(own) and own <= given and own.isdisjoint(again)


def _bound(statement: ast.stmt) -> set[str]:
    """Return the names that a statement itself gives values to."""
    return {base(name) for target in binds(statement)[0] for name in bound_by(target)}
