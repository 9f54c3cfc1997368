"""Write one file to hand in, where there is no Assignment List: the notebook, and a receipt of what was in it when.

The receipt is for the student: it says what the instructor will find. It is no proof against a student, who could
write another one.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import zipfile
from datetime import UTC, datetime
from pathlib import Path

from . import session
from .answers import alone
from .errors import BackpropError

FORMAT = 1
RECEIPT = "receipt.json"
NAME = re.compile(r"[^\W_][\w.@-]{0,79}")  # of a folder that an instructor's computer can make
UNNAMED = "Nothing has been written yet. Put your name, as your instructor knows it, between the quotation marks."


class HandInError(BackpropError, ValueError):
    """Nothing can be handed in yet; the message says what to do."""


def hand_in(name: str, notebook: str | Path | None = None) -> Path | None:
    """Write `<assignment>-<name>.zip` beside the notebook, print the receipt, and return the file.

    `name` is the student's, as the instructor knows it; blanks become hyphens. `notebook` is needed only where the
    notebook cannot be found by itself. Raises `HandInError` with what to do where something is missing.
    """
    if os.environ.get("NBGRADER_EXECUTION"):  # it is being validated or graded: handed in already
        return None
    name = re.sub(r"\s+", "-", name.strip())
    if not name:
        print(UNNAMED)
        return None
    if not NAME.fullmatch(name):
        raise HandInError(f"{name!r} cannot be the name of a folder: use letters, digits, and . @ - _ between them.")
    here = session.current()
    if not here.assignment:
        raise HandInError("Run the notebook from its first cell: it says which assignment this is.")
    path = _notebook(here.assignment, notebook)
    content = path.read_bytes()
    receipt = {
        "format": FORMAT,
        "assignment": here.assignment,
        "student": name,
        "time": datetime.now(UTC).isoformat(timespec="seconds"),
        "digest": hashlib.sha256(content).hexdigest(),
        "checks": {key: _said(here, key) for key in here.tables.exercises},
    }
    made = path.with_name(f"{here.assignment}-{name}.zip")
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"{here.assignment}.ipynb", content)
        archive.writestr(RECEIPT, json.dumps(receipt, indent=1, ensure_ascii=False))
    print(said(receipt, made.name, here.progress(), datetime.fromtimestamp(path.stat().st_mtime)))
    return made


def said(receipt: dict, file: str, progress: str, saved: datetime) -> str:
    """Return the receipt in words."""
    return (
        f"Hand in the file {file}, which is next to this notebook.\n"
        f"  Name       {receipt['student']}\n"
        f"  Time       {receipt['time']}\n"
        f"  Digest     {receipt['digest'][:16]}\n"
        f"  Checks     {progress}\n"
        f"  Saved      {saved:%Y-%m-%d %H:%M:%S}. What you changed after that is not in it: save, and run this again."
    )


def _said(here: session.Session, key: str) -> str:
    return "right" if key in here.passed else "not right" if key in here.failed else "not checked"


def _notebook(assignment: str, named: str | Path | None) -> Path:
    if named:
        if not Path(named).is_file():
            raise HandInError(f"There is no file {named}.")
        return Path(named).resolve()
    folder = Path.cwd()
    own, others = folder / f"{assignment}.ipynb", sorted(folder.glob("*.ipynb"))
    found = [*alone.running(folder), *([own] if own.is_file() else others if len(others) == 1 else [])]
    if not found:
        raise HandInError(
            "The file of this notebook cannot be found from here. Name it: "
            f'hand_in("…", notebook="{assignment}.ipynb"). On Colab, download the notebook and hand in that file.'
        )
    return found[0].resolve()
