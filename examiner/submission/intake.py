"""Look through one submission: which of its files is meant as which notebook, and what lies beside it.

What was handed in is only read: no link is followed, nothing but regular files is opened, and nothing beyond a limit
is loaded. Which cell of a notebook is which is for `repair`.
"""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from pathlib import Path

from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell, new_notebook

from ..errors import Unreadable
from . import helpers, notes, timestamp
from .answered import is_answered
from .file_names import is_in_the_way, is_notebook, is_plain, kinship
from .found_file import KINDS, MB, Found, read, words_of
from .notes import Note, shown
from .sanitize import notebook_of
from .timestamp import TIMESTAMP

DEEPEST = 8  # folders within folders
MOST_SEEN = 20_000  # files and folders; whoever hands in more has them counted no further
MOST_CANDIDATES = 20
MOST_NAMED = 5  # files that one sentence names


@dataclass(frozen=True)
class SizeLimits:
    """How much one student may hand in."""

    notebook: int = 32 * MB
    files: int = 64 * MB  # all other files together
    count: int = 1000


class Submission:
    """The folder that a student handed in, looked through once."""

    def __init__(self, folder: Path, limits: SizeLimits | None = None, ignore: list[str] | None = None):
        self.folder, self.limits, self.ignore = folder, limits or SizeLimits(), ignore or []
        self.files: list[Found] = []
        self.left_out: dict[str, list[str]] = {}  # why -> which
        self.trouble, self.seen = "", 0
        self.stamp, self.stamp_note = timestamp.read(folder, read)
        try:
            mode = folder.lstat().st_mode
            if not stat.S_ISDIR(mode):
                raise Unreadable(f"where the folder should be is {KINDS.get(stat.S_IFMT(mode), 'a file')}")
            for entry in sorted(os.listdir(folder)):
                self._look(folder / entry, entry)
        except (OSError, Unreadable) as error:
            self.trouble = words_of(error)

    def _look(self, path: Path, name: str) -> None:
        """Note down the file at `path`, or all that is in the folder there."""
        self.seen += 1
        if self.seen > MOST_SEEN or any(fnmatchcase(path.name, pattern) for pattern in self.ignore):
            return
        try:
            info = path.lstat()
            kind = stat.S_IFMT(info.st_mode)
            if kind == stat.S_IFDIR:
                if is_notebook(name):
                    self._leave("were left out, since each is a folder", name)
                for entry in sorted(os.listdir(path)) if name.count("/") < DEEPEST else ():
                    self._look(path / entry, f"{name}/{entry}")
            elif kind == stat.S_IFREG:
                self.files.append(Found(path, name, info.st_size, info.st_mtime))
            else:
                self._leave(f"were left out, since each is {KINDS[kind]}", name)
        except OSError as error:
            self._leave(f"were left out: {words_of(error)}", name)

    def _leave(self, why: str, name: str) -> None:
        self.left_out.setdefault(why, []).append(name)

    def hold(self, wanted: list[str]) -> Submission:
        """Read what grading may ask for, so that nothing on the disk is needed any more; returns itself.

        Beyond twice the limits nothing is read: that much is in memory at once.
        """
        likely = [found for some in self.candidates(wanted).values() for found in some[:MOST_CANDIDATES]]
        room = 2 * (self.limits.notebook + self.limits.files)
        held: dict[str, Found] = {}
        for found in [*likely, *self.files]:
            if found.name not in held:
                limit = min(room, self.limits.notebook if is_notebook(found.name) else self.limits.files)
                data: bytes | Exception
                try:
                    data = read(found.path, limit)
                    room -= len(data)
                except (OSError, Unreadable) as error:
                    data = error
                held[found.name] = replace(found, path=Path(found.name), held=data)
        self.files = [held[found.name] for found in self.files]
        self.folder = Path(self.folder.parent.name, self.folder.name)  # whose it is; not where
        return self

    def candidates(self, wanted: list[str]) -> dict[str, list[Found]]:
        """Return for each wanted notebook, "homework", the files that it could be, the likeliest first."""
        books = [found for found in self.files if is_notebook(found.name)]
        chosen: dict[str, list[Found]] = {name: [] for name in wanted}
        taken: dict[str, str] = {}
        for kin, name, found in sorted(
            ((kinship(found.name, name), name, found) for found in books for name in wanted),
            key=lambda some: (some[0], some[2].depth, -some[2].modified, some[2].name, some[1]),
        ):
            # A notebook of quite another name can be meant where there is only one to be meant.
            if taken.setdefault(found.name, name) == name and (kin < 3 or len(wanted) == 1):
                chosen[name].append(found)
        return chosen

    def notebook(self, name: str, candidates: list[Found], released: NotebookNode | None = None) -> NotebookNode:
        """Return the clean notebook for `name`, with notes; a stand-in with the reason where nothing can be read.

        The first that holds an answer counts, else the first that can be read.
        """
        refused: dict[str, str] = {}
        empty: dict[str, tuple[NotebookNode, list[str]]] = {}
        chosen, nb = "", None
        odd: list[str] = []
        for found in candidates[:MOST_CANDIDATES]:
            try:
                nb, odd = notebook_of(found.read(self.limits.notebook))
            except (OSError, Unreadable) as error:
                refused[found.name] = words_of(error)
                continue
            chosen = found.name
            if is_answered(nb, released):
                break
            empty[found.name] = nb, odd
        else:
            if not empty:
                words = [f"{shown(which)}: {why}" for which, why in refused.items()]
                return stand_in("; ".join(words[:MOST_NAMED]) or self._nothing(name))
            chosen = next(iter(empty))
            nb, odd = empty.pop(chosen)
            refused = {found.name: refused[found.name] for found in candidates[: _place(candidates, chosen)]}
        assert nb is not None  # one was chosen
        notes.add(nb, [Note(f"{shown(which)}: {why}.") for which, why in refused.items()])
        if empty and chosen not in empty and _place(candidates, next(iter(empty))) < _place(candidates, chosen):
            notes.add(nb, [Note(f"No answer in: {_list(list(empty))}.")])
        if chosen != f"{name}.ipynb":
            notes.add(nb, [Note(f"{shown(chosen)} is taken for {name}.ipynb.")])
        passed = set(empty) | set(refused) | {chosen}
        others = [found.name for found in candidates if found.name not in passed]
        if others:
            notes.add(nb, [Note(f"Not looked at: {_list(others)}.")])
        notes.add(nb, [Note(words) for words in odd])
        return nb

    def _nothing(self, name: str) -> str:
        if self.trouble:
            return self.trouble
        odd = [f"files that {why}: {_list(which)}" for why, which in self.left_out.items()]
        there = [f"there are only {_list([found.name for found in self.files])}"] if self.files else []
        return "; ".join([f"{name}.ipynb was not handed in", *there, *odd])

    def copy_files(self, to: Path, reserved: set[str]) -> list[Note]:
        """Copy what was handed in beside the notebooks, and return what was left out.

        `reserved` are the names of files that grading puts there itself; nothing of another kind may take their place.
        """
        room, number = self.limits.files, 0
        for found in self.files:
            if found.name == TIMESTAMP:
                continue
            if is_notebook(found.name):
                odd = found.name in reserved or not is_plain(found.name) or is_in_the_way(found.name, reserved)
                if not odd and number < self.limits.count:
                    used = self._copy_helper(found, to, room)
                    room, number = room - used, number + bool(used)
                continue
            if not is_plain(found.name) or is_in_the_way(found.name, reserved):
                self._leave("were left out for their names", found.name)
            elif found.size > room or number >= self.limits.count:
                self._leave(f"are too much: the limit is {self.limits.files / MB:g} MB", found.name)
            else:
                try:
                    data = found.read(room)
                    path = to / found.name
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_bytes(data)
                except (OSError, Unreadable) as error:
                    self._leave(f"were left out: {words_of(error)}", found.name)
                else:
                    room, number = room - len(data), number + 1
        return [Note(f"Files that {why}: {_list(which)}.") for why, which in self.left_out.items()]

    def _copy_helper(self, found: Found, to: Path, room: int) -> int:
        """Copy a notebook that `%run` may want, clean, and return its size; 0 where it is none, or none to be read."""
        try:
            nb, _ = notebook_of(found.read(min(room, self.limits.notebook)))
            return helpers.put_beside(nb, to / found.name) if helpers.is_helper(nb) else 0
        except (OSError, Unreadable):
            return 0


def _place(candidates: list[Found], name: str) -> int:
    return next(i for i, found in enumerate(candidates) if found.name == name)


def stand_in(reason: str) -> NotebookNode:
    """Return the notebook that is graded, with 0 points, in place of one that cannot be read."""
    nb = new_notebook(cells=[new_markdown_cell(f"Nothing could be graded: {reason}", id="reason")])
    notes.refuse(nb, reason)
    return nb


def timestamp_in(folder: Path) -> str:
    """Return when a submission was handed in, as nbgrader writes it; "" where there is nothing to tell it by."""
    return timestamp.read(folder, read)[0]


def _list(names: list[str]) -> str:
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return ", ".join(shown(name) for name in sorted(names)[:MOST_NAMED]) + more
