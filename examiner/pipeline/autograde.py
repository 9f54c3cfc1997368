"""nbgrader's `Autograde`, made to grade whatever was handed in.

nbgrader looks only at files that end in ".ipynb" and trips over most that are odd; some stop the batch, others are
passed over without a score. Here every submission is first taken in, as a clean copy in a private folder, and the
course's pipeline reads that copy. Nothing is written into `submitted/`.
"""

from __future__ import annotations

import fcntl
import os
import re
import tempfile
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from fnmatch import fnmatchcase
from pathlib import Path

import nbgrader.apps.api
import nbgrader.apps.autogradeapp
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.apps import NbGraderAPI
from nbgrader.converters import Autograde
from nbgrader.converters.base import NbGraderException
from nbgrader.utils import find_all_files, parse_utc, rmtree
from traitlets import Integer

from ..submission import clean_copy, intake, notes
from ..submission.found_file import MB
from . import first_release, whose
from .odd_paths import matching


class AutogradeAnything(Autograde):
    """Grades one submission after the other, each from its clean copy; none of them can stop the batch."""

    largest_notebook = Integer(32, help="Largest notebook that is read, in MB").tag(config=True)
    largest_files = Integer(64, help="Largest total size of the other files of a submission, in MB").tag(config=True)
    most_files = Integer(1000, help="Largest number of other files of a submission").tag(config=True)

    failure: Exception | None = None  # why the last submission that could not be graded could not
    began = 0.0  # the moment at which the submission that is graded was taken up
    _copies: str | None = None  # the folder of the clean copy, while one is graded

    def _format_source(self, assignment_id: str, student_id: str, escape: bool = False) -> str:
        if self._copies is None or not self._sanitizing:
            return super()._format_source(assignment_id, student_id, escape)
        return os.path.join(re.escape(self._copies) if escape else self._copies, student_id, assignment_id)

    def init_notebooks(self) -> None:
        """Find every submission, whatever it holds; nbgrader passes over those without a file named *.ipynb."""
        pattern = self._format_source(self.coursedir.assignment_id, self.coursedir.student_id)
        folders = matching(self.coursedir.root, pattern)
        if not folders:
            super().init_notebooks()  # says so, in nbgrader's words
        self.assignments: dict[str, list[str]] = {folder: [] for folder in folders}

    def convert_notebooks(self) -> None:
        failed = []
        for folder in list(self.assignments):
            try:
                self._convert_one(folder)
            except NbGraderException as error:
                self.failure = self.failure or error  # nbgrader's own says only that something went wrong
                failed.append(folder)
            except Exception as error:
                self.failure = error
                self.log.error(traceback.format_exc())
                failed.append(folder)
        if failed:
            raise NbGraderException(f"Not graded, see above: {', '.join(failed)}. All others are graded.")

    def _convert_one(self, folder: str) -> None:
        self.began = time.monotonic()
        found = re.fullmatch(self._format_source("(?P<assignment>.*)", "(?P<student>.*)", escape=True), folder, re.S)
        assert found  # it is one of those that this very pattern found
        assignment = found["assignment"]
        wanted = self._wanted(assignment)
        with Gradebook(self.coursedir.db_url, self.coursedir.course_id) as gradebook:
            student = whose.whose(found["student"], gradebook)
            released = first_release.read(gradebook, assignment)
        whose.refuse_second(Path(folder), Path(self._format_source(assignment, student)))
        limits = intake.SizeLimits(self.largest_notebook * MB, self.largest_files * MB, self.most_files)
        with alone(Path(folder).parent), tempfile.TemporaryDirectory(prefix="examiner-") as private:
            self._copies = private
            try:
                copy = self._format_source(assignment, student)
                paths = clean_copy.take_in(
                    Path(folder), Path(copy), wanted, self._reserved(assignment), limits, self.coursedir.ignore,
                    Path(self.coursedir.format_path(self.coursedir.release_directory, ".", assignment)),
                )  # fmt: skip
                whose.note(paths, found["student"], student)
                first_release.note(paths, released)
                self._forget_unfinished(Path(self._format_dest(assignment, student)), wanted)
                self.assignments = {copy: [str(path) for path in paths]}
                super().convert_notebooks()
            finally:
                self._copies = None

    def init_assignment(self, assignment_id: str, student_id: str) -> None:
        self.failure = None
        with self._noting_failure():
            super().init_assignment(assignment_id, student_id)

    def convert_single_notebook(self, notebook_filename: str) -> None:
        with self._noting_failure():
            super().convert_single_notebook(notebook_filename)

    @contextmanager
    def _noting_failure(self) -> Iterator[None]:
        """Keep what is raised: nbgrader writes it into its log, and raises something that does not say why."""
        try:
            yield
        except Exception as error:
            self.failure = error
            raise

    def _wanted(self, assignment: str) -> list[str]:
        """Return the names of the assignment's notebooks that are to be graded."""
        try:
            with Gradebook(self.coursedir.db_url, self.coursedir.course_id) as gradebook:
                names = [notebook.name for notebook in gradebook.find_assignment(assignment).notebooks]
        except MissingEntry:
            raise NbGraderException(
                f"{assignment} is not in the gradebook. Run: examiner release {assignment}"
            ) from None
        return [name for name in names if fnmatchcase(name, self.coursedir.notebook_id)]

    def _reserved(self, assignment: str) -> set[str]:
        """Return the names of the files that nbgrader copies from the source, over those of the student."""
        source = self.coursedir.format_path(self.coursedir.source_directory, ".", assignment)
        return {os.path.relpath(path, source) for path in find_all_files(source, [*self.coursedir.ignore, "*.ipynb"])}

    def _forget_unfinished(self, graded: Path, wanted: list[str]) -> None:
        """Remove what a killed grader left, which nbgrader would take for a submission that is graded already."""
        if not graded.is_dir():
            return
        half = [path for name in wanted if not notes.finished(path := graded / f"{name}.ipynb")]
        if half and self.coursedir.notebook_id == "*":
            rmtree(graded)
        for path in half:
            path.unlink(missing_ok=True)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Keep a second grader waiting while one grades a student's submission; the system lets go when one is killed."""
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError:
        yield  # it cannot even be opened, so there is nothing that two could grade at once
        return
    try:
        with suppress(OSError):  # not every network file system can lock
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _timestamp(api: NbGraderAPI, assignment_id: str, student_id: str):
    """Return when a submission was handed in; nbgrader's own version ends Formgrader's page at a file that is odd."""
    folder = api.coursedir.format_path(api.coursedir.submitted_directory, student_id, assignment_id)
    text = intake.timestamp_in(Path(folder))
    return parse_utc(text) if text else None


def use() -> None:
    """Have nbgrader grade with `AutogradeAnything`; the course's configuration calls this.

    nbgrader has no setting for the class, but a name for it in each of the two modules that grade: the command
    `nbgrader autograde`, and the API that `examiner grade` and Formgrader's button call. `RepairCells` refuses what
    comes another way.
    """
    nbgrader.apps.autogradeapp.Autograde = AutogradeAnything
    nbgrader.apps.api.Autograde = AutogradeAnything
    NbGraderAPI.get_submitted_timestamp = _timestamp
