"""Remember in the gradebook when an assignment was first released: nothing can have been handed in before."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import nbformat
from nbgrader.api import Gradebook
from sqlalchemy import Column, DateTime, MetaData, String, Table, insert, inspect, select

from ..submission import notes, timestamp

TABLE = Table(
    "examiner_released",
    MetaData(),
    Column("assignment", String(128), primary_key=True),
    Column("first", DateTime, nullable=False),
)


def keep(gradebook: Gradebook, assignment: str) -> None:
    """Keep that an assignment is released now, for the first time."""
    db = gradebook.db
    TABLE.create(db.connection(), checkfirst=True)
    if read(gradebook, assignment) is None:
        db.execute(insert(TABLE).values(assignment=assignment, first=datetime.now(UTC).replace(tzinfo=None)))
    db.commit()


def read(gradebook: Gradebook, assignment: str) -> datetime | None:
    """Return when an assignment was first released, in UTC without a zone; None where nobody remembers."""
    db = gradebook.db
    if not inspect(db.connection()).has_table(TABLE.name):
        return None
    return db.execute(select(TABLE.c.first).where(TABLE.c.assignment == assignment)).scalar()


def note(paths: list[Path], released: datetime | None) -> None:
    """Note in the notebooks of a submission that it says it was handed in before the assignment was released."""
    stamp = paths[0].parent / timestamp.TIMESTAMP if paths else None
    if stamp and stamp.is_file():
        found = timestamp.too_early(stamp.read_text(encoding="utf-8"), released)
        for path in paths if found else ():
            nb = nbformat.read(path, as_version=4)
            notes.add(nb, [notes.Note(found)])
            nbformat.write(nb, path)
