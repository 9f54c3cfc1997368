"""Grading on a real Dask cluster: the same grades, and the death of a worker loses nothing."""

from __future__ import annotations

import cluster
import pytest
from twocourse import TwoCourse

from examiner.commands import executors, grade, report

pytestmark = [pytest.mark.slow, pytest.mark.skipif(bool(cluster.missing()), reason=cluster.missing())]
SOLVED = {"ada": "2 * x", "ben": "3 * x", "cem": "x + x", "dana": "x ** 2", "eve": "x * 2"}


@pytest.fixture(scope="module")
def course(tmp_path_factory, course_root) -> TwoCourse:
    made = TwoCourse.lay(tmp_path_factory.mktemp("dask") / "course", course_root / "nbgrader_config.py")
    for student, double in SOLVED.items():
        made.hand_in(student, double=double, square="x * x")
    return made


def test_a_worker_may_die_and_everybody_has_the_grade_of_this_machine(course):
    with cluster.running(2) as dask:
        died = []

        def said(outcome):
            if not died:
                died.append(outcome.student)
                dask.kill(0)

        outcomes = grade.grade(course, "numbers", list(SOLVED), said, workers=executors.dask(dask.address))
    assert [(one.student, one.graded, one.reason) for one in outcomes] == [(name, True, "") for name in sorted(SOLVED)]
    found = {one.student: one.score for one in report.results(course, "numbers")}
    assert found == {"ada": 130, "ben": 30, "cem": 130, "dana": 30, "eve": 130}
