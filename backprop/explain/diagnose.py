"""Turn an attempt and a frozen check into a verdict: what was called, what came back, what is wrong, one hint.

The explanation goes from what happened first to what is most general: not answered, refused call, exception, missing
part, wrong type, wrong shape, a known misconception, a recognisable relation, NaN, the entry with the largest error.
A misconception's own hint is given wherever it matches. Of a hidden test no expected number is ever said.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

import numpy as np

from ..answers import json_values
from ..answers.attempt import Attempt, Trouble
from ..answers.compare import Difference, agree, as_numbers, differences
from ..answers.fingerprint import prints
from ..answers.tables import Check, Exercise, Misconception
from .describe import describe, listed, place
from .exceptions import explain
from .finding import Finding
from .first_off import Way, first_off
from .form import NOT_THE_SAME, Form, form_of
from .recognise import Evidence, recognise, recognise_exception
from .relations import relation, shape_relation
from .verdict import Verdict

# By the kind of what is wrong, a hint and a question, where nothing more special is known.
GENERAL = {
    "syntax": (
        "Nothing of such a cell is run. Look at that line, and at the end of the one before.",
        "Is every parenthesis closed, and does every `def`, `for` and `if` end in a colon?",
    ),
    "older version": (
        "Run the cell of your answer with Shift+Enter until it ends without an error, then this one.",
        "Which line of that cell is the last one that runs?",
    ),
    "unanswered": (
        "Replace `raise NotImplementedError()` by your own code, and run that cell with Shift+Enter.",
        "Which formula of the lesson above does this function stand for?",
    ),
    "arguments": (
        "Keep the first line of the function as it was given: its arguments are part of the exercise.",
        "How many arguments does the call above give, and how many does your function take?",
    ),
    "too slow": (
        "Does every loop end? Does the condition of a `while` ever become false?",
        "Which line would you expect to run last, and is it ever reached?",
    ),
    "ended": (
        "Look for what grows without end, and for calls that end Python itself, like `exit()`.",
        "How large is the largest array of the function, and how often does it call itself?",
    ),
    "exception": (
        "Print the shapes of what meets in that line, just before it.",
        "Which shapes would that line need, and which does it get?",
    ),
    "missing": (
        "Keep the names that the exercise gives; the next function looks its values up by them.",
        "Which keys does your dictionary have, and which are asked for?",
    ),
    "type": (
        "Look at the last line of the function: does it return what the exercise asks for?",
        "What does your function return when you call it in a cell of your own?",
    ),
    "changed": (
        "`A = A - B` makes a new array, `A -= B` changes the old one; `A.copy()` is one of your own.",
        "Which function will be handed the same array next?",
    ),
    "shape": (
        "Print the shape of each array on the way to the result, and find the first that is not as in the lesson.",
        "What do the rows stand for here, and what the columns?",
    ),
    "not finite": (
        "Somewhere a number became too large, or 0 was divided by 0. Print the values on the way there.",
        "What is the largest number that goes into `np.exp`?",
    ),
}

BETTER = ("transposed", "axis-too-many", "another-order")  # than any generated name
NOT_SHOWN = "What a hidden test expects is not shown."


def diagnose(
    check: Check,
    attempt: Attempt,
    exercises: Mapping[str, Exercise],
    passed: Collection[str] = (),
    failed: Collection[str] = (),
    suspected: str = "",
    evidence: Sequence[Evidence] = (),
) -> Verdict:
    """Return the verdict on `attempt`; `passed` are the keys of the exercises known to be right, `failed` of those
    known to be wrong: where this one builds on one of them, only a mistake that an author wrote is named.

    `suspected` is the id of the misconception that another check of the exercise has shown: where several would give
    this answer, it is the one. `evidence` is what other checks of the exercise have shown.
    """
    exercise = check.exercise
    about: dict[str, Any] = {
        "key": check.key,
        "exercise": exercise.key,
        "name": exercise.name,
        "points": exercise.points,
        "called": check.call,
        "holds": exercise.holds,
        "notes": attempt.notes,
        "hidden": check.hidden,
    }
    wrong = _wrong(check, attempt, exercises)
    if wrong is None:
        return Verdict(passed=True, returned=describe(attempt.value), **about)
    found = None
    if wrong.kind not in ("changed", "syntax", "older version"):
        spoiled = any(key in failed for key in exercise.needs)
        found = _misconception(check, attempt, suspected, None if spoiled else evidence)
    form = _form(check, attempt, wrong, evidence)
    if found and form and form.id in BETTER and "." in found.id:  # which proves that the numbers are right
        found = None
    if found:
        credit = _earns(check, attempt, found)
        wrong = replace(wrong, hint=found.hint, ask=found.ask, misconception=found.id, credit=credit)
    elif wrong.kind not in ("unanswered", "arguments", "changed", "syntax", "older version"):
        first = next((exercises[key].name for key in exercise.needs if key not in passed), "")
        wrong = replace(wrong, first=first)
        if form:
            wrong = replace(wrong, hint=form.hint or wrong.hint, ask=form.ask or wrong.ask, misconception=form.id)
    wrong = replace(wrong, line=_first_off(check, attempt, wrong))
    hint, ask = GENERAL.get(wrong.kind, ("", ""))
    wrong = replace(wrong, hint=wrong.hint or hint or exercise.hint, ask=wrong.ask or ask or exercise.ask)
    unnamed = not wrong.misconception and not attempt.trouble and check.at_least is None
    came = prints(attempt.value, check.want) if unnamed else []
    return Verdict(passed=False, came=came, **about, **asdict(wrong))


def _form(check: Check, attempt: Attempt, wrong: Finding, evidence: Sequence[Evidence]) -> Form | None:
    """Return the mistake of form of a wrong value, or that it is another one each time."""
    if attempt.trouble or check.at_least is not None or wrong.kind in ("changed", "syntax", "older version"):
        return None
    form = form_of(check, attempt.value, evidence)
    if form is None and attempt.again and wrong.kind in ("value", "shape"):
        again = attempt.again()
        if not again.trouble and not agree(again.value, attempt.value):
            return NOT_THE_SAME
    return form


def _wrong(check: Check, attempt: Attempt, exercises: Mapping[str, Exercise]) -> Finding | None:
    """Return what is wrong, as far as the answer itself tells; None where it is right."""
    trouble = attempt.trouble
    wrong = explain(trouble, check.exercise, exercises, check.call) if trouble else _value(attempt.value, check)
    if attempt.older_version:
        return Finding("older version", attempt.older_version, "an answer that the notebook no longer holds")
    if wrong and attempt.unparsed:
        return Finding("syntax", attempt.unparsed, "nothing yet", misconception="no-python")
    return wrong or _changed(attempt, check)


def _first_off(check: Check, attempt: Attempt, wrong: Finding) -> str:
    """Return a sentence on the first line that is off, "" where following the answer does not show one."""
    if (
        attempt.follow is None
        or attempt.trouble
        or not check.way
        or wrong.kind in ("changed", "syntax", "older version", "missing")
    ):
        return ""
    off = first_off(attempt.follow(), Way(check.way["values"], check.way["names"]))
    return off.sentence if off else ""


def _value(got, check: Check) -> Finding | None:
    if check.at_least is not None:
        return _threshold(got, check.at_least)
    found = differences(got, check.want)
    if not found:
        return None
    gravest = found[0]
    wrong = Finding(gravest.kind, _but(gravest, found, check), _returned(got, found))
    if gravest.kind == "shape" and not (isinstance(gravest.want, np.ndarray) and gravest.want.ndim > 1):
        # No matrix is wanted: nothing about axes.
        wrong = replace(wrong, hint=check.exercise.hint, ask=check.exercise.ask)
    return wrong


def _changed(attempt: Attempt, check: Check) -> Finding | None:
    """Say that a right answer changes an argument, unless it does not, or the exercise allows it."""
    change = attempt.change
    if change is None:
        return None
    name = _argument(check.call, change.place)
    if name in check.exercise.changes:
        return None
    where = f", in line {change.line_number}: `{change.line}`" if change.line else ""
    but = f"it changes its argument{f' `{name}`' if name else ''}{where}. The caller still needs it as it was."
    right = f"{describe(attempt.value)}: that is right."
    return Finding("changed", but, right, misconception="changes-its-argument")


def _argument(call: str, place: int) -> str:
    """Return the name of an argument of a call, or "" where the call does not say it."""
    try:
        body = ast.parse(call, mode="eval").body
    except SyntaxError:
        return ""
    arguments = body.args if isinstance(body, ast.Call) else []
    name = arguments[place] if place < len(arguments) else None
    return name.id if isinstance(name, ast.Name) else ""


def _threshold(got, bound: float) -> Finding | None:
    number = as_numbers(got)
    if number is None or number.size != 1 or not np.isfinite(number).all():
        return Finding("type", "one finite number is expected.", describe(got))
    if float(number.item()) >= bound:
        return None
    return Finding("value", f"at least {bound:g} is needed.", describe(got))


def _returned(got, found: list[Difference]) -> str:
    shapes_right = all(difference.kind in ("value", "not finite") for difference in found)
    parts = got.values() if isinstance(got, dict) else [got]
    has_shapes = any(isinstance(part, np.ndarray) and part.ndim for part in parts)
    return describe(got) + (": the shapes are right." if shapes_right and has_shapes else "")


def _but(gravest: Difference, found: list[Difference], check: Check) -> str:
    where = place(gravest.where)
    reason = f" {gravest.reason}" if gravest.reason else ""
    if gravest.kind == "missing":
        return _missing_sentence([d for d in found if d.kind == "missing"])
    if gravest.kind == "type":
        got = f"a dictionary ({describe(gravest.got)})" if isinstance(gravest.got, dict) else describe(gravest.got)
        return f"{where} is {got}, and {_noun(gravest.want)} is expected.{reason}"
    if gravest.kind == "shape":
        return _shape_sentence(gravest, where, reason)
    if gravest.kind == "not finite":
        number = float(gravest.got[gravest.index])
        return f"{place(gravest.where, gravest.index)} is {number}{', which means not a number' * (number != number)}."
    if not isinstance(gravest.got, np.ndarray):
        expected = f". {NOT_SHOWN}" if check.hidden else f" and should be {describe(gravest.want)}."
        return f"{where} is {describe(gravest.got)}{expected}{reason}"
    return _value_sentence(found, check)


def _missing_sentence(missing: list[Difference]) -> str:
    keys = [repr(difference.where.split(".")[-1]) for difference in missing]
    are_missing = f"the key {keys[0]} is missing" if len(keys) == 1 else f"the keys {', '.join(keys)} are missing"
    return f"{are_missing}; there are {', '.join(map(repr, missing[0].got)) or 'none'}."


def _shape_sentence(difference: Difference, where: str, reason: str) -> str:
    got, want = difference.got, difference.want
    if not isinstance(got, np.ndarray):
        return difference.reason if not difference.where else f"in {where} {difference.reason}"
    if got.ndim == want.ndim == 1:
        return f"{where} holds {_numbers(got)}, and {_numbers(want)} {'is' if want.size == 1 else 'are'} expected."
    has = f"has shape {got.shape}" if got.ndim else "is a single number"
    wanted = f"shape {want.shape}" if want.ndim else "a single number"
    return f"{where} {has}, and {wanted} is expected." + (reason or " " + shape_relation(got, want)).rstrip()


def _numbers(array) -> str:
    return "1 number" if array.size == 1 else f"{array.size} numbers"


def _value_sentence(found: list[Difference], check: Check) -> str:
    """Name the relation that all wrong parts share, or that of the first; else the largest error."""
    wrong = [d for d in found if d.kind == "value" and isinstance(d.got, np.ndarray)]
    relations = _of_one_number_and_of_many([relation(d.got, d.want, check.sizes) for d in wrong])
    names = listed([place(d.where) for d in wrong if d.where])
    differ = f"{names} {'differs' if len(wrong) == 1 else 'differ'}" if names else ""
    if relations[0] and len(set(relations)) == 1:
        return f"in {names} {relations[0]}." if names else f"{relations[0]}."
    known = [(place(d.where), words) for d, words in zip(wrong, relations, strict=True) if words]
    if known:
        return f"{differ}; in {known[0][0]} {known[0][1]}."
    worst = max(wrong, key=_error)
    several = f"{differ}; " if len(wrong) > 1 else ""
    reason = f" {worst.reason}" if worst.reason else ""
    if check.hidden:
        entry = f"{several}the largest error is in {place(worst.where, worst.index)}"
        said = entry if several or worst.index else differ or "it is another number"
        return f"{said}. {NOT_SHOWN}{reason}"
    entry = place(worst.where, worst.index) if worst.where or worst.index else "it"
    came, wanted = (float(part[worst.index]) for part in (worst.got, worst.want))
    numbers = f"{bool(came)} and should be {bool(wanted)}" if worst.truth else f"{came:.6g} and should be {wanted:.6g}"
    return f"{several}{entry} is {numbers}{', the largest error' if several or worst.index else ''}.{reason}"


def _error(difference: Difference) -> float:
    return abs(difference.got[difference.index] - difference.want[difference.index])


def _of_one_number_and_of_many(relations: list[str | None]) -> list[str | None]:
    """Say "every entry is" of a part with one entry too, where all parts have the same relation."""
    many = [words and words.replace("it is", "every entry is", 1) for words in relations]
    return many if len(set(many)) == 1 and many[0] in relations else relations


def _noun(want) -> str:
    if isinstance(want, dict):
        return f"a dictionary with the keys {', '.join(want)}"
    if isinstance(want, tuple | list) and not isinstance(want, str):
        each = ", each True or False" if all(isinstance(part, bool) for part in want) else ""
        return f"a {type(want).__name__} of {len(want)} values{each}"
    if isinstance(want, np.ndarray):
        return f"an array of numbers, shape {want.shape},"
    if isinstance(want, str):
        return "a text"
    return "a whole number" if isinstance(want, int) else "a single number"


def _misconception(
    check: Check, attempt: Attempt, suspected: str, evidence: Sequence[Evidence] | None = ()
) -> Misconception | None:
    """Return the known misconception that this answer shows: by its whole outcome, else by the parts it explains.

    Without `evidence` (None) generated ones are left out: the values may be wrong for quite another reason.
    """
    best, most = None, 0
    for known in sorted(check.known_wrong, key=lambda known: known.misconception.id != suspected):
        outcome = known.outcome
        if attempt.trouble or "raises" in outcome:
            if attempt.trouble and _same_trouble(attempt.trouble, outcome):
                return known.misconception
            continue
        value = json_values.decode(outcome["value"])
        if agree(attempt.value, value):
            return known.misconception
        explained = _explained_parts(attempt.value, value, check.want)
        if explained > most:
            best, most = known.misconception, explained
    if evidence is None:
        return best
    if attempt.trouble:
        inside = attempt.trouble.function in check.exercise.function.replace(".", ", ").split(", ")
        return recognise_exception(check, attempt.trouble) if inside else None
    return recognise(check, attempt.value, evidence) or best


def _same_trouble(trouble: Trouble, outcome: dict) -> bool:
    return outcome.get("raises") == trouble.kind and outcome.get("message") == trouble.message


def _explained_parts(got, wrong, want) -> int:
    """Return how many wrong parts of `got` a misconception explains; 0 unless it explains all that it touches."""
    if not (isinstance(got, dict) and isinstance(wrong, dict) and isinstance(want, dict)):
        return 0
    touched = _touched(wrong, want)
    if all(key in wrong and key in got and agree(got[key], wrong[key]) for key in touched):
        return len(touched)
    return 0


def _touched(wrong: dict, want: dict) -> list[str]:
    return [key for key in want if key not in wrong or not agree(wrong[key], want[key])]


def _earns(check: Check, attempt: Attempt, found: Misconception) -> float:
    """Return the credit of a known mistake: none where the answer is wrong in a part that it does not explain."""
    outcome = next((known.outcome for known in check.known_wrong if known.misconception is found), None)
    if attempt.trouble or outcome is None or "value" not in outcome:
        return found.credit
    value = json_values.decode(outcome["value"])
    if agree(attempt.value, value) or not isinstance(attempt.value, dict):
        return found.credit
    others = check.want.keys() - set(_touched(value, check.want))
    right = all(key in attempt.value and agree(attempt.value[key], check.want[key]) for key in others)
    return found.credit if right else 0.0
