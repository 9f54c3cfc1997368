"""Read the frozen tables of an assignment: inputs, right outputs, known-wrong outputs, and the words that go with them.

`checks.json` lies beside the notebook and goes to students; `alone.py` finds it where it does not lie there.
`hidden.json` stays with the instructor: it lies beside the source notebook, and a grader names it in the environment
variable BACKPROP_HIDDEN.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from ..errors import CourseFileError
from . import alone, generated, json_values
from .amount import far_too_much
from .generated import Generated

CHECKS_FILE, HIDDEN_FILE = "checks.json", "hidden.json"
HIDDEN_VARIABLE = "BACKPROP_HIDDEN"
FORMAT = 1


@dataclass(frozen=True)
class Exercise:
    """What a student knows of an exercise, and the general words for an answer that nothing recognises."""

    key: str
    title: str
    function: str  # "" where the answer is a variable
    points: float  # of the visible check
    holds: str
    hint: str
    ask: str
    needs: tuple[str, ...] = ()  # keys of the exercises whose functions this one calls
    unread: tuple[str, ...] = ()  # arguments that the solution has no use for
    extra: float = 0.0  # points of extra credit: they count beyond the total
    changes: tuple[str, ...] = ()  # arguments that the function may change in place
    handed: tuple[str, ...] = ()  # of its handed-out statements the codes, as `handed_out.code_of` makes them
    curve: str = ""  # the name of the costs of a training whose result is asked for

    @property
    def name(self) -> str:
        return f"Exercise {self.key} · {self.function or self.title}"


@dataclass(frozen=True)
class FrozenMisconception:
    """A misconception as a frozen table holds it: a mistake that students are known to make, and what helps."""

    id: str
    exercise: str
    hint: str
    ask: str
    credit: float = 0.0
    only_if: str = ""  # a pattern: only an answer whose text holds it is told so
    sure: bool = True  # it shows in all that it touches


@dataclass(frozen=True)
class KnownWrong:
    """What one misconception gives on one check: an `outcome`, {"value": …} or {"raises": …, "message": …}.

    On a second input it is {"number": …}, as `fingerprint.one_number` makes it of the parts that are wrong.
    """

    misconception: FrozenMisconception
    outcome: dict


@dataclass(frozen=True)
class Check:
    """One frozen comparison."""

    key: str
    exercise: Exercise
    call: str
    stored: dict = field(repr=False)
    known_wrong: tuple[KnownWrong, ...] = field(repr=False, default=())
    hidden: bool = False
    generated: Generated | None = field(repr=False, default=None)
    second: Check | None = field(repr=False, default=None)  # the same on a second input, where it has one

    def given(self):
        """Return new copies of the frozen inputs: a tuple, or the value itself where there is one."""
        return json_values.decode(self.stored["given"])

    @property
    def want(self):
        return json_values.decode(self.stored["want"])

    def is_dwarfed_by(self, value: object, wanted_only: bool = False) -> bool:
        """Say whether a value is out of all proportion to what is wanted; see `far_too_much`."""
        return far_too_much(value, None if self.at_least is not None else self.want, wanted_only)

    @property
    def way(self) -> dict:
        """The values on the way to the right result, as `answers.steps` keeps them; {} where none are."""
        return self.stored.get("way") or {}

    @property
    def earlier(self) -> dict[str, list]:
        """The calls of earlier exercises that the solution makes; {} where none are kept."""
        return self.stored.get("earlier") or {}

    @property
    def at_least(self) -> float | None:
        return self.stored.get("at_least")

    @property
    def at_least_small(self) -> float | None:
        """The bound where the notebook works with scikit-learn's small digits, None where it is the same."""
        return self.stored.get("at_least_small")

    @property
    def where(self) -> str:
        """What is special about the inputs of a hidden test, "" where its author does not say it."""
        return self.stored.get("where", "")

    @property
    def sizes(self) -> dict[str, int]:
        return self.stored.get("sizes", {})


@dataclass(frozen=True)
class Tables:
    """The frozen tables of one assignment."""

    exercises: dict[str, Exercise]
    checks: dict[str, Check]
    quizzes: dict[str, dict]
    keep_attempts: bool = False  # in the outputs of checks, for the instructor

    def check(self, key: str) -> Check:
        """Return the check `key`; raises `CourseFileError` naming the nearest thing to do where there is none."""
        if key in self.checks:
            return self.checks[key]
        raise CourseFileError(
            f"There is no check {key!r} in {CHECKS_FILE}. An instructor who has just written it runs `examiner freeze`."
        )

    def quiz(self, key: str) -> dict:
        """Return the sealed quiz `key`; raises `CourseFileError` where there is none."""
        if key in self.quizzes:
            return self.quizzes[key]
        raise CourseFileError(
            f"There is no quiz {key!r} in {CHECKS_FILE}; there are {', '.join(self.quizzes) or 'none'}."
        )


def load(folder: Path | str = ".", assignment: str = "") -> Tables:
    """Return the tables of the assignment in `folder`, with the hidden ones where they are at hand.

    Where `folder` has none, those of `assignment` are taken from the package or from the notebook itself. Raises
    `CourseFileError` with one sentence where there are none, or they are damaged.
    """
    visible = Path(folder, CHECKS_FILE).resolve()
    found = alone.find(assignment, visible.parent) if assignment and not visible.is_file() else None
    if found:
        return _load(found, _stamp(found), None, 0, assignment)
    named, beside = os.environ.get(HIDDEN_VARIABLE), visible.with_name(HIDDEN_FILE)
    hidden = Path(named) if named else beside if beside.is_file() else None
    return _load(visible, _stamp(visible), hidden, _stamp(hidden) if hidden and hidden.is_file() else 0)


def _stamp(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        raise CourseFileError(
            f"{CHECKS_FILE} is not in this folder ({path.parent}). Open the notebook from the folder it came in; "
            "if the file is lost, copy it from the release of the assignment. Where the notebook is alone, run its "
            "first code cell first."
        ) from None


@cache
def _load(visible: Path, stamp: int, hidden: Path | None, hidden_stamp: int, assignment: str = "") -> Tables:
    stored = _read(visible, assignment)
    try:
        exercises = {key: Exercise(key=key, **_tupled(words)) for key, words in stored["exercises"].items()}
        checks = _checks(stored, exercises, hidden=False)
        if hidden:
            checks |= _checks(_read(hidden), exercises, hidden=True)
    except (KeyError, TypeError, AttributeError) as error:
        raise CourseFileError(f"{visible} was made by another version of the course ({error}).") from error
    return Tables(exercises, checks, stored.get("quizzes", {}), stored.get("keep_attempts") is True)


def _read(path: Path, assignment: str = "") -> dict:
    try:
        carried = alone.read(path, assignment) if path.suffix == ".ipynb" else None
        stored = json.loads(carried or path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CourseFileError(f"{path} cannot be read ({error}). Copy it again from where it came.") from error
    if not isinstance(stored, dict) or stored.get("format") != FORMAT:
        raise CourseFileError(f"{path} was made by another version of the course; copy it again from the release.")
    return stored


def _tupled(words: dict) -> dict:
    return words | {name: tuple(words.get(name, ())) for name in ("needs", "changes", "unread", "handed")}


def _checks(stored: dict, exercises: dict, hidden: bool) -> dict[str, Check]:
    misconceptions = {id: FrozenMisconception(id=id, **words) for id, words in stored["misconceptions"].items()}
    found = generated.of_table(stored)

    def known_wrong(entry: dict) -> tuple[KnownWrong, ...]:
        return tuple(KnownWrong(misconceptions[id], outcome) for id, outcome in entry["wrong"].items())

    checks = {}
    for key, entry in stored["checks"].items():
        one = Check(key, exercises[entry["exercise"]], entry["call"], entry, known_wrong(entry), hidden)
        more = entry.get("second")
        second = replace(one, stored=more, known_wrong=known_wrong(more), call=_called_on(one, more)) if more else None
        checks[key] = replace(one, generated=found.get(key), second=second)
    return checks


def numbers_of(given: object) -> list[float] | None:
    """Return stored inputs that are nothing but numbers, else None."""
    values = given["tuple"] if isinstance(given, dict) and given.keys() == {"tuple"} else [given]
    numbers = [one for one in values if isinstance(one, int | float) and not isinstance(one, bool)]
    return numbers if numbers and len(numbers) == len(values) else None


def _called_on(check: Check, second: dict) -> str:
    """Return the call of a check with the numbers of its second input, where it shows numbers."""
    first, other = numbers_of(check.stored.get("given")), numbers_of(second.get("given"))
    return check.call.replace(_listed(first), _listed(other)) if first and other else check.call


def _listed(numbers: list[float]) -> str:
    return f"({', '.join(map(str, numbers))})"
