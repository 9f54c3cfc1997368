"""One budget by the clock for all that is done for a submission: three parts of it, one after the other.

What one part leaves is not added to the next, but texts may begin early. All notebooks of a submission share each part.
"""

from __future__ import annotations

from dataclasses import dataclass

from traitlets.config import Config

from ..guest.protocol import PATIENCE

SECONDS, PAGE_SECONDS = 600.0, 30.0  # where the course's configuration says nothing
RUNNING, TEXTS = 0.75, 0.8  # shares of the budget, after which cells and tests, and trying texts, are over


@dataclass(frozen=True)
class Budget:
    """Seconds by the clock, and a page's seconds of a processor."""

    seconds: float = SECONDS
    page_seconds: float = PAGE_SECONDS

    @classmethod
    def of(cls, config: Config) -> Budget:
        """Return the budget that a course's configuration names."""
        said = config.Examine
        return cls(float(said.get("submission_seconds", SECONDS)), float(said.get("page_seconds", PAGE_SECONDS)))

    @property
    def running(self) -> float:
        """For cells, tests, restarts and judging again."""
        return self.seconds * RUNNING

    @property
    def texts(self) -> float:
        """For these, and for trying what texts cost."""
        return self.seconds * TEXTS

    @property
    def page(self) -> float:
        """For the feedback page, by the clock."""
        return min(PATIENCE * self.page_seconds, self.seconds - self.texts)
