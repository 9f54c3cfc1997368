"""The students of the gradebook, all in one query, and entered in one transaction."""

from __future__ import annotations

from collections.abc import Iterable

from nbgrader.api import Gradebook, Student

from .people import Person

FIELDS = ("first_name", "last_name", "email", "lms_user_id")


def everyone(gradebook: Gradebook) -> list[Person]:
    """Return everyone in the gradebook, by id."""
    columns = (Student.id, Student.first_name, Student.last_name, Student.email, Student.lms_user_id)
    return [Person(*(part or "" for part in row)) for row in gradebook.db.query(*columns).order_by(Student.id)]


def enter(gradebook: Gradebook, people: Iterable[Person]) -> tuple[list[str], list[str]]:
    """Enter students, and return whom that added, and whom it changed; what a roster leaves empty is kept."""
    held = {one.id: one for one in gradebook.db.query(Student)}
    added, changed = [], []
    for one in people:
        known = {name: said for name in FIELDS if (said := getattr(one, name))}
        if one.id not in held:
            gradebook.db.add(Student(id=one.id, **known))
            added.append(one.id)
        elif any(getattr(held[one.id], name) != said for name, said in known.items()):
            for name, said in known.items():
                setattr(held[one.id], name, said)
            changed.append(one.id)
    gradebook.db.commit()
    return added, changed
