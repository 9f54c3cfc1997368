"""Find the known mistake that an answer shows, and what it earns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ..answers import json_values
from ..answers.attempt import Attempt, Trouble
from ..answers.compare import agree, as_numbers
from ..answers.fingerprint import confirms, wrong_parts
from ..answers.tables import Check, FrozenMisconception
from .describe import listed
from .exceptions import bound_by_line
from .in_the_text import code_of, may_be
from .needed import LOOP
from .recognise import Evidence, recognise, recognise_exception
from .way import code_of as code_of_name

NOTHING = (False, 0)
YOUR_LOOP = re.compile(r"\b[Yy]our loop\b")  # is said only where there is one


def known_mistake(
    check: Check, attempt: Attempt, suspected: str, evidence: Sequence[Evidence] | None = ()
) -> FrozenMisconception | None:
    """Return the known misconception that this answer shows: by its whole outcome, else by the parts it explains.

    Without `evidence` (None) generated ones are left out: the values may be wrong for quite another reason.
    """
    best, most = None, NOTHING
    text = code_of(attempt)
    for known in sorted(check.known_wrong, key=lambda known: known.misconception.id != suspected):
        mistake = known.misconception
        if _would_be_wrong_there(mistake.id, evidence or ()) or not may_be(mistake.only_if, text):
            continue
        if YOUR_LOOP.search(mistake.hint) and not may_be(LOOP, text):
            continue
        outcome = known.outcome
        if attempt.trouble or "raises" in outcome:
            if attempt.trouble and _same_trouble(check, attempt.trouble, outcome):
                return known.misconception
            continue
        if "number" in outcome:
            if isinstance(outcome["number"], float | int) and _confirmed(outcome, check, attempt):
                return known.misconception
            continue
        value = json_values.decode(outcome["value"])
        if agree(attempt.value, value):
            if _fits_second(known.misconception.id, check, attempt.second):
                return known.misconception
            continue
        explained = _explained_parts(attempt.value, value, check.want)
        if explained > most and not _built_on_a_wrong_one(check, attempt.value, value):
            best, most = _of_parts(known.misconception, attempt.value, value, check.want), explained
    if evidence is None:
        return best
    if attempt.trouble:
        inside = attempt.trouble.function in check.exercise.function.replace(".", ", ").split(", ")
        return recognise_exception(check, attempt) if inside else None
    return recognise(check, attempt, evidence) or best


def _would_be_wrong_there(id: str, evidence: Sequence[Evidence]) -> bool:
    """Say whether another check, on which the answer is right, would have shown this misconception."""
    return any(passed and any(id == known.misconception.id for known in check.known_wrong)
               for check, _, passed in evidence)  # fmt: skip


def _fits_second(id: str, check: Check, tried: Attempt | None) -> bool:
    """Say whether a misconception gives, on the second input, what came back there."""
    second = check.second
    if tried is None or tried.trouble or second is None:
        return True
    outcome = next((known.outcome for known in second.known_wrong if known.misconception.id == id), None)
    if outcome is None:
        return agree(tried.value, second.want)
    return "number" in outcome and _confirmed(outcome, second, tried)


def _confirmed(outcome: dict, check: Check, tried: Attempt) -> bool:
    return confirms(wrong_parts(tried.value, check.want), outcome["number"])


def _same_trouble(check: Check, trouble: Trouble, outcome: dict) -> bool:
    """Say whether a misconception ends in this exception, at a line that may bind the same.

    A line that gives a value to another name of the solution's is another line.
    """
    if outcome.get("raises") != trouble.kind or outcome.get("message") != trouble.message:
        return False
    bound, there = code_of_name(bound_by_line(trouble.line)), outcome.get("binds")
    return there in (None, bound) or bound not in (check.way or {}).get("names", {})


def _explained_parts(got, wrong, want) -> tuple[bool, int]:
    """Return whether a misconception shows in all that it touches, and in how many wrong parts of `got`.

    What it touches may be right instead, but not wrong in another way; a yes or no may, of numbers that are wrong.
    """
    if not (isinstance(got, dict) and isinstance(wrong, dict) and isinstance(want, dict)):
        return NOTHING
    explained = _explained(got, wrong, want)
    others = [key for key in _touched(wrong, want) if key not in explained]
    if not others:
        return True, len(explained)
    right = all(key in got and (agree(got[key], want[key]) or _is_yes_or_no(got[key])) for key in others)
    return (False, len(explained)) if right and any(_tells(wrong[key]) for key in explained) else NOTHING


def _tells(value) -> bool:
    """Say whether a value is no mere yes or no, which other mistakes give as well, and not 0 throughout."""
    numbers = as_numbers(value)
    if numbers is None:
        return isinstance(value, list | tuple) and any(map(_tells, value))
    return numbers.dtype.kind != "b" and bool(numbers.any())


def _is_yes_or_no(value) -> bool:
    numbers = as_numbers(value)
    return numbers is not None and numbers.dtype.kind == "b"


def _explained(got: dict, wrong: dict, want: dict) -> list[str]:
    touched = _touched(wrong, want)
    return [key for key in touched if key in wrong and key in got and agree(got[key], wrong[key])]


def _others_wrong(got: dict, wrong: dict, want: dict) -> list[str]:
    """Return the parts that are wrong and that the misconception does not touch."""
    touched = _touched(wrong, want)
    return [key for key in want if key not in touched and not (key in got and agree(got[key], want[key]))]


def _built_on_a_wrong_one(check: Check, got, wrong) -> bool:
    """Say whether what shows is no more than a yes or no, and another function of the exercise gives what is wrong.

    The functions of one exercise call each other, and any wrong number can turn an answer to yes or no over.
    """
    if not (isinstance(got, dict) and isinstance(wrong, dict) and isinstance(check.want, dict)):
        return False
    functions = check.exercise.function.split(", ")
    if not any(key in functions for key in _others_wrong(got, wrong, check.want)):
        return False
    return not any(_tells(wrong[key]) for key in _explained(got, wrong, check.want))


def _of_parts(found: FrozenMisconception, got, wrong: dict, want: dict) -> FrozenMisconception:
    """Say of which parts a mistake is found, where it touches others too, or others are wrong as well."""
    explained, touched = _explained(got, wrong, want), _touched(wrong, want)
    if not _others_wrong(got, wrong, want) and explained == touched:
        return found
    return replace(found, hint=f"In {listed(explained)}: {found.hint}", sure=explained == touched)


def _touched(wrong: dict, want: dict) -> list[str]:
    return [key for key in want if key not in wrong or not agree(wrong[key], want[key])]


def earns(check: Check, attempt: Attempt, found: FrozenMisconception) -> float:
    """Return the credit of a known mistake: none where the answer is wrong in a part that it does not explain.

    An exception earns none: whoever reads its words in the visible table could raise it, on hidden inputs too.
    """
    if attempt.trouble:
        return 0.0
    outcome = next((known.outcome for known in check.known_wrong if known.misconception.id == found.id), None)
    if outcome is None or "value" not in outcome:
        return found.credit
    value = json_values.decode(outcome["value"])
    if agree(attempt.value, value) or not isinstance(attempt.value, dict):
        return found.credit
    others = check.want.keys() - set(_touched(value, check.want))
    right = all(key in attempt.value and agree(attempt.value[key], check.want[key]) for key in others)
    return found.credit if right else 0.0
