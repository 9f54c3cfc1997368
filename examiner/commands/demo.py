"""The whole way in a scratch copy of the course: release, a simulated class, grades, feedback, a report."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

from traitlets.config import Config

from backprop.answers.tables import load

from ..course.folders import Course
from . import executors, grade, release, report, simulate
from .progress import progress

STUDENTS, SEED = 24, 7
# The simulated endless loops are found out sooner than real ones would be: hardly any cell takes a second here.
QUICK = Config({"Examine": {"cell_seconds": 10, "seconds_after_first": 1, "check_seconds": 1}})


def demo(course: Course, students: int = STUDENTS, seed: int = SEED) -> Path:
    """Run the demonstration in `build/demo/`, print one table for each assignment, and return that folder.

    No real gradebook and no real submission is touched. The class works on the small digits that come with
    scikit-learn, so that the demonstration is quick, and the same on every machine.
    """
    os.environ["BACKPROP_DATA"] = "digits"
    folder = course.root / "build" / "demo"
    shutil.rmtree(folder, ignore_errors=True)
    scratch = release.scratch_course(course, folder)
    with executors.lasting(executors.local()) as workers:
        for assignment in scratch.assignments():
            began = time.monotonic()
            release.generate(scratch, assignment)
            if not any(exercise.points for exercise in load(scratch.source(assignment)).exercises.values()):
                print(f"{assignment}: released, nothing to grade")
                continue
            done = simulate.simulate(scratch, assignment, students, seed)
            # Those who never end come first: at the end one of them would keep one processor busy, and the others idle.
            who = sorted(done, key=lambda student: done[student]["profile"] != "endless")
            with progress(assignment, len(who)) as said:
                grade.grade(scratch, assignment, who, said, QUICK, workers)
            pages = grade.feedback(scratch, assignment, who, workers)
            print(f"\n{assignment}\n{'=' * len(assignment)}")
            print(report.table(report.results(scratch, assignment)))
            print(f"\n{len(who)} submissions, {len(pages)} feedback pages, {time.monotonic() - began:.0f} s")
    print_where_to_look(scratch)
    return folder


def print_where_to_look(course: Course) -> None:
    """Say where everything lies."""
    print(
        f"\nWhere to look\n"
        f"  {course.root}/release      what students get\n"
        f"  {course.root}/feedback     a page for each student\n"
        f"  {course.root}/autograded   the graded notebooks\n"
        f"  {course.root}/gradebook.db the gradebook; `cd {course.root} && nbgrader export` writes grades.csv"
    )
