"""Does a submission get the same score each time?

Run `python bench/same_score.py [ASSIGNMENT]`. One mistaken submission is graded again and again, with one and with two
threads for the sums, beside other work and without, each time in a process of its own.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ["BACKPROP_DATA"] = "digits"  # the same data everywhere, and no download

from bench.ways import classes  # noqa: E402
from examiner.commands import report  # noqa: E402

ASSIGNMENT, STUDENTS, REPEATS = "relu_network", 8, 20
THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS")
EXAMINER = str(Path(sys.executable).parent / "examiner")


def main(assignment: str) -> int:
    with tempfile.TemporaryDirectory(prefix="bench-") as scratch:
        about = classes.make(ROOT, Path(scratch) / "course", assignment, STUDENTS)
        student = next(name for name in about.students if about.did[name] == "mistaken")
        found = [graded(about, student, number) for number in range(REPEATS)]
    same = all(one == found[0] for one in found)
    print(
        f"{assignment} graded {REPEATS} times, 1 and 2 threads, 0 to 2 busy neighbours: "
        f"{'the same score' if same else 'DIFFERENT SCORES'}, {found[0][0]:g} points"
    )
    return int(not same)


def graded(about: classes.Class, student: str, number: int) -> list:
    """Grade the student once more, and return score, extra credit and mistakes."""
    command = [EXAMINER, "--course", str(about.course.root), "grade", about.assignment, "--student", student, "--all"]
    busy = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(number % 3)]
    try:
        threads = dict.fromkeys(THREADS, str(1 + number % 2))
        subprocess.run(command, env=os.environ | threads, check=True, capture_output=True)
    finally:
        for process in busy:
            process.kill()
            process.wait()
    result = next(one for one in report.results(about.course, about.assignment) if one.student == student)
    return [result.score, result.extra, result.mistakes]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else ASSIGNMENT))
