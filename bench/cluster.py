"""How much faster is a class graded by two Dask workers than by one, and what does the death of one cost?

    python bench/cluster.py [STUDENTS]

A scheduler and workers of one thread each run on this machine, so two workers need two free processors. Grades are
compared with those of this machine's own processes.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "examiner")]
os.environ["BACKPROP_DATA"] = "digits"  # the same data everywhere, and no download

import cluster  # noqa: E402

from bench.ways import classes, nbgraders  # noqa: E402
from examiner.commands import executors, grade  # noqa: E402

ASSIGNMENT, STUDENTS = "chain_of_neurons", 60


def seconds(about: classes.Class, dask: cluster.Cluster, kill_after: int = 0) -> float:
    """Grade the class once more; after so many submissions a worker is killed."""
    done: list[str] = []

    def said(outcome: grade.Outcome) -> None:
        done.append(outcome.student)
        if not outcome.graded:
            sys.exit(f"{outcome.student}: {outcome.reason}")
        if len(done) == kill_after:
            dask.kill(0)

    start = time.perf_counter()
    workers = executors.dask(dask.address)
    grade.grade(about.course, about.assignment, about.students, said, workers=workers, everyone=True)
    return time.perf_counter() - start


def main(count: int) -> int:
    if lack := cluster.missing():
        sys.exit(lack)
    with tempfile.TemporaryDirectory(prefix="bench-") as scratch:
        about = classes.make(ROOT, Path(scratch) / "course", ASSIGNMENT, count)
        grade.grade(about.course, ASSIGNMENT, about.students, workers=executors.local(2))
        here, found = nbgraders.points(about, about.students), {}
        for name, workers, kill_after in (
            ("one worker", 1, 0),
            ("two workers", 2, 0),
            ("two, one killed", 2, count // 2),
        ):
            with cluster.running(workers) as dask:
                seconds(about, dask)  # each worker makes its sandbox once
                found[name] = seconds(about, dask, kill_after)
            same = nbgraders.points(about, about.students) == here
            print(f"{name:16} {found[name] / count:6.3f} s a submission, {'the same' if same else 'OTHER'} grades")
            if not same:
                return 1
    print(f"two workers are {found['one worker'] / found['two workers']:.2f} × as fast as one (goal: 1.8)")
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else STUDENTS))
