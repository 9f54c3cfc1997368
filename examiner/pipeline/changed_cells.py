"""Enter a changed set of cells into a gradebook that has grades already: those of cells that stay are kept.

nbgrader refuses to release an assignment once a cell was added or removed and somebody has submitted. Here the cells
of the gradebook are made those of the new release first; then nbgrader finds nothing that it would refuse.
"""

from __future__ import annotations

import re
from collections import Counter

from nbgrader.api import (
    BaseCell,
    Comment,
    Grade,
    Gradebook,
    GradeCell,
    MissingEntry,
    Notebook,
    SolutionCell,
    SourceCell,
    SubmittedNotebook,
    TaskCell,
)
from sqlalchemy import delete, select, update

from ..course.source_notebook import exercise_of

KINDS = (GradeCell, SolutionCell, TaskCell)
Cells = dict[str, tuple[str, frozenset[str]]]  # by grade_id: text, and what kinds of cell it is


def cells_of(notebook: Notebook) -> Cells:
    """Return the cells of a notebook as the gradebook has them."""
    kinds: dict[str, set[str]] = {}
    for cell in (*notebook.grade_cells, *notebook.solution_cells, *notebook.task_cells):
        kinds.setdefault(cell.name, set()).add(type(cell).__name__)
    return {cell.name: (cell.source or "", frozenset(kinds.get(cell.name, ()))) for cell in notebook.source_cells}


def moves(old: Cells, new: Cells) -> dict[str, str]:
    """Return which cells got another name: those whose text, but for the exercise's key, is found once on each side."""
    before = {name: _text(name, *cell) for name, cell in old.items()}
    after = {name: _text(name, *cell) for name, cell in new.items()}
    stay = {name for name in before if before[name] == after.get(name)}
    left, come = Counter(before[name] for name in before.keys() - stay), Counter(after[n] for n in after.keys() - stay)
    at = {text: name for name, text in after.items() if name not in stay}
    found = {
        name: at[text]
        for name, text in before.items()
        if name not in stay and left[text] == 1 and come[text] == 1 and text[0].strip()
    }
    return {name: to for name, to in found.items() if name != to}


def _text(name: str, source: str, kinds: frozenset[str]) -> tuple[str, frozenset[str]]:
    key = re.escape(exercise_of(name))
    return re.sub(rf"(?<=[\"']){key}(?=[\"'.])", "#", source), kinds


def enter(gradebook: Gradebook, assignment: str, fresh: Gradebook) -> dict[str, dict[str, str]]:
    """Make the cells in the gradebook those of `fresh`, by notebook and kind; return by notebook which ones moved.

    A cell that moved or stays keeps grades and comments; one that is gone loses them; one that is new waits for a
    grade. Commits nothing.
    """
    entries = {entry.name: entry for entry in gradebook.find_assignment(assignment).notebooks}
    wanted = {entry.name: cells_of(entry) for entry in fresh.find_assignment(assignment).notebooks}
    moved = {}
    for name, entry in entries.items():
        if name in wanted:
            moved[name] = _change(gradebook, entry, wanted[name])
        else:
            _remove_notebook(gradebook, entry.id)
    owner = gradebook.find_assignment(assignment)
    gradebook.db.add_all(Notebook(name=name, assignment_id=owner.id) for name in wanted.keys() - entries.keys())
    gradebook.db.flush()
    gradebook.db.expire_all()
    return moved


def _change(gradebook: Gradebook, entry: Notebook, new: Cells) -> dict[str, str]:
    db, old = gradebook.db, cells_of(entry)
    to = moves(old, new)
    gone = {name for name in old if name not in to and (name not in new or name in to.values())}
    where = BaseCell.__table__.c.notebook_id == entry.id
    for cell, name, kind in db.execute(select(BaseCell.id, BaseCell.name, BaseCell.type).where(where)).all():
        if name in gone or kind not in new[to.get(name, name)][1]:
            _remove_cell(gradebook, cell)
    sources = SourceCell.__table__
    db.execute(delete(sources).where(sources.c.notebook_id == entry.id, sources.c.name.in_(gone)))
    for names in ({name: f"moving {name}" for name in to}, {f"moving {name}": then for name, then in to.items()}):
        for name, then in names.items():  # first out of each other's way: two may have changed places
            for table in (BaseCell.__table__, sources):
                named = table.c.name == name
                db.execute(update(table).where(table.c.notebook_id == entry.id, named).values(name=then))
    db.flush()
    db.expire_all()
    _add(gradebook, entry, new)
    return to


def _add(gradebook: Gradebook, entry: Notebook, new: Cells) -> None:
    """Add the cells that are missing, each with a place for a grade or a comment in every submission."""
    db = gradebook.db
    held = {(cell.name, type(cell).__name__) for cell in db.query(BaseCell).filter(BaseCell.notebook_id == entry.id)}
    sources = {name for (name,) in db.query(SourceCell.name).filter(SourceCell.notebook_id == entry.id)}
    submitted = [id for (id,) in db.query(SubmittedNotebook.id).filter(SubmittedNotebook.notebook_id == entry.id)]
    for name, (text, kinds) in new.items():
        if name not in sources:  # nbgrader enters the rest
            db.add(SourceCell(name=name, cell_type="code", source=text, notebook_id=entry.id))
        for kind in KINDS:
            if kind.__name__ in kinds and (name, kind.__name__) not in held:
                graded = {} if kind is SolutionCell else {"max_score": 0.0, "cell_type": "code"}
                cell = kind(name=name, notebook_id=entry.id, **graded)
                db.add(cell)
                db.flush()
                if kind is not SolutionCell:
                    db.add_all(Grade(cell_id=cell.id, notebook_id=one) for one in submitted)
                if kind is not GradeCell:
                    db.add_all(Comment(cell_id=cell.id, notebook_id=one) for one in submitted)
    db.flush()


def _remove_cell(gradebook: Gradebook, cell: str) -> None:
    db = gradebook.db
    for table in (Grade.__table__, Comment.__table__):
        db.execute(delete(table).where(table.c.cell_id == cell))
    for kind in (*KINDS, BaseCell):
        db.execute(delete(kind.__table__).where(kind.__table__.c.id == cell))


def _remove_notebook(gradebook: Gradebook, notebook: str) -> None:
    db = gradebook.db
    for (cell,) in db.query(BaseCell.id).filter(BaseCell.notebook_id == notebook).all():
        _remove_cell(gradebook, cell)
    for table in (SourceCell.__table__, SubmittedNotebook.__table__):
        db.execute(delete(table).where(table.c.notebook_id == notebook))
    db.execute(delete(Notebook.__table__).where(Notebook.__table__.c.id == notebook))


def is_entered(gradebook: Gradebook, assignment: str) -> bool:
    """Tell whether an assignment is in the gradebook."""
    try:
        gradebook.find_assignment(assignment)
    except MissingEntry:
        return False
    return True


def differ(gradebook: Gradebook, assignment: str, fresh: Gradebook) -> bool:
    """Tell whether the cells of an assignment, or their points, are others in `fresh`."""

    def said(book: Gradebook) -> dict:
        return {
            entry.name: (
                cells_of(entry),
                {cell.name: cell.max_score for cell in (*entry.grade_cells, *entry.task_cells)},
            )
            for entry in book.find_assignment(assignment).notebooks
        }

    return said(gradebook) != said(fresh)
