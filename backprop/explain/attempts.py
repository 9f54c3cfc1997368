"""Tell a second and a third attempt more than the first, and one that has not changed that it has not.

The longer hints are the exercise's own, which say where in the lesson to look; none of them says the answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from ..answers.attempt import Attempt
from ..answers.fingerprint import leaves, print_of
from ..answers.tables import Exercise
from .verdict import Verdict

UNCHANGED = (
    "This is the same answer as at the last check. If you have edited the cell of the answer, run it before this one."
)


@dataclass(frozen=True)
class Earlier:
    """A wrong answer of before: what was said of it, and what it was."""

    mistake: str
    answer: str


def earlier_of(verdict: Verdict, attempt: Attempt) -> Earlier:
    """Return what there is to remember of a wrong answer."""
    mistake = verdict.misconception or f"{verdict.kind}: {verdict.line or verdict.but}"
    if attempt.trouble:
        return Earlier(mistake, f"{attempt.trouble.kind}: {attempt.trouble.message} {attempt.trouble.line}")
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


def kept(verdict: Verdict) -> dict:
    """Return what a course that asks for it keeps of an attempt: when it was, and what came of it."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    return {"time": now, "passed": verdict.passed, "misconception": verdict.misconception, "kind": verdict.kind}


def with_earlier(verdict: Verdict, name: str, how: str) -> Verdict:
    """Return the verdict of an answer that is right but for what the earlier function `name` does."""
    if not name:
        return verdict
    return replace(
        verdict,
        earlier=f"with a right `{name}` this answer would be right. Yours {how}.",
        line="",
        misconception="earlier-answer",
        hint=f"Leave this function as it is, and look at `{name}` once more.",
        ask=f"What type and what shape does `{name}` return, and what do its numbers stand for?",
    )
