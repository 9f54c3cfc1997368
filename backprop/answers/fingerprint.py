"""Recognise a value by a few numbers, so that thousands of wrong outputs fit into a small file.

A value is taken apart into arrays; of each, its shape and two weighted sums of its entries are kept. Sums run in
another order on another machine, so that they are compared within the tolerance of `compare`, not bit for bit.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Mapping
from functools import lru_cache

import numpy as np

from .compare import EXACT, RTOL, RTOL_FLOAT32, agree, as_numbers

DIGITS = 7
MOST_ENTRIES = 20_000  # of an array: a larger one is not what any exercise asks for
LOOSE = 3 * RTOL_FLOAT32  # of one number for several parts: it only has to confirm
LONGEST_TEXT = 100  # of a value that is told by its text
MOST_PARTS = 1000  # of a value, or of a part of it, that are looked at
MOST_STORED, LONGEST_STORED = 200, 20_000  # parts that are kept of a wrong answer, and characters


@lru_cache(maxsize=64)
def _weights(size: int) -> np.ndarray:
    """Return two rows of weights in which no two numbers are alike, none of them near 0."""
    i = np.arange(size)
    return np.array([1.3 + np.cos(1.7 * i + 0.4), 1.4 + np.sin(2.3 * i + 1.1)])


def leaves(value, want=None) -> list[tuple[str, np.ndarray | str]]:
    """Return the arrays of a value with the paths to them; of a dictionary only the keys that `want` has, if any.

    What is no array of numbers stands as a short text.
    """
    found: list[tuple[str, np.ndarray | str]] = []
    _take_apart(value, want, "", found, 0)
    return found


def _take_apart(value, want, path: str, found: list, depth: int) -> None:
    if depth > 4 or len(found) > 60:
        found.append((path, "deep"))
        return
    if isinstance(value, dict):
        keys = [key for key in want if key in value] if isinstance(want, dict) else sorted(value, key=str)
        for key in keys[:MOST_PARTS]:
            part = value.get(key)
            _take_apart(part, want.get(key) if isinstance(want, dict) else None, f"{path}.{key}", found, depth + 1)
        if isinstance(want, dict) and len(keys) < len(want):
            found.append((f"{path}.", "keys are missing"))
        return
    array = None if isinstance(value, tuple | str | None) else as_numbers(value)
    if array is not None:
        found.append((path, array))
    elif isinstance(value, list) and (rows := _rows(value)) is not None:
        found.append((f"{path}:{','.join(str(len(row)) for row in rows)}", np.concatenate(rows)))
    elif isinstance(value, tuple | list):
        for i, part in enumerate(value[:MOST_PARTS]):
            inner = want[i] if isinstance(want, tuple | list) and i < len(want) else None
            _take_apart(part, inner, f"{path}[{i}]", found, depth + 1)
        if not value:
            found.append((path, "empty"))
    elif isinstance(value, np.ndarray | complex) and (both := np.asarray(value)).dtype.kind == "c":
        found.append((path, np.stack([both.real, both.imag])))
    elif isinstance(value, np.ndarray) and value.dtype.kind == "U" and value.ndim:
        _take_apart(value.tolist(), want.tolist() if isinstance(want, np.ndarray) else want, path, found, depth)
    elif isinstance(value, EXACT):
        found.append((path, str(value)[:LONGEST_TEXT]))
    elif isinstance(value, set | frozenset):
        found.append((path, ", ".join(sorted(map(repr, value)))[:LONGEST_TEXT]))
    else:
        found.append((path, value if isinstance(value, str) else type(value).__name__))


def _rows(value: list) -> list[np.ndarray] | None:
    """Return the rows of a list of lists of numbers, which may differ in length; None where it is none."""
    rows = [row for row in (as_numbers(part) for part in value if isinstance(part, list)) if row is not None]
    return rows if rows and len(rows) == len(value) and all(row.ndim == 1 for row in rows) else None


def print_of(array: np.ndarray | str, want: np.ndarray | str | None = None) -> list:
    """Return the fingerprint of one array: [form, sum, sum], one sum where it has one entry; of a text itself."""
    if isinstance(array, str):
        return [array]
    if array.size > MOST_ENTRIES:
        return [form(array, want)]
    return [form(array, want), *(_short(number) for number in _sums(array)[0])]


def wrong_parts(value, want) -> dict[str, list]:
    """Return the fingerprints of the parts that are not as wanted, by their paths; ["gone"] of one that is missing."""
    expected, came = dict(leaves(want)), leaves(value, want)
    found: dict[str, list] = {}
    for path, leaf in came:
        if path not in expected or isinstance(leaf, str) or not agree(leaf, expected[path]):
            found[path] = print_of(leaf, expected.get(path))
    return found | {path: ["gone"] for path in sorted(expected.keys() - dict(came).keys())}


UNSURE = "?"  # in place of one number: a part has none


def one_number(parts: Mapping[str, list]) -> float | int | str:
    """Return one number for all the parts that are wrong, so that a mistake can be confirmed on another input."""
    if any(len(stored) < 2 or isinstance(stored[0], str) for stored in parts.values()):
        return UNSURE
    return _short(sum(_weight(path) * stored[1] for path, stored in parts.items()))


def confirms(parts: Mapping[str, list], stored: float | int | str | None) -> bool:
    """Say whether the parts that are wrong are those that a mistake gives; None where it gives what is right."""
    if stored is None or not parts:
        return stored is None and not parts
    number = one_number(parts)
    if isinstance(stored, str) or isinstance(number, str):
        return isinstance(stored, str) and isinstance(number, str)
    largest = sum(abs(_weight(path) * part[1]) for path, part in parts.items())
    return abs(number - stored) <= LOOSE * largest + 1e-9


def _weight(path: str) -> float:
    return 1 + zlib.crc32(path.encode()) % 1000 / 1000


def prints(value, want) -> list[list]:
    """Return what a whole value is known by, as plain data: [path, form, sums …] of each of its parts."""
    expected = dict(leaves(want))
    return [[path, *print_of(leaf, expected.get(path))] for path, leaf in leaves(value, want)]


def is_small(stored: list[list]) -> bool:
    """Say whether what a value is known by is worth keeping: no answer that is nearly right has so many parts."""
    return len(stored) <= MOST_STORED and sum(len(str(part)) for part in stored) <= LONGEST_STORED


def form(array: np.ndarray, want: np.ndarray | str | None) -> list:
    """Return the shape of an array, and a letter where its numbers are of another kind than those that are wanted."""
    expected = want.dtype.kind if isinstance(want, np.ndarray) else "f"
    kind = "i" if array.dtype.kind in "iu" else array.dtype.kind
    return [*array.shape, *([kind] if expected == "f" and kind != "f" else [])]


def _sums(array: np.ndarray) -> tuple[list[float], float]:
    """Return the weighted sums of an array, and the magnitude to which their errors are relative."""
    with np.errstate(all="ignore"):
        flat = np.asarray(array, dtype=float).ravel()
        largest = float(np.abs(flat).max(initial=0.0))
        if not math.isfinite(largest):
            flat = np.nan_to_num(flat, nan=7.77e9, posinf=8.88e9, neginf=-9.99e9)
            largest = 1e10
        sums = (_weights(flat.size) @ flat).tolist() if flat.size > 1 else flat.tolist()
    return [0.0 if abs(number) < 1e-12 * largest else number for number in sums], largest


def _short(number: float) -> float | int:
    short = float(f"{number:.{DIGITS}g}")
    return int(short) if short == int(short) and abs(short) < 1e9 else short


class Seen:
    """What came back, taken apart once, to be compared with many fingerprints."""

    def __init__(self, value, want):
        self.leaves, self.expected = dict(leaves(value, want)), dict(leaves(want))
        self._prints: dict[str, tuple] = {}

    def is_zero(self, path: str) -> bool:
        """Whether the part at `path` is 0 throughout, as many mistakes may leave it."""
        leaf = self.leaves[path]
        return not isinstance(leaf, str) and not leaf.any()

    def says_nothing(self, path: str) -> bool:
        """Whether the part at `path` holds no number, as after many a mistake: a text, `nan` or infinity throughout."""
        leaf = self.leaves[path]
        return isinstance(leaf, str) or (leaf.size > 0 and not np.isfinite(leaf.astype(float)).any())

    def fits(self, path: str, stored: list) -> bool:
        """Whether the part at `path` has the fingerprint `stored`."""
        if path not in self.leaves:
            return False
        leaf = self.leaves[path]
        if isinstance(leaf, str) or isinstance(stored[0], str):
            return isinstance(leaf, str) and stored == [leaf]
        own = form(leaf, self.expected.get(path))
        if own != stored[0] or len(stored) == 1:
            return own == stored[0] and leaf.size > MOST_ENTRIES
        if leaf.dtype == np.float16:  # three digits tell no two mistakes apart
            return False
        if path not in self._prints:
            sums, largest = _sums(leaf)
            rtol = RTOL_FLOAT32 if leaf.dtype == np.float32 else RTOL
            self._prints[path] = (sums, rtol * largest * math.sqrt(max(leaf.size, 1)) + 1e-15)
        sums, tolerance = self._prints[path]
        return all(abs(one - other) <= tolerance for one, other in zip(sums, stored[1:], strict=False))
