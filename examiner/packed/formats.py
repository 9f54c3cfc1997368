"""What Gradescope and PrairieLearn want to read. Pure: what was graded in, data out that JSON can hold.

Gradescope: https://gradescope-autograders.readthedocs.io/en/latest/specs/. PrairieLearn:
https://prairielearn.readthedocs.io/en/latest/externalGrading/, whose file may have 1 MB.
"""

from __future__ import annotations

from .grading import Graded, Judged

NO_DETAILS = "This test is hidden, so nothing is said of it."


def gradescope(graded: Graded, wall: str) -> dict:
    """Return the results for Gradescope: hidden tests are seen once grades are published, and say nothing more."""
    return {
        "output": "\n".join([wall, *graded.notes]),
        "output_format": "text",
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "tests": [_for_gradescope(test) for test in graded.tests],
    }


def _for_gradescope(test: Judged) -> dict:
    found = {
        "name": test.name,
        "output": test.said or (NO_DETAILS if test.hidden else ""),
        "output_format": "text",
        "visibility": "after_published" if test.hidden else "visible",
    }
    if test.score is None:
        return found
    status = "passed" if test.score >= test.out_of else "failed"
    return {**found, "score": test.score, "max_score": test.out_of, "status": status}


def prairielearn(graded: Graded, wall: str) -> dict:
    """Return the results for PrairieLearn: a share of the points; what cannot be read costs no attempt."""
    if not graded.readable:
        return {"gradable": False, "format_errors": graded.notes or ["Nothing could be read."]}
    score = graded.score / graded.out_of if graded.out_of else 0.0
    return {
        "gradable": True,
        "score": min(max(score, 0.0), 1.0),
        "message": wall,
        "output": "\n".join(graded.notes),
        "tests": [
            {
                "name": test.name,
                "points": test.score or 0.0,
                "max_points": test.out_of if test.score is not None else 0.0,
                "output": test.said or (NO_DETAILS if test.hidden else ""),
            }
            for test in graded.tests
        ],
    }
