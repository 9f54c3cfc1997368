"""How long does importing `backprop` take on top of NumPy, and how long a check, passing and failing?

Run `python bench/checks.py`. Imports are timed in fresh processes. Checks run as in a notebook, display included, with
the solutions of the source notebooks, and with one known mistake each. Non-goals: the kernel's start, and the way from
the kernel to the browser.
"""

from __future__ import annotations

import contextlib
import io
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ["BACKPROP_DATA"] = "digits"  # the same data everywhere, and no download

from IPython.core.displaypub import CapturingDisplayPublisher  # noqa: E402
from IPython.core.interactiveshell import InteractiveShell  # noqa: E402

from backprop import CheckFailed, session  # noqa: E402
from backprop.answers import tables  # noqa: E402
from examiner.course.folders import Course  # noqa: E402
from examiner.freezing.source import Source  # noqa: E402

IMPORTS, REPEATS = 9, 15
IMPORT = "import time, numpy; start = time.perf_counter(); import backprop; print(time.perf_counter() - start)"


def import_times() -> list[float]:
    """Return milliseconds that importing `backprop` takes in fresh processes, NumPy being there already."""
    command = [sys.executable, "-c", IMPORT]
    runs = [subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True) for _ in range(IMPORTS)]
    return [1000 * float(run.stdout) for run in runs]


class Notebook:
    """The names of a source notebook whose solutions have run, and its cells by role and exercise."""

    def __init__(self, course: Course, assignment: str):
        self.folder = course.source(assignment)
        self.source = Source.read(course.notebook(assignment))
        self.cells = {(cell.role, cell.exercise): cell for cell in self.source.cells}
        self.scope = {"__name__": "__main__", "In": [""]}
        for cell in self.source.cells:
            if cell.role in ("setup", "solution"):
                self.run(cell.source, self.scope)

    def run(self, code: str, scope: dict) -> None:
        scope["In"].append(code)
        with contextlib.redirect_stdout(io.StringIO()):
            exec(compile(code, "<cell>", "exec"), scope)

    def visible(self) -> list[str]:
        return [exercise for role, exercise in self.cells if role == "check"]

    def mistaken(self, exercise: str) -> dict | None:
        """Return the names with the first known mistake of `exercise` that its visible check notices, if any."""
        for mistake in self.source.written.misconceptions:
            if mistake.exercise == exercise:
                scope = self.scope | {"In": list(self.scope["In"])}
                with contextlib.suppress(Exception):
                    self.run(mistake.apply(self.cells["solution", exercise].source), scope)
                if not self.time(exercise, scope, 1)[1]:
                    return scope
        return None

    def time(self, exercise: str, scope: dict, repeats: int = REPEATS) -> tuple[float, bool]:
        """Return the median of milliseconds that the check of `exercise` takes, and whether it passes."""
        code = compile(self.cells["check", exercise].source, "<check>", "exec")
        taken, passes = [], True
        with session.use(session.Session(self.folder)):
            for _ in range(repeats):
                start = time.perf_counter()
                try:
                    with contextlib.redirect_stdout(io.StringIO()):
                        exec(code, scope)
                except CheckFailed:
                    passes = False
                taken.append(1000 * (time.perf_counter() - start))
        return statistics.median(taken), passes


def first_check(notebook: Notebook) -> float:
    """Return milliseconds of a check that finds no table read yet, as the first in a notebook does."""
    tables._load.cache_clear()
    return notebook.time(notebook.visible()[0], notebook.scope, 1)[0]


def main() -> None:
    imports = import_times()
    print(f"import backprop, after numpy   {statistics.median(imports):6.1f} ms   (median of {IMPORTS} processes)")
    InteractiveShell.instance().display_pub = CapturingDisplayPublisher()
    course = Course.here(ROOT)
    for assignment in course.assignments():
        if not (course.source(assignment) / tables.CHECKS_FILE).is_file():
            continue  # not frozen yet
        notebook = Notebook(course, assignment)
        passing, failing = {}, {}
        for key in notebook.visible():
            passing[key], passes = notebook.time(key, notebook.scope)
            if not passes and not notebook.source.written.exercises[key].get("extra"):
                sys.exit(f"{assignment}: the solution of exercise {key} fails its check; nothing to measure.")
            mistaken = notebook.mistaken(key)
            if mistaken:
                failing[key] = notebook.time(key, mistaken)[0]
        print(f"{assignment}: first check        {first_check(notebook):6.1f} ms   (reads the tables)")
        for name, times in (("passing", passing), ("failing", failing)):
            slowest = max(times, key=times.get)
            print(
                f"{assignment}: {name} checks     {statistics.median(times.values()):6.1f} ms   "
                f"(median of {len(times)}; slowest {times[slowest]:.1f} ms, exercise {slowest})"
            )


if __name__ == "__main__":
    main()
