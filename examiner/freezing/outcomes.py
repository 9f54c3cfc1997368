"""What each misconception gives in each check, and the proof that no two look the same."""

from __future__ import annotations

from backprop.answers import json_values
from backprop.answers.attempt import Attempt
from backprop.answers.compare import agree
from backprop.answers.fingerprint import one_number, wrong_parts
from backprop.explain.exceptions import bound_by_line
from backprop.explain.way import code_of

from ..course.misconceptions import Misconception
from ..course.source_notebook import Cell
from ..errors import ExaminerError
from .recording_session import SECOND
from .source import Source

DIGITS = 10  # of a wrong number that are kept: far more than a comparison looks at, and half the room


def outcome(attempt: Attempt) -> dict:
    """Return what a misconception gives, as a table keeps it."""
    if attempt.trouble:
        return {
            "raises": attempt.trouble.kind,
            "message": attempt.trouble.message,
            "binds": code_of(bound_by_line(attempt.trouble.line)),
        }
    try:
        return {"value": shortened(json_values.encode(attempt.value))}
    except json_values.NotPlain as error:
        return {"raises": "NotPlain", "message": str(error)}


def shortened(encoded: object) -> object:
    """Return an encoded value with its numbers shortened."""
    if isinstance(encoded, dict):
        return {key: shortened(part) for key, part in encoded.items()}
    if isinstance(encoded, list):
        return [shortened(part) for part in encoded]
    return float(f"{encoded:.{DIGITS}g}") if isinstance(encoded, float) else encoded


def as_number(outcome: dict, want: object) -> dict:
    """Return a misconception's outcome as one number, which is enough to confirm it; an exception as it is."""
    if "value" not in outcome:
        return outcome
    return {"number": one_number(wrong_parts(json_values.decode(outcome["value"]), want))}


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
        bound = source.written.exercises[cell.exercise].get("at_least")
        if bound is not None and not want[key].value >= bound:
            came = f"at least {bound:g} is needed, and {want[key].value:.6g} came out."
            raise ExaminerError(f"{source.name}: the solution fails check {key!r}: {came}")


def prove_told_apart(caught: dict[Misconception, dict[str, dict]], visible: dict[str, Cell]) -> None:
    for misconception, outcomes in caught.items():
        if not outcomes:
            raise ExaminerError(
                f"misconception {misconception.id!r} gives right values in every check of "
                f"exercise {misconception.exercise}. Write a hidden test that shows it, or take it out."
            )
        for other, others in caught.items():
            if other is misconception:
                break  # the rest is compared when its own turn comes
            if other.exercise != misconception.exercise:
                continue
            if _same_outcomes(outcomes, others):
                raise ExaminerError(
                    f"misconceptions {other.id!r} and {misconception.id!r} give the same values in every check: "
                    "make them one."
                )
            for key in outcomes.keys() & others.keys() & visible.keys():
                there = key + SECOND
                alike = outcomes.get(there, {}) == others.get(there, {}) or (
                    there in outcomes and there in others and _same(outcomes[there], others[there])
                )
                if _same(outcomes[key], others[key]) and alike:
                    raise ExaminerError(
                        f"misconceptions {other.id!r} and {misconception.id!r} give the same value in the visible "
                        f"check {key!r}: choose inputs that tell them apart."
                    )


def _same_outcomes(one: dict[str, dict], other: dict[str, dict]) -> bool:
    return one.keys() == other.keys() and all(_same(one[key], other[key]) for key in one)


def _same(one: dict, other: dict) -> bool:
    if "value" in one and "value" in other:
        first, second = json_values.decode(one["value"]), json_values.decode(other["value"])
        return agree(first, second) and agree(second, first)
    return one == other
