"""Compare a student's value with the expected one, as numbers.

It answers one question: is this value right, and if not, where and in what kind is it wrong? It knows nothing of
exercises, hints or notebooks, and never raises because a value is wrong.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import islice
from typing import Any, Literal

import numpy as np

from .plain import OBJECTS, Described

# Kinds of which only an equal one is right.
EXACT = (bytes, datetime.date, datetime.time, datetime.timedelta, Fraction, Decimal)
Kind = Literal["missing", "type", "shape", "not finite", "value"]
GRAVEST_FIRST = ("missing", "type", "shape", "not finite", "value")

RTOL = 1e-6  # sums run in another order on another machine, and that is not a mistake
RTOL_FLOAT32 = 1e-4  # a network computed in single precision keeps about five digits
RTOL_FLOAT16 = 1e-2  # no tolerance: so far off is what half precision explains
LESS_THAN_ONE = 0.5  # so far off may be a float where a whole number is wanted, in a list of those
DOUBLE = np.dtype(float).itemsize
MOST_TIMES = 100  # as many elements as wanted that a set may have, to be looked through
MOST_NAMED = 1000  # keys that are looked through to say which there are
HALF_PRECISION = "The numbers are kept in float16, which has only three digits."


@dataclass(frozen=True)
class Difference:
    """One way in which two values differ."""

    where: str  # "dW1"; "" for a value without parts
    kind: Kind
    got: Any
    want: Any
    reason: str = ""  # why a value that looks right is refused, where that needs saying
    index: tuple[int, ...] = ()  # of the largest error, for kind "value" and "not finite"
    truth: bool = False  # whether both are True or False, of which `got` and `want` keep 1 or 0


def differences(got, want, where: str = "", rtol: float = RTOL) -> list[Difference]:
    """Return every part in which `got` differs from `want`, the gravest kind first; an empty list where they agree.

    Arrays agree when they have the same shape and every entry is within `rtol` of the largest magnitude in `want`; of
    whole numbers only the same ones agree, and a float agrees with one that it is near to by itself.
    Lists and `np.matrix` count as arrays, NumPy scalars and 0-d arrays as numbers; extra keys of a dict are welcome.
    """
    found = _differences(got, want, where, rtol)
    return sorted(found, key=lambda difference: GRAVEST_FIRST.index(difference.kind))


def agree(got, want, rtol: float = RTOL) -> bool:
    """Say whether `got` is right."""
    return not _differences(got, want, "", rtol)


def _differences(got, want, where, rtol) -> list[Difference]:
    if isinstance(want, Described) and want.noun == OBJECTS:
        same = isinstance(got, Described) and got.noun == OBJECTS
        return _differences(got.nested if same else got, want.nested, where, rtol)
    if isinstance(want, Described) and not (isinstance(got, Described) and got.noun == want.noun):
        return [Difference(where, "type", got, want, _forgotten_return(got))]
    if isinstance(want, dict):
        return _dict_differences(got, want, where, rtol)
    if isinstance(want, np.ndarray) and want.dtype.kind == "U":
        return _differences(got, want.tolist(), where, rtol)
    if isinstance(want, tuple | list) and not _is_number_list(want):
        return _sequence_differences(got, want, where, rtol)
    if isinstance(got, np.ndarray) and got.dtype.kind == "U" and not got.ndim:
        got = got.item()
    if want is None or isinstance(want, str):
        same = got is None if want is None else isinstance(got, str) and str.__eq__(got, want)
        return [] if same else [Difference(where, "value" if isinstance(got, type(want)) else "type", got, want)]
    if got is None:
        return [Difference(where, "type", got, want, "Is there a `return`?")]
    if isinstance(want, set | frozenset):
        return _set_differences(got, want, where)
    if isinstance(want, EXACT):
        return _exact_differences(got, want, where)
    if isinstance(want, complex) or (isinstance(want, np.ndarray) and want.dtype.kind == "c"):
        return _complex_differences(got, want, where, rtol)
    if isinstance(want, np.ndarray | tuple | list):
        return _array_differences(got, np.asarray(want), where, rtol, want)
    return _number_differences(got, want, where, rtol)


def _is_number_list(value) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(x, int | float) for x in value)


def _dict_differences(got, want, where, rtol):
    if not isinstance(got, dict) or isinstance(got, Described) > isinstance(want, Described):
        return [Difference(where, "type", got, want, _forgotten_return(got))]
    got = dict(dict.items(got))  # a subclass may look its values up in another way
    found = []
    for key, part in want.items():
        path = f"{where}.{key}" if where else str(key)
        if key in got:
            found += _differences(got[key], part, path, rtol)
        else:
            found.append(Difference(path, "missing", sorted(map(_name, islice(got, MOST_NAMED))), part))
    return found


def _sequence_differences(got, want, where, rtol):
    if isinstance(got, np.ndarray) and (got.ndim == 1 or (got.ndim and got.dtype.kind == "U")):
        got = got.tolist()
    if not isinstance(got, tuple | list):
        return [Difference(where, "type", got, want, _forgotten_return(got))]
    got = list(tuple.__iter__(got) if isinstance(got, tuple) else list.__iter__(got))
    if len(got) != len(want):
        return [Difference(where, "shape", got, want, f"{_count(got)} came back, and {len(want)} are expected.")]
    pairs = enumerate(zip(got, want, strict=True))
    return [d for i, (one, other) in pairs for d in _differences(one, other, f"{where}[{i}]", rtol)]


def _set_differences(got, want, where):
    if not isinstance(got, set | frozenset):
        return [Difference(where, "type", got, want)]
    parts = list(set.__iter__(got) if isinstance(got, set) else frozenset.__iter__(got))
    if len(parts) > MOST_TIMES * max(len(want), 1):  # each is compared with each, which would take without end
        return [Difference(where, "value", got, want, f"{_count(parts)} came back, and {len(want)} are expected.")]
    extra = [part for part in parts if part not in want]
    missing = [part for part in want if part not in parts]
    left = [part for part in extra if not any(agree(part, other) for other in missing)]
    lacking = [part for part in missing if not any(agree(other, part) for other in extra)]
    if not left and not lacking:
        return []
    counts = [f"{len(some)} of its elements {verb}" for some, verb in ((left, "do not belong there"),) if some]
    counts += [f"{_count(lacking)} {'is' if len(lacking) == 1 else 'are'} missing"] * bool(lacking)
    said = " and ".join(counts).replace("1 of its elements do not belong", "1 of its elements does not belong")
    return [Difference(where, "value", got, want, f"{said[:1].upper()}{said[1:]}.")]


def _exact_differences(got, want, where):
    kind = type(want)
    others = (int,) if kind in (Fraction, Decimal) else ()
    if isinstance(got, bool) or not isinstance(got, (kind, *others)):
        return [Difference(where, "type", got, want)]
    same = kind.__eq__(want, got)  # type: ignore[call-arg]  # so that a subclass has no say in it
    return [] if same is True else [Difference(where, "value", got, want)]


def _complex_differences(got, want, where, rtol):
    try:
        array = None if isinstance(got, str | dict) else np.array(got, subok=False)
    except Exception:  # as in `as_numbers`
        array = None
    if array is None or array.dtype.kind not in "iufc":
        return [Difference(where, "type", got, want)]
    want = np.asarray(want)
    if array.shape != want.shape:
        return [Difference(where, "shape", array, want)]
    got_parts, want_parts = (np.stack([part.real, part.imag]).astype(float) for part in (array, want))
    rtol = max(rtol, RTOL_FLOAT32) if array.dtype == np.complex64 else rtol
    found = _value_differences(got_parts, want_parts, where, rtol)
    if not found:
        return []
    index = found[0].index[1:]
    return [Difference(where, "value", complex(array[index]), complex(want[index]), index=index)]


def _name(key) -> str:
    return str(key) if isinstance(key, str | int | float) else f"a {type(key).__name__}"


def _count(values) -> str:
    return "1 value" if len(values) == 1 else f"{len(values)} values"


def _forgotten_return(got) -> str:
    return "Is there a `return`?" if got is None else ""


def as_numbers(value) -> np.ndarray | None:
    """Return `value` as a plain array of numbers, or None where it is not one: an entry under a mask is no number."""
    try:
        if np.ma.is_masked(value):
            return None
        array = np.array(value, subok=False)
    except Exception:  # ragged lists, objects with an `__array__` of their own that fails
        return None
    return array if array.dtype.kind in "biuf" else None


def _numbers_in(got) -> np.ndarray | None:
    """Return what `as_numbers` does, and so of fractions and decimals too, which hold numbers in another way."""
    array = as_numbers(got)
    if array is not None or not isinstance(got, list | tuple | Fraction | Decimal):
        return array
    try:
        held = np.array(got, dtype=object)
        parts = {type(part) for part in held.ravel().tolist()}
        return held.astype(float) if parts & {Fraction, Decimal} and parts <= {Fraction, Decimal, int, float} else None
    except Exception:  # as in `as_numbers`, or too large for a float
        return None


def _array_differences(got, want, where, rtol, shown):
    if want.dtype.kind == "O" and isinstance(shown, list):  # whole numbers too long for an array
        return _sequence_differences(got, shown, where, rtol)
    array = _numbers_in(got)
    if array is None:
        same_length = type(got) is list and isinstance(shown, list) and len(got) == len(shown)
        parts = _sequence_differences(got, shown, where, rtol) if same_length else []
        return parts or [Difference(where, "type", got, shown)]
    if array.shape != want.shape:
        return [Difference(where, "shape", array, want)]
    return _value_differences(array, want, where, rtol)


def _number_differences(got, want, where, rtol):
    array = _numbers_in(got)
    if array is None and type(want) is int and type(got) is int:  # too long for an array
        return [] if got == want else [Difference(where, "value", got, want)]
    if array is None or isinstance(got, str):
        return [Difference(where, "type", got, want)]
    if array.ndim:
        inside = f"a list; `{'[0]' * array.ndim}`" if isinstance(got, list) else "an array; `.item()`"
        reason = f"It is one number inside {inside} takes it out." if array.size == 1 else ""
        if isinstance(got, tuple):
            reason = f"It is a tuple of {_count(got)}."
        return [Difference(where, "shape", array, np.asarray(want), reason)]
    if isinstance(got, Fraction | Decimal) and type(want) is int:
        return [] if got == want else [Difference(where, "value", got, want)]
    if isinstance(want, int) and not isinstance(want, bool) and array.dtype.kind == "f":
        return [Difference(where, "type", got, want, "A division `/` gives a float, `//` a whole number.")]
    return _value_differences(array, np.asarray(want), where, rtol)


def _value_differences(array, want, where, rtol):
    half = array.dtype == np.float16
    truth = array.dtype.kind == want.dtype.kind == "b"
    of_whole = want.dtype.kind in "iu"
    whole = of_whole and array.dtype.kind in "iu"  # which are counted, and never rounded
    most_off = LESS_THAN_ONE if array.dtype.itemsize >= DOUBLE else np.inf  # in fewer digits, large ones are rounded
    if whole and (array == want).all():
        return []
    if array.dtype == np.float32:
        rtol = max(rtol, RTOL_FLOAT32)
    with np.errstate(all="ignore"):  # extended precision and huge integers become float64 quietly
        array = array.astype(float)
        want = want.astype(float)
        error = np.abs(array - want)
    finite = np.isfinite(want)  # a known-wrong output may hold inf or nan, and there only the same agrees
    broken = finite & ~np.isfinite(array)
    if broken.any():
        return [Difference(where, "not finite", array, want, index=_first(broken))]
    alike = (array == want) | (np.isnan(array) & np.isnan(want))
    error = np.where(finite, error, np.where(alike, 0.0, np.inf))
    scale = np.abs(want[finite]).max(initial=0.0) or 1.0
    allowed = np.minimum(rtol * np.maximum(np.abs(want), 1.0), most_off) if of_whole else rtol * scale
    if not whole and (error <= allowed).all():
        return []
    reason = HALF_PRECISION if half and (error <= RTOL_FLOAT16 * scale).all() else ""
    return [Difference(where, "value", array, want, reason, _first(error == error.max()), truth)]


def _first(mask: np.ndarray) -> tuple[int, ...]:
    return tuple(int(i) for i in np.argwhere(mask)[0]) if mask.ndim else ()
