"""Notice that all that is wrong with an answer is what was never set: its entries are still 0."""

from __future__ import annotations

import numpy as np

from ..answers.compare import agree, as_numbers
from ..answers.tables import Check
from .describe import place
from .form import Form, parts

ASK = "Does the loop go on, does every round store its own entry, and is everything it needs already there?"


def still_zero(check: Check, value) -> Form | None:
    """Return what is said where each wrong part of `value` is right at its beginning, and 0 from there on."""
    told = []
    for path, got, want in parts(value, check.want):
        if agree(got, want):
            continue
        right = _right_before_zeros(as_numbers(got), as_numbers(want))
        if not right:
            return None
        where = f"In {place(path)}, " if path else ""
        told.append(f"{where}everything before entry [{right}] is right; from there on, everything is still 0.")
    return Form("still-zero", " ".join(text[:1].upper() + text[1:] for text in told), ASK) if told else None


def _right_before_zeros(got: np.ndarray | None, want: np.ndarray | None) -> int:
    """Return how many rows are right, where all after them, at least two, are 0 and should not be; else 0."""
    if got is None or want is None or got.shape != want.shape or not got.ndim:
        return 0
    right = next((i for i in range(len(want)) if not agree(got[i], want[i])), len(want))
    rest = np.asarray(want[right:])
    whole = len(rest) > 1 and not np.any(got[right:]) and all(np.any(row) for row in rest)
    return right if whole and np.any(got[:right]) else 0
