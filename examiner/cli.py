"""The command `examiner`."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from traitlets.config import Config

from backprop import __version__
from backprop.answers.tables import load
from backprop.errors import CourseFileError

from .authoring import lint, new
from .authoring.coincidences import coincidences
from .authoring.holes import Holes, holes
from .commands import (
    before,
    bundle,
    executors,
    grade,
    learn,
    lms_arguments,
    regrade,
    release,
    report,
    simulate,
    watch,
)
from .commands import demo as demonstration
from .commands import lab as jupyterlab
from .commands.nbgrader_api import api_of
from .commands.progress import line, progress
from .course import alternatives
from .course.folders import Course
from .errors import ExaminerError
from .freezing import freeze, table_files
from .freezing.source import Source
from .pipeline import run_mutants

UNSAFE = "WITHOUT A SANDBOX: what students wrote can read and change whatever you can on this machine."
WITHIN_COSTS = """\
  These tests see what a student's code does to their values, as in nbgrader. It costs trust: code that is
  written to lie about its own tests can get their points (docs/trust.md). A tag on a cell, "apart" or "within",
  asks for a way."""
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
    except KeyboardInterrupt:
        print("Stopped. What was done is kept.", file=sys.stderr)
        return 130
    except BrokenPipeError:  # whoever read the output has seen enough, as `head` has
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="examiner", description="Freeze, release, grade and understand the course.")
    parser.add_argument("--version", action="version", version=f"examiner {__version__}")
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
    sub.add_argument("--all", action="store_true", help="those too whose submission has not changed since")
    sub.add_argument("--processes", type=int, help="of this machine (default: one for each processor)")
    sub.add_argument("--dask", metavar="ADDRESS", help="on the workers of a Dask scheduler instead, tcp://host:8786")
    sub.add_argument("--json", action="store_true", help="a line of JSON for each submission, and no table")
    sub.add_argument(
        "--watch", type=_seconds, nargs="?", const=watch.SECONDS, metavar="SECONDS",
        help="go on: collect, grade and write the page of what arrives, and look again after so long (default: 30)",
    )  # fmt: skip
    sub.add_argument("--unsafe", action="store_true", help="without a sandbox, on a machine that you can lose")
    sub = command(
        "regrade", _regrade, "after a test, key, points or exercise changed: say whose score changes", assignments=False
    )
    sub.add_argument("assignment")
    how = sub.add_mutually_exclusive_group()
    how.add_argument("--apply", action="store_true", help="write it into the gradebook")
    how.add_argument("--undo", action="store_true", help="put back what was there before")
    sub.add_argument("--processes", type=int, help="of this machine (default: one for each processor)")
    sub.add_argument("--unsafe", action="store_true", help="without a sandbox, on a machine that you can lose")
    sub = command("lint", _lint, "say what is missing or wrong in an assignment, where, and what to do about it")
    sub.add_argument("--mutants", action="store_true", help="change the solutions, and list what no test notices")
    sub = command("new", _new, "lay down an assignment that works, to be changed", assignments=False)
    sub.add_argument("name", help="of the assignment, and of its folder in source/")
    sub.add_argument("--from", dest="notebook", metavar="NOTEBOOK", help="an nbgrader notebook to begin with")
    command("learn", _learn, "draft misconceptions from the answers whose mistake has no name yet")
    command("bundle", _bundle, "make the folder and the zip that students are given, in build/bundle")
    sub = command("report", _report, "say what the class scored and misunderstood")
    sub.add_argument("--anonymous", action="store_true", help="numbers in place of names, in the files of report/")
    lms_arguments.add(command)
    sub = command("demo", _demo, "the whole way, in build/demo", assignments=False)
    sub.add_argument("--students", type=int, default=demonstration.STUDENTS)
    sub.add_argument("--seed", type=int, default=demonstration.SEED)
    lab = command("lab", _lab, "JupyterLab as a student sees the course", assignments=False)
    teach = command("teach", _teach, "JupyterLab for instructors", assignments=False)
    for sub in (lab, teach):
        sub.set_defaults(passes_on=True)
    return parser


def _freeze(course: Course, args) -> int:
    failed = 0
    for assignment in course.chosen(args.assignments):
        if course.is_plain(assignment):
            print(f"{assignment}: has no checks, so there is nothing to freeze")
            continue
        tables = freeze.freeze(Source.read(course.notebook(assignment)))
        if args.check:
            old = table_files.stale(course.source(assignment), tables)
            for name in old:
                print(f"{assignment}: {name} is older than the notebook.\n  Run: examiner freeze {assignment}")
            failed |= bool(old)
        else:
            written = table_files.write(course.source(assignment), tables)
            print(f"{assignment}: {'wrote ' + ' and '.join(written) if written else 'nothing has changed'}")
            for one in coincidences(load(course.source(assignment))) if written else ():
                print(f"  Warning: {one}")
    return failed


def _release(course: Course, args) -> int:
    failed = 0
    for assignment in course.chosen(args.assignments):
        if args.check:
            old = release.stale(course, assignment)
            for name in old:
                print(f"{assignment}: release/{assignment}/{name} differs from a fresh build.\n"
                      f"  Run: examiner release {assignment}")  # fmt: skip
            failed |= bool(old)
        else:
            within = release.release(course, assignment)
            print(f"{assignment}: released into release/{assignment}")
            if before.waits(course, assignment):
                print(f"  Somebody has submitted. To see whose score changes: examiner regrade {assignment}")
            _say_within(within)
    return failed


def _say_within(sentences: list[str]) -> None:
    if sentences:
        print("\n".join(f"  {one}" for one in sentences))
        print(WITHIN_COSTS)


def _lint(course: Course, args) -> int:
    failed = 0
    for assignment in course.chosen(args.assignments):
        faults = lint.lint(course, assignment)
        for fault in faults:
            print(f"{assignment}: {fault}")
        open_ones = 0
        if not any(fault.stops for fault in faults):
            try:
                _say_within(release.tried(course, assignment))
            except CourseFileError:  # its own tests need values of its checks
                print(
                    f"{assignment}: which tests run within can be told when it is frozen: examiner freeze {assignment}"
                )
        if args.mutants and not any(fault.stops for fault in faults):
            open_ones = _say_mutants(assignment, _holes(course, assignment))
        if not faults and not open_ones:
            print(f"{assignment}: nothing found")
        failed |= bool(faults or open_ones)
    return failed


def _holes(course: Course, assignment: str) -> Iterator[Holes]:
    known = alternatives.equal_changes(course.source(assignment))
    if not course.is_plain(assignment):
        yield from holes(Source.read(course.notebook(assignment)), known)
        return
    for path in course.notebooks(assignment):
        yield from run_mutants.holes(path, api_of(course).coursedir.ignore, known)


def _say_mutants(assignment: str, exercises: Iterable[Holes]) -> int:
    """Print what became of all mutants, and return how many pass everything."""
    count = 0
    for found in exercises:
        if found.skipped:
            print(f"{assignment}: exercise {found.exercise}: no mutants; {found.skipped}")
            continue
        print(
            f"{assignment}: exercise {found.exercise}: {found.made} mutants, {len(found.pass_everything)} pass all "
            f"tests, {len(found.pass_the_visible)} only the visible check, {len(found.equal)} are the same function"
        )
        for mutant in found.pass_everything:
            print(f"    passes all tests: {mutant}")
        for mutant in found.pass_the_visible:
            print(f"    only a hidden test notices: {mutant}")
        count += len(found.pass_everything)
    return count


def _new(course: Course, args) -> None:
    if args.notebook:
        folder, left = new.from_notebook(course, args.name, Path(args.notebook))
        for one in left:
            print(f"{args.name}: no check for {one}.")
    else:
        folder = new.lay_down(course, args.name)
    print(f"{args.name}: {folder.relative_to(course.root)}/ is there to be changed. docs/writing.md says how.\n"
          f"  Then run: examiner freeze {args.name} && examiner release {args.name}")  # fmt: skip


def _simulate(course: Course, args) -> None:
    for assignment in course.chosen(args.assignments):
        done = simulate.simulate(course, assignment, args.students, args.seed)
        print(f"{assignment}: {len(done)} submissions in submitted/, what they did in {simulate.MANIFEST}")


def _grade(course: Course, args) -> int:
    workers = executors.dask(args.dask) if args.dask else executors.local(args.processes) if args.processes else None
    if args.watch:
        return _watch(course, args, workers)
    left = False
    for assignment in course.chosen(args.assignments):
        everyone = grade.students(course, assignment)
        who = args.student or everyone
        for student in set(who) - set(everyone):
            raise ExaminerError(
                f"{student} has not submitted {assignment}. Submitted: {', '.join(everyone) or 'nobody'}"
            )
        if args.unsafe:
            print(UNSAFE, file=sys.stderr)
        changes = WITHOUT_SANDBOX if args.unsafe else None
        with progress(assignment, len(who), args.json) as said:
            outcomes = grade.grade(course, assignment, who, said, changes, workers, everyone=args.all)
        left |= not all(outcome.graded for outcome in outcomes)
        if who and not args.json:
            print(report.table([r for r in report.results(course, assignment) if r.student in who]))
    return int(left)


def _watch(course: Course, args, workers: executors.Workers | None) -> int:
    if args.all or args.student:
        raise ExaminerError("--watch grades whatever is new. Leave out --all and --student")
    changes = WITHOUT_SANDBOX if args.unsafe else None
    grade.refuse_without_sandbox(course, changes)
    if args.unsafe:
        print(UNSAFE, file=sys.stderr)
    watched = watch.Watch(
        course,
        course.chosen(args.assignments),
        line(args.json),
        lambda text: print(text, file=sys.stderr),
        changes,
        workers,
    )
    print(f"Looking every {args.watch:g} seconds. Ctrl-C ends it.", file=sys.stderr)
    try:
        watched.run(args.watch)
    except KeyboardInterrupt:
        print("Stopped. What was done is kept.", file=sys.stderr)
    return 0


def _seconds(text: str) -> float:
    """Return a time to wait; argparse says what is wrong with it."""
    if not 0 < (seconds := float(text)) < 1e6:
        raise argparse.ArgumentTypeError("a number of seconds above 0")
    return seconds


def _regrade(course: Course, args) -> int:
    name = args.assignment
    course.notebooks(name)
    if args.undo:
        regrade.undo(course, name)
        print(f"{name}: the gradebook, autograded/ and release/ are as they were. source/ is as you left it: put it "
              "back too before you release or grade.")  # fmt: skip
        return 0
    workers = executors.local(args.processes) if args.processes else None
    if args.unsafe:
        print(UNSAFE, file=sys.stderr)
    changes = WITHOUT_SANDBOX if args.unsafe else None
    with progress(name, len(grade.students(course, name))) as said:
        done = regrade.regrade(course, name, said, changes, workers, args.apply)
    print(done)
    print(f"Written. To take it back: examiner regrade {name} --undo" if args.apply else
          f"Nothing was written. To write it: examiner regrade {name} --apply")  # fmt: skip
    return int(not all(outcome.graded for outcome in done.outcomes))


def _report(course: Course, args) -> None:
    for assignment in course.chosen(args.assignments):
        known = report.gathered(course, assignment)
        results = report.of_class(known)
        page, *_ = report.write(course, assignment, known, args.anonymous)
        if not args.anonymous:
            print(f"{assignment}\n{report.table(results)}\n")
        print(f"{assignment}: the report is {page}, with CSV and JSON beside it")


def _bundle(course: Course, args) -> None:
    made = bundle.bundle(course, course.chosen(args.assignments), course.root / "build" / "bundle")
    print(
        f"{made.relative_to(course.root)}: {made.stat().st_size / 1e6:.1f} MB.\n"
        f"Try it: python {made.with_suffix('').relative_to(course.root)}/start.py"
    )


def _learn(course: Course, args) -> None:
    for assignment in course.chosen(args.assignments):
        drafts = list(learn.learn(course, assignment))
        print(
            "\n".join(drafts)
            or f"# {assignment}: nothing to draft: each wrong answer has a name, or ended with an error"
        )


def _demo(course: Course, args) -> None:
    demonstration.demo(course, args.students, args.seed)


def _lab(course: Course, args) -> None:
    jupyterlab.student(course, args.rest)


def _teach(course: Course, args) -> None:
    jupyterlab.instructor(course, args.rest)
