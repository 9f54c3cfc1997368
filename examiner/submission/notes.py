"""What was odd about a submission, in words that travel with its notebook: from intake to the report and the feedback.

They lie in the metadata of the notebook that is graded. That notebook is built again from what was handed in, so a
submission cannot bring notes of its own.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

KEY = "examiner"
MOST = 20  # notes of one notebook; whoever changed everything need not read it line by line


@dataclass(frozen=True)
class Note:
    """One sentence, and the grade_id of the cell that it is about; "" where it is about the whole submission."""

    text: str
    cell: str = ""


def add(nb, notes: list[Note]) -> None:
    """Add `notes` to those of the notebook."""
    held = nb.metadata.setdefault(KEY, {}).setdefault("notes", [])
    held += [asdict(note) for note in notes]
    if len(held) > MOST:
        del held[MOST - 1 :]
        held.append(asdict(Note("More was repaired than is listed here.")))


def of(nb) -> list[Note]:
    """Return the notes of a notebook."""
    return [Note(**note) for note in nb.metadata.get(KEY, {}).get("notes", [])]


def look_at(nb, cell: str, why: str) -> None:
    """Ask a person to look at a test cell, whose outcome nobody can be sure of."""
    nb.metadata.setdefault(KEY, {}).setdefault("look", []).append(cell)
    add(nb, [Note(f"Please look at the test {cell}: {why}", cell)])


def to_be_looked_at(nb) -> list[str]:
    """Return the test cells that a person is asked to look at."""
    return nb.metadata.get(KEY, {}).get("look", [])


def refuse(nb, reason: str) -> None:
    """Mark a notebook as the stand-in for a file that could not be read: it gets 0 points, whatever its tests say."""
    nb.metadata.setdefault(KEY, {})["unreadable"] = reason
    add(nb, [Note(f"Nothing could be graded: {reason}")])


def unreadable(nb) -> str:
    """Return why what was handed in could not be read, or ""."""
    return nb.metadata.get(KEY, {}).get("unreadable", "")


def finish(nb) -> None:
    """Mark a notebook as graded to the end."""
    nb.metadata.setdefault(KEY, {})["graded"] = True


def finished(path: Path) -> bool:
    """Tell whether an autograded notebook is whole: a grader that was killed leaves none, or half of one."""
    return _held(path).get("graded") is True


def _held(path: Path) -> dict:
    """Return what stands here in the metadata of a notebook on the disk; nothing where there is half a notebook."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))["metadata"][KEY]
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def shown(name: object) -> str:
    """Return a name that a student chose, fit to be shown: no markup, no control characters, not long."""
    kept = "".join(char if char.isalnum() or char in " ./_-()+,=@" else "?" for char in str(name))
    return kept if len(kept) <= 60 else f"{kept[:40]}…{kept[-15:]}"
