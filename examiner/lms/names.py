"""Read the names that Canvas and Moodle give to the files of a download. Pure.

Canvas: `lastfirst_LATE_12345_67890_name-1.ipynb`, with the numbers of the user and of the file; letters and digits are
all that it keeps of a name, and it adds -1, -2 to a file that is handed in again. Moodle: a folder for each student,
`First Last_123456_assignsubmission_file_/name.ipynb`, or without the last `_`, or as the beginning of the file's name;
the number is that of the participant in this one assignment.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

CANVAS = re.compile(r"(?P<name>.*?)_(?P<late>LATE_)?(?P<user>\d+)_(?P<item>\d+)_(?P<file>.+)", re.ASCII | re.DOTALL)
ANONYMOUS = re.compile(r"(?P<late>LATE_)?(?P<name>anon_[^_]+)_(?P<item>\d+)_(?P<file>.+)", re.ASCII | re.DOTALL)
MOODLE = re.compile(r"(?P<name>.+?)_(?P<user>\d+)_assignsubmission_file(?:_(?P<file>.*))?", re.ASCII | re.DOTALL)
ATTEMPT = re.compile(r"(?P<stem>.+?)-(?P<number>\d+)(?P<ending>\.[^.]+)", re.ASCII | re.DOTALL)
OF_CANVAS = re.compile(r"[^\W_]*")  # all that it keeps of a name
LONGEST = 240  # bytes; no file system takes more than 255
NOBODYS = ("__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini")


@dataclass(frozen=True)
class Sent:
    """One file that a student handed in, by what its name says."""

    lms: Literal["canvas", "moodle"]
    name: str  # of the student, as the LMS writes it
    number: str  # of the user (Canvas) or of the participant (Moodle); "" where the LMS keeps it secret
    prefix: str  # what the LMS wants to see again on feedback: up to the name of the file
    file: str  # within the submission
    rank: tuple[int, int] = (0, 0)  # of several with one name, the greatest is the newest
    late: bool = False


def read(path: str, notebooks: set[str]) -> Sent | None:
    """Return what the path of a file in an archive says, None where neither LMS writes such a path.

    `notebooks` are the names of files that were handed out: theirs may end in -1 by themselves.
    """
    parts = path.split("/")
    canvas = CANVAS.fullmatch(parts[-1])
    # What follows the numbers of Canvas was named by the student, and could be another's name as Moodle writes it.
    folders = parts[:-1] if canvas and OF_CANVAS.fullmatch(canvas["name"]) else parts
    for place, part in enumerate(folders):
        if found := MOODLE.fullmatch(part):
            file = "/".join(filter(None, [found["file"] or "", *parts[place + 1 :]]))
            prefix = part.removesuffix(found["file"] or "")
            return Sent("moodle", found["name"], found["user"], prefix, _composed(file)) if file else None
    last = parts[-1]
    if found := canvas or ANONYMOUS.fullmatch(last):
        file, attempt = without_attempt(_composed(found["file"]), notebooks)
        rank = (int(found["item"]), attempt)
        prefix = last.removesuffix(found["file"])
        return Sent(
            "canvas", found["name"], found.groupdict().get("user") or "", prefix, file, rank, bool(found["late"])
        )
    return None


def without_attempt(file: str, notebooks: set[str]) -> tuple[str, int]:
    """Return the name without the -1 that Canvas adds, and which attempt that is; 0 where it adds none."""
    found = ATTEMPT.fullmatch(file)
    if file in notebooks or not found or found["stem"] + found["ending"] not in notebooks:
        return file, 0
    return found["stem"] + found["ending"], int(found["number"])


def is_nobodys(path: str) -> bool:
    """Tell whether a path is one of those that macOS and Windows add by themselves, or a folder."""
    parts = path.split("/")
    return not parts[-1] or parts[-1].startswith("._") or any(part in NOBODYS for part in parts)


def leads_out(path: str) -> bool:
    """Tell whether a path is made to end up elsewhere, or cannot be written everywhere."""
    parts = path.split("/")
    if any(unicodedata.category(char) in ("Cc", "Cs") for char in path) or len(parts) > 16:
        return True
    return any(part in ("", ".", "..") or ":" in part or len(part.encode()) > LONGEST for part in parts)


def letters(name: str) -> str:
    """Return what of a name counts: its letters and digits, composed, without case."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold()))


def _composed(file: str) -> str:
    return unicodedata.normalize("NFC", file)
