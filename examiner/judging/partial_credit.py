"""Points for a test cell that failed: for a known mistake that leaves part of the answer right, or for what follows.

nbgrader reads partial points from a result among a cell's outputs; here it is made, and nowhere else: what a student's
code prints or shows never becomes a result of a test cell.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass

from nbformat import NotebookNode
from nbformat.v4 import new_output

from backprop.explain.describe import listed

CREDIT_MIME = "application/vnd.backprop.credit+json"
MISTAKE, FOLLOWS = "known mistake", "follows from another"
OF_ITS_OWN = (
    "is accepted, but what it does to its arguments or hands back is not what this one can work with",
    "are accepted, but what they do to their arguments or hand back is not what this one can work with",
)


@dataclass(frozen=True)
class Credit:
    """Points that a failing test cell still earns, and the sentence that tells the student why."""

    points: float
    of: float
    why: str  # MISTAKE or FOLLOWS
    sentence: str


def of_mistake(verdict: dict, points: float) -> Credit | None:
    """Return the credit of a failing verdict, out of the `points` of its test cell; None where it earns none."""
    share = share_of(verdict)
    if not share or not points:
        return None
    why = "the mistake is one that the course knows, and the rest of the answer is right."
    return _credit(share, points, MISTAKE, why)


def of_what_follows(earlier: Iterable[tuple[str, bool]], verdict: dict, points: float) -> Credit | None:
    """Return the credit of an answer that was judged again with right functions in place of those of `earlier`.

    `earlier` are names of exercises, and whether each failed; `verdict` is the failing one of that second time, {}
    where all is right.
    """
    share = share_of(verdict) if verdict else 1.0
    if not share or not points:
        return None
    some = list(earlier)
    wrong, accepted = ([name for name, failed in some if failed is which] for which in (True, False))
    it = "a right one in its place" if len(some) == 1 else "right ones in their place"
    passes = "your answer passes" if share == 1 else "your answer shows a mistake that the course knows"
    said = [f"{listed(wrong)} {'is' if len(wrong) == 1 else 'are'} not right yet"] if wrong else []
    said += [f"{listed(accepted)} {OF_ITS_OWN[len(accepted) > 1]}"] if accepted else []
    why = f"{', and '.join(said)}, and this exercise builds on it. With {it}, {passes}."
    return _credit(share, points, FOLLOWS, why)


def _credit(share: float, points: float, why: str, because: str) -> Credit:
    earned = round(share * points, 2)
    return Credit(earned, points, why, f"{earned:g} of {points:g} points although this fails: {because}")


def share_of(verdict: dict) -> float:
    """Return the share of the points that a failing verdict still earns, from 0 to 1."""
    share = verdict.get("credit", 0.0)
    return min(max(float(share), 0.0), 1.0) if share == share else 0.0


def output(credit: Credit, count: int | None) -> NotebookNode:
    """Return the output in which nbgrader finds the points; it has to stand before the error."""
    data = {
        "text/plain": repr(credit.points),
        "text/markdown": credit.sentence,
        CREDIT_MIME: asdict(credit),
    }
    return new_output("execute_result", data=data, execution_count=count)


def of_cell(cell: NotebookNode) -> dict:
    """Return the credit that a graded cell was given, as data; {} where it was given none."""
    data = [out["data"] for out in cell.get("outputs", []) if out.output_type == "execute_result"]
    return next((found[CREDIT_MIME] for found in data if CREDIT_MIME in found), {})


def of_number(number: float, most: float, count: int | None) -> NotebookNode:
    """Return the output for a test cell whose last line is a number: that many points, where it can be one.

    nbgrader gives full points for what it cannot read; here a number below 0, above `most` or none at all gives none.
    """
    if not 0 <= number <= most:  # NaN is neither
        said = f"The last line of this test is {number:g}, and its points go from 0 to {most:g}: it gives none."
        return new_output("error", ename="PointsError", evalue=said, traceback=[f"PointsError: {said}"])
    return new_output("execute_result", data={"text/plain": repr(number)}, execution_count=count)
