"""What grading says on the terminal while it goes on: one line that counts, and a line for each oddity."""

from __future__ import annotations

import sys

from ..submission.notes import shown
from .grade import Outcome


class Progress:
    """Hears of outcomes as they come: `grade(course, assignment, who, Progress(assignment, len(who)))`."""

    def __init__(self, assignment: str, total: int):
        self.assignment, self.total, self.done = assignment, total, 0

    def __call__(self, outcome: Outcome) -> None:
        self.done += 1
        for note in outcome.notes:
            _say(f"{shown(outcome.student)}: {note}")
        if not outcome.graded:
            _say(f"{shown(outcome.student)}: not graded, 0 points: {outcome.reason}")
        if sys.stderr.isatty():
            line = f"{self.assignment}: {self.done} of {self.total} graded"
            print(f"\r{line:<78}", end="", file=sys.stderr, flush=True)
        if self.done == self.total:
            print(file=sys.stderr)


def _say(line: str) -> None:
    print(f"\r{line:<78}", file=sys.stderr)
