"""Reach nbgrader with a course's own configuration, from Python."""

from __future__ import annotations

import logging
import os
import sys
import warnings
from contextlib import contextmanager
from pathlib import Path

from nbgrader.api import Gradebook
from nbgrader.apps import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from sqlalchemy.exc import ArgumentError
from traitlets.config import Config, PyFileConfigLoader

from ..course.folders import CONFIG, Course
from ..errors import ExaminerError

NO_DRIVER = (
    "The gradebook's database needs {}, which is not installed. Run: pip install 'backprop-examiner[postgresql]'"
)
NO_DATABASE = "NBGRADER_DB_URL, or c.CourseDirectory.db_url, names no database: {}"

# nbgrader calls `alembic` by name when it makes a gradebook; it lies beside the Python that runs this.
os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])

# Not ours to change: nbgrader's queries, and the cells without an id that it puts back.
warnings.filterwarnings("ignore", module=r"nbgrader\..*|nbformat\..*|sqlalchemy\..*")


def config_of(course: Course) -> Config:
    """Return the course's `nbgrader_config.py` as nbgrader reads it, its folders set to this very course."""
    config = PyFileConfigLoader(CONFIG, path=str(course.root)).load_config()
    config.CourseDirectory.root = str(course.root)
    return config


def api_of(course: Course, changes: Config | None = None) -> NbGraderAPI:
    """Return nbgrader's API for `course`, quiet but for errors; `changes` are merged into its configuration."""
    config = config_of(course)
    if changes:
        config.merge(changes)
    api = NbGraderAPI(CourseDirectory(config=config), config=config)
    api.log = api.coursedir.log = _log()
    return api


def _log() -> logging.Logger:
    log = logging.getLogger("examiner.nbgrader")  # its handlers are added by nbgrader, which captures what is logged
    log.setLevel(logging.INFO)
    log.propagate = False
    if not log.handlers:
        log.addHandler(logging.NullHandler())
    return log


@contextmanager
def gradebook_of(course: Course):
    """Open the course's gradebook; raises `ExaminerError` where the driver of its database is missing."""
    coursedir = CourseDirectory(config=config_of(course))
    try:
        gradebook = Gradebook(coursedir.db_url, coursedir.course_id)
    except ModuleNotFoundError as error:
        raise ExaminerError(NO_DRIVER.format(error.name)) from None
    except ArgumentError as error:
        raise ExaminerError(NO_DATABASE.format(error)) from None
    with gradebook:
        yield gradebook
