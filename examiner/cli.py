"""The command `examiner`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from traitlets.config import Config

from .commands import demo as demonstration
from .commands import grade, lms, release, report, simulate
from .commands import lab as jupyterlab
from .commands.progress import Progress
from .course.folders import Course
from .errors import ExaminerError
from .freezing import freeze, table_files

UNSAFE = "WITHOUT A SANDBOX: what students wrote can read and change whatever you can on this machine."
WITHOUT_SANDBOX = Config({"Examine": {"without_sandbox": True}})


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns 0 when all is well, 1 when something is stale or failed, 2 when it cannot be done."""
    parser = _parser()
    args, rest = parser.parse_known_args(arguments)
    if rest and not getattr(args, "passes_on", False):
        parser.error(f"unknown: {' '.join(rest)}")
    args.rest = rest
    try:
        course = Course.here(args.course)
        return args.run(course, args) or 0
    except ExaminerError as error:
        print(error, file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="examiner", description="Freeze, release, grade and understand the course.")
    parser.add_argument("--course", default=".", help="a folder inside the course (default: here)")
    commands = parser.add_subparsers(required=True, metavar="command")

    def command(name, run, help, assignments=True):
        sub = commands.add_parser(name, help=help, description=help)
        sub.set_defaults(run=run)
        if assignments:
            sub.add_argument("assignments", nargs="*", help="default: all")
        return sub

    sub = command("freeze", _freeze, "run solutions and misconceptions, and write checks.json and hidden.json")
    sub.add_argument("--check", action="store_true", help="write nothing; fail where a table is stale")
    sub = command("release", _release, "make the students' version")
    sub.add_argument(
        "--check", action="store_true", help="write nothing; fail where release/ differs from a fresh build"
    )
    sub = command("simulate", _simulate, "write the submissions of a class that never was")
    sub.add_argument("--students", type=int, default=24)
    sub.add_argument("--seed", type=int, default=7)
    sub = command("grade", _grade, "grade what was submitted")
    sub.add_argument("--student", action="append", help="only this one; may be given several times")
    sub.add_argument("--unsafe", action="store_true", help="without a sandbox, on a machine that you can lose")
    command("feedback", _feedback, "write a page for each student")
    sub = command("report", _report, "say what the class scored and misunderstood")
    sub.add_argument("--anonymous", action="store_true", help="numbers in place of names, in the files of report/")
    sub = command("export", _export, "write grades for Canvas, Moodle or a spreadsheet")
    sub.add_argument("--to", choices=lms.FORMS, default="csv")
    sub.add_argument("--into", type=Path, metavar="CSV", help="a gradebook from Canvas, whose columns are kept")
    sub.add_argument("--by-exercise", action="store_true", help="a column for each exercise")
    sub = command("extend", _extend, "give a student more time", assignments=False)
    for name in ("student", "assignment", "until"):
        sub.add_argument(name)
    sub = command("demo", _demo, "the whole way, in build/demo", assignments=False)
    sub.add_argument("--students", type=int, default=demonstration.STUDENTS)
    sub.add_argument("--seed", type=int, default=demonstration.SEED)
    lab = command("lab", _lab, "JupyterLab as a student sees the course", assignments=False)
    teach = command("teach", _teach, "JupyterLab for instructors", assignments=False)
    for sub in (lab, teach):
        sub.set_defaults(passes_on=True)
    return parser


def _chosen(course: Course, args) -> list[str]:
    for assignment in args.assignments:
        course.notebook(assignment)  # says so where there is none
    return args.assignments or course.assignments()


def _freeze(course: Course, args) -> int:
    failed = 0
    for assignment in _chosen(course, args):
        if course.is_plain(assignment):
            print(f"{assignment}: has no checks, so there is nothing to freeze")
            continue
        tables = freeze.freeze(freeze.Source.read(course.notebook(assignment)))
        if args.check:
            old = table_files.stale(course.source(assignment), tables)
            for name in old:
                print(f"{assignment}: {name} is older than the notebook.\n  Run: examiner freeze {assignment}")
            failed |= bool(old)
        else:
            written = table_files.write(course.source(assignment), tables)
            print(f"{assignment}: {'wrote ' + ' and '.join(written) if written else 'nothing has changed'}")
    return failed


def _release(course: Course, args) -> int:
    failed = 0
    for assignment in _chosen(course, args):
        if args.check:
            old = release.stale(course, assignment)
            for name in old:
                print(f"{assignment}: release/{assignment}/{name} differs from a fresh build.\n"
                      f"  Run: examiner release {assignment}")  # fmt: skip
            failed |= bool(old)
        else:
            release.release(course, assignment)
            print(f"{assignment}: released into release/{assignment}")
    return failed


def _simulate(course: Course, args) -> None:
    for assignment in _chosen(course, args):
        done = simulate.simulate(course, assignment, args.students, args.seed)
        print(f"{assignment}: {len(done)} submissions in submitted/, what they did in {simulate.MANIFEST}")


def _grade(course: Course, args) -> None:
    for assignment in _chosen(course, args):
        everyone = grade.students(course, assignment)
        who = args.student or everyone
        for student in set(who) - set(everyone):
            raise ExaminerError(
                f"{student} has not submitted {assignment}. Submitted: {', '.join(everyone) or 'nobody'}"
            )
        if args.unsafe:
            print(UNSAFE, file=sys.stderr)
        changes = WITHOUT_SANDBOX if args.unsafe else None
        grade.grade(course, assignment, who, Progress(assignment, len(who)), changes)
        print(report.table([r for r in report.results(course, assignment) if r.student in who]))


def _feedback(course: Course, args) -> None:
    for assignment in _chosen(course, args):
        pages = grade.feedback(course, assignment, grade.students(course, assignment))
        print(f"{assignment}: {len(pages)} pages in feedback/")


def _report(course: Course, args) -> None:
    for assignment in _chosen(course, args):
        page, *_ = report.write(course, assignment, args.anonymous)
        if not args.anonymous:
            print(f"{assignment}\n{report.table(report.results(course, assignment))}\n")
        print(f"{assignment}: the report is {page}, with CSV and JSON beside it")


def _export(course: Course, args) -> None:
    if args.into and args.to != "canvas":
        raise ExaminerError("--into is for a gradebook from Canvas. Add: --to canvas")
    path, lost = lms.export(course, _chosen(course, args), args.to, args.by_exercise, args.into)
    print(f"Grades are in {path}")
    if lost:
        print(f"Not in {args.into}: {', '.join(lost)}")


def _extend(course: Course, args) -> None:
    course.notebook(args.assignment)
    print(lms.extend(course, args.student, args.assignment, args.until))


def _demo(course: Course, args) -> None:
    demonstration.demo(course, args.students, args.seed)


def _lab(course: Course, args) -> None:
    jupyterlab.student(course, args.rest)


def _teach(course: Course, args) -> None:
    jupyterlab.instructor(course, args.rest)
