"""Say at the end of a notebook which exercises are right, which are not yet, and which were never checked."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from . import session
from .answers.tables import Exercise


def summary() -> None:
    """Print how far the notebook is, by its visible checks."""
    here = session.current()
    print(here.progress())
    print(text(here.tables.exercises, here.passed, here.failed))


def text(exercises: Mapping[str, Exercise], passed: Collection[str], failed: Collection[str]) -> str:
    """Return what is left to do, an exercise a line; `passed` and `failed` are the keys of those that were checked."""
    asked = [exercise for exercise in exercises.values() if not exercise.extra]
    wrong = [exercise.name for exercise in asked if exercise.key in failed]
    never = [exercise.name for exercise in asked if exercise.key not in failed and exercise.key not in passed]
    if not wrong and not never:
        return "Every check passes. Well done: each line that earned this is your own."
    lines = ["Not right yet:", *(f"  {name}" for name in wrong)] if wrong else []
    lines += ["Not checked since the kernel started:", *(f"  {name}" for name in never)] if never else []
    return "\n".join(lines)
