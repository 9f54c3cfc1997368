"""One change to several lines at once: a slip that was copied from line to line."""

from __future__ import annotations

import ast
from functools import lru_cache

from .candidates import MOST, Candidate, candidates
from .place import UNREADABLE, Place

MOST_LINES = 30  # after this one
UNLIKELY = {"line too much", "condition", "value", "value in", "unpacked"}  # to be meant alike in several lines


@lru_cache(maxsize=8)
def repeated(source: str, line: int) -> tuple[Candidate, ...]:
    """Return the changes that this line and all later ones of its function with the same part may need alike."""
    own = _of_parts(source, line)
    later = {number: _of_parts(source, number) for number in _later(source, line)} if own else {}
    found = []
    for key, new in own.items():
        same = [number for number, some in later.items() if key in some]
        merged = _merged(source, [new.source, *(later[number][key].source for number in same)]) if same else None
        if merged:
            found.append(Candidate(new.change._replace(also=tuple(same)), merged))
    return tuple(found[:MOST])


def _of_parts(source: str, line: int) -> dict[tuple[str, str, int], Candidate]:
    """Return the changes to parts of a line, by their kind, the part, and which of several with these it is."""
    found: dict[tuple[str, str, int], Candidate] = {}
    for one in candidates(source, line):
        if one.change.kind not in UNLIKELY:
            number = 0
            while (one.change.kind, one.change.part, number) in found:
                number += 1
            found[one.change.kind, one.change.part, number] = one
    return found


def _later(source: str, line: int) -> list[int]:
    try:
        function = Place(source, line).function
    except UNREADABLE:
        return []
    lines = {node.lineno for node in ast.walk(function) if isinstance(node, ast.stmt) and node.lineno > line}
    return sorted(lines)[:MOST_LINES]


def _merged(source: str, changed: list[str]) -> str | None:
    """Return the source with all changes, None where two of them are to the same line."""
    lines = source.split("\n")
    merged = list(lines)
    for new in (one.split("\n") for one in changed):
        if len(new) != len(lines):
            return None
        for at, (old, other) in enumerate(zip(lines, new, strict=True)):
            if other != old:
                if merged[at] != old:
                    return None
                merged[at] = other
    return "\n".join(merged)
