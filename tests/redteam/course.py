"""Make the attacked course for nbgrader as it comes and for the examiner, with one neighbour graded before."""

from __future__ import annotations

import shutil
from pathlib import Path

import target
from nbgrader.apps import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config

from examiner.commands import release
from examiner.commands.nbgrader_api import gradebook_of
from examiner.course.folders import CONFIG, Course
from examiner.freezing import freeze, table_files
from examiner.freezing.source import Source

ROOT = Path(__file__).resolve().parents[2]
# What nbgrader does on its own, given that the hidden table is kept out of the graded folder as the course does it.
STOCK_CONFIG = """c = get_config()
c.CourseDirectory.course_id = "target"
c.CourseDirectory.ignore = [".ipynb_checkpoints", "*.pyc", "__pycache__", "hidden.json", "misconceptions.toml"]
"""
# Short limits, so that what never ends ends soon.
SUBMISSION_SECONDS = 50  # by the clock; by the other limits alone, one could take nearly twice as long
SHORT_LIMITS = f"""
c.Examine.cell_seconds = 2
c.Examine.seconds_after_first = 1
c.Examine.check_seconds = 1.5
c.Examine.notebook_seconds = 8
c.Examine.submission_seconds = {SUBMISSION_SECONDS}
c.Examine.memory = 1024
"""


def make(folder: Path, side: str, words: target.Secrets) -> Path:
    """Make the course for `side`, "nbgrader", "examiner" or "within", in the new `folder` and return it.

    "within" is the examiner, with a tag on each test but checks that lets it run in the student's process.
    """
    folder.mkdir(parents=True)
    written = target.write_source(folder / "with-inputs" / target.NAME, words, with_inputs=True)
    tables = freeze.freeze(Source.read(written))
    source = folder / "source" / target.NAME
    if side != "nbgrader":
        shutil.copytree(written.parent, source)
        if side == "within":
            target.tag(source / written.name)
    else:
        target.write_source(source, words, with_inputs=False)
    shutil.rmtree(folder / "with-inputs")
    table_files.write(source, tables)
    config = (ROOT / CONFIG).read_text(encoding="utf-8") + SHORT_LIMITS if side != "nbgrader" else STOCK_CONFIG
    (folder / CONFIG).write_text(config, encoding="utf-8")
    if side != "nbgrader":
        release.generate(Course(folder), target.NAME)
    else:
        _stock(folder).generate_assignment(target.NAME, force=True)
    _grade_by_hand(folder, words)
    return folder


def _grade_by_hand(folder: Path, words: target.Secrets) -> None:
    """Let there be a student with full points and a comment, whose submission is no longer there to be graded again."""
    path = target.hand_in(folder, target.GRADED_BEFORE, "right")
    graded = folder / "autograded" / target.GRADED_BEFORE
    shutil.copytree(path.parents[1], graded)
    shutil.rmtree(path.parents[1])
    with gradebook_of(Course(folder)) as gradebook:
        gradebook.update_or_create_student(target.GRADED_BEFORE)
        submission = gradebook.update_or_create_submission(target.NAME, target.GRADED_BEFORE)
        for entry in submission.notebooks[0].grades:
            entry.auto_score = entry.cell.max_score
        submission.notebooks[0].comments[0].manual_comment = words.gradebook
        gradebook.db.commit()


def _stock(folder: Path) -> NbGraderAPI:
    config = Config()
    config.CourseDirectory.root = str(folder)
    config.CourseDirectory.course_id = "target"
    config.CourseDirectory.ignore = ["hidden.json", "misconceptions.toml"]
    return NbGraderAPI(CourseDirectory(config=config), config=config)
