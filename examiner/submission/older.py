"""Older releases of an assignment: what was handed out before its cells or points changed, and what became of them.

A submission that was made from one of them is told by the texts and points of the cells that nobody answers in. Its
cells then get the names, tests and stubs of today, and its answers stay what they are.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field

from nbformat import NotebookNode
from nbgrader.api import Gradebook
from sqlalchemy import Column, MetaData, String, Table, Text, delete, insert, inspect, select

from ..course.source_notebook import grade_id

TABLE = Table(
    "examiner_older",
    MetaData(),
    Column("assignment", String(128), primary_key=True),
    Column("notebook", String(128), primary_key=True),
    Column("releases", Text, nullable=False),
)
MOST = 20  # releases that are remembered of a notebook
Said = tuple[str, float | None]  # a cell's text and its points


@dataclass(frozen=True)
class Older:
    """One release of a notebook that was replaced."""

    cells: dict[str, tuple[str, float | None, bool]]  # by grade_id: text, points, and whether it is locked
    now: dict[str, str]  # what each is called today; "" where it is gone
    submitted: bool  # whether somebody had submitted when it was replaced
    added: tuple[str, ...] = field(default=())  # cells of today that it did not have

    def after(self, moves: dict[str, str], names: Iterable[str]) -> Older:
        """Return it as it is seen after one more release: `moves` are its new names, `names` all that it has."""
        there = set(names)
        now = {name: moves.get(at, at if at in there else "") for name, at in self.now.items()}
        added = tuple(sorted(there - set(now.values())))
        return Older(self.cells, now, self.submitted, added)


def of_release(nb: NotebookNode, moves: dict[str, str], names: Iterable[str], submitted: bool) -> Older:
    """Return what to remember of the released notebook `nb`, which another one replaces."""
    cells = {
        grade_id(cell): (*_said(cell), bool(cell.metadata["nbgrader"].get("locked")))
        for cell in nb.cells
        if grade_id(cell)
    }
    return Older(cells, {name: name for name in cells}, submitted).after(moves, names)


def _said(cell: NotebookNode) -> Said:
    points = cell.metadata["nbgrader"].get("points")
    return cell.source, float(points) if isinstance(points, int | float) else None


def keep(gradebook: Gradebook, assignment: str, notebook: str, releases: Iterable[Older]) -> None:
    """Keep the older releases of a notebook, newest first, in place of what was kept of them; commits nothing."""
    db = gradebook.db
    TABLE.create(db.connection(), checkfirst=True)
    text = json.dumps([asdict(one) for one in list(releases)[:MOST]])
    db.execute(delete(TABLE).where(TABLE.c.assignment == assignment, TABLE.c.notebook == notebook))
    db.execute(insert(TABLE).values(assignment=assignment, notebook=notebook, releases=text))


def read(gradebook: Gradebook, assignment: str, notebook: str) -> tuple[Older, ...]:
    """Return the older releases of a notebook, newest first."""
    db = gradebook.db
    if not inspect(db.connection()).has_table(TABLE.name):
        return ()
    found = db.execute(
        select(TABLE.c.releases).where(TABLE.c.assignment == assignment, TABLE.c.notebook == notebook)
    ).scalar()
    return tuple(_from(data) for data in json.loads(found or "[]"))


def _from(data: dict) -> Older:
    cells = {name: (text, points, locked) for name, (text, points, locked) in data["cells"].items()}
    return Older(cells, data["now"], data["submitted"], tuple(data["added"]))


def release_of(cells: list[NotebookNode], today: dict[str, Said], releases: Iterable[Older]) -> Older | None:
    """Return the older release that a submission was made from; None where today's explains it as well.

    `today` are the texts and points of today's release. A release that only lacks cells of today's is meant where the
    submission has no cell of those, and somebody had submitted by then.
    """
    held = {grade_id(cell): _said(cell) for cell in cells if grade_id(cell)}
    best, most = None, sum(today.get(name) == said for name, said in held.items())
    for older in releases:
        same = sum(name in older.cells and older.cells[name][:2] == said for name, said in held.items())
        lacks = older.submitted and older.added and not held.keys() & set(older.added) and same > 0
        if same > most or (best is None and same == most and lacks):
            best, most = older, same
    return best


def translate(cells: list[NotebookNode], older: Older, today: dict[str, Said]) -> None:
    """Give the cells of a submission the names of today; tests and stubs as they were handed out get today's text."""
    for cell in list(cells):
        name = grade_id(cell)
        if name not in older.cells:
            continue
        text, _, locked = older.cells[name]
        as_released, now = cell.source == text, older.now.get(name, "")
        if now:
            cell.metadata["nbgrader"] = NotebookNode(grade_id=now)
            cell.source = today[now][0] if as_released and now in today else cell.source
        elif as_released and locked:
            cells[:] = [other for other in cells if other is not cell]
        else:
            del cell.metadata["nbgrader"]
            cell["id"] = f"older-{cell.get('id', '')}"[:60]  # by its own it could be taken for a cell of today
