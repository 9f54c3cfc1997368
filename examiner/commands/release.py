"""Make the students' version of an assignment with nbgrader, and compare it with the one that is committed."""

from __future__ import annotations

import filecmp
import os
import shutil
import tempfile
from pathlib import Path

from traitlets.config import Config

from ..course import marks, source_notebook
from ..course.folders import CONFIG, Course
from ..errors import ExaminerError
from ..freezing import freeze, table_files
from .nbgrader_api import api_of


def release(course: Course, assignment: str) -> None:
    """Write `release/<assignment>` again, and enter the assignment into the gradebook.

    Raises `ExaminerError` where the frozen tables are older than the notebook, or nbgrader refuses.
    """
    if not course.is_plain(assignment):
        source = freeze.Source.read(course.notebook(assignment))
        old = table_files.stale(course.source(assignment), freeze.freeze(source))
        if old:
            names = " and ".join(old)
            raise ExaminerError(f"{assignment}: {names} not up to date.\n  Run: examiner freeze {assignment}")
    wrong = marks.misspelt(source_notebook.read(course.notebook(assignment)))
    if wrong:
        raise ExaminerError(f"{assignment}: " + "\n".join(wrong))
    with tempfile.TemporaryDirectory() as scratch:  # what fails fails here, and changes nothing of the course
        copy = scratch_course(course, Path(scratch) / "course", [assignment])
        generate(copy, assignment)
        for path in copy.release(assignment).glob("*.ipynb"):
            if seen := marks.shown(source_notebook.read(path)):
                raise ExaminerError(f"{assignment}: " + "\n".join(seen))
    _swap(course, assignment)


def _swap(course: Course, assignment: str) -> None:
    """Build the release beside the one that is there, enter it into the gradebook, and put it in its place."""
    with tempfile.TemporaryDirectory(prefix=".release-", dir=course.root) as beside:
        new = Path(beside, "new")
        generate(
            course, assignment, Config({"CourseDirectory": {"release_directory": str(new.relative_to(course.root))}})
        )
        there = course.release(assignment)
        if os.path.lexists(there):
            there.rename(Path(beside, "before"))
        there.parent.mkdir(exist_ok=True)
        (new / assignment).rename(there)


def generate(course: Course, assignment: str, changes: Config | None = None) -> None:
    """Write `release/<assignment>` from the tables as they are; raises `ExaminerError` where nbgrader refuses."""
    result = api_of(course, changes).generate_assignment(assignment, force=True)
    if not result["success"]:
        raise ExaminerError(f"{assignment}: nbgrader cannot generate it.\n{result.get('log') or result.get('error')}")


def stale(course: Course, assignment: str) -> list[str]:
    """Return the files of `release/<assignment>` that differ from a fresh build, made in a scratch course."""
    with tempfile.TemporaryDirectory() as scratch:
        copy = scratch_course(course, Path(scratch) / "course", [assignment])
        generate(copy, assignment)
        return _differing(copy.release(assignment), course.release(assignment))


def scratch_course(course: Course, folder: Path, assignments: list[str] | None = None) -> Course:
    """Copy what a course is made of, and nothing of its students, into the new `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(course.root / CONFIG, folder / CONFIG)
    for assignment in assignments or course.assignments():
        shutil.copytree(course.source(assignment), folder / "source" / assignment, dirs_exist_ok=True)
    return Course(folder)


def _differing(fresh: Path, committed: Path) -> list[str]:
    def files(folder: Path) -> set[Path]:
        return {path.relative_to(folder) for path in folder.rglob("*") if path.is_file() and _kept(path)}

    both = files(fresh) & files(committed)
    odd = files(fresh) ^ files(committed)
    odd |= {path for path in both if not filecmp.cmp(fresh / path, committed / path, shallow=False)}
    return sorted(str(path) for path in odd)


def _kept(path: Path) -> bool:
    return not {".ipynb_checkpoints", "__pycache__"} & set(path.parts)
