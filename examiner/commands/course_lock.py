"""One `examiner grade` at a time in a course: the second says who is at it, and stops.

The system lets go of the lock when its holder ends, however that ends, so a lock can never be stale; the file only
says whose it is.
"""

from __future__ import annotations

import fcntl
import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from ..course.folders import Course
from ..errors import ExaminerError

NAME = ".examiner-grade.lock"
HELD = "{} is already being graded, by process {pid} on {host} since {since}.\n  Wait until it has finished, or end it."


@contextmanager
def held(course: Course) -> Iterator[None]:
    """Hold the course while the block runs; raises `ExaminerError` where somebody else does."""
    descriptor = os.open(course.root / NAME, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
    with os.fdopen(descriptor, "r+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ExaminerError(HELD.format(course.root, **_holder(file.read()))) from None
        file.truncate(0)
        since = datetime.now().astimezone().isoformat(" ", "seconds")
        json.dump({"pid": os.getpid(), "host": socket.gethostname(), "since": since}, file)
        file.flush()
        yield


def _holder(text: str) -> dict:
    unknown = {"pid": "?", "host": "?", "since": "?"}
    try:
        return unknown | json.loads(text)
    except (ValueError, TypeError):
        return unknown
