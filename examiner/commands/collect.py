"""Put files that students wrote with `hand_in()` where submissions are."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable
from datetime import UTC
from pathlib import Path

from ..course.folders import Course
from ..errors import ExaminerError
from ..submission.hand_in import HandedIn, handed_in
from ..submission.intake import timestamp_in
from ..submission.timestamp import TIMESTAMP


def collect(course: Course, files: Iterable[Path]) -> tuple[list[str], list[str]]:
    """Take each file into submitted/; return a sentence for each that was taken, and for each that was not."""
    taken, refused = [], []
    for path in files:
        try:
            taken.append(put(course, handed_in(path)))
        except ExaminerError as error:
            refused.append(str(error))
    return taken, refused


def put(course: Course, one: HandedIn) -> str:
    """Write one submission, whole or not at all; an older one makes room, and a newer one stays."""
    notebook = course.notebook(one.assignment).name  # says so where there is no such assignment
    folder = course.root / "submitted" / one.student / one.assignment
    stamp = f"{one.time.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f} UTC"
    said = f"{one.student}: {one.assignment}, handed in {stamp[:19]} UTC by the student's clock"
    before = timestamp_in(folder) if folder.is_dir() else ""
    if folder.is_dir() and before >= stamp:
        return f"{said}: not newer than what is in submitted/, so that stays"
    if before:  # anyone can write another's name into a receipt
        said += f", which replaces what was handed in {before[:19]} UTC"
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".collect-", dir=folder.parent) as beside:
        new = Path(beside, "new")
        new.mkdir()
        (new / notebook).write_bytes(one.notebook)
        (new / TIMESTAMP).write_text(stamp, encoding="utf-8")
        if folder.is_symlink() or folder.exists():
            folder.rename(Path(beside, "before"))
        shutil.move(new, folder)
    return said
