"""Say in a sentence how a value differs from the right one; of a hidden test no expected number is ever said."""

from __future__ import annotations

import datetime
from decimal import Decimal
from fractions import Fraction
from itertools import islice

import numpy as np

from ..answers.compare import Difference
from ..answers.plain import Described
from ..answers.tables import Check
from .describe import describe, listed, place
from .relations import BOTH_WAYS, relation, shape_relation

NOUNS: dict[type, str] = {
    str: "a string",
    bytes: "bytes",
    set: "a set",
    frozenset: "a set",
    complex: "a complex number",
    datetime.datetime: "a date with a time",
    datetime.date: "a date",
    datetime.time: "a time",
    datetime.timedelta: "a `timedelta`",
    Fraction: "a `Fraction`",
    Decimal: "a `Decimal`",
}
NUMBERS = (int, float, complex, np.number, np.ndarray, tuple, list, dict, set, frozenset)  # or what can hold some
MOST_KEYS, LONGEST_KEY = 50, 200  # that are said of a dictionary
MOST_PARTS = 4  # that are said to be wrong
OF_TRUTHS = {  # what is said of numbers, and of True and False
    "is 0 and should be 1": "is False and should be True",
    "is 1 and should be 0": "is True and should be False",
    "every entry is 0,": "every entry is False,",
    "every entry is 1,": "every entry is True,",
    BOTH_WAYS: "every False should be True, and every True False",
}
NOT_SHOWN = "What a hidden test expects is not shown."


def returned(got, found: list[Difference]) -> str:
    shapes_right = all(difference.kind in ("value", "not finite") for difference in found)
    parts = got.values() if isinstance(got, dict) else [got]
    has_shapes = any(isinstance(part, np.ndarray) and part.ndim for part in parts)
    return describe(got) + (": the shapes are right." if shapes_right and has_shapes else "")


def but(gravest: Difference, found: list[Difference], check: Check) -> str:
    where = place(gravest.where)
    reason = f" {gravest.reason}" if gravest.reason else ""
    if gravest.kind == "missing":
        return _missing_sentence([d for d in found if d.kind == "missing"], check.hidden)
    if gravest.kind == "type":
        return f"{where} is {_came(gravest.got, check.hidden)}, and {_noun(gravest.want)} is expected.{reason}"
    if gravest.kind == "shape":
        return _shape_sentence(gravest, where, reason)
    if gravest.kind == "not finite":
        number = float(gravest.got[gravest.index])
        return f"{place(gravest.where, gravest.index)} is {number}{', which means not a number' * (number != number)}."
    if not isinstance(gravest.got, np.ndarray):
        where = place(gravest.where, gravest.index)
        if check.hidden:
            return f"{where} is not as expected. {NOT_SHOWN}{reason}"
        return f"{where} is {describe(gravest.got)} and should be {describe(gravest.want)}.{reason}"
    return _value_sentence(found, check)


def _came(got, hidden: bool) -> str:
    """Return what came in place of another type; of a hidden test without what it holds.

    That may be what is expected, or the inputs: in a text, or in the name that a class is given.
    """
    if hidden and got is not None and not isinstance(got, bool):
        return _noun(got, keys_too=False).rstrip(",") if isinstance(got, (*NUMBERS, *NOUNS)) else "an object"
    own = isinstance(got, dict) and not isinstance(got, Described)
    return f"a dictionary ({describe(got)})" if own else describe(got)


def _missing_sentence(missing: list[Difference], hidden: bool) -> str:
    keys = [repr(difference.where.split(".")[-1]) for difference in missing]
    are_missing = f"the key {keys[0]} is missing" if len(keys) == 1 else f"the keys {', '.join(keys)} are missing"
    return f"{are_missing}." if hidden else f"{are_missing}; there are {_some(missing[0].got)}."


def _some(keys: list[str]) -> str:
    said = [repr(key[:LONGEST_KEY]) for key in keys[:MOST_KEYS]] + ["…"] * (len(keys) > MOST_KEYS)
    return ", ".join(said) or "none"


def _shape_sentence(difference: Difference, where: str, reason: str) -> str:
    got, want = difference.got, difference.want
    if not isinstance(got, np.ndarray):
        return difference.reason if not difference.where else f"in {where} {difference.reason}"
    if got.ndim == want.ndim == 1:
        return f"{where} holds {_numbers(got)}, and {_numbers(want)} {'is' if want.size == 1 else 'are'} expected."
    has = f"has shape {got.shape}" if got.ndim else "is a single number"
    wanted = f"shape {want.shape}" if want.ndim else "a single number"
    return f"{where} {has}, and {wanted} is expected." + (reason or " " + shape_relation(got, want)).rstrip()


def _numbers(array) -> str:
    return "1 number" if array.size == 1 else f"{array.size} numbers"


def _value_sentence(found: list[Difference], check: Check) -> str:
    """Name the relation that all wrong parts share, or that of the first; else the largest error."""
    wrong = [d for d in found if d.kind == "value" and isinstance(d.got, np.ndarray)]
    relations = _of_one_number_and_of_many([_relation(d, check) for d in wrong])
    parts = [place(d.where) for d in wrong if d.where]
    names = listed(
        parts if len(parts) <= MOST_PARTS else [*parts[: MOST_PARTS - 1], f"{len(parts) - MOST_PARTS + 1} more"]
    )
    differ = f"{names} {'is' if len(wrong) == 1 else 'are'} not right" if names else ""
    if relations[0] and len(set(relations)) == 1:
        return f"in {names} {relations[0]}." if names else f"{relations[0]}."
    known = [(place(d.where), words) for d, words in zip(wrong, relations, strict=True) if words and d.got.size > 1]
    if known:
        return f"{differ}; in {known[0][0]} {known[0][1]}."
    worst = max(wrong, key=_error)
    several = f"{differ}; " if len(wrong) > 1 else ""
    reason = f" {worst.reason}" if worst.reason else ""
    if check.hidden:
        entry = f"{several}the largest error is in {place(worst.where, worst.index)}"
        said = entry if several or worst.index else differ or "it is another number"
        return f"{said}. {NOT_SHOWN}{reason}"
    entry = place(worst.where, worst.index) if worst.where or worst.index else "it"
    came, wanted = (float(part[worst.index]) for part in (worst.got, worst.want))
    digits = ".6g" if f"{came:.6g}" != f"{wanted:.6g}" else ".16g"
    shown = [f"{bool(number)}" if worst.truth else f"{number + 0.0:{digits}}" for number in (came, wanted)]  # no -0
    numbers = " and should be ".join(shown)
    of_several = (bool(several) or worst.index) and not worst.truth
    return f"{several}{entry} is {numbers}{', the largest error' if of_several else ''}.{reason}"


def _relation(difference: Difference, check: Check) -> str | None:
    told = relation(difference.got, difference.want, check.sizes)
    if told and check.hidden and "and should be" in told:
        return None
    if told and difference.truth:
        for numbers, truths in OF_TRUTHS.items():
            told = told.replace(numbers, truths)
    return told


def _error(difference: Difference) -> float:
    return abs(difference.got[difference.index] - difference.want[difference.index])


def _of_one_number_and_of_many(relations: list[str | None]) -> list[str | None]:
    """Say "every entry is" of a part with one entry too, where all parts have the same relation."""
    many = [words and words.replace("it is", "every entry is", 1) for words in relations]
    return many if len(set(many)) == 1 and many[0] in relations else relations


def _noun(want, keys_too: bool = True) -> str:
    if isinstance(want, Described):
        return want.noun
    if isinstance(want, dict) and not keys_too:
        return "a dictionary"
    if isinstance(want, dict):
        keys = [str(key)[:LONGEST_KEY] for key in islice(want, MOST_KEYS)] + ["…"] * (len(want) > MOST_KEYS)
        return f"a dictionary with the keys {', '.join(keys)}"
    if isinstance(want, tuple | list) and not isinstance(want, str):
        each = ", each True or False" if all(isinstance(part, bool) for part in want) else ""
        return f"a {type(want).__name__} of {len(want)} values{each}"
    if isinstance(want, np.ndarray):
        return f"an array of numbers, shape {want.shape},"
    for kind, noun in NOUNS.items():
        if isinstance(want, kind):
            return noun
    return "a whole number" if isinstance(want, int) else "a single number"
