"""Tell whose a folder is: macOS writes accents as letters of their own, and people write their names small."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import nbformat
from nbgrader.api import Gradebook
from nbgrader.converters.base import NbGraderException

from ..submission import notes
from ..submission.notes import Note, shown


def whose(folder: str, gradebook: Gradebook) -> str:
    """Return the one student in the gradebook whose name is that of the folder, or the same in other letters."""
    roster = [student.id for student in gradebook.students]
    alike = [name for name in roster if _letters(name) == _letters(folder)]
    return alike[0] if folder not in roster and len(alike) == 1 else folder


def _letters(name: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def refuse_second(folder: Path, own: Path) -> None:
    """Raise where a student has handed in under the very name too: `own` is that folder, and it counts."""
    if folder != own and os.path.lexists(own) and not (folder.exists() and own.exists() and folder.samefile(own)):
        name = own.parent.name
        raise NbGraderException(f"There is a folder {name} too, of the same student: that one counts")


def note(paths: list[Path], folder: str, student: str) -> None:
    """Note in the notebooks of a submission that its folder has another name than its student."""
    for path in paths if folder != student else ():
        nb = nbformat.read(path, as_version=4)
        notes.add(nb, [Note(f"The folder {shown(folder)} was taken for that of {shown(student)}.")])
        nbformat.write(nb, path)
