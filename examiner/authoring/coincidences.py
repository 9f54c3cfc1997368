"""Find mistakes that a visible check cannot tell apart, though another check of the exercise could."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from backprop.answers import json_values
from backprop.answers.tables import Check, Tables
from backprop.explain.recognise import fitting


@dataclass(frozen=True)
class Coincidence:
    """A misconception that was written, and a generated mistake that gives the same wherever a visible check looks."""

    exercise: str
    written: str
    generated: str

    def __str__(self) -> str:
        return f"exercise {self.exercise}: {self.what} {self.todo}"

    @property
    def what(self) -> str:
        return (
            f"its check cannot tell the misconception {self.written!r} from the generated mistake {self.generated!r}."
        )

    @property
    def todo(self) -> str:
        return f'Choose different inputs, or a different second one: freeze_inputs("{self.exercise}+", …).'


def coincidences(tables: Tables) -> Iterator[Coincidence]:
    """Yield all of an assignment; what gives the same on every check is no coincidence, and not in the tables."""
    for check in tables.checks.values():
        for known in () if check.hidden else check.known_wrong:
            if "value" not in known.outcome:
                continue
            there = _on_second(check, known.misconception.id)
            for id in fitting(check, json_values.decode(known.outcome["value"])):
                if " + " not in id and any(_alike(there, other) for other in _numbers(check, id)):
                    yield Coincidence(check.exercise.key, known.misconception.id, id)
                    break


def _on_second(check: Check, id: str) -> object:
    """Return the number of a misconception on the second input; None where it gives what is right, or there is none."""
    known = check.second.known_wrong if check.second else ()
    outcome = next((one.outcome for one in known if one.misconception.id == id), {"number": None})
    return outcome.get("number", outcome.get("raises"))


def _numbers(check: Check, id: str) -> list:
    assert check.generated
    rows = enumerate(check.generated.rows)
    places = [place for place, (*numbers, _) in rows if " + ".join(map(check.generated.id, numbers)) == id]
    return [check.generated.second[place] for place in places] if check.generated.second else [None] * len(places)


def _alike(one: object, other: object) -> bool:
    if isinstance(one, float | int) and isinstance(other, float | int):
        return math.isclose(one, other, rel_tol=1e-5)
    return one == other
