"""Grade what arrives in the exchange for as long as it is wanted: collect, grade, write the pages, wait, again."""

from __future__ import annotations

import time
from collections.abc import Callable

from traitlets.config import Config

from ..course.folders import Course
from ..errors import ExaminerError
from . import executors, grade
from .grade import Outcome
from .nbgrader_api import api_of

SECONDS = 30.0  # between two looks, so that feedback is there within a minute
Said = Callable[[str, Outcome], None]


class Watch:
    """Looks again and again; says of each submission what became of it, and of a trouble only once that it is there."""

    def __init__(
        self,
        course: Course,
        assignments: list[str],
        said: Said,
        trouble: Callable[[str], None],
        changes: Config | None = None,
        workers: executors.Workers | None = None,
    ):
        self.course, self.assignments, self.said, self.trouble = course, assignments, said, trouble
        self.changes, self.workers = changes, workers
        self._known: dict[str, str] = {}  # troubles by what they are about

    def run(self, seconds: float = SECONDS, pause: Callable[[float], None] = time.sleep) -> None:
        """Look until somebody interrupts it."""
        while True:
            self.look()
            pause(seconds)

    def look(self) -> None:
        """Collect, grade and explain what is new; whatever goes wrong with one assignment, the others are looked at."""
        for assignment in self.assignments:
            try:
                self._collect(assignment)
                self._grade(assignment)
            except ExaminerError as error:
                self._say(assignment, f"{assignment}: {error}")
            except Exception as error:  # tried again at the next look
                self._say(assignment, f"{assignment}: {type(error).__name__}: {error}")
            else:
                self._known.pop(assignment, None)

    def _collect(self, assignment: str) -> None:
        result = api_of(self.course).collect(assignment)
        if not result["success"]:
            self._say(f"collect {assignment}", f"{assignment}: cannot be collected.\n{result.get('log', '').strip()}")

    def _grade(self, assignment: str) -> None:
        who = grade.students(self.course, assignment)
        if not who:
            return
        outcomes = grade.grade(
            self.course, assignment, who, lambda one: self._heard(assignment, one), self.changes, self.workers
        )
        lacking = [one.student for one in outcomes if one.graded and self._lacks_page(assignment, one)]
        if lacking:
            grade.feedback(self.course, assignment, lacking)

    def _heard(self, assignment: str, outcome: Outcome) -> None:
        about = f"{assignment} {outcome.student}"
        if outcome.unchanged or (not outcome.graded and self._known.get(about) == outcome.reason):
            return
        self._known[about] = outcome.reason
        self.said(assignment, outcome)

    def _lacks_page(self, assignment: str, outcome: Outcome) -> bool:
        """Tell whether a submission has no page yet, or was graded since; a watch may have been ended in between."""
        student = grade.whose_is(self.course, outcome.student)
        graded, pages = (self.course.root / name / student / assignment for name in ("autograded", "feedback"))
        made = [page.stat().st_mtime for page in pages.glob("*.html")]
        return not made or min(made) < max(path.stat().st_mtime for path in graded.glob("*.ipynb"))

    def _say(self, about: str, text: str) -> None:
        if self._known.get(about) != text:
            self._known[about] = text
            self.trouble(text)
