"""Read from the graded notebooks what each student answered; what has not changed since is not read again.

A class of thousands is gigabytes of notebooks. What a report needs of one is kept in `build/`, by its size and time.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path

from backprop.check import VERDICT_MIME

from ..course.source_notebook import exercise_of, grade_id
from ..judging import partial_credit
from ..submission import notes

FORM = 1  # of what is kept; another form is read again
MANY, AT_ONCE = 400, 50  # notebooks for which more processes pay, and how many each is given


@dataclass
class Answer:
    """One exercise in one graded notebook."""

    misconception: str = ""
    kind: str = ""  # of the first check that failed, "" where none did
    follows: bool = False
    mistake: str = ""  # in one word: the misconception's name, else that it follows from an earlier one, else the kind
    came_out: str = ""  # what a visible check says was returned
    but: str = ""
    source: str = ""
    options: list[str] = field(default_factory=list)  # of a quiz, the chosen ones


@dataclass
class Work:
    """What one graded notebook says."""

    answers: dict[str, Answer] = field(default_factory=dict)  # by exercise
    notes: list[str] = field(default_factory=list)


def of_class(students: Iterable[str], assignment: str, autograded: Path, kept: Path) -> dict[str, Work]:
    """Return what each student answered; `kept` is the file with what was read before."""
    paths = {student: sorted((autograded / student / assignment).glob("*.ipynb")) for student in students}
    before = _read_kept(kept)
    known: dict[str, dict] = {}
    fresh: list[tuple[str, Path, list]] = []
    for student, some in paths.items():
        for path in some:
            key, state = f"{student}/{path.name}", _state(path)
            held = before.get(key)
            if held and held["state"] == state:
                known[key] = held
            else:
                fresh.append((key, path, state))
    for (key, _, state), work in zip(fresh, _read_all([path for _, path, _ in fresh]), strict=True):
        known[key] = {"state": state, "work": work}
    if fresh or len(known) != len(before):
        _keep(kept, known)
    return {
        student: _joined([known[f"{student}/{path.name}"]["work"] for path in some]) for student, some in paths.items()
    }


def _joined(works: list[dict]) -> Work:
    """Return the work in all notebooks of a student."""
    whole = Work()
    for work in works:
        whole.answers |= {key: Answer(**answer) for key, answer in work["answers"].items()}
        whole.notes += work["notes"]
    return whole


def _read_all(paths: list[Path]) -> list[dict]:
    """Return what is in notebooks, as plain data; where there are many, with all processors."""
    if len(paths) < MANY or (os.cpu_count() or 1) < 2:
        return [_read(path) for path in paths]
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        return list(pool.map(_read, paths, chunksize=AT_ONCE))


def _state(path: Path) -> list:
    try:
        found = path.stat()
    except OSError:
        return []
    return [found.st_mtime_ns, found.st_size, found.st_ino]


def _read_kept(path: Path) -> dict:
    try:
        held = json.loads(path.read_text(encoding="utf-8"))
        return held["notebooks"] if held["form"] == FORM else {}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def _keep(path: Path, known: dict) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f".{path.name}.{os.getpid()}")
    new.write_text(json.dumps({"form": FORM, "notebooks": known}), encoding="utf-8")
    new.replace(path)


def _read(path: Path) -> dict:
    work = read(path)
    return {"answers": {key: vars(one) for key, one in work.answers.items()}, "notes": work.notes}


def read(path: Path) -> Work:
    """Return what a graded notebook says; nothing of one that is not whole."""
    try:
        nb = json.loads(path.read_text(encoding="utf-8"))
        held = nb["metadata"][notes.KEY]
        said = [note["text"] for note in held.get("notes", [])]
        return Work(_answers(nb["cells"]) if held.get("graded") is True else {}, said)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Work()


def _answers(cells: list[dict]) -> dict[str, Answer]:
    found: dict[str, Answer] = {}
    for cell in cells:
        meta = cell["metadata"].get("nbgrader") or {}
        if cell["cell_type"] != "code" or not (meta.get("grade") or meta.get("solution")):
            continue
        one = found.setdefault(exercise_of(grade_id(cell)), Answer())
        if meta.get("solution"):
            one.source = "".join(cell["source"])
        if meta.get("grade"):
            _judge(one, [out.get("data", {}) for out in cell.get("outputs", [])])
    return found


def _judge(one: Answer, shown: list[dict]) -> None:
    """Add what the checks of one cell say of an answer."""
    credit: dict = next((data[partial_credit.CREDIT_MIME] for data in shown if partial_credit.CREDIT_MIME in data), {})
    for verdict in (data[VERDICT_MIME] for data in shown if VERDICT_MIME in data):
        if verdict["options"] and not one.options:
            one.options = [option["label"] for option in verdict["options"] if option["chosen"]]
        if verdict["passed"]:
            continue
        follows = bool(verdict["first"]) or credit.get("why") == partial_credit.FOLLOWS
        if not one.mistake or verdict["misconception"]:
            one.mistake = verdict["misconception"] or (
                partial_credit.FOLLOWS if follows else verdict["kind"] or "wrong"
            )
        one.misconception = one.misconception or verdict["misconception"]
        one.follows |= follows
        if not one.kind:
            one.kind, one.but = verdict["kind"] or "wrong", verdict["but"]
            one.came_out = "" if verdict["hidden"] else verdict["returned"]
