"""Hear what a function prints, so that a check can judge it with what it returns."""

from __future__ import annotations

import contextlib
import io
import re
from collections.abc import Callable

COST = re.compile("loss|cost", re.IGNORECASE)
# Neither the 1 of "W1" nor the "inf" of "information" is a number.
NUMBER = re.compile(r"(?<![\w.])[-+]?(?:\d+\.?\d*(?:[eE][-+]?\d+)?|\.\d+(?:[eE][-+]?\d+)?|(?:nan|inf)(?![A-Za-z]))")


def returned_and_printed(call: Callable[[], object]) -> dict:
    """Run `call` and return {"returned": its value, "printed": the last number of each printed line}.

    Where lines speak of a loss or a cost, only they count: what else is printed, to see what goes on, is no mistake.
    """
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        value = call()
    lines = [line for line in out.getvalue().splitlines() if NUMBER.search(line)]
    told = [line for line in lines if COST.search(line)] or lines
    return {"returned": value, "printed": [float(NUMBER.findall(line)[-1]) for line in told]}
