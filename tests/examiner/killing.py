"""Grade in a process that is killed, with its whole group, just before its n-th touch of a file or of the gradebook.

    python killing.py COURSE ASSIGNMENT BY STUDENT,STUDENT... N N N...

One child for each N; 0 is a run to its end. What a child touched is what the next one finds. Prints how many of these
moments each child lived through.
"""

from __future__ import annotations

import ctypes
import itertools
import os
import signal
import sys
import tempfile
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.event import listen

from examiner.commands import executors
from examiner.commands import grade as grading
from examiner.commands.nbgrader_api import api_of
from examiner.course.folders import Course

EVENTS = {"open", "os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.chmod", "sqlite3.connect", "shutil.rmtree"}
PR_SET_PDEATHSIG = 1
WRITES = ("INSERT", "UPDATE", "DELETE")


def grade(course: Course, assignment: str, by: str, who: list[str], last: int, report: int) -> None:
    """Grade `who` by "examiner" or "nbgrader", and die at the moment `last`; `report` hears how many there were."""
    moments = itertools.count(1)
    places = (str(course.root), tempfile.gettempdir())

    def moment(*given) -> None:
        now = next(moments)
        os.pwrite(report, b"%9d" % now, 0)
        if now == last:
            os.killpg(0, signal.SIGKILL)

    def watch(event, args) -> None:
        if event in EVENTS and str(args[0]).startswith(places):
            moment()

    sys.addaudithook(watch)
    listen(Engine, "before_cursor_execute", lambda c, cursor, sql, *rest: sql.startswith(WRITES) and moment())
    listen(Engine, "commit", moment)
    if by == "examiner":
        outcomes = grading.grade(course, assignment, who, workers=executors.local(1))
        sys.exit(", ".join(outcome.reason for outcome in outcomes if not outcome.graded) or None)
    for student in who:
        result = api_of(course).autograde(assignment, student, force=False)
        if not result["success"]:
            sys.exit(result["error"])


def main(root: str, assignment: str, by: str, who: str, *moments: str) -> None:
    course = Course(Path(root))
    api_of(course)  # what takes long to import is imported once
    report = os.open(Path(root).parent / "moments", os.O_CREAT | os.O_RDWR)
    for last in map(int, moments):
        os.ftruncate(report, 0)
        child = os.fork()
        if child == 0:
            os.setsid()
            ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)  # it does not outlive a test that was ended
            try:
                grade(course, assignment, by, who.split(","), last, report)
            except SystemExit as end:
                os._exit(1 if end.code else 0)
            except BaseException:
                sys.excepthook(*sys.exc_info())
                os._exit(1)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), int(os.pread(report, 9, 0)), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
