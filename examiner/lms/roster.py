"""Read the class list of Canvas (its gradebook) or Moodle (participants, or the grades of a course). Pure."""

from __future__ import annotations

import unicodedata

from ..errors import ExaminerError
from .people import Person, usable

# What a column may be called, in the order in which it is asked; Moodle's are English or German.
ID = ("student id", "student_id", "id number", "id-nummer", "matrikelnummer", "username", "anmeldename", "login",
      "sis login id", "sis user id")  # fmt: skip
CANVAS_ID = ("sis login id", "sis user id", "id")
MOODLE_ID = ("username", "anmeldename", "id number", "id-nummer")
EMAIL = ("email address", "e-mail-adresse", "email", "e-mail", "mail")
FIRST = ("first name", "first_name", "vorname", "firstname", "given name")
LAST = ("last name", "last_name", "surname", "nachname", "lastname", "family name")
FULL = ("full name", "vollständiger name", "name", "first name / last name", "vorname / nachname", "user full name")
LMS = ("lms_user_id", "lms user id")
WHAT = (
    "{0} is no class list: it needs a column for the student (Canvas: SIS Login ID; Moodle: Username, ID number or "
    "Email address). Its columns are: {1}"
)


def people(table: list[list[str]], name: str) -> tuple[list[Person], list[str]]:
    """Return the students of a class list, and what was left out; raises `ExaminerError` where it is none.

    A student that stands there twice, in two sections, is one.
    """
    head = [_folded(cell) for cell in table[0]]
    canvas = head[:1] == ["student"] and "id" in head
    if not canvas and not any(column in head for column in (*ID, *EMAIL)):
        raise ExaminerError(WHAT.format(name, ", ".join(cell for cell in table[0][:8] if cell) or "without names"))
    found: dict[str, Person] = {}
    odd: list[str] = []
    for number, row in enumerate(table[1:], 2):
        cells = {column: _clean(cell) for column, cell in reversed(list(zip(head, row, strict=False)))}
        if canvas and (_is_none(cells) or not any(cells.get(column) for column in CANVAS_ID)):
            continue
        one = _canvas(cells) if canvas else _other(cells)
        if not usable(one.id):
            odd.append(f"line {number}: {one.id or 'nothing'} cannot be the name of a student's folder")
        elif one.id in found and _differ(found[one.id], one):
            odd.append(f"line {number}: {one.id} stands above with another name")
        else:
            found.setdefault(one.id, one)
    return list(found.values()), odd


def _canvas(cells: dict[str, str]) -> Person:
    last, _, first = cells.get("student", "").partition(", ")
    return Person(_first(cells, CANVAS_ID), first, last, _first(cells, EMAIL), cells.get("id", ""))


def _is_none(cells: dict[str, str]) -> bool:
    """Tell whether a row of Canvas' gradebook is no student: points, or the student that it makes for a test."""
    name = _folded(cells.get("student", ""))
    return name in ("points possible", "student, test", "") or (
        name == "manual posting" or (cells.get("id", "") == "" and not _first(cells, CANVAS_ID))
    )


def _other(cells: dict[str, str]) -> Person:
    first, last = _first(cells, FIRST), _first(cells, LAST)
    if not (first or last):
        full = _first(cells, FULL)
        last, comma, first = full.partition(", ")
        if not comma:
            first, _, last = full.rpartition(" ")
    email = _first(cells, EMAIL)
    return Person(_first(cells, (*MOODLE_ID, *ID)) or email, first, last, email, _first(cells, LMS))


def _first(cells: dict[str, str], names: tuple[str, ...]) -> str:
    return next((cells[name] for name in names if cells.get(name)), "")


def _differ(one: Person, other: Person) -> bool:
    return (one.first_name, one.last_name, one.lms_user_id) != (other.first_name, other.last_name, other.lms_user_id)


def _clean(cell: str) -> str:
    return unicodedata.normalize("NFC", cell).strip()


def _folded(cell: str) -> str:
    return _clean(cell).strip("\ufeff").casefold()
