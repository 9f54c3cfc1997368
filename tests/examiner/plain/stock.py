"""Grade a course with nbgrader as it comes, in a process in which no course has put anything in its place.

python tests/examiner/plain/stock.py COURSE ASSIGNMENT STUDENT …
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from nbgrader.api import Gradebook
from nbgrader.apps import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config

Points = dict[str, dict[str, float]]  # by student, and by cell


def points(gradebook: Gradebook, assignment: str, student: str) -> dict[str, float]:
    """Return the points of each graded cell of a student."""
    submission = gradebook.find_submission(assignment, student)
    return {one.name: one.score for book in submission.notebooks for one in book.grades}


def grade_as(course: Path, folder: Path, assignment: str, students: list[str]) -> Points:
    """Grade again what lies in a course, in a new one in `folder`; {student: {cell: points}}."""
    shutil.copytree(course / "source" / assignment, folder / "source" / assignment)
    for student in students:
        shutil.copytree(course / "submitted" / student / assignment, folder / "submitted" / student / assignment)
    (folder / "nbgrader_config.py").write_text("c = get_config()\n", encoding="utf-8")
    environment = {**os.environ, "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])}
    words = [sys.executable, "-W", "ignore", __file__, str(folder), assignment, *students]
    subprocess.run(words, env=environment, check=True, capture_output=True)
    return json.loads((folder / "points.json").read_text("utf-8"))


def main(root: Path, assignment: str, *students: str) -> None:
    config = Config()
    config.CourseDirectory.root = str(root)
    api = NbGraderAPI(CourseDirectory(config=config), config=config)
    assert api.generate_assignment(assignment, force=True)["success"]
    found = {}
    for student in students:
        api.autograde(assignment, student, force=True, create=True)
        with Gradebook(api.coursedir.db_url, api.coursedir.course_id) as gradebook:
            found[student] = points(gradebook, assignment, student)
    (root / "points.json").write_text(json.dumps(found), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
