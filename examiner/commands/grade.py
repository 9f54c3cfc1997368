"""Grade submissions: only what is new or changed, and a batch never stops for one of them.

Each submission is examined by whatever worker is free (`pipeline.examining`), and entered here, by the one writer of
the gradebook (`pipeline.entering`), as soon as it arrives. What was entered is never lost and never done again.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from nbgrader.converters.base import NbGraderException
from sqlalchemy.exc import OperationalError
from traitlets.config import Config

from ..course.folders import Course
from ..errors import ExaminerError, Overdue
from ..judging import killable
from ..pipeline import database, examining, record, whose
from ..pipeline.autograde import AutogradeAnything
from ..pipeline.budget import Budget
from ..pipeline.entering import Writer
from ..pipeline.examining import Examined
from ..pipeline.release_feedback import SECRET, STAMP
from ..sandbox import launch
from ..submission import intake
from . import course_lock, executors, score_pages
from .nbgrader_api import api_of, config_of, gradebook_of

LOCKED = "another program has the gradebook locked, and did not release it within {:g} seconds"
NO_TEXT = "the name of its folder in submitted/ is not valid UTF-8. Rename the folder"
CANNOT_OPEN = "The gradebook cannot be used: {}.\n  Close any other program that has it open, and run this again."
PAGES_EACH = 75  # pages for which another process pays: so many are made in the time that it takes to start


@dataclass(frozen=True)
class Outcome:
    """What became of one submission: graded, or why it was not and kept the score that it had."""

    student: str
    graded: bool
    reason: str = ""
    notes: tuple[str, ...] = ()  # what was repaired
    unchanged: bool = False  # it was graded before, and nothing that its grade depends on has changed


@dataclass(frozen=True)
class Job:
    """A submission that was read, whose it is, and what its grade depends on."""

    folder: str
    student: str
    digest: str


def students(course: Course, assignment: str) -> list[str]:
    """Return the students who submitted `assignment`, whatever they submitted."""
    submitted = course.root / "submitted"
    folders = submitted.iterdir() if submitted.is_dir() else ()
    return sorted(folder.name for folder in folders if os.path.lexists(folder / assignment))


def whose_is(course: Course, folder: str) -> str:
    """Return the student whose folder in `submitted/` this is."""
    with gradebook_of(course) as gradebook:
        return whose.whose(folder, gradebook)


def grade(
    course: Course,
    assignment: str,
    who: Iterable[str],
    said: Callable[[Outcome], None] = lambda outcome: None,
    changes: Config | None = None,
    workers: executors.Workers | None = None,
    everyone: bool = False,
) -> list[Outcome]:
    """Grade those of `who` whose submission is new or has changed, or all; `said` hears of each outcome as it comes.

    Whoever cannot be graded keeps the score of before. `changes` are merged into the course's configuration. Raises
    `ExaminerError` with what to do where nobody can be graded.
    """
    refuse_without_sandbox(course, changes)
    who = list(who)
    outcomes = []
    with course_lock.held(course), writer_of(course, assignment, changes) as writer:
        for outcome in Batch(writer, workers or executors.local(jobs=len(who)), everyone).run(who):
            outcomes.append(outcome)
            said(outcome)
    return sorted(outcomes, key=lambda outcome: outcome.student)


def grade_one(course: Course, assignment: str, changes: Config | None, student: str) -> Outcome:
    """Grade one student in this process, whether anything has changed or not."""
    (outcome,) = grade(course, assignment, [student], changes=changes, workers=executors.local(1), everyone=True)
    return outcome


class Batch:
    """A class on its way through the workers and into the gradebook."""

    def __init__(self, writer: Writer, workers: executors.Workers, everyone: bool):
        self.writer, self.workers = writer, workers
        self.record, self.known = writer.record, {} if everyone else writer.known()
        self.roster = whose.Roster(student.id for student in writer.gradebook.students)
        self.settled: list[Outcome] = []  # without being examined

    def run(self, who: Iterable[str]) -> Iterator[Outcome]:
        jobs = ((handed_in, self.record, job) for handed_in, job in self._to_do(who))
        for (*_, job), result in executors.results(self.workers, _examine, jobs):
            yield from self._settled()
            yield self._entered(job, result)
        yield from self._settled()

    def _settled(self) -> Iterator[Outcome]:
        while self.settled:
            yield self.settled.pop(0)

    def _to_do(self, who: Iterable[str]) -> Iterator[tuple[intake.Submission, Job]]:
        """Read one submission after the other, and yield those that are to be examined."""
        basis, limits = self.record.digest, self.record.size_limits
        for folder in dict.fromkeys(who):
            student = self.roster.whose(folder)
            if not _is_text(student):
                self.settled.append(Outcome(folder, False, NO_TEXT))
                continue
            self.roster.add(student)
            try:
                path = self.writer.handed_in(folder)
                whose.refuse_second(path, self.writer.handed_in(student))
                read = intake.Submission(path, limits, list(self.record.ignore)).hold(self.record.wanted)
                job = Job(folder, student, examining.digest(read, basis))
                unchanged = self.known.get(student) == job.digest
                if unchanged:
                    self.writer.renew_penalty(student)
            except Exception as error:
                self.settled.append(Outcome(folder, False, _reason(error)))
                continue
            if unchanged:
                self.settled.append(Outcome(folder, True, unchanged=True))
            else:
                yield read, job

    def enter(self, job: Job, examined: Examined) -> None:
        """Do with a submission what examining is for; another kind of batch does something else."""
        self.writer.enter(self.writer.handed_in(job.folder), job.student, examined, job.digest)

    def _entered(self, job: Job, result: Examined | Exception) -> Outcome:
        if isinstance(result, Exception):
            return Outcome(job.folder, False, _reason(result))
        try:
            self.enter(job, result)
        except Exception as error:  # a full disk, a lock: nobody else's grade depends on it
            return Outcome(job.folder, False, _reason(error))
        return Outcome(job.folder, True, notes=result.notes)


def _is_text(name: str) -> bool:
    """Tell whether a gradebook can hold the name of a folder."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _examine(handed_in: intake.Submission, known: record.Record, job: Job) -> Examined:
    return examining.examine(handed_in, job.student, known)


def _reason(error: Exception) -> str:
    """Return in words why a submission could not be graded."""
    if isinstance(error, OperationalError):
        return LOCKED.format(database.WAIT) if database.is_locked(error) else f"the gradebook: {error.orig}"
    if isinstance(error, NbGraderException | ExaminerError):
        return str(error)
    return f"{type(error).__name__}: {error}"


@contextmanager
def writer_of(course: Course, assignment: str, changes: Config | None, keeps_by_hand: bool = False) -> Iterator[Writer]:
    """Give the writer for one assignment, with the record that it has read."""
    api = api_of(course, changes)
    steps = AutogradeAnything(coursedir=api.coursedir, parent=api)
    with _gradebook(course) as gradebook:
        known = record.read(api.coursedir, gradebook, assignment, api.config)
        yield Writer(gradebook, known, steps, keeps_by_hand)


@contextmanager
def _gradebook(course: Course):
    """Open the gradebook; what is wrong with it is said in one sentence."""
    try:
        with gradebook_of(course) as gradebook:
            yield gradebook
    except OperationalError as error:
        raise ExaminerError(CANNOT_OPEN.format(_reason(error))) from None


def refuse_without_sandbox(course: Course, changes: Config | None = None) -> None:
    """Raise `ExaminerError` where students' code could not be closed off, before anybody is graded."""
    config = config_of(course)
    config.merge(changes or {})
    if not config.Examine.get("without_sandbox", False) and (lack := launch.missing()):
        raise ExaminerError(lack)


def feedback(
    course: Course, assignment: str, who: Iterable[str], workers: executors.Workers | None = None
) -> list[Path]:
    """Write the feedback pages of everyone who has an autograded notebook, and return their paths."""
    with gradebook_of(course) as gradebook:
        roster = whose.Roster(student.id for student in gradebook.students)
    names = dict.fromkeys(map(roster.whose, who))
    graded = [student for student in names if (course.root / "autograded" / student / assignment).is_dir()]
    jobs = ((course, assignment, student) for student in graded)
    workers = workers or executors.local(jobs=-(-len(graded) // PAGES_EACH))
    made = executors.results(workers, _feedback_of, jobs)
    try:
        return sorted(page for _, pages in made if not isinstance(pages, Exception) for page in pages)
    finally:
        _warm.end()


_warm = killable.Warm()  # of this process, which makes pages


def _feedback_of(course: Course, assignment: str, student: str) -> list[Path]:
    """Write one student's pages in a warm process that can be ended; where one fails, a page says the score."""
    folder = course.root / "feedback" / student / assignment
    try:
        budget = Budget.of(config_of(course))
        latest = time.monotonic() + budget.page
        made = _warm.within(budget.page_seconds, _make_pages, course, assignment, student, latest=latest)
    except (Overdue, RuntimeError):
        made = False
    if not made:
        shutil.rmtree(folder, ignore_errors=True)  # half a page says less than none
        score_pages.write(course, assignment, student)
    return sorted(folder.glob("*.html"))


def _make_pages(course: Course, assignment: str, student: str) -> bool:
    made = api_of(course).generate_feedback(assignment, student, force=True)["success"]
    _leave_the_pages(course.root / "feedback" / student / assignment)
    return made


def _leave_the_pages(folder: Path) -> None:
    """Delete what nbgrader copies beside a page, which needs none of it, but for what releasing a page reads."""
    for path in folder.glob("*"):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        elif path.suffix != ".html" and path.name not in (SECRET, STAMP):
            path.unlink(missing_ok=True)
