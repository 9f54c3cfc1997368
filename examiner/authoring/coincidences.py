"""Find mistakes that a visible check cannot tell apart, though another check of the exercise could."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from backprop.answers import json_values
from backprop.answers.attempt import Attempt
from backprop.answers.tables import Check, KnownWrong, Tables
from backprop.explain.recognise import fitting


@dataclass(frozen=True)
class Coincidence:
    """A misconception that was written, and a generated mistake that gives the same on all inputs of a visible check."""

    exercise: str
    written: str
    generated: str


def coincidences(tables: Tables) -> Iterator[Coincidence]:
    """Yield all of an assignment; what gives the same on every check is no coincidence, and not in the tables."""
    for check in tables.checks.values():
        for known in () if check.hidden else check.known_wrong:
            if "value" in known.outcome:
                alone = [id for id in _fitting(check, known) if " + " not in id]
                if alone:
                    yield Coincidence(check.exercise.key, known.misconception.id, alone[0])


def _fitting(check: Check, known: KnownWrong) -> list[str]:
    second = None
    if check.second:
        outcomes = {other.misconception.id: other.outcome for other in check.second.known_wrong}
        there = outcomes.get(known.misconception.id, {"value": check.second.stored["want"]})
        second = Attempt(json_values.decode(there["value"])) if "value" in there else None
    return fitting(check, json_values.decode(known.outcome["value"]), second)
