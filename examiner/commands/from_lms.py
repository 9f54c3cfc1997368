"""What an instructor types to bring submissions and class lists in from Canvas or Moodle."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from nbgrader.utils import find_all_notebooks

from ..course.folders import Course
from ..errors import ExaminerError
from ..lms import gradebook as students
from ..lms import roster as class_list
from ..lms import tables
from ..lms.collecting import Collection, FileLimits, Received, collect, files_of, write
from ..lms.people import People
from ..submission.notes import shown
from .nbgrader_api import gradebook_of

MOST_NAMED = 20


def bring_in(
    course: Course, assignment: str, archives: list[Path], who: Iterable[str] = (), force: bool = False
) -> list[str]:
    """Put the newest submission of each student in `archives` into `submitted/`, and return what to say of it.

    `who` has NAME=STUDENT for names that no class list explains.
    """
    course.notebooks(assignment)
    release = course.release(assignment)
    books = set(find_all_notebooks(str(release))) if release.is_dir() else set()
    with gradebook_of(course) as gradebook:
        people = People(students.everyone(gradebook), dict(_pair(said) for said in who))
    found = collect(archives, assignment, books, people)
    received = Received.of(course.root / "downloaded" / assignment)
    new, same = 0, 0
    for student, work in sorted(found.works.items()):
        folder = course.root / "submitted" / student / assignment
        if why := received.refusal(work, folder, assignment, force):
            found.left_out.append((student, why))
            continue
        try:
            files = files_of(work, FileLimits(), found.left_out)
            changed = write(folder, files)
        except OSError as error:  # a full disk: the others may still fit, and it is said
            found.left_out.append((student, f"it cannot be written ({error.strerror}). Run this again"))
            continue
        new, same = new + changed, same + (not changed)
        received.add(work, files)
    received.save()
    return _said(assignment, new, same, found)


def _said(assignment: str, new: int, same: int, found: Collection) -> list[str]:
    said = [f"{assignment}: {new} submissions in submitted/ are new or changed, {same} are unchanged"]
    if found.late:
        names = ", ".join(map(shown, found.late[:MOST_NAMED])) + (" …" if len(found.late) > MOST_NAMED else "")
        said.append(
            f"Late according to Canvas, which does not say how late, so they count as on time here: {names}\n"
            f"  To apply a penalty, write the time into submitted/STUDENT/{assignment}/timestamp.txt"
        )
    if found.left_out:
        said += ["Left out:", *(f"  {shown(name)}: {why}" for name, why in found.left_out)]
    return said


def _pair(said: str) -> tuple[str, str]:
    name, sign, student = said.rpartition("=")
    if not (sign and name and student):
        raise ExaminerError(f"{said} does not say whose it is. Say it with, for example: --who 'Ada Lovelace_123=ada'")
    return name, student


def roster(course: Course, path: Path) -> list[str]:
    """Enter the students of a class list into the gradebook, and return what to say of it."""
    people, odd = class_list.people(tables.read(path), str(path))
    if not people:
        raise ExaminerError(f"{path} names no student who could be entered. {' '.join(odd[:1])}".strip())
    with gradebook_of(course) as gradebook:
        added, changed = students.enter(gradebook, people)
    counts = f"{len(added)} new, {len(changed)} changed, {len(people) - len(added) - len(changed)} unchanged"
    return [f"{len(people)} students: {counts}", *(["Left out:", *(f"  {one}" for one in odd)] if odd else [])]
