"""Choose what keeps a student's code from the answers and the results: a sandbox, or in a container another user.

Containers of others seldom allow bubblewrap. Root then runs the student's code as a user of the container who is nobody
else, and who can neither read what is closed nor end what is not that user's. That is proven before any of it runs.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from ..errors import ExaminerError
from ..sandbox import launch

SANDBOX = "Graded in a sandbox of its own."
OTHER_USER = (
    "Graded without a sandbox of its own, because this container allows none. Only the container separates the code "
    "from everything else; it ran as a user who can read neither answers nor results."
)
NO_WALL = (
    "Nothing is graded: there is neither a sandbox nor a second user, so a submission could read the answers and write "
    "its own score. Let the container run as root, or with the rights that bubblewrap needs (docs/trust.md)."
)
MOST_TRIED = 100
NO_PYTHON = "Nothing is graded: the user for students' code may not run {}. Install it where everyone may read."
LEAKS = "Nothing is graded: the user for students' code can read {}, or write beside it."


def choose(closed: Iterable[Path], no_sandbox: bool = False) -> tuple[str, int]:
    """Close folders to everyone else, and return what the wall is in words, and the user; 0 with a sandbox.

    Raises `ExaminerError` where there is no wall.
    """
    closed = list(closed)
    for folder in closed:
        os.chmod(folder, 0o700)
    if not no_sandbox and not launch.missing():
        return SANDBOX, 0
    user = launch.spare_user()
    if not user:
        raise ExaminerError(NO_WALL)
    if not _as(user, lambda: os.access(sys.executable, os.X_OK)):
        raise ExaminerError(NO_PYTHON.format(sys.executable))
    for folder in closed:
        if _can_reach(user, [folder, *sorted(folder.iterdir())[:MOST_TRIED]]):
            raise ExaminerError(LEAKS.format(folder))
    return OTHER_USER, user


def _can_reach(user: int, paths: list[Path]) -> bool:
    """Tell whether a user can read, write or enter one of the paths, by trying it as that user."""
    return _as(user, lambda: any(os.access(path, how) for path in paths for how in (os.R_OK, os.W_OK, os.X_OK)))


def end_all_of(user: int) -> None:
    """End every process of the user, who is nobody else: what a submission has left behind."""
    if user:
        _as(user, _end_all)


def _end_all() -> bool:
    with contextlib.suppress(ProcessLookupError):  # there is none
        os.kill(-1, signal.SIGKILL)
    return True


def _as(user: int, question: Callable[[], bool]) -> bool:
    """Return the answer to a question that is asked in a process of that user's."""
    child = os.fork()
    if child == 0:
        answer = 2
        try:
            os.setgroups([])
            os.setresgid(user, user, user)
            os.setresuid(user, user, user)
            if os.getuid() == user != 0:
                answer = int(question())
        finally:
            os._exit(answer)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if status == 2:
        raise ExaminerError(NO_WALL)
    return status != 0
