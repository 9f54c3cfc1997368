"""Enter what examining gave into the gradebook and the course's folders: one writer, one transaction a submission.

What is there afterwards is what `nbgrader autograde` leaves. Whoever is killed here leaves a submission as it was
before, or as it is after; what was committed is never done again.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

import nbformat
from nbgrader.api import (
    BaseCell,
    Comment,
    Grade,
    Gradebook,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
)
from nbgrader.preprocessors import AssignLatePenalties
from nbgrader.utils import parse_utc
from sqlalchemy import Column, MetaData, String, Table, inspect, select

from ..course.source_notebook import exercise_of
from ..submission.timestamp import TIMESTAMP
from . import save_extra_credit
from .autograde import AutogradeAnything, alone
from .examining import Examined, ExaminedNotebook
from .record import Record

T = TypeVar("T")
GRADED = Table(
    "examiner_graded",
    MetaData(),
    Column("submission_id", String(32), primary_key=True),
    Column("digest", String(64), nullable=False),  # of all that the grade came from
)


class Writer:
    """The one that writes, for a class: into an open gradebook, and into `autograded/`."""

    def __init__(self, gradebook: Gradebook, record: Record, steps: AutogradeAnything, keeps_by_hand: bool = False):
        """`keeps_by_hand` is for grading once more: extra credit and marks that a person entered stay as they are."""
        self.gradebook, self.record, self.steps, self.keeps_by_hand = gradebook, record, steps, keeps_by_hand
        assignment = gradebook.find_assignment(record.assignment)
        self.notebooks = {notebook.id: notebook.name for notebook in assignment.notebooks}
        cells = gradebook.db.query(BaseCell).filter(BaseCell.notebook_id.in_(self.notebooks)).all()
        self.cells = {cell.id: (cell.name, cell.type, cell.notebook_id) for cell in cells}
        self.assignment_id = assignment.id
        if not inspect(gradebook.engine).has_table(GRADED.name):
            GRADED.create(gradebook.engine, checkfirst=True)
        self.late = AssignLatePenalties(parent=steps)
        self.late.init_plugin()

    def known(self) -> dict[str, str]:
        """Return by student what the grade of each submission came from, as far as its notebooks are there."""
        rows = self.gradebook.db.execute(
            select(SubmittedAssignment.student_id, GRADED.c.digest)
            .join(GRADED, GRADED.c.submission_id == SubmittedAssignment.id)
            .where(SubmittedAssignment.assignment_id == self.assignment_id)
        ).all()
        return {student: digest for student, digest in rows if self._is_there(self.folder(student))}

    @property
    def exercises(self) -> set[str]:
        """The exercises that have points."""
        return {exercise_of(name) for name, kind, _ in self.cells.values() if kind in ("GradeCell", "TaskCell")}

    def folder(self, student: str) -> Path:
        course = self.steps.coursedir
        return Path(course.format_path(course.autograded_directory, student, self.record.assignment))

    def handed_in(self, folder: str) -> Path:
        """Return the folder in `submitted/` of that name."""
        course = self.steps.coursedir
        return Path(course.format_path(course.submitted_directory, folder, self.record.assignment))

    def _is_there(self, folder: Path) -> bool:
        return all((folder / f"{name}.ipynb").is_file() for name in self.record.wanted)

    def enter(self, handed_in: Path, student: str, examined: Examined, digest: str) -> None:
        """Enter one submission, whole or not at all; `handed_in` is its folder in `submitted/`."""
        with alone(handed_in.parent), self._whole():
            self._enter_rows(student, examined, digest)
            self._write(self.folder(student), examined)
            self.steps.set_permissions(self.record.assignment, student)
            self.gradebook.db.commit()

    def tried(self, student: str, examined: Examined, look: Callable[[SubmittedAssignment], T]) -> T:
        """Return what `look` sees of a submission as `enter` would enter it, and leave all as it was."""
        with self._whole():
            submission = self._enter_rows(student, examined, "")
            self.gradebook.db.flush()
            try:
                return look(submission)
            finally:
                self.gradebook.db.rollback()

    @contextmanager
    def _whole(self) -> Iterator[None]:
        try:
            yield
        except BaseException:
            self.gradebook.db.rollback()
            raise

    def _enter_rows(self, student: str, examined: Examined, digest: str) -> SubmittedAssignment:
        db, by_hand = self.gradebook.db, self._by_hand(student)
        submission = self._submission(student)
        if examined.stamp:
            submission.timestamp = parse_utc(examined.stamp)
        for entry in submission.notebooks:
            name = self.notebooks[entry.notebook_id]
            if name in examined.notebooks:
                under_its_name = (self.handed_in(student) / f"{name}.ipynb").exists()
                self._enter_scores(entry, examined.notebooks[name], under_its_name, by_hand)
                self._enter_penalty(submission, entry)
        db.execute(GRADED.delete().where(GRADED.c.submission_id == submission.id))
        db.execute(GRADED.insert().values(submission_id=submission.id, digest=digest))
        return submission

    def _by_hand(self, student: str) -> Callable[[Grade], bool]:
        """Return what tells whether a person entered a grade's extra credit: it is not what grading gave last."""
        if not self.keeps_by_hand:
            return lambda grade: False
        gave: dict[str, float] = {}
        for path in self.folder(student).glob("*.ipynb"):
            with suppress(OSError, ValueError):  # of a grader that was killed, or changed by somebody
                gave |= save_extra_credit.earned(nbformat.read(path, as_version=4), path.parent)
        return lambda grade: bool(grade.extra_credit) and grade.extra_credit != gave.get(self.cells[grade.cell_id][0])

    def renew_penalty(self, student: str) -> None:
        """Enter the penalty of a submission that is not examined again: it may be due at another time now."""
        submission = self.gradebook.find_submission(self.record.assignment, student)
        for entry in submission.notebooks:
            if self.notebooks[entry.notebook_id] in self.record.wanted:
                self._enter_penalty(submission, entry)
        self.gradebook.db.commit()

    # ----------------------------------------------------------------------------------------------- the gradebook
    def _submission(self, student: str) -> SubmittedAssignment:
        """Return the entry of a submission, with a place for each cell; what is missing is added."""
        db = self.gradebook.db
        if db.get(Student, student) is None:
            db.add(Student(id=student))
            db.flush()
        found = db.query(SubmittedAssignment).filter_by(assignment_id=self.assignment_id, student_id=student)
        submission = found.one_or_none()
        if submission is None:
            submission = SubmittedAssignment(assignment_id=self.assignment_id, student_id=student)
            db.add(submission)
            db.flush()
        held = {entry.notebook_id for entry in submission.notebooks}
        for notebook in self.notebooks:
            if notebook not in held:
                db.add(SubmittedNotebook(notebook_id=notebook, assignment_id=submission.id))
        db.flush()
        db.refresh(submission, ["notebooks"])
        for entry in submission.notebooks:
            self._add_places(entry)
        db.flush()
        return submission

    def _add_places(self, entry: SubmittedNotebook) -> None:
        grades = {grade.cell_id for grade in entry.grades}
        comments = {comment.cell_id for comment in entry.comments}
        for cell, (_, kind, notebook) in self.cells.items():
            if notebook != entry.notebook_id:
                continue
            if kind in ("GradeCell", "TaskCell") and cell not in grades:
                entry.grades.append(Grade(cell_id=cell))
            if kind in ("SolutionCell", "TaskCell") and cell not in comments:
                entry.comments.append(Comment(cell_id=cell))

    def _enter_scores(
        self, entry: SubmittedNotebook, done: ExaminedNotebook, under_its_name: bool, by_hand: Callable[[Grade], bool]
    ) -> None:
        for grade in entry.grades:
            name = self.cells[grade.cell_id][0]
            settled = self.keeps_by_hand and grade.manual_score is not None and not grade.needs_manual_grade
            if not under_its_name:  # as nbgrader does it, before it looks
                grade.auto_score, grade.needs_manual_grade = 0.0, False
            if name in done.scores:
                grade.auto_score = done.scores[name]
                unsure = grade.auto_score is None or name in done.look
                grade.needs_manual_grade = grade.manual_score is not None or unsure
            if name in done.extra and not by_hand(grade):
                grade.extra_credit = done.extra[name]
            if done.unreadable:
                grade.auto_score, grade.needs_manual_grade = 0.0, False  # what a person entered stays
            if settled:
                grade.needs_manual_grade = False  # a person has looked already
        for comment in entry.comments:
            name = self.cells[comment.cell_id][0]
            if name in done.comments:
                comment.auto_comment = done.comments[name]

    def _enter_penalty(self, submission: SubmittedAssignment, entry: SubmittedNotebook) -> None:
        entry.late_submission_penalty = None
        if submission.total_seconds_late > 0:
            self.gradebook.db.flush()
            self.gradebook.db.refresh(entry)
            late, student = submission.total_seconds_late, submission.student_id
            penalty = self.late.plugin_inst.late_submission_penalty(student, entry.score, late)
            if penalty is not None:
                entry.late_submission_penalty = self.late._check_late_penalty(entry, penalty)

    # -------------------------------------------------------------------------------------------------- the folders
    def _write(self, folder: Path, examined: Examined) -> None:
        """Put the graded folder in the place of the one before: built beside it, and moved in whole."""
        folder.parent.mkdir(parents=True, exist_ok=True)
        with _beside(folder) as new:
            held = dict(examined.files)
            held |= {name: self.record.source[name] for name in self.record.put_over}
            held |= {f"{name}.ipynb": done.text.encode() for name, done in examined.notebooks.items()}
            if examined.stamp:
                held[TIMESTAMP] = examined.stamp.encode()
            for name, data in held.items():
                path = new / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
            if os.path.lexists(folder):
                folder.rename(new.with_name("before"))
            new.rename(folder)


@contextmanager
def _beside(folder: Path) -> Iterator[Path]:
    """Give a new folder on the disk of `folder`; what is still there at the end goes."""
    for old in folder.parent.glob(f".{folder.name}-*"):  # of a writer that was killed
        shutil.rmtree(old, ignore_errors=True)
    scratch = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        (scratch / "new").mkdir()
        yield scratch / "new"
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
