"""`python -m examiner.packed gradescope|prairielearn`: grade the submission that lies where each of them puts it.

EXAMINER_ROOT names another place than /autograder or /grade, and EXAMINER_NO_SANDBOX leaves bubblewrap out.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from traitlets.config import Config

from ..commands.nbgrader_api import api_of, config_of, gradebook_of
from ..course.folders import Course
from ..errors import ExaminerError
from ..pipeline import record as records
from ..pipeline.record import Record
from ..runner.forkserver import close_shared
from . import formats, walls
from .grading import Graded, grade

COURSE, RESULTS = "course", "results.json"
MOST_SECONDS = 540.0  # PrairieLearn ends a job after 600, and Gradescope unless it is told otherwise
TRY_AGAIN = "The grader could not do its work. This says nothing about what was handed in. Please tell your instructor."


@dataclass(frozen=True)
class Layout:
    """Where one of them puts things."""

    root: str
    submission: str
    pack: str
    closed: tuple[str, ...]  # besides these and the results
    write: Callable[[Graded, str], dict]
    failure: dict | None  # what is written where nothing could be graded; None where nothing says it best


LAYOUTS = {
    "gradescope": Layout("/autograder", "submission", "source", (), formats.gradescope, None),
    "prairielearn": Layout(
        "/grade",
        "student",
        "tests",
        ("data", "serverFilesCourse"),
        formats.prairielearn,
        {"gradable": False, "format_errors": [TRY_AGAIN]},
    ),
}


def record_of(folder: Path) -> Record:
    """Return what grading needs, from the course in a pack, which may lie where nobody can write."""
    with tempfile.TemporaryDirectory() as scratch:
        course = Course(Path(shutil.copytree(folder, Path(scratch) / COURSE)))
        (assignment,) = course.assignments()
        seconds = float(config_of(course).Examine.get("submission_seconds", MOST_SECONDS))
        limits = {"submission_seconds": min(seconds, MOST_SECONDS), "without_sandbox": False}
        api = api_of(course, Config({"Examine": limits}))
        with gradebook_of(course) as gradebook:
            return records.read(api.coursedir, gradebook, assignment, api.config)


def main(which: str) -> int:
    """Grade, and write the results; returns 1, and writes no score, where the machine or the pack is at fault."""
    layout = LAYOUTS[which]
    root = Path(os.environ.get("EXAMINER_ROOT") or layout.root)
    results = root / "results"
    results.mkdir(exist_ok=True)
    (results / RESULTS).unlink(missing_ok=True)
    user = 0
    try:
        closed = [root, *(root / name for name in (layout.submission, layout.pack, "results", *layout.closed))]
        no_sandbox = bool(os.environ.get("EXAMINER_NO_SANDBOX"))
        wall, user = walls.choose([folder for folder in closed if folder.is_dir()], no_sandbox)
        record = record_of(root / layout.pack / COURSE)
        found: dict | None = layout.write(grade(root / layout.submission, record, user), wall)
        code = 0
    except Exception as error:
        print(error if isinstance(error, ExaminerError) else traceback.format_exc())
        found, code = layout.failure, 1
    finally:
        close_shared()
        walls.end_all_of(user)
    if found is not None:
        new = results / f".{RESULTS}"
        new.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        new.replace(results / RESULTS)
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
