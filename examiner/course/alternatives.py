"""Read `alternatives.toml`: right solutions in other styles than the notebook's, which must all get full points.

    [[alternative]]
    exercise = "6"
    style = "einsum"                    # what is special about it; one of its name in an exercise
    slow = true                         # optional: right, but too slow for a cell on MNIST
    solution = '''the whole source of the solution cell'''

It runs nothing and judges nothing: that they are right is for the tests to prove.
"""

from __future__ import annotations

import ast
import tomllib
from dataclasses import dataclass
from pathlib import Path

from ..errors import ExaminerError

NAME = "alternatives.toml"
NEEDED, OPTIONAL = ("exercise", "style", "solution"), ("slow",)


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


def read(folder: Path) -> tuple[Alternative, ...]:
    """Return the alternatives of the assignment in `folder`, in the file's order; none where there is no such file.

    Raises `ExaminerError` naming the entry that cannot be used, and why.
    """
    path = folder / NAME
    if not path.is_file():
        return ()
    try:
        stored = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:  # a TOMLDecodeError and a UnicodeDecodeError are ValueErrors
        raise ExaminerError(f"{path}: {error}") from error
    for word in stored.keys() - {"alternative"}:
        raise ExaminerError(f"{path}: {word!r} means nothing here. Each solution begins with [[alternative]].")
    found: list[Alternative] = []
    for number, entry in enumerate(stored.get("alternative", []), start=1):
        alternative = _alternative(entry, f"{path}: alternative {number} ({entry.get('style', 'without a style')!r})")
        if any(alternative.name == other.name for other in found):
            raise ExaminerError(
                f"{path}: two alternatives of exercise {alternative.exercise} are called {alternative.style!r}."
            )
        found.append(alternative)
    return tuple(found)


def _alternative(entry: dict, where: str) -> Alternative:
    for word in NEEDED:
        if not isinstance(entry.get(word), str) or not entry[word].strip():
            raise ExaminerError(f"{where} needs {word} = a text that is not empty.")
    for word in sorted(entry.keys() - {*NEEDED, *OPTIONAL}):
        raise ExaminerError(
            f"{where} has {word!r}, which means nothing here. Known: {', '.join((*NEEDED, *OPTIONAL))}."
        )
    if not isinstance(entry.get("slow", False), bool):
        raise ExaminerError(f"{where}: slow is true or false.")
    try:
        ast.parse(entry["solution"])
    except SyntaxError as error:
        raise ExaminerError(f"{where}, line {error.lineno} of its solution: {error.msg}.") from error
    return Alternative(**entry)
