"""`given` and `check`: the two words of every check cell.

    check("6", lambda: back_propogation(*given("6")))

The answer is handed over unevaluated, so that a missing function, a refused call and an exception inside it can be
explained like any other wrong answer, and so that a warning costs nothing.
"""

from __future__ import annotations

import os

import numpy as np

from . import render, session
from .attempt import attempt
from .errors import CheckFailed
from .quiz import Card

VERDICT_MIME = "application/vnd.backprop.verdict+json"


def given(key: str):
    """Return the frozen inputs of check `key`: new copies each time, so that nothing done to them lasts."""
    return session.current().given(key)


def check(key: str, answer, seed: int = 0) -> None:
    """Say whether `answer` is right, or what exactly is wrong with it.

    `answer` is a function of no arguments, run at most ten seconds with `np.random` seeded by `seed`, or a plain value.
    Shows one line when it is right; raises `CheckFailed` (an `AssertionError`) with the explanation when it is not.
    The notebook's own random numbers go on as if nothing had been drawn.
    """
    here = session.current()
    before = np.random.get_state()
    np.random.seed(seed)
    try:
        tried = attempt(answer)
    finally:
        np.random.set_state(before)
    verdict = here.judge(key, tried)
    if verdict is None:  # a recording session judges nothing
        return
    progress = "" if verdict.hidden else here.progress()
    text = render.as_text(verdict, progress)
    shown = _show(verdict, text, progress)
    if not verdict.passed:
        raise CheckFailed(verdict, text, render.headline(verdict) + ": explained above." if shown else text)


def quiz(key: str) -> Card:
    """Return quiz `key` as a card: the question, its options, and the line of code that answers it."""
    return Card(session.current().quiz(key))


def _show(verdict, text: str, progress: str) -> bool:
    """Display the verdict where something displays; return whether the explanation has been shown.

    Validate reads tracebacks only, so there the exception carries the whole text. While a notebook is graded the
    verdict travels as data beside its text, without HTML, for the instructor's report.
    """
    shell = _ipython()
    if shell is None:
        print(text if verdict.passed else "", end="\n" if verdict.passed else "")
        return False
    mode = os.environ.get("NBGRADER_EXECUTION", "")
    if mode == "validate" and not verdict.passed:
        return False
    bundle = {"text/plain": text, VERDICT_MIME: verdict.as_data()}
    if not mode:
        bundle["text/html"] = render.as_html(verdict, progress)
    from IPython.display import display

    display(bundle, raw=True)
    return True


def _ipython():
    import sys

    if "IPython" not in sys.modules:
        return None
    return sys.modules["IPython"].get_ipython()
