"""Make each page that shows a student's work in a process that can be ended; where one fails, a page says the score.

nbgrader has no setting for the class that makes feedback, so its name is replaced wherever nbgrader has one, as
`autograde.use` does. The course's configuration calls `use`.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import nbgrader.apps.api
import nbgrader.apps.generatefeedbackapp
from nbgrader.api import Gradebook, SubmittedNotebook
from nbgrader.converters import GenerateFeedback
from traitlets.config import Config

from ..errors import Overdue
from ..judging import killable
from . import score_page
from .budget import Budget


def made(config: Config, latest: float, make: Callable[..., str], *args) -> str | None:
    """Return the page that `make(*args)` makes; None where that takes too much, comes after `latest`, or fails."""
    try:
        return killable.within(Budget.of(config).page_seconds, make, *args, latest=latest)
    except (Overdue, RuntimeError):
        return None


class FeedbackInTime(GenerateFeedback):
    """nbgrader's feedback, each page of it in a process of its own."""

    latest = 0.0  # moment at which all pages of a submission are to be made

    def init_assignment(self, assignment_id: str, student_id: str) -> None:
        self.latest = time.monotonic() + Budget.of(self.config).page
        super().init_assignment(assignment_id, student_id)

    def convert_single_notebook(self, notebook_filename: str) -> None:
        if killable.in_fork:  # `examiner grade` makes all pages of a submission in one
            super().convert_single_notebook(notebook_filename)
        elif made(self.config, self.latest, self._write, notebook_filename) is None:
            where = self.init_single_notebook_resources(notebook_filename)["nbgrader"]
            name, student, assignment = where["notebook"], where["student"], where["assignment"]
            self.log.error("The page of %s could not be made in time; it shows only the points", notebook_filename)
            with Gradebook(self.coursedir.db_url, self.coursedir.course_id) as gradebook:
                page = score_page.text(gradebook.find_submission_notebook(name, assignment, student))
            folder = Path(self._format_dest(assignment, student))
            folder.mkdir(parents=True, exist_ok=True)
            (folder / f"{name}.html").write_text(page, encoding="utf-8")

    def _write(self, notebook_filename: str) -> str:
        super().convert_single_notebook(notebook_filename)
        return ""


class PageInTime:
    """An exporter for Formgrader, whose pages are made like this."""

    def __init__(self, config: Config, exporter: Callable, notebook: Callable[[str], SubmittedNotebook]):
        self._config, self._exporter, self._notebook = config, exporter, notebook

    def from_filename(self, filename: str, resources: dict) -> tuple[str, dict]:
        """Return the page of a notebook, and what nbconvert returns beside it."""
        latest = time.monotonic() + Budget.of(self._config).page
        page = made(self._config, latest, self._page, filename, resources)
        return page or score_page.text(self._notebook(resources["submission_id"])), resources

    def _page(self, filename: str, resources: dict) -> str:
        return self._exporter().from_filename(filename, resources=resources)[0]


def use() -> None:
    """Have nbgrader make feedback like this: by its command, by Formgrader's button, and by `examiner grade`."""
    nbgrader.apps.generatefeedbackapp.GenerateFeedback = FeedbackInTime
    nbgrader.apps.api.GenerateFeedback = FeedbackInTime
