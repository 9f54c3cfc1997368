"""The time that a request may take, and that the machine had for it."""

from __future__ import annotations

import math
import time

from ..guest.protocol import PATIENCE


class Deadline:
    """The seconds of one request, without those in which the machine was busy with something else."""

    def __init__(self, seconds: float, grace: float, latest: float = math.inf):
        self.seconds, self.grace, self.latest = seconds, grace, latest  # at the latest, whatever the machine does
        self.start, self.credit = time.monotonic(), 0.0

    def moment(self) -> float:
        return min(self.start + min(self.seconds + self.credit, PATIENCE * self.seconds) + self.grace, self.latest)

    def credit_for(self, waited: float) -> bool:
        """Let some seconds not count; say whether that moves the deadline."""
        before = self.moment()
        self.credit += max(waited, 0.0)
        return self.moment() > before + 0.01

    def elapsed(self) -> float:
        return time.monotonic() - self.start

    def spent(self) -> float:
        """Return the seconds that count, not less than the part of all that patience has room for.

        Never more than there were: how long it takes to end a process is no work of the student's.
        """
        return min(max(self.elapsed() - self.credit, self.elapsed() / PATIENCE), self.seconds)
