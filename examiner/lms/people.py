"""Tell which student a name or a number of an LMS stands for. Pure."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from ..errors import UnknownStudent
from .names import Sent, leads_out, letters

SAY = "say whose it is: --who '{0}=STUDENT'"
NOBODY = "no student has this name. Read in the class list, examiner roster FILE, or " + SAY
SEVERAL = "{1} students have this name; " + SAY
SECRET = "Canvas keeps the name secret. Show the students' names there and download again, or " + SAY


@dataclass(frozen=True)
class Person:
    """A student as the gradebook knows one."""

    id: str
    first_name: str = ""
    last_name: str = ""
    email: str = ""
    lms_user_id: str = ""


class People:
    """Everyone in the gradebook, to be found by what an LMS writes."""

    def __init__(self, people: Iterable[Person], said: dict[str, str] | None = None):
        """`said` are students by the name that an LMS gives them, as an instructor typed it."""
        self.said = {letters(name): student for name, student in (said or {}).items()}
        self.by_id: dict[str, Person] = {}
        self.by_number: dict[str, Person] = {}
        self.by_name: dict[str, set[str]] = defaultdict(set)
        for one in people:
            self.by_id[one.id] = one
            if one.lms_user_id:
                self.by_number[one.lms_user_id] = one
            if one.first_name or one.last_name:
                self.by_name[letters(one.last_name + one.first_name)].add(one.id)
                self.by_name[letters(one.first_name + one.last_name)].add(one.id)
        self.has_roster = bool(self.by_number or self.by_name)

    def whose(self, sent: Sent) -> str:
        """Return the student; raises `UnknownStudent`. Where there is no roster, it is the LMS's own name or number."""
        name = f"{sent.name}_{sent.number}" if sent.number else sent.name
        if student := self._said(sent):
            return student
        if not sent.number:
            raise UnknownStudent(SECRET.format(name))
        if sent.lms == "canvas" and sent.number in self.by_number:
            return self.by_number[sent.number].id
        return self._named(sent, name) if self.has_roster else self._as_it_is(sent, name)

    def is_certain(self, sent: Sent) -> bool:
        """Tell whether more than a name says whose this is."""
        return bool(self._said(sent)) or (sent.lms == "canvas" and sent.number in self.by_number)

    def _said(self, sent: Sent) -> str:
        keys = (letters(f"{sent.name}_{sent.number}"), letters(sent.name))
        return next((self.said[key] for key in keys if key in self.said), "")

    def _named(self, sent: Sent, name: str) -> str:
        found = self.by_name.get(letters(sent.name), set())
        if not found and sent.lms == "moodle":  # which writes the name of a group first: "Group 1-Ada Lovelace"
            parts = sent.name.split("-")
            found = next(
                filter(None, (self.by_name.get(letters("-".join(parts[i:]))) for i in range(1, len(parts)))), set()
            )
        if sent.lms == "canvas":  # whoever has another number there is somebody else
            found = {student for student in found if not self.by_id[student].lms_user_id}
        if len(found) == 1:
            return next(iter(found))
        raise UnknownStudent(SEVERAL.format(name, len(found)) if found else NOBODY.format(name))

    @staticmethod
    def _as_it_is(sent: Sent, name: str) -> str:
        student = sent.number if sent.lms == "canvas" else unicodedata.normalize("NFC", sent.name).strip()
        if not usable(student):
            raise UnknownStudent(NOBODY.format(name))
        return student


def usable(student: str) -> bool:
    """Tell whether a student's id can be the name of a folder."""
    return (
        bool(student)
        and "/" not in student
        and "\\" not in student
        and not leads_out(student)
        and student[0] not in ".-"
    )
