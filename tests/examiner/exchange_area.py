"""A course's exchange, into which students hand in."""

from __future__ import annotations

import shutil

from nbgrader.apps import NbGraderAPI
from tinycourse import RIGHT, TinyCourse

from examiner.commands.nbgrader_api import config_of

WHEN = "2026-11-02 10:00:00.000000 UTC"


class Exchange:
    """The folder into which students' submissions come, as `nbgrader submit` leaves them there."""

    def __init__(self, course: TinyCourse):
        self.course = course
        self.inbound = course.root / "exchange" / config_of(course).CourseDirectory.course_id / "inbound"
        self.inbound.mkdir(parents=True, exist_ok=True)

    def place(self, student: str):
        return self.inbound / f"{student}+numbers+{WHEN}"

    def hand_in(self, student: str, answer: str | None = RIGHT):
        """Put a submission there, and return its folder."""
        self.course.submit(student, answer)
        shutil.move(self.course.root / "submitted" / student / "numbers", self.place(student))
        (self.place(student) / "timestamp.txt").write_text(WHEN)
        return self.place(student)

    def collect(self) -> None:
        config = config_of(self.course)
        config.CourseDirectory.root = str(self.course.root)
        result = NbGraderAPI(config=config).collect("numbers")
        assert result["success"], result.get("log")

    def collected(self, student: str):
        return self.course.root / "submitted" / student / "numbers"
