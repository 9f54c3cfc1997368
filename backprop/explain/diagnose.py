"""Turn an attempt and a frozen check into a verdict: what was called, what came back, what is wrong, one hint.

The explanation goes from what happened first to what is most general: not answered, refused call, exception, missing
part, wrong type, wrong shape, a known misconception, a recognisable relation, NaN, the entry with the largest error.
A misconception's own hint is given wherever it matches. Of a hidden test no expected number is ever said.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, replace
from functools import partial
from typing import Any

import numpy as np

from .. import data
from ..answers import handed_out
from ..answers.attempt import Attempt
from ..answers.compare import agree, as_numbers, differences
from ..answers.fingerprint import is_small, prints
from ..answers.steps import MAKES_EMPTY, Step
from ..answers.tables import Check, Exercise
from .by_text import (
    another_generator,
    argument_replaced,
    comma_too_much,
    flattened,
    form_by_text,
    misspelt_attribute,
    overwritten,
    shared_by_all,
    unused_argument,
)
from .describe import describe
from .exceptions import asks_for, explain, misspelt, stopped
from .finding import Finding
from .first_off import first_off
from .form import argument_named, form_of
from .forms import NOT_THE_SAME, Form
from .general import GENERAL, HERE, ONLY_HERE, ONLY_THERE
from .in_the_text import code_of, functions_asked_for
from .known import earns, known_mistake
from .lasting import kept_from_call_to_call
from .never_runs import never_runs
from .off import Off
from .one_change import begins, believable, is_sure, named
from .recognise import ONE_OF, Evidence
from .relations import IN_PLACES
from .same_array import second_name, stored_in_itself
from .sentences import but, returned
from .still_zero import still_zero
from .training import of_costs
from .verdict import Verdict
from .way import Way

# Forms that prove that the numbers are right, and so are better than any generated name.
BETTER = ("transposed", "axis-too-many", "another-order", "one-of-several", "no-dictionary", "returns-its-argument",
          "argument-replaced", "floor-division", "kept-from-call-to-call", "power-before-division",
          "not-of-whole-numbers", "one-by-one", "stored-in-itself")  # fmt: skip
# And better than a written name too: the text of the answer says why.
BEST = ("misspelt-attribute", "other-attributes", "second-name", "loop-never-runs")
# Names of exceptions whose own words are better than those of a generated mistake that ends in the same.
SAYS_WHY = ("compared-as-a-whole", "not-called", "called-no-function", "caret-for-power", "shape-without-parentheses",
            "nothing-to-work-with", "unpacked-otherwise", "loop-over-a-number", "text-for-a-number", "minus-for-not",
            "no-whole-number")  # fmt: skip
COMPUTED_PLACE = re.compile(r"\[.*[-+*/%]")
MADE_EMPTY = re.compile(rf"\b({'|'.join(sorted(MAKES_EMPTY))})\(")


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
    wrong = _from_elsewhere(wrong, attempt, exercise, [exercises[key] for key in failed if key in exercises])
    if check.is_dwarfed_by(attempt.value):  # no mistake that has a name makes a giant
        wrong = replace(wrong, hint=wrong.hint or exercise.hint, ask=wrong.ask or exercise.ask)
        return Verdict(passed=False, **about, **asdict(wrong))
    if attempt.second and check.second and check.second.is_dwarfed_by(attempt.second.value):
        attempt = replace(attempt, second=None)
    found, spoiled = None, any(key in failed for key in exercise.needs)
    if wrong.kind not in ("changed", "syntax", "older version"):
        found = known_mistake(check, attempt, suspected, None if spoiled else evidence)
    # One array under two names would have done harm in the visible check too.
    form = _form(check, attempt, wrong, evidence, aliases=not (check.hidden and exercise.key in passed))
    says_why = wrong.misconception in SAYS_WHY or (found and found.id.startswith("other-family."))
    if found and "." in found.id and attempt.trouble and says_why:
        found = None
    generated = found and ("." in found.id or " + " in found.id)
    if generated and form and form.id in BETTER and (form.hint or form.id == "axis-too-many"):
        found = None
    if form and form.id in BEST:
        found = None
    unclear = found is None or found.hint.startswith(ONE_OF)
    if unclear and form is None and wrong.kind == "value" and check.at_least is None:
        form = still_zero(check, attempt.value)
        found = None if form else found
    ignored = found is None or found.id.startswith("nothing-done")
    if ignored and form is None and wrong.kind in ("value", "shape") and check.at_least is None:
        form = argument_replaced(check, attempt) or (None if found else unused_argument(check, attempt))
        found = None if form else found
    if found:
        credit = earns(check, attempt, found)
        wrong = replace(wrong, hint=found.hint, ask=found.ask, misconception=found.id, credit=credit)
    elif wrong.kind not in ("unanswered", "arguments", "changed", "syntax", "older version"):
        first = next((exercises[key].name for key in exercise.needs if key not in passed), "")
        wrong = replace(wrong, first=first)
        if form:
            wrong = replace(wrong, hint=form.hint or wrong.hint, ask=form.ask or wrong.ask, misconception=form.id)
    if not spoiled:  # where an earlier answer is wrong, a line that is off need not be
        wrong = _in_its_lines(check, attempt, wrong, found is None or found.sure)
    if not wrong.misconception and not spoiled and wrong.kind == "value" and (changed := _changed(attempt, check)):
        wrong = replace(wrong, but=f"{wrong.but} Also, {changed.but}", misconception=changed.misconception, line="")
        wrong = replace(wrong, hint=GENERAL[changed.kind][0], ask=GENERAL[changed.kind][1])
    hint, ask = GENERAL.get(wrong.kind, ("", ""))
    only_there = check.hidden and exercise.key in passed and check.at_least is None and found is None
    if only_there and wrong.kind == "value":
        hint, ask = ONLY_HERE if check.where else ONLY_THERE
    where = HERE.format(where=check.where) if only_there and check.where else ""
    hint = (wrong.hint or hint or exercise.hint) + where
    wrong = replace(wrong, hint=hint, ask=wrong.ask or ask or exercise.ask)
    unnamed = not wrong.misconception and not attempt.trouble and check.at_least is None
    came = prints(attempt.value, check.want) if unnamed else []
    return Verdict(passed=False, came=came if is_small(came) else [], **about, **asdict(wrong))


def _in_its_lines(check: Check, attempt: Attempt, wrong: Finding, sure: bool) -> Finding:
    """Return what is wrong, with the first line that is off, or the change that is enough, if no name is sure."""
    if sure and is_sure(wrong.misconception, wrong.hint):
        return wrong
    steps = _followed(check, attempt, wrong)
    off = None
    if steps is not None and not (attempt.trouble or attempt.right_on_first):
        off = _first_off(check, wrong, steps)
    if change := _one_change(check, attempt, wrong, off, steps):
        return replace(wrong, hint=change.hint, ask=change.ask, misconception=change.id, credit=0.0)
    if off and off.line in _handed_out(check, attempt):
        off = None  # where what was handed out gives another value, the mistake is elsewhere
    return replace(wrong, line=off.sentence if off and not wrong.misconception else "")


def _form(
    check: Check, attempt: Attempt, wrong: Finding, evidence: Sequence[Evidence], aliases: bool = True
) -> Form | None:
    """Return the mistake of form of a wrong value, or that it is another one each time."""
    if check.at_least is not None:
        return of_costs(attempt.curve()) if attempt.curve and wrong.kind == "value" else None
    if wrong.kind in ("changed", "syntax", "older version"):
        return None
    if attempt.trouble:
        return form_by_text(check, attempt) if wrong.kind == "exception" else None
    form = misspelt_attribute(check, attempt)
    if aliases:
        form = form or second_name(check, attempt) or stored_in_itself(check, attempt)
    form = form or never_runs(check, attempt)
    form = form or kept_from_call_to_call(check, attempt)
    form = form or form_of(check, attempt.value, evidence) or form_by_text(check, attempt)
    if form and form.id == "axis-lost":
        form = flattened(attempt) or form
    if form and form.id == "axis-too-many" and not form.hint:
        form = comma_too_much(check, attempt) or form
    if form and form.id == "one-number":
        form = overwritten(check, attempt) or form
    if form and form.id == "returns-its-argument":
        form = argument_replaced(check, attempt) or form
    if form is None and attempt.again and wrong.kind in ("value", "shape"):
        again = attempt.again()
        if not again.trouble and not agree(again.value, attempt.value):
            return another_generator(attempt) or shared_by_all(attempt) or NOT_THE_SAME
    return form


def _wrong(check: Check, attempt: Attempt, exercises: Mapping[str, Exercise]) -> Finding | None:
    """Return what is wrong, as far as the answer itself tells; None where it is right."""
    trouble = attempt.trouble
    wrong = explain(trouble, check.exercise, exercises, check.call) if trouble else _value(attempt.value, check)
    if attempt.older_version:
        return Finding("older version", attempt.older_version, "an answer that is no longer in the notebook")
    if wrong and attempt.unparsed:
        return Finding("syntax", attempt.unparsed, "nothing yet", misconception="no-python")
    if wrong and wrong.kind == "unanswered" and attempt.misspelt:
        return misspelt(*attempt.misspelt)
    if wrong and wrong.kind == "unanswered" and attempt.stopped and trouble:
        return stopped(trouble.missing_name, attempt.stopped)
    return wrong or _changed(attempt, check)


def _from_elsewhere(wrong: Finding, attempt: Attempt, exercise: Exercise, failed: Sequence[Exercise]) -> Finding:
    """Send to the exercise in whose function an exception came up, where that one is known to be wrong."""
    if wrong.kind != "exception" or not attempt.trouble:
        return wrong
    names = {other.name for other in failed if asks_for(other, attempt.trouble.function)}
    if not names - {exercise.name}:
        return wrong
    hint = f"The error comes from {min(names - {exercise.name})}, which is not right yet. Correct that one first."
    return replace(wrong, hint=hint, ask="What does the check of that exercise tell you?")


def _followed(check: Check, attempt: Attempt, wrong: Finding) -> list[Step] | None:
    """Return what the lines of the answer gave, until one raised; None where that cannot tell what is wrong."""
    if attempt.follow is None or not check.way or wrong.kind in ("changed", "syntax", "older version", "missing"):
        return None
    trouble = attempt.trouble
    if trouble and (wrong.kind != "exception" or not asks_for(check.exercise, trouble.function)):
        return None
    return attempt.follow()


def _first_off(check: Check, wrong: Finding, steps: Sequence[Step]) -> Off | None:
    """Return the first line that is off, None where following the answer does not show one."""
    off = first_off(steps, Way.of(check))
    if off and "[" in off.last_name and (IN_PLACES.search(wrong.but) or COMPUTED_PLACE.search(off.last_name)):
        # A right value is not enough there: it may be in the wrong place.
        off = off._replace(last_name="", last_line=0)
    return off


def _one_change(
    check: Check, attempt: Attempt, wrong: Finding, off: Off | None, steps: Sequence[Step] | None
) -> Form | None:
    """Return the mistake that one small change to the student's own line would repair, or the first of several."""
    if steps is None or not (steps or attempt.trouble) or not attempt.mended:
        return None
    if check.hidden or check.at_least is not None:
        return None
    if MADE_EMPTY.search(code_of(attempt)()):  # what was never set is what an earlier try has left there
        return None
    given = _handed_out(check, attempt)
    lines = [step.line for step in steps]
    if attempt.trouble:
        lines = [attempt.trouble.line_number, *reversed(lines)]
    lines = [line for line in (*lines, *_bind_nothing(check, attempt)) if line not in given]
    first = [off.line, off.line - 1, off.last_line] if off else []
    way = Way.of(check)
    change = attempt.mended(list(dict.fromkeys((*first, *lines))), partial(believable, way, steps))
    if change or wrong.misconception or off is None or not off.known:
        return named(change) if change else None
    change = attempt.mended([off.line], partial(begins, way, off), whole=False)
    return named(change, enough=False) if change else None


def _handed_out(check: Check, attempt: Attempt) -> set[int]:
    return handed_out.lines_of(attempt.text(), check.exercise.handed) if attempt.text else set()


def _bind_nothing(check: Check, attempt: Attempt) -> list[int]:
    """Return the lines that give no value to a name, and so are not among those that are followed."""
    kinds = (ast.Expr, ast.Break)
    return [node.lineno for function in functions_asked_for(check, attempt)
            for node in ast.walk(function) if isinstance(node, kinds)]  # fmt: skip


def _value(got, check: Check) -> Finding | None:
    if check.is_dwarfed_by(got, wanted_only=True):
        return Finding("shape", "far more came back than is expected.", describe(got))
    if check.at_least is not None:
        return _threshold(got, check.at_least, check.at_least_small)
    found = differences(got, check.want)
    if not found:
        return None
    gravest = found[0]
    wrong = Finding(gravest.kind, but(gravest, found, check), returned(got, found))
    if gravest.kind == "shape" and not (isinstance(gravest.want, np.ndarray) and gravest.want.ndim > 1):
        # No matrix is wanted: nothing about axes.
        wrong = replace(wrong, hint=check.exercise.hint, ask=check.exercise.ask)
    return wrong


def _changed(attempt: Attempt, check: Check) -> Finding | None:
    """Say that a right answer changes an argument, unless it does not, or the exercise allows it."""
    change = attempt.change
    if change is None:
        return None
    name = argument_named(check.call, change.place)
    if name in check.exercise.changes:
        return None
    where = f", in line {change.line_number}: `{change.line}`" if change.line else ""
    but = f"it changes its argument{f' `{name}`' if name else ''}{where}. The caller still needs it as it was."
    right = f"{describe(attempt.value)}: that is right."
    return Finding("changed", but, right, misconception="changes-its-argument")


def _threshold(got, bound: float, small: float | None) -> Finding | None:
    number = as_numbers(got)
    if number is None or number.size != 1 or not np.isfinite(number).all():
        return Finding("type", "one finite number is expected.", describe(got))
    reached = float(number.item())
    if small is not None and reached < bound and data.are_small():
        bound = small
    if reached >= bound:
        return None
    return Finding("value", f"at least {bound:g} is needed.", describe(got))
