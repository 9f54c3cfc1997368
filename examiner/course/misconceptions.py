"""Read `misconceptions.toml`: what each exercise is called and says, its misconceptions, and its quizzes.

place = 3                                   # of the assignment in the course
keep_attempts = true                        # optional: each check keeps in its output what was tried, and when

[[exercise]]
key = "6"
title = "Back-propagation"
function = "back_propogation"               # "" where the answer is a variable
holds = "what a right answer fulfils, in one sentence"
hint = "the hint where nothing more special is known"
ask = "the question where nothing more special is known"
changes = ["parameters"]                    # optional: arguments that the function may change in place
where = [["6.1", "there is a single sample"]]  # optional: of hidden tests, what is special about their inputs

[[misconception]]
exercise = "6"
id = "missing-mean"
edit = ["(A2 - Y)/m", "(A2 - Y)"]           # or edits = [[old, new], [old, new]]
hint = "…"
ask = "…"
credit = 0.5                                # optional: share of the points that this mistake still earns
only_if = "\\babs"                          # optional: a pattern; only answers whose text holds it are told so
"""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ..errors import ExaminerError
from . import toml_tables
from .toml_tables import ANY_TEXT, NUMBER, TEXT, WHOLE_NUMBER, YES_OR_NO, Key, Tables, one_of, optional

NAME = "misconceptions.toml"
LAST = 99  # the place of an assignment that names none
EDIT = Key('["old", "new"]', (list,), needed=False)
EXERCISE = {
    "key": TEXT,
    "title": TEXT,
    "function": ANY_TEXT,
    "holds": TEXT,
    "hint": TEXT,
    "ask": TEXT,
    "at_least": optional(NUMBER),
    "at_least_small": optional(NUMBER),
    "curve": optional(TEXT),
    "extra": optional(NUMBER),
    "changes": Key('["name"]', (list,), needed=False),
    "where": Key('[["1.1", "…"], …]', (list,), needed=False),
}
MISCONCEPTION = {
    "exercise": TEXT,
    "id": TEXT,
    "edit": EDIT,
    "edits": Key('[["old", "new"], …]', (list,), needed=False),
    "hint": TEXT,
    "ask": TEXT,
    "credit": optional(NUMBER),
    "only_if": optional(TEXT),
}
QUIZ: dict[str, Key | Tables] = {
    "key": TEXT,
    "kind": one_of("one", "several", "number"),
    "question": TEXT,
    "answer_name": optional(TEXT),
    "answer": optional(NUMBER),
    "decimals": optional(WHOLE_NUMBER),
    "because": optional(ANY_TEXT),
    "option": Tables({"label": TEXT, "text": TEXT, "right": optional(YES_OR_NO), "because": TEXT}, "label"),
    "wrong": Tables({"answer": NUMBER, "because": TEXT}),
}
OF_NUMBER = ("answer", "decimals", "because", "wrong")  # what only a quiz that asks for a number takes
OF_CHOICE = ("option",)
KNOWN: dict[str, Key | Tables] = {
    "place": optional(WHOLE_NUMBER),
    "keep_attempts": optional(YES_OR_NO),
    "exercise": Tables(EXERCISE, "key"),
    "misconception": Tables(MISCONCEPTION, "id"),
    "quiz": Tables(QUIZ, "key"),
}


@dataclass(frozen=True)
class Misconception:
    """One edit of the reference solution, and the hint against it."""

    id: str
    exercise: str
    edits: tuple[tuple[str, str], ...]
    hint: str
    ask: str
    credit: float = 0.0
    only_if: str = ""

    def apply(self, source: str) -> str:
        """Return `source` with the mistake made; raises `ExaminerError` where an edit does not fit, or breaks it."""
        for old, new in self.edits:
            if source.count(old) != 1:
                raise ExaminerError(
                    f"misconception {self.id!r}: {old!r} stands {source.count(old)} times in the solution of "
                    f"exercise {self.exercise}, but should be there once."
                )
            source = source.replace(old, new)
        try:
            ast.parse(source)
        except SyntaxError as error:
            where = f"line {error.lineno}: {error.msg}"
            raise ExaminerError(f"misconception {self.id!r}: its edits leave invalid Python ({where}).") from error
        return source


@dataclass(frozen=True)
class MisconceptionsFile:
    """Everything that an instructor writes beside the notebook."""

    exercises: dict[str, dict]
    misconceptions: tuple[Misconception, ...]
    quizzes: tuple[dict, ...]
    keep_attempts: bool = False
    where: Mapping[str, str] = field(default_factory=dict)  # by hidden test, what is special about its inputs


def read(folder: Path) -> MisconceptionsFile:
    """Return what is written beside the notebook in `folder`; raises `ExaminerError` with the first fault."""
    path = folder / NAME
    try:
        stored = toml_tables.read(path, KNOWN)
    except OSError as error:
        raise ExaminerError(
            f"{path} is missing. Every assignment has one, with an [[exercise]] for each exercise."
        ) from error
    exercises = {entry["key"]: dict(entry) for entry in stored.get("exercise", [])}
    where: dict[str, str] = {}
    for entry in exercises.values():
        where |= _where(entry, path)
        del entry["key"]
    misconceptions = tuple(_misconception(entry, exercises, path) for entry in stored.get("misconception", []))
    quizzes = tuple(stored.get("quiz", []))
    for quiz in quizzes:
        _check_quiz(quiz, exercises, path)
    return MisconceptionsFile(exercises, misconceptions, quizzes, stored.get("keep_attempts", False), where)


def place(folder: Path) -> int:
    """Return the place in the course that the assignment in `folder` names; the last one where it names none."""
    try:
        stored = tomllib.loads((folder / NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return LAST  # whoever reads all of the file says what is wrong with it
    return stored["place"] if WHOLE_NUMBER.takes(stored.get("place")) else LAST


def _misconception(entry: dict, exercises: dict, path: Path) -> Misconception:
    id = entry["id"]
    if entry["exercise"] not in exercises:
        named = f"misconception {id!r} names exercise {entry['exercise']!r}"
        raise ExaminerError(f"{path}: {named}, which does not exist. Write an [[exercise]] with this key.")
    if "edit" in entry and "edits" in entry:
        raise ExaminerError(f"{path}: misconception {id!r} has both edit and edits: write all of them in edits.")
    edits = entry.get("edits") or [entry.get("edit")]
    if not all(_is_pair(edit) for edit in edits):
        raise ExaminerError(f"{path}: misconception {id!r} needs edit = [old, new], two strings.")
    credit = entry.get("credit", 0.0)
    if not 0 <= credit <= 1:
        raise ExaminerError(f"{path}: credit of {id!r} is {credit:g}, not a share of the points, from 0 to 1.")
    return Misconception(
        id=id,
        exercise=entry["exercise"],
        edits=tuple((old, new) for old, new in edits),
        hint=entry["hint"],
        ask=entry["ask"],
        credit=credit,
        only_if=_pattern(entry.get("only_if", ""), id, path),
    )


def _where(entry: dict, path: Path) -> dict[str, str]:
    """Take from an exercise what it says of the inputs of its hidden tests."""
    pairs = entry.pop("where", [])
    if not all(_is_pair(pair) and pair[0].startswith(f"{entry['key']}.") and pair[1].strip() for pair in pairs):
        said = f'exercise {entry["key"]!r} needs where = [["{entry["key"]}.1", "…"], …]'
        raise ExaminerError(f"{path}: {said}: pairs of a hidden test and what is special about its inputs.")
    return dict(pairs)


def _pattern(text: str, id: str, path: Path) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise ExaminerError(f"{path}: only_if of {id!r} is not a pattern for Python's `re`: {error}.") from error
    return text


def _is_pair(of: object) -> bool:
    return isinstance(of, list) and len(of) == 2 and all(isinstance(part, str) for part in of)


def _check_quiz(quiz: dict, exercises: dict, path: Path) -> None:
    """Raise `ExaminerError` where a quiz lacks what its kind needs, or nobody could answer it."""
    where = f"{path}: quiz {quiz['key']!r}"
    if quiz["key"] not in exercises:
        raise ExaminerError(f"{where} has no exercise: write an [[exercise]] with key = {quiz['key']!r}.")
    kind = quiz["kind"]
    for name in OF_CHOICE if kind == "number" else OF_NUMBER:
        if name in quiz:
            said = f"[[quiz.{name}]]" if isinstance(QUIZ[name], Tables) else name
            raise ExaminerError(f"{where} of kind {kind!r} takes no {said}: leave it out, or choose another kind.")
    if kind == "number":
        if "answer" not in quiz:
            raise ExaminerError(f"{where} asks for a number, but has no answer = …")
        return
    right = [option for option in quiz.get("option", []) if option.get("right")]
    if len(quiz.get("option", [])) < 2:
        raise ExaminerError(f"{where} needs a [[quiz.option]] for each of its options, two or more.")
    if not right or (kind == "one" and len(right) > 1):
        wanted = "exactly one option" if kind == "one" else "an option, or several,"
        raise ExaminerError(f"{where} needs {wanted} with right = true, but has {len(right)}.")
