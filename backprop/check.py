"""`given` and `check`: the two words of every check cell.

    check("6", lambda: back_propogation(*given("6")))

The answer is given as a function, not yet called, so that a missing function, a refused call and an exception inside
it can be explained like any other wrong answer, and so that a warning costs nothing.
"""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from functools import cache, partial

from . import session
from .answers.attempt import Attempt
from .errors import CheckFailed
from .explain import render
from .notebook_display import notebook_display
from .quiz import Card
from .summary import summary

VERDICT_MIME = "application/vnd.backprop.verdict+json"


def given(key: str, number: int = 1):
    """Return the frozen inputs of check `key`: new copies each time, so that nothing done to them lasts.

    A check may run on a second input too, which has the `number` 2.
    """
    here = session.current()
    value = here.given(key) if number == 1 else here.given(key, number)
    session.current().handed_out(value)
    return value


def check(key: str, answer, seed: int = 0) -> None:
    """Say whether `answer` is right, or what exactly is wrong with it.

    `answer` is a function of no arguments, run at most ten seconds with `np.random` seeded by `seed`, or a plain value.
    Shows one line when it is right; raises `CheckFailed` (an `AssertionError`) with the explanation when it is not.
    The notebook's own random numbers go on as if nothing had been drawn.
    """
    here, names = session.current(), sys._getframe(1).f_globals
    tried = here.tried(key, answer, seed, names)
    unparsed, older = here.unparsed(key, tried, names), here.older_version(key, names)
    cell = cache(partial(here.answer_text, key, names))
    misspelt = here.misspelt(key, tried, names)
    tried = replace(tried, unparsed=unparsed, misspelt=misspelt, older_version=older, text=cell)
    curve = partial(here.curve, key, names)  # read only of a wrong answer
    tried = replace(tried, stopped=here.stopped(tried), curve=curve)
    if callable(answer):
        follow = cache(partial(here.follow, key, answer, seed, names))
        again = partial(here.attempt_again, answer, seed)
        mended = partial(here.mended, key, answer, seed, names) if here.explains and here.mends else None
        tried = replace(tried, follow=follow if here.explains else None, mended=mended)
        tried = replace(tried, again=again if here.runs_again(key) else None)
    if callable(answer) and not tried.trouble and here.has_second(key):
        with here.on_second(key):
            second = here.tried(key, answer, seed, names)
        again = partial(_again_on_second, here, key, answer, seed)
        again_there = again if here.runs_again(key) else None
        # Its lines are followed, and changed, on the first input, of which the table has the values on the way.
        second = replace(second, text=cell, again=again_there, right_on_first=True)
        tried = replace(tried, second=replace(second, follow=tried.follow, mended=tried.mended))
    verdict = here.judge(key, tried)
    if verdict and not verdict.passed and callable(answer):
        verdict = here.blame_earlier(key, answer, seed, names, verdict)
    if verdict is None:  # a recording session judges nothing
        return
    progress = "" if verdict.hidden else here.progress()
    text = render.as_text(verdict, progress)
    shown = _show(verdict, text, progress, here.display, here.kept.get(key, []))
    if not verdict.passed:
        raise CheckFailed(verdict, text, render.headline(verdict) + ": explained above." if shown else text)


def _again_on_second(here, key: str, answer, seed: int) -> Attempt:
    with here.on_second(key):
        return here.attempt_again(answer, seed)


def assignment(name: str) -> None:
    """Say which assignment this notebook is, so that its tables are found also where only the notebook is."""
    session.current().assignment = name


check.summary = summary  # type: ignore[attr-defined]
check.assignment = assignment  # type: ignore[attr-defined]


def quiz(key: str) -> Card:
    """Return quiz `key` as a card: the question, its options, and the line of code that answers it."""
    return Card(session.current().quiz(key))


def _show(verdict, text: str, progress: str, display, attempts: list[dict]) -> bool:
    """Display the verdict by `display`, or where IPython does; return whether the explanation has been shown.

    Validate reads tracebacks only, so there the exception carries the whole text. While a notebook is graded the
    verdict travels as data beside its text, without HTML, for the instructor's report.
    """
    display = display or notebook_display()
    if display is None:
        print(text if verdict.passed else "", end="\n" if verdict.passed else "")
        return False
    mode = os.environ.get("NBGRADER_EXECUTION", "")
    if mode == "validate" and not verdict.passed:
        return False
    bundle = {"text/plain": text, VERDICT_MIME: verdict.as_data() | ({"attempts": attempts} if attempts else {})}
    if not mode:
        bundle["text/html"] = render.as_html(verdict, progress)
    display(bundle)
    return True
