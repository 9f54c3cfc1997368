"""Say which loop of an answer never runs, as the lines show that did."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ..answers.attempt import Attempt
from ..answers.steps import MOST, binds, may_change
from ..answers.tables import Check
from .forms import NEVER_RUNS, NEVER_RUNS_ASK, NEVER_RUNS_RANGE, NEVER_TRUE, NEVER_TRUE_ASK, Form
from .in_the_text import functions_asked_for


def never_runs(check: Check, attempt: Attempt) -> Form | None:
    """Return the mistake of a wrong answer in which a loop was reached, and none of its rounds was.

    Hidden inputs are left out: for the smallest of them, a loop may rightly have no round.
    """
    if check.hidden or attempt.follow is None or attempt.trouble or attempt.text is None:
        return None
    loops = [loop for loop in _loops(check, attempt) if _noted(loop)]
    if not loops:
        return None
    steps = attempt.follow()
    if len(steps) >= MOST:  # what came later is not known
        return None
    ran = {step.line for step in steps}
    for loop in loops:
        if loop.lineno in ran and ran.isdisjoint(_noted(loop)):
            return _form(loop)
    return None


def _loops(check: Check, attempt: Attempt) -> Iterator[ast.For | ast.While]:
    """Yield the loops of the exercise's functions whose lines are nobody else's: the text may be of several cells."""
    body = attempt.text().body if attempt.text else []
    for function in functions_asked_for(check, attempt):
        for node in ast.walk(function):
            if isinstance(node, ast.For | ast.While):
                spans = [one for one in body if one.lineno <= node.lineno <= (one.end_lineno or 0)]
                if len(spans) == 1:
                    yield node


def _noted(loop: ast.For | ast.While) -> set[int]:
    """Return the lines in a loop that leave a step where they run: heads, and what binds or changes a name."""
    heads = {line.lineno for line in loop.body if isinstance(line, ast.For | ast.While | ast.If)}
    bound = {line.lineno for line in loop.body if binds(line)[0] or may_change(line)}
    return (heads | bound) - {loop.lineno}


def _form(loop: ast.For | ast.While) -> Form:
    if isinstance(loop, ast.While):
        return Form("loop-never-runs", NEVER_TRUE.format(line=loop.lineno), NEVER_TRUE_ASK)
    called = loop.iter.func if isinstance(loop.iter, ast.Call) else None
    of_range = isinstance(called, ast.Name) and called.id == "range"
    told = NEVER_RUNS_RANGE if of_range else NEVER_RUNS
    return Form("loop-never-runs", told.format(line=loop.lineno), NEVER_RUNS_ASK)
