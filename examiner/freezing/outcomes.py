"""What came of each mistake at each check, and the proof that no two mistakes look the same."""

from __future__ import annotations

from backprop.answers import json_values
from backprop.answers.attempt import Attempt
from backprop.answers.compare import agree

from ..course.misconceptions import Misconception
from ..course.source_notebook import Cell
from ..errors import ExaminerError
from .source import Source


def outcome(attempt: Attempt) -> dict:
    """Return what came of an attempt, as a table keeps it."""
    if attempt.trouble:
        return {"raises": attempt.trouble.kind, "message": attempt.trouble.message}
    try:
        return {"value": json_values.encode(attempt.value)}
    except json_values.NotPlain as error:
        return {"raises": "NotPlain", "message": str(error)}


def caught_by(attempts: dict[str, Attempt], want: dict[str, Attempt]) -> dict[str, dict]:
    """Return the outcomes that differ from what is wanted, by check."""
    return {
        key: outcome(attempt)
        for key, attempt in attempts.items()
        if attempt.trouble or not agree(attempt.value, want[key].value)
    }


def prove_bounds_reached(source: Source, want: dict[str, Attempt], cells: dict[str, Cell]) -> None:
    """Where an exercise is judged by a bound, there is no frozen value that the solution would equal of itself."""
    for key, cell in cells.items():
        bound = source.words.exercises[cell.exercise].get("at_least")
        if bound is not None and not want[key].value >= bound:
            came = f"at least {bound:g} is needed, and {want[key].value:.6g} came out."
            raise ExaminerError(f"{source.name}: the solution fails check {key!r}: {came}")


def prove_told_apart(caught: dict[Misconception, dict[str, dict]], visible: dict[str, Cell]) -> None:
    for mistake, outcomes in caught.items():
        if not outcomes:
            raise ExaminerError(
                f"misconception {mistake.id!r} gives right values in every check of exercise {mistake.exercise}. "
                "Write a hidden test that shows it, or take it out."
            )
        for other, others in caught.items():
            if other is mistake:
                break  # the rest is compared when its own turn comes
            if other.exercise != mistake.exercise:
                continue
            if _same_outcomes(outcomes, others):
                raise ExaminerError(
                    f"misconceptions {other.id!r} and {mistake.id!r} give the same values in every check: "
                    "make them one."
                )
            for key in outcomes.keys() & others.keys() & visible.keys():
                if _same(outcomes[key], others[key]):
                    raise ExaminerError(
                        f"misconceptions {other.id!r} and {mistake.id!r} give the same value in the visible check "
                        f"{key!r}: choose inputs that tell them apart."
                    )


def _same_outcomes(one: dict[str, dict], other: dict[str, dict]) -> bool:
    return one.keys() == other.keys() and all(_same(one[key], other[key]) for key in one)


def _same(one: dict, other: dict) -> bool:
    if "value" in one and "value" in other:
        first, second = json_values.decode(one["value"]), json_values.decode(other["value"])
        return agree(first, second) and agree(second, first)
    return one == other
