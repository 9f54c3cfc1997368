"""Where the tables of a notebook are that is alone in its folder: in the package, or in the notebook's own metadata.

The package that students are given holds the visible tables of the assignments that were given with it. A released
notebook carries its own as well, so that it works as an attachment of a mail. Neither ever holds a hidden table.
"""

from __future__ import annotations

import base64
import json
import os
import re
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path

LESSONS = Path(__file__).parents[1] / "lessons"  # <assignment>.json; made when the wheel is built
KEY = "backprop"  # in a notebook's metadata
MOST = 20_000_000  # characters of a table; those of the course have half a million


def packed(assignment: str, checks: str) -> dict[str, str]:
    """Return what a notebook's metadata hold of its visible table."""
    squeezed = zlib.compress(checks.encode(), level=9)
    return {"assignment": assignment, "checks": base64.b64encode(squeezed).decode()}


def unpacked(metadata: object, assignment: str) -> str | None:
    """Return the table in a notebook's metadata; None where there is none, or that of another assignment."""
    held = metadata.get(KEY) if isinstance(metadata, dict) else None
    if not isinstance(held, dict) or held.get("assignment") != assignment or not isinstance(held.get("checks"), str):
        return None
    try:
        return zlib.decompressobj().decompress(base64.b64decode(held["checks"]), MOST).decode()
    except (ValueError, zlib.error):
        return None


def find(assignment: str, folder: Path) -> Path | None:
    """Return the file that holds the tables of `assignment`, where `folder` has no tables of its own."""
    if not re.fullmatch(r"\w[\w.-]*", assignment):
        return None
    lesson = LESSONS / f"{assignment}.json"
    if lesson.is_file():
        return lesson
    return next((path for path in _notebooks(folder) if read(path, assignment) is not None), None)


def read(path: Path, assignment: str) -> str | None:
    """Return the table that the notebook at `path` carries; None where it carries none."""
    try:
        notebook = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return unpacked(notebook.get("metadata") if isinstance(notebook, dict) else None, assignment)


def running(folder: Path) -> Iterator[Path]:
    """Find the notebook that runs here, by what Jupyter and VS Code say of it."""
    for said in (os.environ.get("JPY_SESSION_NAME"), getattr(sys.modules.get("__main__"), "__vsc_ipynb_file__", None)):
        if said and (folder / str(said)).suffix == ".ipynb" and (folder / str(said)).is_file():
            yield folder / str(said)


def _notebooks(folder: Path) -> Iterator[Path]:
    yield from running(folder)
    yield from sorted(folder.glob("*.ipynb"))
