"""What a learning curve tells: whether the cost falls, crawls, zigzags, grows, or is stuck, in a name and a sentence.

A curve is the cost before each step of a training. `model.js` says the same in JavaScript, and a golden
file proves that both agree. Nothing is trained and nothing drawn here.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

EARLY = 10  # costs; before that, nothing can be said
LEAP = 1.05  # a cost so many times the one before is a leap, and so many times the first one is growth
RISE = 1.01  # a cost so many times the one before is a rise: more than rounding
FLAT = 1e-3  # of the first cost; a last quarter that stays within is flat
HIGH = 0.25  # of the first cost; a flat end above this, after a leap, is no success
CRAWL = 0.1  # of the first cost; a fall of less, with no leap, is too slow
STILL = 1e-3  # of the first cost; a fall of less is none


@dataclass(frozen=True)
class Verdict:
    """What a curve does: `name` for programs, `sentence` for people."""

    name: str  # "early", "not a number", "stuck", "grows", "zigzags", "still", "crawls", "level", "falls"
    sentence: str

    @property
    def diverges(self) -> bool:
        """Whether the steps were too long for the cost to come down."""
        return self.name in ("not a number", "stuck", "grows")


def verdict(costs: Sequence[float]) -> Verdict:
    """Say what a curve does, from its costs; the gravest thing is said first."""
    lost = next((i for i, cost in enumerate(costs) if not math.isfinite(cost)), None)
    if lost is not None:
        return Verdict("not a number", f"Diverges: the cost is no finite number from step {lost} on. Take a smaller η.")
    if len(costs) < EARLY:
        return Verdict("early", "Too early to say.")
    first, last = costs[0], costs[-1]
    leap = next((i + 1 for i in range(len(costs) - 1) if costs[i + 1] > LEAP * costs[i]), None)
    tail = costs[-max(5, len(costs) // 4) :]
    flat = max(tail) - min(tail) <= FLAT * first
    if leap is not None and flat and last > HIGH * first:
        return Verdict(
            "stuck",
            f"Diverges: the cost leapt up in step {leap}, and is stuck at {short(last)}. "
            "The units are saturated, so their slopes are nearly zero. Take a smaller η.",
        )
    if last > LEAP * first:
        return Verdict("grows", f"Diverges: the cost has grown from {short(first)} to {short(last)}. Take a smaller η.")
    half = costs[len(costs) // 2 :]
    rises = sum(half[i + 1] > RISE * half[i] for i in range(len(half) - 1))
    if rises >= max(2, 0.1 * len(half)):
        return Verdict(
            "zigzags",
            f"Zigzags: the cost rose in {rises} of the last {len(half)} steps. The steps leap over the valley.",
        )
    if leap is None and first > 0 and first - last < STILL * first:
        return Verdict("still", f"Stands still at {short(last)}: η is far too small, or the units are saturated.")
    if leap is None and first - last < CRAWL * first:
        percent = 100 * (first - last) / first
        return Verdict(
            "crawls", f"Crawls: the cost has fallen by only {percent:.1f} %. Take a larger η, or more steps."
        )
    if flat:
        return Verdict("level", f"Levels off at {short(last)}, from {short(first)}.")
    return Verdict("falls", f"Falls from {short(first)} to {short(last)}, and has not ended yet.")


def short(number: float) -> str:
    """Return a cost in a few characters: four decimals, six where it is small, a power of ten where it is smaller."""
    size = abs(number)
    if size == 0 or 0.001 <= size < 1000:
        return f"{number:.4f}"
    return f"{number:.6f}" if 0.00001 <= size < 1000 else f"{number:.1e}"
