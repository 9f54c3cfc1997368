"""Read `alternatives.toml`: right solutions in other styles than the notebook's, which must all get full points.

    [[alternative]]
    exercise = "6"
    style = "einsum"                    # what is special about it; one of its name in an exercise
    slow = true                         # optional: right, but too slow for a cell on MNIST
    solution = '''the whole source of the solution cell'''

    [[equal]]
    exercise = "4"                      # a change of one token that is no mistake, though it looks like one
    change = ["o", "u"]                 # before and after, as `examiner lint --mutants` says it
    because = "o is u"

It runs nothing and judges nothing: that they are right is for the tests to prove.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from pathlib import Path

from ..errors import ExaminerError
from . import toml_tables
from .toml_tables import TEXT, YES_OR_NO, Key, Tables, optional

NAME = "alternatives.toml"
KNOWN = {
    "alternative": Tables(
        {"exercise": TEXT, "style": TEXT, "solution": TEXT, "slow": optional(YES_OR_NO)}, "style", may_repeat=True
    ),
    "equal": Tables({"exercise": TEXT, "change": Key('["before", "after"]', (list,)), "because": TEXT}),
}


@dataclass(frozen=True)
class Alternative:
    """A right solution of one exercise, in a style of its own."""

    exercise: str
    style: str
    solution: str
    slow: bool = False

    @property
    def name(self) -> str:
        return f"{self.exercise}: {self.style}"


def equal_changes(folder: Path) -> set[tuple[str, str, str]]:
    """Return (exercise, before, after) of each change of a solution that the author says is none."""
    path = folder / NAME
    stored = toml_tables.read(path, KNOWN).get("equal", []) if path.is_file() else []
    if any(len(entry["change"]) != 2 for entry in stored):
        raise ExaminerError(f'{path}: an [[equal]] needs change = ["before", "after"].')
    return {(entry["exercise"], *entry["change"]) for entry in stored}


def read(folder: Path) -> tuple[Alternative, ...]:
    """Return the alternatives of the assignment in `folder`, in the file's order; none where there is no such file.

    Raises `ExaminerError` naming the entry that cannot be used, and why.
    """
    path = folder / NAME
    if not path.is_file():
        return ()
    stored = toml_tables.read(path, KNOWN)
    found: list[Alternative] = []
    for number, entry in enumerate(stored.get("alternative", []), start=1):
        alternative = _alternative(entry, f"{path}: alternative {number} ({entry['style']!r})")
        if any(alternative.name == other.name for other in found):
            raise ExaminerError(
                f"{path}: two alternatives of exercise {alternative.exercise} are called {alternative.style!r}."
            )
        found.append(alternative)
    return tuple(found)


def _alternative(entry: dict, where: str) -> Alternative:
    try:
        ast.parse(entry["solution"])
    except SyntaxError as error:
        raise ExaminerError(f"{where}, line {error.lineno} of its solution: {error.msg}.") from error
    return Alternative(**entry)
