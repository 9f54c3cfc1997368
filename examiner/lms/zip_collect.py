"""nbgrader's `zip_collect` for the archives of Canvas and Moodle: put them into downloaded/ASSIGNMENT/archive/.

nbgrader unpacks by the names in an archive and asks a pattern whose a file is. Here the files are read within limits,
and the roster is asked; `extracted/` then has a folder for each student.
"""

from __future__ import annotations

import os
from pathlib import Path

from nbgrader.api import Gradebook
from nbgrader.plugins import ExtractorPlugin, FileNameCollectorPlugin
from nbgrader.utils import find_all_notebooks

from ..errors import ExaminerError
from ..submission.notes import shown
from . import names
from .collecting import FileLimits, Received, collect, files_of, write
from .gradebook import everyone
from .people import People


class LmsExtractor(ExtractorPlugin):
    """Puts the newest files of each student into a folder of the student's name."""

    def extract(self, archive_path: str, extracted_path: str) -> None:
        coursedir = self.parent.coursedir
        released = coursedir.format_path(coursedir.release_directory, ".", coursedir.assignment_id)
        paths = sorted(Path(archive_path).iterdir(), key=lambda path: (path.stat().st_mtime, path.name))
        # A zip with the name of a submission is what a student handed in, not what the LMS packed.
        archives = [path for path in paths if path.suffix.lower() == ".zip" and not names.read(path.name, set())]
        packed = {path.name for path in archives}
        plain = [Path(archive_path)] if len(archives) < len(paths) else []
        with Gradebook(coursedir.db_url, coursedir.course_id) as gradebook:
            people = People(everyone(gradebook))
        books = set(find_all_notebooks(released)) if os.path.isdir(released) else set()
        try:
            found = collect([*plain, *archives], coursedir.assignment_id, books, people)
        except ExaminerError as error:
            self.parent.fail(str(error))
        received = Received.of(Path(extracted_path).parent)
        for work in found.works.values():
            files = files_of(work, FileLimits(), found.left_out)
            write(Path(extracted_path, work.student), files)
            received.add(work, files)
        received.save()
        for path, why in found.left_out:
            if path not in packed:  # which lie among the plain files
                self.log.warning("Left out: %s: %s", shown(path), why)
        for student in found.late:
            self.log.warning("Canvas says that this is late, but not how late: %s", shown(student))


class LmsCollector(FileNameCollectorPlugin):
    """Reads back whose a file is from the folder that `LmsExtractor` put it into."""

    def collect(self, submitted_file: str) -> dict | None:
        extracted = self.parent._format_collect_path(self.parent.extracted_directory)
        student, *rest = Path(submitted_file).relative_to(extracted).parts
        return {"student_id": student, "file_id": "/".join(rest)} if rest else None
