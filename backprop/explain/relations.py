"""Recognise how a wrong array is related to the right one: "3 times too large", "the transpose", "one step late".

Each function answers one question about two arrays of numbers and returns half a sentence, or None. They know nothing
of exercises; a relation is a fact about numbers, and the hint that goes with it is somebody else's business.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import numpy as np

from ..answers.compare import agree

NAMED_FACTORS = {
    0.5: "half as large as it should be",
    2.0: "twice as large as it should be",
    -1.0: "of the opposite sign",
}
BOTH_WAYS = "every 0 should be a 1, and every 1 a 0"
IN_PLACES = re.compile(r"one step too (late|early)|in reverse order|in a different order|transpose|column by column")
FEW = 8
TELLING = 1e-3  # a factor nearer to 1 is no factor, and a relation must leave less than this share of the difference
EXACT = 1e-6  # relative: how near a factor must be to a number that is given a name


def relation(got: np.ndarray, want: np.ndarray, sizes: Mapping[str, int] | None = None) -> str | None:
    """Return how `got` is related to `want` where both have the same shape, or None where nothing is recognised.

    `sizes` names whole numbers of the exercise, as {"m": 3}, so that a factor of 3 can be called by its name. Any two
    numbers have some ratio: of a single number only a telling factor is named, and of a single count none.
    """
    if want.size == 1 and float(want.item()).is_integer():
        return None
    with np.errstate(all="ignore"):  # of numbers near the largest there are
        for recognise in (_constant, _factor, _complement, _other_order, _late_or_early, _rounded, _shifted):
            found = recognise(got, want, sizes or {})
            if found:
                return found
    return None


def shape_relation(got: np.ndarray, want: np.ndarray) -> str:
    """Return the likeliest way from the shape of `got` to that of `want`, as a sentence, or ""."""
    if got.ndim == want.ndim == 2 and got.shape == want.shape[::-1]:
        if agree(got.T, want):
            return "It is the transpose of what is expected; the numbers themselves are right."
        on_its_side = "Rows and columns are swapped, and the numbers differ too."
        return on_its_side if 1 in want.shape else "Rows and columns are swapped."
    if got.size == 1 and want.size > 1:
        if want.dtype.kind != "b" and np.unique(want).size > 1 and agree(got.ravel()[0], want.sum()):
            return "Everything was added up into one number."
        return ""
    if got.ndim < want.ndim and got.size == want.size and agree(got.ravel(), want.ravel()):
        return "An axis was lost."
    if 1 in want.shape and want.ndim == got.ndim == 2 and want.size > 1 and _sum_went_the_other_way(got, want):
        return "A sum seems to run along the wrong axis: axis=0 adds down each column, axis=1 along each row."
    if got.ndim == want.ndim and want.shape[1:] == (1,) and got.shape[:1] == want.shape[:1]:
        summed = bool(got.any()) and agree(got.sum(axis=1, keepdims=True), want)
        return f"It has {got.shape[1]} columns where one is expected.{' A sum over the columns is missing.' * summed}"
    return ""


def _sum_went_the_other_way(got, want) -> bool:
    long_axis = want.shape.index(max(want.shape))
    return bool(got.any()) and got.shape[long_axis] == 1 and got.shape != want.shape  # zeros are no sum


def _beats(got, explained, want) -> bool:
    """Say whether a relation explains next to all of the difference, in every entry."""
    return bool((np.abs(got - explained) <= TELLING * np.abs(got - want).max()).all())


def _entries(array) -> str:
    return "every entry is" if array.size > 1 else "it is"


def _constant(got, want, sizes):
    if got.size > 1 and not np.ptp(got) and np.ptp(want):
        is_one_of_them = got.flat[0] not in (0, 1) and np.isclose(want, got.flat[0]).any()  # a hidden test keeps it
        said = "the same" if is_one_of_them else f"{got.flat[0]:.6g}"
        return f"every entry is {said}, but the entries should differ"
    return None


def _factor(got, want, sizes):
    used = np.abs(want) > 1e-9 * np.abs(want).max(initial=0.0)
    if not used.any():
        return None
    factor = float(np.median(got[used] / want[used]))
    if not factor or not np.isfinite(factor) or not agree(got, factor * want) or agree(got, want):
        return None
    subject = _entries(want)
    for value, words in NAMED_FACTORS.items():
        if np.isclose(factor, value, rtol=EXACT):
            return f"{subject} {words}"
    size = max(abs(factor), 1 / abs(factor))
    if not _beats(got, factor * want, want) or size - 1 < TELLING:
        return None
    name = _in_letters(size, sizes)
    if not name and used.sum() == 1 and not np.isclose(size, round(size), rtol=EXACT, atol=0):
        return None
    sign = " and of the opposite sign" if factor < 0 else ""
    return f"{subject} {size:.6g} times too {'large' if abs(factor) > 1 else 'small'}{sign}{name}"


def _in_letters(size: float, sizes: Mapping[str, int]) -> str:
    """Return `size` in the letters of the exercise, as ", and m is 3", or "" where it is none of them."""
    letters = {letter: number for letter, number in sizes.items() if number > 2}
    plain = [letter for letter, number in letters.items() if np.isclose(size, number, rtol=EXACT)]
    if plain:
        return f", and {' and '.join(plain)} {'is' if len(plain) == 1 else 'are'} {size:.6g}"
    for letter, number in letters.items():
        for name, value in ((f"2{letter}", 2 * number), (f"{letter}²", number**2), (f"√{letter}", number**0.5)):
            if np.isclose(size, value, rtol=EXACT):
                return f", and {name} is {size:.6g}"
    return ""


def _other_order(got, want, sizes):
    if want.size < 2 or not agree(np.sort(got, axis=None), np.sort(want, axis=None)):
        return None
    if want.ndim == 2 and want.shape[0] == want.shape[1] and agree(got.T, want):
        return "the array is the transpose of what is expected"
    if np.unique(want).size < 3:  # zeros and ones in another order are just other zeros and ones
        return None
    if agree(got[::-1], want):
        return "the right values come in reverse order"
    if want.ndim == 2 and agree(got.ravel(), want.T.ravel()):
        return "the right values were laid out column by column; `reshape` is not a transpose"
    return "the right values come in a different order"


def _late_or_early(got, want, sizes):
    if want.ndim != 1 or len(want) < 4 or not np.ptp(want):
        return None
    if agree(got[1:], want[:-1]):
        return "each value comes one step too late"
    if agree(got[:-1], want[1:]):
        return "each value comes one step too early"
    return None


def _complement(got, want, sizes):
    if want.min(initial=0.0) < 0 or want.max(initial=1.0) > 1 or not agree(got, 1 - want):
        return None
    if np.isin(got, (0, 1)).all():
        one = np.unique(got)
        return f"{_entries(want)} {one[0]:g} and should be {1 - one[0]:g}" if one.size == 1 else BOTH_WAYS
    return f"{_entries(want)} 1 minus what it should be"


def _rounded(got, want, sizes):
    if not got.any():
        return None
    fitting = []
    for decimals in range(7):
        rounded = np.round(want, decimals)
        # Or by a threshold; and with one decimal are written the few numbers that a lesson starts from.
        by_chance = np.unique(rounded).size < (3, FEW)[decimals] if decimals < 2 else False
        if agree(got, rounded) and _beats(got, rounded, want) and not by_chance:
            fitting.append(("whole numbers", "1 decimal")[decimals] if decimals < 2 else f"{decimals} decimals")
    if not fitting:
        return None
    to = fitting[0] if len(fitting) == 1 or want.size > 1 else f"{fitting[0]} or more"  # 1.230 looks like 1.23
    return f"{'the numbers look' if want.size > 1 else 'it looks'} rounded to {to}"


def _shifted(got, want, sizes):
    shift = float(np.median(got - want))
    if want.size > 1 and np.ptp(want) and agree(got - shift, want) and _beats(got, want + shift, want):
        return f"{_entries(want)} {abs(shift):.6g} too {'large' if shift > 0 else 'small'}"
    return None
