"""The values that occur on the way to the right result, by which a student's lines are held against a solution.

They are those of the course's own solution and of others that are right; layout does not count.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from ..answers.compare import RTOL
from ..answers.steps import KEY, Print, Step, base
from ..answers.tables import Check

LOOSE = 30 * RTOL  # of sums, whose errors add up
LOOSE_ORDER = 1e-3  # of sums that tell the order, of which a table has four digits
WIDTH = 5  # numbers by which a value is known again


class Way:
    """The values on the way to the right result: of all parts, and those that the solution's own names have."""

    def __init__(
        self,
        values: Sequence[Print],
        names: Mapping[str, Iterable[int]] | None = None,
        counts: Mapping[str, int] | None = None,
    ):
        sizes: dict[float, list[Print]] = {}
        values = [[*value, *value[-1:] * (WIDTH - len(value))] for value in values]  # as short as tables have them
        for value in values:
            sizes.setdefault(value[0], []).append(value)
        self._sizes = {size: np.array(some) for size, some in sizes.items()}
        self._values = values
        self._counts = counts or {}
        self._names = {name: list(numbers) for name, numbers in (names or {}).items()}

    @classmethod
    def of(cls, check: Check) -> Way:
        """Return that of a check, whose table has one."""
        return cls(check.way["values"], check.way["names"], check.sizes)

    def holds(self, print_: Print) -> bool:
        """Whether a value occurs on the way."""
        some = self._sizes.get(print_[0])
        return some is not None and bool(_near(print_, some).any())

    def holds_in_order(self, step: Step) -> bool:
        """Whether a value that fits occurs with its entries in this order, or as a transpose."""
        assert step.print is not None
        some = self._sizes.get(step.print[0])
        return some is not None and bool((_near(step.print, some) & _same_order(step.print, some)).any())

    def counts_otherwise(self, step: Step) -> bool:
        """Whether a whole number has the name of a size of the exercise, such as m, and is another."""
        right = self._counts.get(step.name)
        return right is not None and step.print is not None and step.print[:2] != [1, right]

    def knows(self, step: Step) -> bool:
        """Whether the solution has a value of this name."""
        return self._numbers(step) is not None

    def can_tell(self, step: Step) -> bool:
        """Whether the solution has a value of this name and size: it may set whole arrays, and an answer entries."""
        numbers = self._numbers(step) or []
        return step.print is not None and any(self._values[number][0] == step.print[0] for number in numbers)

    def fits(self, step: Step) -> bool:
        """Whether a value occurs under its name, if the solution has that name; else whether it occurs at all."""
        assert step.print is not None
        numbers = self._numbers(step)
        if numbers is None:
            return self.holds(step.print)
        return bool(_near(step.print, np.array([self._values[number] for number in numbers])).any())

    def _numbers(self, step: Step) -> list[int] | None:
        """Return which values the solution has under a step's name; that may be a key of the student's dictionary."""
        key = KEY.fullmatch(step.name)
        known = key and self._names.get(code_of(key[1]))
        return known or self._names.get(code_of(base(step.name)))


def code_of(name: str) -> str:
    """Return what stands for a name in a table, which tells students no name of the solution's."""
    return f"{zlib.crc32(name.encode()):x}"


def _near(print_: Print, some: np.ndarray) -> np.ndarray:
    size, total, squares, *_ = print_
    near = LOOSE * (squares * size) ** 0.5 + 1e-12
    same = np.abs(some[:, 2] - squares) <= LOOSE * squares + 1e-15
    return (some[:, 0] == size) & (np.abs(some[:, 1] - total) <= near) & same


def _same_order(print_: Print, some: np.ndarray) -> np.ndarray:
    if print_[0] == 1:
        return np.ones(len(some), dtype=bool)
    (by_rows, by_columns), near = print_[3:], LOOSE_ORDER * (print_[2] * print_[0]) ** 0.5
    as_is = (np.abs(some[:, 3] - by_rows) <= near) & (np.abs(some[:, 4] - by_columns) <= near)
    turned = (np.abs(some[:, 4] - by_rows) <= near) & (np.abs(some[:, 3] - by_columns) <= near)
    one_axis = by_rows == by_columns
    return as_is | turned | (one_axis & (np.abs(some[:, 3:] - by_rows).min(axis=1) <= near))


def tells(print_: Print | None) -> bool:
    """Whether a value is of interest: neither one whole number, which may be a count, nor all zeros."""
    if print_ is None:
        return False
    size, total, squares, *_ = print_
    return squares > 0 and not (size == 1 and float(total).is_integer())
