"""The least that grading can take: the answers' cells and the tests' calls in a warm fork, and nothing else.

    python -m bench.ways.limit FOLDER NOTEBOOK...

No sandbox, no clean notebook, no gradebook, no words of feedback in a notebook. Prints by notebook which tests passed,
and what that took without the start of this process. A notebook that never ends has the seconds of the examiner for
one cell and its memory, and passes nothing.
FOLDER is that of the source. Run it on simulated work alone: it protects nothing.
"""

from __future__ import annotations

import contextlib
import importlib
import io
import json
import os
import resource
import signal
import sys
import time
from pathlib import Path

import nbformat
from matplotlib.pyplot import close, figure

from backprop import session
from examiner.course import source_notebook
from examiner.course.cell_names import modules_of
from examiner.course.source_notebook import SOLUTION_PREFIX, grade_id
from examiner.runner.limits import Limits

LIMITS = Limits()


def passed(folder: Path, cells: list[source_notebook.Cell], notebook: Path) -> dict[str, bool]:
    """Run one notebook's answers and the tests, and return by test cell whether it passed."""
    answers = {grade_id(cell): cell.source for cell in nbformat.read(notebook, 4).cells if cell.cell_type == "code"}
    scope: dict = {"__name__": "__main__", "In": [""]}
    found = {}
    with session.use(session.Session()), contextlib.redirect_stdout(io.StringIO()):
        for cell in cells:
            source = cell.source
            if cell.role == "solution":
                source = answers.get(SOLUTION_PREFIX + cell.exercise, "")
            scope["In"].append(source)
            try:
                exec(compile(source, f"<{cell.name}>", "exec"), scope)
                right = True
            except BaseException:
                right = False
            if cell.role in ("check", "hidden") and cell.points:
                found[cell.name] = right
    return found


def in_a_fork(*what) -> dict[str, bool]:
    """Return what `passed` does, from a fork of this process."""
    read, write = os.pipe()
    if (child := os.fork()) == 0:
        os.close(read)
        signal.alarm(int(LIMITS.cell_seconds))
        resource.setrlimit(resource.RLIMIT_AS, (LIMITS.memory, LIMITS.memory))
        try:
            os.write(write, json.dumps(passed(*what)).encode())
        finally:
            os._exit(0)
    os.close(write)
    with os.fdopen(read, "rb") as said:
        found = json.loads(said.read() or b"{}")
    os.waitpid(child, 0)
    return found


def main() -> None:
    folder, *notebooks = map(Path, sys.argv[1:])
    os.chdir(folder)
    book = source_notebook.read(next(folder.glob("*.ipynb")))
    cells = [cell for cell in source_notebook.cells(book) if cell.role != "examiner"]
    session.Session().tables  # noqa: B018  read once, for all forks
    for module in modules_of(cell.source for cell in cells):  # as the process has that students' are forked from
        importlib.import_module(module)
    figure()
    close("all")
    start, before = time.perf_counter(), _processor()
    found = {str(path): in_a_fork(folder, cells, path) for path in notebooks}
    seconds, processor = time.perf_counter() - start, _processor() - before
    print(json.dumps({"seconds": seconds, "processor": processor, "passed": found}))


def _processor() -> float:
    own, forks = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + forks.ru_utime + forks.ru_stime


if __name__ == "__main__":
    main()
