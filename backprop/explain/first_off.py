"""Say which line of a student's function is the last that is right, and which is the first that is not.

The values that its lines bind are compared with those that occur on the way to the right result, in the course's own
solution and in others that are right; under which name, and in which layout, does not count. A line is off where it
works with right values, gives another, and nothing that is right comes of it later: an unusual way to a right value
is none. Of a line that works with what cannot be followed, such as an object that was changed, nothing is said.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from ..answers.compare import RTOL
from ..answers.steps import CALL, HIDDEN, RETURNED, TAKEN, Print, Step, base
from ..answers.tables import Check

LOOSE = 30 * RTOL  # of sums, whose errors add up
LOOSE_ORDER = 1e-3  # of sums that tell the order, of which a table has four digits
WIDTH = 5  # numbers by which a value is known again
OR_LATER = "the mistake is there, or further on"


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
        return code_of(base(step.name)) in self._names

    def can_tell(self, step: Step) -> bool:
        """Whether the solution has a value of this name and size: it may set whole arrays, and an answer entries."""
        numbers = self._names.get(code_of(base(step.name)), [])
        return step.print is not None and any(self._values[number][0] == step.print[0] for number in numbers)

    def fits(self, step: Step) -> bool:
        """Whether a value occurs under its name, if the solution has that name; else whether it occurs at all."""
        assert step.print is not None
        numbers = self._names.get(code_of(base(step.name)))
        if numbers is None:
            return self.holds(step.print)
        return bool(_near(step.print, np.array([self._values[number] for number in numbers])).any())


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


class Off(NamedTuple):
    """The first line that is off, and the last that is right."""

    line: int
    name: str
    last_line: int = 0
    last_name: str = ""
    aside: bool = False  # it is a number that is written down, or what another function gives: it need not be wrong
    array: str = ""  # what comes back, where its entries were set one by one
    known: bool = True  # the last right name is one of the solution's; else its value only occurs there
    beside: bool = False  # the line binds other names too
    rounds: bool = False  # what comes back is off, and was right in each round
    own: bool = False  # its name is the student's own, so that the value may be a step of another way
    after_others: bool = False  # entries of the same array were set before, and could not be held against anything
    taken: bool = False  # it is made of what the same name held before, so that the line may be right

    @property
    def sentence(self) -> str:
        """Say it, with the numbers of lines as in the student's cell."""
        if self.array:  # one of its entries may be right, or may be right at another place
            return f"`{self.array}` is the first value that is not right; line {self.last_line} sets its entries."
        off = f"what line {self.line} returns" if self.name == RETURNED else f"`{self.name}` in line {self.line}"
        nowhere = "occurs in no right solution" + (f": {OR_LATER}" if self.own and not self.aside else "")
        if self.beside and not self.last_name:
            return f"line {self.line} is the first that gives values that are not right."
        if not self.last_name and self.name == RETURNED:
            return ""
        if not self.last_name or not self.known:
            strange = self.aside or self.last_name or self.own
            return f"{off} is the first value that {nowhere if strange else 'is not right'}."
        right = f"`{self.last_name}` in line {self.last_line}"
        if self.rounds:
            return f"Each {right} is right by itself; {off} is not."
        if (self.line, self.name) == (self.last_line, self.last_name):
            return f"{off} is right at first; in a later round it is the first that is not."
        if self.taken:
            return f"{right} is right; `{self.name}`, which line {self.line} takes, is not."
        if self.after_others:
            return f"{right} is right; {off} is not."
        off = f"in the next round {off}" if self.line < self.last_line else off
        return f"{right} is right; {off} is the first that {nowhere if self.aside or self.own else 'is not'}."


def first_off(steps: Sequence[Step], way: Way) -> Off | None:
    """Return the first line that is off, or None where the steps do not show one."""
    hidden: set[str] = set()  # names whose values are not followed, or are in another order
    unsure: set[int] = set()  # steps that work with such a value
    spoiled: dict[str, int] = {}  # names that hold something off: the number of the step at which it began
    begins: dict[int, tuple[Step, Step | None]] = {}  # that step, and the last right one before
    right: Step | None = None
    fitted: set[tuple[int, str]] = set()
    attributes: set[str] = set()
    unseen: set[str] = set()  # arrays with an entry that tells nothing, such as a count
    after_others: set[int] = set()  # steps that set an entry after one of these
    pieced: set[str] = set()  # arrays whose entries were set one by one, and cannot all be called right
    last = {base(step.name): number for number, step in enumerate(steps)}
    last_of_entry = {step.name: number for number, step in enumerate(steps)}
    for number, step in enumerate(steps):
        name = base(step.name)
        attributes |= {name} if "." in step.name else set()
        origin = min((spoiled[read] for read in step.reads if read in spoiled), default=number)
        if not hidden.isdisjoint(step.reads):
            unsure.add(number)
        entry = "[" in step.name and (step.print is None or step.print[0] == 1)
        if entry and not (way.can_tell(step) and tells(step.print) and way.fits(step)):
            pieced.add(name)
            if not tells(step.print):
                unseen.add(name)
        elif "[" not in step.name:
            hidden.discard(name)
            if step.name != RETURNED and not pieced.isdisjoint(step.reads):
                unsure.add(number)
            pieced.discard(name)
        if HIDDEN in step.reads or (number in unsure and not tells(step.print)):
            hidden.add(name)
        if step.name == RETURNED:
            if origin < number:
                if origin in unsure:
                    return None
                return _off(*begins[origin], way, steps)._replace(after_others=origin in after_others)
            if number in unsure:
                return None
            if number == len(steps) - 1 and tells(step.print) and not way.holds(step.print):  # type: ignore[arg-type]
                several = right and sum((one.line, one.name) == (right.line, right.name) for one in steps) > 1
                rounds = bool(right and several and right.name in step.reads)
                return _off(step, right, way, steps)._replace(array=_set_by(right, step), rounds=rounds)
        elif not tells(step.print):
            if origin < number:
                spoiled[name] = origin
            elif way.counts_otherwise(step):
                begins[number] = (step, right)
                spoiled[name] = number
        elif way.fits(step):
            # What looked off on the way to it was another way.
            spoiled = {other: began for other, began in spoiled.items() if began != origin}
            if "[" not in step.name:
                spoiled.pop(name, None)
            if not way.holds_in_order(step):
                hidden.add(name)
            elif TAKEN not in step.reads or way.knows(step):
                right = step
            fitted.add((step.line, step.name))
        elif origin == number and entry and not way.can_tell(step):
            continue  # an entry of an array, which the solution may make as a whole
        elif (
            origin < number
            or TAKEN not in step.reads
            or (way.knows(step) and (last_of_entry[step.name] if entry else last[name]) == number)
        ):
            # What is only taken from elsewhere is not computed wrongly, unless it stays under a name of the solution's.
            if origin == number:
                later = right and right.line == step.line and (step.line, step.name) in fitted
                begins[number] = (step, step if later else right)
                if entry and name in unseen:
                    after_others.add(number)
            spoiled.setdefault(name, origin)
    # Nothing is returned where an object is changed: then its attributes are the result.
    kept = [origin for name, origin in spoiled.items() if name in attributes]
    changed = kept and not any(step.name == RETURNED for step in steps)
    return _off(*begins[min(kept)], way, steps) if changed and min(kept) not in unsure else None


def _off(step: Step, right: Step | None, way: Way, steps: Sequence[Step]) -> Off:
    aside = step.name != RETURNED and (not step.reads or CALL in step.reads)
    others = (one for one in steps if one.line == step.line and one.name not in (RETURNED, ""))
    beside = any(base(one.name) != base(step.name) for one in others)
    own = step.name != RETURNED and not way.knows(step)
    taken = TAKEN in step.reads and step.name in step.reads
    off = Off(step.line, step.name, aside=aside, beside=beside and step.name != RETURNED, own=own, taken=taken)
    return off._replace(last_line=right.line, last_name=right.name, known=way.knows(right)) if right else off


def _set_by(right: Step | None, returned: Step) -> str:
    """Return the array that comes back, where the last right line has set one of its entries; else ""."""
    own = base(right.name) if right and "[" in right.name else ""
    return own if own in returned.reads else ""
