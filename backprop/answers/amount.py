"""Tell how much a value holds, so that nobody waits while a giant is compared and explained.

An answer can be as large as the memory. Next to what an exercise asks for, that is wrong in a way that needs no search.
"""

from __future__ import annotations

import math
from itertools import repeat
from typing import Any

import numpy as np

MOST = 100_000  # entries of an answer that are always looked at
TIMES = 10  # as many as are wanted, where that is more
BITS, LETTERS = 64, 64  # of a whole number and of a text that count as one entry


def far_too_much(value: object, want: object, wanted_only: bool = False) -> bool:
    """Say whether a value is out of all proportion to what is wanted.

    With `wanted_only`, parts of a dictionary that nobody asked for do not count: an answer may be right beside them.
    """
    most = max(MOST, TIMES * amount(want))
    return amount(value, most, want if wanted_only else None) > most


def amount(value: object, most: float = math.inf, want: object = None, numbers: bool = True) -> int:
    """Return how many entries a value has, with those of its parts; counting ends beyond `most`.

    Where `want` is a dictionary, of one beside it only the keys that are in `want` are counted. An array of numbers
    counts as one entry where `numbers` is false.
    """
    found = 0
    todo: list[tuple[Any, Any]] = [(value, want)]
    while todo and found <= most:
        one, wanted = todo.pop()
        if isinstance(one, float):  # as most are
            pass
        elif isinstance(one, np.ndarray):
            of_numbers = one.dtype.kind in "biufc"
            letters = 0 if of_numbers or one.dtype.hasobject else one.nbytes // (LETTERS * 4)
            found += max(one.size + letters, 1) if numbers or not of_numbers else 1
        elif isinstance(one, dict):
            keys = [key for key in wanted if key in one] if isinstance(wanted, dict) else one.keys()
            found += 1 + len(keys)
            if found <= most:
                todo += [(one.get(key), wanted[key] if isinstance(wanted, dict) else None) for key in keys]
        elif isinstance(one, list | tuple | set | frozenset):
            found += 1 + len(one)
            if found <= most:
                alike = isinstance(wanted, list | tuple) and len(wanted) == len(one)
                todo += zip(one, wanted if alike else repeat(None), strict=False)
        elif isinstance(one, range):
            found += max((one.stop - one.start) // one.step, 0)  # `len` knows no more than 2**63
        elif isinstance(one, int):
            found += one.bit_length() // BITS
        elif isinstance(one, str | bytes):
            found += len(one) // LETTERS
    return found
