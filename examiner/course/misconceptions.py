"""Read `misconceptions.toml`: the words of each exercise, its misconceptions, and its quizzes.

place = 3                                   # of the assignment in the course

[[exercise]]
key = "6"
title = "Back-propagation"
function = "back_propogation"               # "" where the answer is a variable
holds = "what a right answer fulfils, in one sentence"
hint = "the hint where nothing more special is known"
ask = "the question where nothing more special is known"

[[misconception]]
exercise = "6"
id = "missing-mean"
edit = ["(A2 - Y)/m", "(A2 - Y)"]           # or edits = [[old, new], [old, new]]
hint = "…"
ask = "…"
credit = 0.5                                # optional: share of the points that this mistake still earns
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from ..errors import ExaminerError

NAME = "misconceptions.toml"
EXERCISE_WORDS = {"title", "function", "holds", "hint", "ask"}
EXERCISE_OPTIONS = {"key", "at_least", "extra"}
MISCONCEPTION_WORDS = {"exercise", "id", "hint", "ask"}
MISCONCEPTION_OPTIONS = {"edit", "edits", "credit"}


@dataclass(frozen=True)
class Misconception:
    """One edit of the reference solution, and the hint against it."""

    id: str
    exercise: str
    edits: tuple[tuple[str, str], ...]
    hint: str
    ask: str
    credit: float = 0.0

    def apply(self, source: str) -> str:
        """Return `source` with the mistake made; raises `ExaminerError` where an edit does not fit exactly once."""
        for old, new in self.edits:
            if source.count(old) != 1:
                raise ExaminerError(
                    f"misconception {self.id!r}: {old!r} stands {source.count(old)} times in the solution of "
                    f"exercise {self.exercise}, and once is expected."
                )
            source = source.replace(old, new)
        return source


@dataclass(frozen=True)
class MisconceptionsFile:
    """Everything that an instructor writes beside the notebook."""

    exercises: dict[str, dict]
    mistakes: tuple[Misconception, ...]
    quizzes: tuple[dict, ...]


def read(folder: Path) -> MisconceptionsFile:
    """Return the words of the assignment in `folder`; raises `ExaminerError` naming the first thing to mend."""
    path = folder / NAME
    try:
        stored = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ExaminerError(
            f"{path} is missing. Every assignment has one, with an [[exercise]] for each exercise."
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise ExaminerError(f"{path}: {error}") from error
    exercises = {}
    for entry in stored.get("exercise", []):
        _complete(entry, EXERCISE_WORDS | {"key"}, EXERCISE_OPTIONS | EXERCISE_WORDS, path)
        exercises[entry["key"]] = {name: value for name, value in entry.items() if name != "key"}
    mistakes = tuple(_mistake(entry, exercises, path) for entry in stored.get("misconception", []))
    ids = [mistake.id for mistake in mistakes]
    for id in ids:
        if ids.count(id) > 1:
            raise ExaminerError(f"{path}: two misconceptions are called {id!r}.")
    return MisconceptionsFile(exercises, mistakes, tuple(stored.get("quiz", [])))


def _mistake(entry: dict, exercises: dict, path: Path) -> Misconception:
    _complete(entry, MISCONCEPTION_WORDS, MISCONCEPTION_WORDS | MISCONCEPTION_OPTIONS, path)
    if entry["exercise"] not in exercises:
        raise ExaminerError(
            f"{path}: misconception {entry['id']!r} names exercise {entry['exercise']!r}, which has no words."
        )
    edits = entry.get("edits") or [entry.get("edit")]
    if not all(isinstance(edit, list) and len(edit) == 2 for edit in edits):
        raise ExaminerError(f"{path}: misconception {entry['id']!r} needs edit = [old, new].")
    words = {name: entry[name] for name in ("id", "exercise", "hint", "ask")}
    return Misconception(**words, edits=tuple((old, new) for old, new in edits), credit=entry.get("credit", 0.0))


def _complete(entry: dict, needed: set[str], allowed: set[str], path: Path) -> None:
    name = entry.get("id") or entry.get("key") or "an entry"
    for word in sorted(needed - entry.keys()):
        raise ExaminerError(f"{path}: {name!r} has no {word!r}.")
    for word in sorted(needed & entry.keys()):
        if word not in ("function",) and not str(entry[word]).strip():
            raise ExaminerError(f"{path}: {word!r} of {name!r} is empty.")
    for word in sorted(entry.keys() - allowed):
        raise ExaminerError(
            f"{path}: {name!r} has {word!r}, which means nothing here. Known: {', '.join(sorted(allowed))}."
        )
