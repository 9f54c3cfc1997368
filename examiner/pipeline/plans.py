"""Keep in the gradebook how the tests of each notebook run, beside nbgrader's own record of its cells."""

from __future__ import annotations

from nbgrader.api import Gradebook
from sqlalchemy import Column, MetaData, String, Table, Text, delete, insert, inspect, select

from ..judging.plan import Plan

TABLE = Table(
    "examiner_plan",
    MetaData(),
    Column("assignment", String(128), primary_key=True),
    Column("notebook", String(128), primary_key=True),
    Column("plan", Text, nullable=False),
)


def keep(gradebook: Gradebook, assignment: str, notebook: str, plan: Plan | None) -> None:
    """Keep the plan of a notebook in place of the one before; None where it needs none."""
    db = gradebook.db
    TABLE.create(db.connection(), checkfirst=True)
    db.execute(delete(TABLE).where(TABLE.c.assignment == assignment, TABLE.c.notebook == notebook))
    if plan is not None:
        db.execute(insert(TABLE).values(assignment=assignment, notebook=notebook, plan=plan.as_text()))
    db.commit()


def read(gradebook: Gradebook, assignment: str, notebook: str) -> Plan | None:
    """Return the plan of a notebook, or None where there is none."""
    db = gradebook.db
    if not inspect(db.connection()).has_table(TABLE.name):
        return None
    found = db.execute(
        select(TABLE.c.plan).where(TABLE.c.assignment == assignment, TABLE.c.notebook == notebook)
    ).scalar()
    return Plan.from_text(found) if found else None
