"""Say whether an answer has the right values under the names at which a sentence would look for its mistake."""

from __future__ import annotations

import re
from collections.abc import Callable

from ..answers.attempt import Attempt
from ..answers.steps import RETURNED, Step, base
from ..answers.tables import Check
from .way import Way, tells

NAMES = re.compile(r"`\w+`(?: and `\w+`)*")  # nothing else: "what `f` returns" is no name


def right_there(check: Check, attempt: Attempt) -> Callable[[str], bool]:
    """Return what says of the names of a sentence whether each is bound, and always to what the solution has there.

    The answer is followed only if it is asked for. Where it cannot be followed, nothing is known to be right.
    """
    if attempt.follow is None or attempt.trouble or not check.way:
        return lambda at: False
    follow, way = attempt.follow, Way.of(check)

    def right(at: str) -> bool:
        if not NAMES.fullmatch(at):
            return False
        steps = [step for step in follow() if step.name != RETURNED]
        return all(_always_right(name, steps, way) for name in re.findall(r"\w+", at.replace(" and ", " ")))

    return right


def _always_right(name: str, steps: list[Step], way: Way) -> bool:
    own = [step for step in steps if base(step.name) == name]
    return bool(own) and all(way.knows(step) and tells(step.print) and _fits(step, way) for step in own)


def _fits(step: Step, way: Way) -> bool:
    return "[" not in step.name and way.fits(step) and way.holds_in_order(step)
