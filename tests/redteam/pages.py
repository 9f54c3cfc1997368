"""Write the pages that students and instructors open, of some students; run in the course's folder.

    python pages.py SIDE STUDENT …

The feedback, and the page that Formgrader shows: the same exporter, template and configuration as nbgrader's extension
has, without its server.
"""

from __future__ import annotations

import json
import sys
import time
from functools import partial
from pathlib import Path

from nbconvert.exporters import HTMLExporter
from nbgrader.api import Gradebook
from nbgrader.apps import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from nbgrader.server_extensions import formgrader
from traitlets.config import PyFileConfigLoader

RESOURCES = ("assignment_id", "notebook_id", "submission_id", "base_url", "student", "last_name", "first_name")


def main(side: str, students: list[str]) -> int:
    """Write the pages, and what each student's feedback took, and return how many pages could not be written."""
    failed, costs = 0, {}
    for student in students:
        for path in sorted(Path("autograded", student).glob("*/*.ipynb")):
            start = time.monotonic()
            failed += not feedback(side, student, path.parent.name)
            made = Path("feedback", *path.parts[1:]).with_suffix(".html")
            costs[student] = (time.monotonic() - start, made.stat().st_size if made.is_file() else 0)
            page = Path("feedback", *path.parts[1:-1], "formgrader.html")
            page.parent.mkdir(parents=True, exist_ok=True)
            start = time.monotonic()
            page.write_text(in_formgrader(side, path), encoding="utf-8")
            costs[student] = (costs[student][0] + time.monotonic() - start, costs[student][1])
    Path("..", "costs.json").write_text(json.dumps(costs))
    return failed if side != "nbgrader" else 0


def feedback(side: str, student: str, assignment: str) -> bool:
    """Write the feedback, and return whether there is one."""
    if side != "nbgrader":
        from examiner.commands import grade
        from examiner.course.folders import Course

        return bool(grade.feedback(Course.here(), assignment, [student]))
    config = configuration()
    return NbGraderAPI(CourseDirectory(config=config), config=config).generate_feedback(assignment, student)["success"]


def in_formgrader(side: str, path: Path) -> str:
    """Return the page that Formgrader shows of a notebook."""
    config = configuration()
    config.HTMLExporter.template_name = "formgrade"
    config.HTMLExporter.extra_template_basedirs = [str(Path(formgrader.__file__).parent / "templates")]
    said = dict.fromkeys(RESOURCES, "x") | {"index": 0, "total": 1, "notebook_path": "x"}
    if side == "nbgrader":
        return HTMLExporter(config=config).from_filename(str(path), resources=said)[0]
    from examiner.pipeline.page_process import PageInTime  # which is nowhere to be found beside nbgrader
    from examiner.pipeline.safe_page import SafePage

    with Gradebook("sqlite:///gradebook.db") as gradebook:

        def notebook(_: str):  # asked for only where the page cannot be made: not all that lies there is in a gradebook
            return gradebook.find_submission_notebook(path.stem, path.parts[-2], path.parts[-3])

        shown = PageInTime(config, partial(SafePage, config=config, served=True), notebook)
        return shown.from_filename(str(path), resources=said)[0]


def configuration():
    """Return the configuration of the course in this folder."""
    return PyFileConfigLoader("nbgrader_config.py").load_config()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
