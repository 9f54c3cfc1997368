"""Read from the last line of a test cell how many points it gives, as nbgrader reads them from what the cell shows."""

from __future__ import annotations

import contextlib
import math

import numpy as np
from IPython.core.displayhook import DisplayHook


def points_of(last: object, source: str) -> float | None:
    """Return the value of a test's last line as a number of points; None where it is none, or is not shown."""
    if last is None:
        return None
    with contextlib.suppress(Exception):  # what is no Python shows what it gives
        if DisplayHook.semicolon_at_end_of_expression(source):
            return None
    if isinstance(last, int | float | np.integer | np.floating) and not isinstance(last, bool):
        try:
            return float(last)
        except OverflowError:  # a whole number beyond all floats
            return math.inf if last > 0 else -math.inf
    with contextlib.suppress(Exception):  # what shows itself as a number is one, such as SymPy's
        return float(repr(last))
    return None
