"""Grades in the forms that Canvas and Moodle read. Pure: rows in, a table out.

Canvas reads its own gradebook back: the columns that identify a student, then one for each assignment, with a row
`Points Possible` below the header (https://community.canvaslms.com/t5/Instructor-Guide/tkb-p/Instructor). Moodle asks
which column is which.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ..errors import ExaminerError
from .people import Person

CANVAS = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
NAMED_BY = ("SIS Login ID", "SIS User ID", "ID")  # columns by which a student may be known here
NUMBER = re.compile(r" \(\d+\)$")  # that Canvas puts behind the name of an assignment
POSSIBLE = "Points Possible"


@dataclass(frozen=True)
class Column:
    """One column of grades: its name, its most points, and who has how many; nobody else has a grade."""

    name: str
    out_of: float
    scores: dict[str, float]


Table = list[list[str]]


def plain(students: Iterable[Person], columns: list[Column]) -> Table:
    """Return a table with everything that is known of a student."""
    head = ["student", "last_name", "first_name", "email", *(column.name for column in columns)]
    return [head, *([one.id, one.last_name, one.first_name, one.email, *_scores(one.id, columns)] for one in students)]


def moodle(students: Iterable[Person], columns: list[Column]) -> Table:
    """Return a table for Moodle's import of grades."""
    head = ["Username", "Email address", *(column.name for column in columns)]
    return [head, *([one.id, one.email, *_scores(one.id, columns)] for one in students)]


def canvas(students: Iterable[Person], columns: list[Column]) -> Table:
    """Return a gradebook for Canvas, which knows the students by their logins."""
    possible = [f"    {POSSIBLE}", "", "", "", "", *(f"{column.out_of:g}" for column in columns)]
    rows = [[_name(one), "", "", one.id, "", *_scores(one.id, columns)] for one in students]
    return [[*CANVAS, *(column.name for column in columns)], possible, *rows]


def merged(gradebook: Table, columns: list[Column]) -> tuple[Table, list[str]]:
    """Return a gradebook from Canvas with the grades in it, and the students who are not in it.

    Its rows and columns keep their order. A column with the name of an assignment is filled; where there is none, one
    is added at the end. Who has no grade here keeps what stands there.
    """
    if not gradebook or gradebook[0][:1] != CANVAS[:1]:
        raise ExaminerError("This is no gradebook of Canvas: its first column should be Student. Export it there again")
    head, *rows = [list(row) for row in gradebook]
    wide = len(head)
    rows = [row + [""] * (wide - len(row)) for row in rows]
    named = [head.index(name) for name in NAMED_BY if name in head]
    known = {row[i].strip().casefold() for row in rows for i in named} - {""}
    for column in columns:
        at = next((i for i, name in enumerate(head) if NUMBER.sub("", name) == column.name), None)
        if at is None:
            at = len(head)
            head.append(column.name)
            for row in rows:
                row.append(f"{column.out_of:g}" if row[0].strip() == POSSIBLE else "")
        scores = {student.casefold(): score for student, score in column.scores.items()}
        for row in rows:
            who = next((key for i in named if (key := row[i].strip().casefold()) in scores), None)
            if who is not None and row[0].strip() != POSSIBLE:
                row[at] = f"{scores[who]:g}"
    graded = dict.fromkeys(student for column in columns for student in column.scores)
    return [head, *rows], [student for student in graded if student.casefold() not in known]


def _name(one: Person) -> str:
    return ", ".join(filter(None, (one.last_name, one.first_name))) or one.id


def _scores(student: str, columns: list[Column]) -> list[str]:
    return [f"{column.scores[student]:g}" if student in column.scores else "" for column in columns]
