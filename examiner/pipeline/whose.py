"""Tell whose a folder is: macOS writes accents as letters of their own, and people write their names small."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable
from pathlib import Path

import nbformat
from nbgrader.api import Gradebook
from nbgrader.converters.base import NbGraderException

from ..submission import notes
from ..submission.notes import Note, shown


def whose(folder: str, gradebook: Gradebook) -> str:
    """Return the one student in the gradebook whose name is that of the folder, or the same in other letters."""
    return Roster(student.id for student in gradebook.students).whose(folder)


class Roster:
    """The names of all students."""

    def __init__(self, names: Iterable[str] = ()):
        self._alike: dict[str, set[str]] = {}
        for name in names:
            self.add(name)

    def add(self, name: str) -> None:
        self._alike.setdefault(_letters(name), set()).add(name)

    def whose(self, folder: str) -> str:
        """Return the one student whose name is that of the folder, or the same in other letters."""
        alike = self._alike.get(_letters(folder), set())
        return next(iter(alike)) if len(alike) == 1 else folder


def _letters(name: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def refuse_second(folder: Path, own: Path) -> None:
    """Raise where a student has handed in under the very name too: `own` is that folder, and it counts."""
    if folder != own and os.path.lexists(own) and not (folder.exists() and own.exists() and folder.samefile(own)):
        name = own.parent.name
        raise NbGraderException(f"There is also a folder {name} of the same student: that one counts")


def note(paths: list[Path], folder: str, student: str) -> None:
    """Note in the notebooks of a submission that its folder has another name than its student."""
    for path in paths if folder != student else ():
        nb = nbformat.read(path, as_version=4)
        notes.add(nb, notes_on(folder, student))
        nbformat.write(nb, path)


def notes_on(folder: str, student: str) -> list[Note]:
    """Return what to note of a folder of another name than its student."""
    if folder == student:
        return []
    return [Note(f"The folder {shown(folder)} was taken as that of {shown(student)}.")]
