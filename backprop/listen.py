"""Hear what a function prints, so that a check can judge it with what it returns."""

from __future__ import annotations

import contextlib
import io
import re
from collections.abc import Callable

COST = re.compile(r"(?:loss|cost)\w*", re.IGNORECASE)
# Neither the 1 of "W1" nor the "inf" of "information" is a number.
NUMBER = re.compile(r"(?<![\w.])[-+]?(?:\d+\.?\d*(?:[eE][-+]?\d+)?|\.\d+(?:[eE][-+]?\d+)?|(?:nan|inf)(?![A-Za-z]))")
# What may stand between the word and its number: signs, and words that say no more than "is" or how it is kept.
FOLLOWS = re.compile(
    r"((?:[^\w\n]|\b(?:is|was|now|about|value|np|tf|float\d*|array|tensor|numpy)\b)*?)" + f"({NUMBER.pattern})",
    re.IGNORECASE,
)
COUNTED = re.compile(r"\s*(?:(?:/|of)\s*\d+)?\s*[\])]*\s*(?:[:=]|->|is\b)")  # so goes on "3" in "loss 3: 0.25"
SAID = re.compile(rf"(?:[:=>]|\bis)\s*({NUMBER.pattern})", re.IGNORECASE)
TERMINAL = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\-_])")  # colours, and the like


def returned_and_printed(call: Callable[[], object], only_costs: bool = False) -> dict:
    """Run `call` and return {"returned": its value, "printed": the number of each printed line}.

    Where lines speak of a loss or a cost, only they count, with the number that follows the word: what else is
    printed, to see what goes on, is no mistake. Of other lines, the last number counts, or none with `only_costs`.
    """
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        value = call()
    lines = [line for line in TERMINAL.sub("", out.getvalue()).splitlines() if NUMBER.search(line)]
    told = [line for line in lines if COST.search(line)] or lines * (not only_costs)
    return {"returned": value, "printed": [float(_number(line)) for line in told]}


def _number(line: str) -> str:
    """Return the number that a line is about: the one that follows the word loss or cost, else the last."""
    word = COST.search(line)
    if word:
        at = FOLLOWS.match(line, word.end())
        if at and (re.search(r"[:=>]|\bis\b", at[1]) or not COUNTED.match(line, at.end())):
            return at[2]
        said = SAID.search(line, word.end())
        if said:
            return said[1]
    return NUMBER.findall(line)[-1]
