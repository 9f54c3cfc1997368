"""The drafts that `examiner learn` made last, by the answers for which it made them, so that a report can show them."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path


def mark(exercise: str, answer: str) -> str:
    """Return what an answer to an exercise is known by."""
    return hashlib.sha256(f"{exercise}\n{answer}".encode(errors="surrogatepass")).hexdigest()


def keep(course: Path, assignment: str, drafts: dict[str, str]) -> None:
    """Write down the draft of each answer, by its mark."""
    path = _path(course, assignment)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(drafts, indent=1), encoding="utf-8")


def kept(course: Path, assignment: str) -> dict[str, str]:
    """Return the draft of each answer, by its mark; none where the file cannot be read."""
    try:
        held = json.loads(_path(course, assignment).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return held if isinstance(held, dict) else {}


def _path(course: Path, assignment: str) -> Path:
    return course / "build" / "drafts" / f"{assignment}.json"
