"""The arguments of the commands that have to do with Canvas, Moodle, Gradescope and PrairieLearn."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ..course.folders import Course
from ..errors import ExaminerError
from ..lms.feedback_zip import NOT_COLLECTED
from ..submission.notes import shown
from . import collect, from_lms, grade, lms, pack


def add(command: Callable) -> None:
    """Add the commands; `command` makes one."""
    sub = command("roster", _roster, "enter the class list of Canvas or Moodle into the gradebook", assignments=False)
    sub.add_argument("file", type=Path, help="CSV: Canvas' gradebook, or Moodle's participants or grades")
    sub = command("collect", _collect, "put what students handed in into submitted/", assignments=False)
    sub.add_argument(
        "what",
        nargs="+",
        metavar="[ASSIGNMENT] ZIP",
        help="files that hand_in() wrote; or an assignment, and what was downloaded for it from Canvas or Moodle: a "
        "zip, or the folder it was unpacked to",
    )
    sub.add_argument("--who", action="append", default=[], metavar="NAME=STUDENT", help="whose name that is")
    sub.add_argument("--force", action="store_true", help="replace even what is newer, or was put there by hand")
    sub = command("feedback", _feedback, "write a page for each student")
    sub.add_argument("--zip", choices=("canvas", "moodle"), help="and put them into the zip to upload there")
    sub = command("export", _export, "write grades for Canvas, Moodle or a spreadsheet")
    sub.add_argument("--to", choices=lms.FORMS, default="csv")
    sub.add_argument("--into", type=Path, metavar="CSV", help="a gradebook from Canvas; its columns are kept")
    sub.add_argument("--by-exercise", action="store_true", help="a column for each exercise")
    sub = command("extend", _extend, "give a student more time", assignments=False)
    for name in ("student", "assignment", "until"):
        sub.add_argument(name)
    sub = command("due", _due, "set when an assignment is due, in the course's time zone", assignments=False)
    for name in ("assignment", "time"):
        sub.add_argument(name)
    sub = command("pack", _pack, "make an autograder for Gradescope or PrairieLearn from an assignment")
    sub.add_argument("--for", dest="kind", choices=pack.KINDS, required=True)


def _roster(course: Course, args) -> None:
    print("\n".join(from_lms.roster(course, args.file)))


def _collect(course: Course, args) -> int:
    first, *rest = args.what
    if rest and (first in course.assignments() or not Path(first).exists()):
        print("\n".join(from_lms.bring_in(course, first, list(map(Path, rest)), args.who, args.force)))
        return 0
    taken, refused = collect.collect(course, map(Path, args.what))
    print(*taken, *refused, sep="\n")
    return 1 if refused else 0


def _feedback(course: Course, args) -> None:
    for assignment in course.chosen(args.assignments):
        pages = grade.feedback(course, assignment, grade.students(course, assignment))
        print(f"{assignment}: {len(pages)} pages in feedback/")
        if args.zip:
            path, left_out = lms.feedback_zip(course, assignment, pages, args.zip)
            print(f"{assignment}: {path.relative_to(course.root)} is for {args.zip.title()}")
            for student in left_out:
                print(f"  not in it: {shown(student)} {NOT_COLLECTED.format(args.zip.title())}")


def _export(course: Course, args) -> None:
    if args.into and args.to != "canvas":
        raise ExaminerError("--into is for a gradebook from Canvas. Add: --to canvas")
    path, lost = lms.export(course, course.chosen(args.assignments), args.to, args.by_exercise, args.into)
    print(f"Grades are in {path}")
    if lost:
        print(f"Not in {args.into}: {', '.join(lost)}")


def _extend(course: Course, args) -> None:
    course.notebooks(args.assignment)
    print(lms.extend(course, args.student, args.assignment, args.until))


def _due(course: Course, args) -> None:
    course.notebooks(args.assignment)
    print(lms.due(course, args.assignment, args.time))


def _pack(course: Course, args) -> None:
    for assignment in course.chosen(args.assignments):
        made = pack.pack(course, assignment, args.kind, course.root / "build" / "pack")
        print(f"{made.relative_to(course.root)}: {made.stat().st_size / 1e6:.1f} MB. It holds the hidden tests and the")
        print("  solution: upload it, and give it to nobody")
