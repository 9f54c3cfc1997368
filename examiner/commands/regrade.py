"""Grade everybody once more after an assignment changed, say whose score that changes, and write it only on request."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from traitlets.config import Config

from ..course.folders import Course
from ..pipeline.entering import Writer
from ..pipeline.examining import Examined
from ..report import differences
from ..report.differences import Difference, Score
from ..submission.notes import shown
from . import before, course_lock, executors, grade
from .grade import Batch, Job, Outcome


@dataclass(frozen=True)
class Regraded:
    """What grading once more changes, or changed."""

    differences: list[Difference] = field(default_factory=list)
    added: list[str] = field(default_factory=list)  # exercises
    removed: list[str] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)

    def __str__(self) -> str:
        lines = [f"exercise {key} is new" for key in self.added] + [f"exercise {key} is gone" for key in self.removed]
        names = [shown(one.student) for one in self.differences]  # of folders, which students may have named
        width = max(map(len, names), default=0)
        lines += [f"{name:{width}}  {one}" for name, one in zip(names, self.differences, strict=True)]
        graded = sum(outcome.graded for outcome in self.outcomes)
        return "\n".join([*lines, f"{len(self.differences)} of {graded} scores change"])


def regrade(
    course: Course,
    assignment: str,
    said: Callable[[Outcome], None] = lambda outcome: None,
    changes: Config | None = None,
    workers: executors.Workers | None = None,
    apply: bool = False,
) -> Regraded:
    """Grade everybody's submission of `assignment` once more, and return what that changes; write it if `apply`.

    Marks, comments and extra credit that a person entered stay. Raises `ExaminerError` where nobody can be graded.
    """
    grade.refuse_without_sandbox(course, changes)
    who = grade.students(course, assignment)
    with course_lock.held(course), grade.writer_of(course, assignment, changes, keeps_by_hand=True) as writer:
        held = before.rows_of(course, assignment, writer.gradebook)
        batch = _Compared(writer, workers or executors.local(jobs=len(who)), differences.of_rows(held), apply)
        outcomes = []

        def run() -> None:
            for outcome in batch.run(who):
                outcomes.append(outcome)
                said(outcome)

        if apply:
            with before.change(course, assignment, "regrade"):
                run()
        else:
            run()
        old, new = set(differences.exercises_of(held)), writer.exercises
    found = sorted(batch.found, key=lambda one: one.student)
    return Regraded(found, sorted(new - old), sorted(old - new), sorted(outcomes, key=lambda one: one.student))


def undo(course: Course, assignment: str) -> None:
    """Take back the last change of an assignment; raises `ExaminerError` where that would lose something."""
    with course_lock.held(course):
        before.take_back(course, assignment)


class _Compared(Batch):
    """A class that is graded once more, and compared with what it had."""

    def __init__(self, writer: Writer, workers: executors.Workers, had: dict[str, Score], apply: bool):
        super().__init__(writer, workers, everyone=True)
        self.had, self.apply = had, apply
        self.found: list[Difference] = []

    def enter(self, job: Job, examined: Examined) -> None:
        new = self.writer.tried(job.student, examined, differences.of_submission)
        if self.apply:
            super().enter(job, examined)
        if one := differences.difference(job.student, self.had.get(job.student, Score()), new):
            self.found.append(one)
