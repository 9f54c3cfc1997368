"""Say in a sentence which line of an answer is the first that is off, and what was right before it."""

from __future__ import annotations

from typing import NamedTuple

from ..answers.steps import RETURNED, base

LOOK_THERE = ": look at what it reads there"
GOES_INTO = ": look at what goes into it, and at what it is for"
MAY_BE_LATER = "; the mistake may also be further on"
LOOK_TOO = ": look at it, and at what it reads"
OR_LATER = (
    ". It may still be right, as a step of another way: work it out by hand, and then go on to what is made of it"
)


class Off(NamedTuple):
    """The first line that is off, and the last that is right."""

    line: int
    name: str
    last_line: int = 0
    last_name: str = ""
    called: bool = False  # it is what another function gives
    reads_own: bool = False  # it reads names of the student's own, whose values occur elsewhere, perhaps by chance
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
        entries = (
            self.line == self.last_line and base(self.name) == base(self.last_name) and self.name != self.last_name
        )
        if array := self.array or base(self.name) * entries:  # one of them may be right, or right at another place
            return f"`{array}` is the first value that is not right; line {self.last_line} sets its entries."
        off = f"what line {self.line} returns" if self.name == RETURNED else f"`{self.name}` in line {self.line}"
        entry = "[" in self.name  # another one may be off before it
        look = LOOK_TOO * (self.reads_own and not self.aside)
        where = GOES_INTO * self.called + MAY_BE_LATER * (self.aside and not self.called) + look
        where = OR_LATER if self.own and not self.aside else where
        nowhere = "occurs in none of the known solutions" + where
        if self.beside and not self.last_name:
            said = GOES_INTO + MAY_BE_LATER if self.called else OR_LATER
            return f"what line {self.line} gives occurs in none of the known solutions{said}."
        if not self.last_name and self.name == RETURNED:
            return ""
        if not self.last_name or not self.known:
            strange = self.aside or self.last_name or self.own
            said = nowhere if strange else f"is not right{LOOK_TOO * self.reads_own}"
            return f"{off} {said}." if entry else f"{off} is the first value that {said}."
        right = f"`{self.last_name}` in line {self.last_line}"
        if self.rounds:
            return f"Each {right} is right by itself; {off} is not."
        if (self.line, self.name) == (self.last_line, self.last_name):
            return f"{off} is right at first; in a later round it is the first that is not{LOOK_THERE}."
        if self.taken:
            return f"{right} is right; `{self.name}`, which line {self.line} takes, is not."
        if self.after_others:
            return f"{right} is right; {off} is not{LOOK_TOO * self.reads_own}."
        off = f"in the next round {off}" if self.line < self.last_line else off
        said = nowhere if self.aside or self.own else f"is not{LOOK_TOO * self.reads_own}"
        return f"{right} is right; {off} {said}." if entry else f"{right} is right; {off} is the first that {said}."
