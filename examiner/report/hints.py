"""Say what followed each hint, from the attempts that notebooks keep where a course asks for it.

They lie in what students handed in, as they handed it in: whatever has not the form of attempts is passed over, and
nothing depends on them but these counts.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import TypeGuard

from backprop.check import VERDICT_MIME

from ..regular_files import opened

MOST_BYTES = 20_000_000  # of a notebook
MOST_PARTS = 1_500_000  # lists and dicts in it
MOST_ATTEMPTS = 1000  # at one check
MOST_MISTAKES = 200  # that are told
LONGEST_NAME = 200


def followed(attempts: Iterable[tuple[str, list[dict]]]) -> list[dict]:
    """Return for each mistake how many tried again after its hint, and how many were right at once.

    `attempts` are those of one student at one check, in order, with the key of its exercise.
    """
    counts: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for exercise, some in attempts:
        for one, after in pairwise(some):
            if one["misconception"] and not one["passed"]:
                count = counts[exercise, one["misconception"]]
                count[0] += 1
                count[1] += after["passed"]
    found: list[dict] = [
        {"exercise": exercise, "misconception": name, "tried_again": tried, "right": right}
        for (exercise, name), (tried, right) in counts.items()
    ]
    return sorted(found, key=lambda one: (-one["tried_again"], one["exercise"], one["misconception"]))[:MOST_MISTAKES]


def of_class(submitted: Path, assignment: str) -> Iterator[tuple[str, list[dict]]]:
    """Yield the attempts that the notebooks in `submitted` keep."""
    for path in sorted(submitted.glob(f"*/{assignment}/*.ipynb")):
        yield from _of_notebook(path)


def _of_notebook(path: Path) -> Iterator[tuple[str, list[dict]]]:
    try:
        with opened(path) as (file, _):
            data = file.read(MOST_BYTES)
        if data.count(b"{") + data.count(b"[") > MOST_PARTS:
            return
        cells = json.loads(data)["cells"]
        shown = [out["data"][VERDICT_MIME] for cell in cells for out in cell.get("outputs", ()) if _tells(out)]
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return
    for verdict in shown:
        attempts = verdict.get("attempts") if isinstance(verdict, dict) else None
        exercise = verdict.get("exercise") if isinstance(verdict, dict) else None
        if isinstance(attempts, list) and _is_name(exercise):
            sound = [one for one in attempts[:MOST_ATTEMPTS] if _is_attempt(one)]
            yield exercise, sound


def _tells(output: dict) -> bool:
    return VERDICT_MIME in (output.get("data") or {})


def _is_attempt(one: object) -> bool:
    return isinstance(one, dict) and type(one.get("passed")) is bool and _is_name(one.get("misconception"))


def _is_name(said: object) -> TypeGuard[str]:
    """Tell whether this can be written into a page: half a pair of surrogates cannot."""
    return type(said) is str and len(said) <= LONGEST_NAME and said.isprintable()
