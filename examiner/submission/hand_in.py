"""Read a file that `hand_in()` wrote: one notebook and its receipt, in a zip that may be anything.

Nothing is unpacked by the names in it. What does not fit together is refused in one sentence.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from backprop.hand_in import FORMAT, NAME, RECEIPT

from ..errors import ExaminerError, Unreadable
from . import timestamp
from .found_file import MB, read
from .intake import SizeLimits
from .notes import shown

LONGEST_RECEIPT = 100_000  # bytes
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


@dataclass(frozen=True)
class HandedIn:
    """What a student handed in with `hand_in()`."""

    student: str
    assignment: str
    time: datetime
    notebook: bytes


def handed_in(path: Path, limits: SizeLimits | None = None) -> HandedIn:
    """Return what is in the file at `path`; raises `ExaminerError` with one sentence where it cannot be taken."""
    most = (limits or SizeLimits()).notebook
    try:
        data = read(path, 2 * most)  # of a regular file, and of none that is too large
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = {entry.filename for entry in archive.infolist()}
            plain = all(entry.compress_type in METHODS for entry in archive.infolist())  # others raise what they like
            if len(archive.infolist()) != 2 or len(names) != 2 or RECEIPT not in names or not plain:
                raise Unreadable("it is not what hand_in() writes: a notebook and its receipt")
            receipt = _receipt(_part(archive, RECEIPT, LONGEST_RECEIPT))
            notebook = _part(archive, (names - {RECEIPT}).pop(), most)
    except Unreadable as why:
        raise ExaminerError(f"{shown(path.name)} was not taken: {why}.") from None
    except OSError as error:
        raise ExaminerError(f"{shown(path.name)} was not taken: it cannot be opened ({error.strerror}).") from None
    except Exception:  # the library raises many kinds
        raise ExaminerError(f"{shown(path.name)} was not taken: it is no whole zip file.") from None
    if hashlib.sha256(notebook).hexdigest() != receipt["digest"]:
        raise ExaminerError(
            f"{shown(path.name)} was not taken: its notebook is not the one that the receipt is for. "
            "Ask for a file that hand_in() has just written."
        )
    return HandedIn(receipt["student"], receipt["assignment"], receipt["time"], notebook)


def _part(archive: zipfile.ZipFile, name: str, most: int) -> bytes:
    with archive.open(name) as file:  # what the zip says of its size may be a lie
        data = file.read(most + 1)
    if len(data) > most:
        raise Unreadable(f"{'its receipt' if name == RECEIPT else 'its notebook'} is larger than {most / MB:g} MB")
    return data


def _receipt(data: bytes) -> dict:
    try:
        found = json.loads(data)
        said = datetime.fromisoformat(found["time"])
        time = timestamp.possible(said)
        fits = found["format"] == FORMAT and said.tzinfo is not None
        names = (found["student"], found["assignment"])
        fits = fits and isinstance(found["digest"], str) and all(NAME.fullmatch(name) for name in names)
    except (ValueError, KeyError, TypeError, RecursionError):
        fits = False
    if not fits:
        raise Unreadable("its receipt is not one that hand_in() writes")
    return {**found, "time": time}
