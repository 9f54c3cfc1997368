"""Does a class of 10,000 cost more for each submission than a class of 100?

    python bench/scale.py [COUNT...]        (default: 100 1000)

For each count a class is simulated and graded whole by `examiner grade` with two processes: seconds and processor
seconds for each submission, the most memory of the process that coordinates, the size of the gradebook. Then, for this
class: report, feedback (of 100, which is the same for each), and three of Formgrader's pages, from the real server. A
count of 10,000 needs some 10 GB of disk, and half an hour.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "browser")]
os.environ["BACKPROP_DATA"] = "digits"  # the same data everywhere, and no download

from lab import Lab  # noqa: E402

from bench.ways import classes, nbgraders  # noqa: E402
from bench.ways.meter import run  # noqa: E402

ASSIGNMENT, COUNTS, PAGES = "chain_of_neurons", (100, 1000), 100
FORMGRADER = ("api/assignments", f"api/submissions/{ASSIGNMENT}", "api/students")  # what its three tables ask for
MB = 2**20


def one_class(count: int, scratch: Path) -> float:
    """Measure a class of `count`, print it, and return the seconds of each submission."""
    about = classes.make(ROOT, scratch / f"class-{count}", ASSIGNMENT, count)
    used = nbgraders.examiner(about, "--processes", "2")
    if (done := used.said.count('"graded"')) != count:
        sys.exit(f"{done} of {count} were graded")
    size = (about.course.root / "gradebook.db").stat().st_size
    print(
        f"{count:6} submissions: {used.seconds / count:.3f} s each ({used.processor / count:.3f} s of a processor), "
        f"coordinator {used.memory / MB:.0f} MB, gradebook {size / MB:.1f} MB",
        flush=True,
    )
    examiner = [str(nbgraders.BIN / "examiner"), "--course", str(about.course.root)]
    report = run([*examiner, "report", ASSIGNMENT], about.course.root)
    again = run([*examiner, "report", ASSIGNMENT], about.course.root)
    for student in about.students[PAGES:]:
        (about.course.root / "submitted" / student).rename(scratch / f"{count}-{student}")
    feedback = run([*examiner, "feedback", ASSIGNMENT], about.course.root)
    pages = min(PAGES, count)
    print(
        f"{'':8}report {report.seconds:.1f} s, and {again.seconds:.1f} s the next time; feedback "
        f"{feedback.seconds / pages:.2f} s a page ({feedback.processor / pages:.2f} s of a processor)",
        flush=True,
    )
    lab = Lab(about.course.root, browser=None)
    try:
        for page in FORMGRADER:
            start = time.perf_counter()
            rows = len(lab.request("GET", f"/formgrader/{page}"))
            print(f"{'':8}Formgrader, {page}: {time.perf_counter() - start:.1f} s, {rows} rows", flush=True)
    finally:
        lab.stop()
    return used.seconds / count


def main(counts: tuple[int, ...]) -> None:
    with tempfile.TemporaryDirectory(prefix="bench-") as scratch:
        each = [one_class(count, Path(scratch)) for count in counts]
    for count, seconds in zip(counts[1:], each[1:], strict=True):
        print(f"{count} cost {seconds / each[0]:.2f} × the seconds each of {counts[0]} (goal: 1.1)")


if __name__ == "__main__":
    main(tuple(map(int, sys.argv[1:])) or COUNTS)
