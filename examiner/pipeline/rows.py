"""All rows of one assignment in the gradebook as data: to be kept in a file, compared, and put back.

It works on any database that nbgrader works on, and touches no row of another assignment and no student.
"""

from __future__ import annotations

import hashlib
import json
from datetime import datetime, timedelta
from typing import Any

from nbgrader.api import (
    Assignment,
    BaseCell,
    Comment,
    Grade,
    Gradebook,
    GradeCell,
    Notebook,
    SolutionCell,
    SourceCell,
    SubmittedAssignment,
    SubmittedNotebook,
    TaskCell,
)
from sqlalchemy import ColumnElement, Table, delete, insert, select

from ..submission import older
from . import plans
from .entering import GRADED

Rows = dict[str, list[dict[str, Any]]]  # by table


def _own(assignment: str) -> list[tuple[Table, ColumnElement[bool]]]:
    """Return each table with what tells the assignment's rows in it; what others refer to comes first."""
    assignments, notebooks, cells = Assignment.__table__, Notebook.__table__, BaseCell.__table__
    submissions, entries = SubmittedAssignment.__table__, SubmittedNotebook.__table__
    itself = select(assignments.c.id).where(assignments.c.name == assignment)
    its_notebooks = select(notebooks.c.id).where(notebooks.c.assignment_id.in_(itself))
    its_cells = select(cells.c.id).where(cells.c.notebook_id.in_(its_notebooks))
    submitted = select(submissions.c.id).where(submissions.c.assignment_id.in_(itself))
    handed_in = select(entries.c.id).where(entries.c.assignment_id.in_(submitted))
    kinds = [kind.__table__ for kind in (GradeCell, SolutionCell, TaskCell)]
    answered = [kind.__table__ for kind in (Grade, Comment)]
    sources = SourceCell.__table__
    return [
        (assignments, assignments.c.name == assignment),
        (notebooks, notebooks.c.assignment_id.in_(itself)),
        (cells, cells.c.notebook_id.in_(its_notebooks)),
        *((table, table.c.id.in_(its_cells)) for table in kinds),
        (sources, sources.c.notebook_id.in_(its_notebooks)),
        (submissions, submissions.c.assignment_id.in_(itself)),
        (entries, entries.c.assignment_id.in_(submitted)),
        *((table, table.c.notebook_id.in_(handed_in)) for table in answered),
        (GRADED, GRADED.c.submission_id.in_(submitted)),
        *((table, table.c.assignment == assignment) for table in (plans.TABLE, older.TABLE)),
    ]


def _make_tables(gradebook: Gradebook) -> None:
    for table in (GRADED, plans.TABLE, older.TABLE):
        table.create(gradebook.db.connection(), checkfirst=True)
    gradebook.db.commit()  # now: PostgreSQL would let another gradebook of this very process wait for it


def read(gradebook: Gradebook, assignment: str) -> Rows:
    """Return the rows of an assignment."""
    _make_tables(gradebook)
    own = _own(assignment)
    return {
        table.name: [dict(row._mapping) for row in gradebook.db.execute(select(table).where(its))] for table, its in own
    }


def put_back(gradebook: Gradebook, assignment: str, rows: Rows) -> None:
    """Replace the rows of an assignment by those that were read before, in one transaction."""
    _make_tables(gradebook)
    own, db = _own(assignment), gradebook.db
    for table, its in reversed(own):
        db.execute(delete(table).where(its))
    for table, _ in own:
        if rows.get(table.name):
            db.execute(insert(table), rows[table.name])
    db.commit()


def as_text(rows: Rows) -> str:
    """Return rows as JSON, the same whatever the order in which the database gave them."""
    ordered = {name: sorted(json.dumps(row, sort_keys=True, default=_plain) for row in rows[name]) for name in rows}
    return json.dumps(ordered, sort_keys=True)


def from_text(text: str) -> Rows:
    """Return the rows that `as_text` wrote."""
    return {name: [json.loads(row, object_hook=_value) for row in held] for name, held in json.loads(text).items()}


def digest(rows: Rows) -> str:
    """Return a text that is another one whenever any of the rows is."""
    return hashlib.sha256(as_text(rows).encode()).hexdigest()


def _plain(value: object) -> dict:
    if isinstance(value, datetime):
        return {"at": value.isoformat()}
    if isinstance(value, timedelta):
        return {"lasts": [value.days, value.seconds, value.microseconds]}
    raise TypeError(f"a gradebook has no {type(value).__name__}")


def _value(data: dict) -> Any:
    if data.keys() == {"at"}:
        return datetime.fromisoformat(data["at"])
    return timedelta(*data["lasts"]) if data.keys() == {"lasts"} else data
