"""Search for the smallest edit of a solution, or the pair of edits, that gives what an answer gave on all its checks.

It tries every edit that there is, those for which a table has no room too, and then the likely ones two by two.
"""

from __future__ import annotations

import difflib
import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from backprop.answers.attempt import Attempt
from backprop.answers.compare import agree
from backprop.answers.fingerprint import prints

from .bench import Bench
from .edits.found import Edit, apply, edits_of
from .edits.words import KINDS
from .generated import world_of
from .recording_session import Inputs
from .source import Source

MOST_PAIRS = 3_000
NEAR = 1e-5  # of fingerprints, which are kept with seven digits
Values = Mapping[str, list | None]  # by check: the fingerprints of what came back, None where it was right


@dataclass(frozen=True)
class Draft:
    """Edits that explain some answers, and how they read in the source of the solution."""

    edits: tuple[Edit, ...]
    changes: tuple[tuple[str, str], ...]  # lines of the solution, and what stands there instead

    @property
    def hint(self) -> str:
        return " ".join(KINDS[edit.kind].hint.format(at=edit.at, what=edit.what) for edit in self.edits)

    @property
    def ask(self) -> str:
        edit = self.edits[0]
        return KINDS[edit.kind].ask.format(at=edit.at, what=edit.what)


def search(source: Source, exercise: str, inputs: Inputs, want: Mapping[str, Attempt], seen: Values) -> Draft | None:
    """Return the likeliest explanation of an answer that gave `seen`, or None where no edit gives that."""
    solution = source.solution(exercise)
    if solution is None:
        return None
    bench = Bench(source.cells, exercise, inputs)
    edits = edits_of(solution.source, world_of(source.cells, exercise), only_written=not solution.only_defines)
    for some in itertools.chain(((edit,) for edit in edits), itertools.islice(_pairs(edits), MOST_PAIRS)):
        attempts = bench.run(apply(solution.source, *some))
        if attempts and all(_gives(attempts.get(key), want[key].value, values) for key, values in seen.items()):
            return Draft(some, tuple(_changes(solution.source, apply(solution.source, *some))))
    return None


def _pairs(edits: list[Edit]) -> Iterator[tuple[Edit, Edit]]:
    likely = [edit for edit in edits if edit.written and edit.rank[0] <= 2][:120]
    for one, other in itertools.combinations(likely, 2):
        if not one.meets(other):
            yield (one, other) if one.made[0] <= other.made[0] else (other, one)


def _gives(attempt: Attempt | None, want, seen: list | None) -> bool:
    if attempt is None or attempt.trouble:
        return False
    if seen is None:
        return agree(attempt.value, want)
    own = prints(attempt.value, want)
    return len(own) == len(seen) and all(map(_alike, own, seen))


def _alike(one: list, other: list) -> bool:
    if one[:2] != other[:2] or len(one) != len(other):
        return False
    own, seen = (np.array(part[2:], dtype=float) for part in (one, other))
    scale = max(1e-3, float(np.abs(seen).max(initial=0.0)))
    return bool(np.allclose(own, seen, rtol=NEAR, atol=NEAR * scale))


def _changes(old: str, new: str) -> Iterator[tuple[str, str]]:
    """Yield the lines that differ, each with so many before it that they stand once in the solution."""
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    for tag, start, end, first, last in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        while start and (start == end or old.count("".join(before[start:end])) > 1):
            start, first = start - 1, first - 1
        yield "".join(before[start:end]), "".join(after[first:last])
