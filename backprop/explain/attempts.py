"""Tell a second and a third attempt more than the first, and one that has not changed that it has not.

The longer hints are the exercise's own, which say where in the lesson to look; none of them says the answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from ..answers.attempt import Attempt
from ..answers.compare import agree
from ..answers.fingerprint import leaves, print_of
from ..answers.tables import Check, Exercise
from .forms import NOT_THE_SAME
from .general import ONLY_ON_SECOND
from .verdict import Verdict

UNCHANGED = (
    "This is the same answer as at the last check. If you have changed your answer, run its cell before this one."
)


@dataclass(frozen=True)
class Earlier:
    """A wrong answer of before: what was said of it, and what it was."""

    mistake: str
    answer: str


def earlier_of(verdict: Verdict, attempt: Attempt, check: Check) -> Earlier:
    """Return what there is to remember of a wrong answer."""
    mistake = verdict.misconception or f"{verdict.kind}: {verdict.line or verdict.but}"
    if attempt.trouble:
        return Earlier(mistake, f"{attempt.trouble.kind}: {attempt.trouble.message} {attempt.trouble.line}")
    if check.is_dwarfed_by(attempt.value):
        return Earlier(mistake, verdict.returned)
    return Earlier(mistake, repr([(path, print_of(leaf)) for path, leaf in leaves(attempt.value)]))


def told_again(verdict: Verdict, exercise: Exercise, now: Earlier, before: Sequence[Earlier]) -> Verdict:
    """Return the verdict with a longer hint for the same mistake as before, and a note where all is the same."""
    notes = list(verdict.notes)
    if before and before[-1].answer == now.answer and verdict.kind not in ("unanswered", "syntax"):
        notes.append(UNCHANGED)
    times = sum(one.mistake == now.mistake for one in before)
    hint, ask = verdict.hint, verdict.ask
    if times >= 1 and exercise.hint not in hint:
        hint = f"{hint} {exercise.hint}".strip()
    if times >= 2 and exercise.ask not in ask:
        ask = f"{ask} {exercise.ask}".strip()
    return replace(verdict, notes=notes, hint=hint, ask=ask)


def only_there(check: Check) -> Check:
    """Return a check's second input with the mistakes that do not show on the first, on which the answer is right."""
    assert check.second
    here = {known.misconception.id for known in check.known_wrong}
    others = tuple(known for known in check.second.known_wrong if known.misconception.id not in here)
    return replace(check.second, known_wrong=others, stored=check.second.stored | {"way": check.way})


def of_second(verdict: Verdict, exercise: Exercise) -> Verdict:
    """Return the verdict on an answer that is right on the first input of its check, and wrong on the second.

    A general hint of the exercise may send to what is right on the first.
    """
    if verdict.kind == "value" and verdict.hint == exercise.hint and not (verdict.misconception or verdict.line):
        hint, ask = ONLY_ON_SECOND
        verdict = replace(verdict, hint=hint, ask=ask)
    but = f"on a second input, which is `given({verdict.key!r}, 2)`, {verdict.but}".replace("'", '"', 2)
    return replace(verdict, but=but, second_input=True)


def if_it_lasts(verdict: Verdict, first: Attempt, second: Attempt) -> Verdict:
    """Return the verdict on an answer that ends in an exception on its second input, as it does on the first by now."""
    if not second.trouble or first.again is None:
        return verdict
    again = first.again()
    same_end = again.trouble is not None and again.trouble.kind == second.trouble.kind
    if not same_end and (again.trouble or agree(again.value, first.value)):
        return verdict
    return replace(
        verdict, misconception=NOT_THE_SAME.id, hint=NOT_THE_SAME.hint, ask=NOT_THE_SAME.ask, first="", line=""
    )


def kept(verdict: Verdict) -> dict:
    """Return what a course that asks for it keeps of an attempt: when it was, and its outcome."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    return {"time": now, "passed": verdict.passed, "misconception": verdict.misconception, "kind": verdict.kind}


def with_earlier(verdict: Verdict, name: str, how: str) -> Verdict:
    """Return the verdict of an answer that is right but for what the earlier function `name` does."""
    if not name:
        return verdict
    return replace(
        verdict,
        earlier=f"with a correct `{name}`, this answer would be right. Yours {how}.",
        line="",
        misconception="earlier-answer",
        hint=f"Leave this function as it is, and look at `{name}` again.",
        ask=f"What type and shape does `{name}` return, and what do its numbers stand for?",
    )
