"""A simulated class in scratch courses: one of ours, and one of nbgrader's as it comes."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from nbgrader.apps import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config

from examiner.commands import release, simulate
from examiner.course.folders import CONFIG, Course

SEED = 5
STOCK = """c = get_config()
c.CourseDirectory.course_id = "bench"
c.CourseDirectory.ignore = [".ipynb_checkpoints", "*.pyc", "__pycache__", "hidden.json"]
c.ExecutePreprocessor.timeout = 120
"""


@dataclass(frozen=True)
class Class:
    """A class that handed in one assignment; `did` says by student what was simulated."""

    course: Course
    assignment: str
    did: dict[str, str]

    @property
    def students(self) -> list[str]:
        return sorted(self.did)

    def notebook(self, student: str) -> Path:
        return next((self.course.root / "submitted" / student / self.assignment).glob("*.ipynb"))


def make(root: Path, folder: Path, assignment: str, count: int) -> Class:
    """Return a class of `count` in a new course of ours; nobody in it loops for ever, which is only waiting."""
    course = release.scratch_course(Course.here(root), folder, [assignment])
    release.generate(course, assignment)
    did = simulate.simulate(course, assignment, count + count // 20 + 1, SEED)
    endless = [student for student, found in did.items() if found["profile"] == "endless"]
    for student in (endless + sorted(did.keys() - {*endless}, reverse=True))[: len(did) - count]:
        shutil.rmtree(course.root / "submitted" / student)
        del did[student]
    return Class(course, assignment, {student: found["profile"] for student, found in did.items()})


def for_stock(ours: Class, folder: Path, students: list[str]) -> Class:
    """Return the same work in a course of nbgrader's own; it finds answers only in notebooks of the right name."""
    folder.mkdir(parents=True)
    (folder / CONFIG).write_text(STOCK, encoding="utf-8")
    shutil.copytree(ours.course.source(ours.assignment), folder / "source" / ours.assignment)
    config = Config()
    config.CourseDirectory.root = str(folder)
    config.CourseDirectory.course_id = "bench"
    config.CourseDirectory.ignore = ["hidden.json"]
    done = NbGraderAPI(CourseDirectory(config=config), config=config).generate_assignment(ours.assignment, force=True)
    if not done["success"]:
        raise SystemExit(done["log"])
    for student in students:
        to = folder / "submitted" / student / ours.assignment
        shutil.copytree(ours.notebook(student).parent, to)
        os.replace(to / ours.notebook(student).name, to / f"{ours.assignment}.ipynb")
    return Class(Course(folder), ours.assignment, {student: ours.did[student] for student in students})
