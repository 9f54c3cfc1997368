"""Kill `examiner grade` at random moments of a class, and compare the gradebook with that of an undisturbed one.

    python tests/examiner/kills.py [--kills 50] [--students 100] [--seed 1]

On SQLite, and on PostgreSQL where it is installed. A moment is a touch of a file or a write to the database
(`killing.py`); the grader that follows a kill goes on with what the killed one left.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(path) for path in (HERE, HERE.parent / "course", HERE.parents[1])]

import postgresql  # noqa: E402
from tinycourse import TinyCourse  # noqa: E402

from examiner.commands.nbgrader_api import gradebook_of  # noqa: E402
from examiner.pipeline import rows  # noqa: E402

ANSWERS = ("def double(x):\n    return 2 * x", "def double(x):\n    return 3 * x", None)
LEFT_OUT = {"id", "timestamp", "assignment_id", "notebook_id", "cell_id", "submission_id"}


def make_class(folder: Path, students: int) -> TinyCourse:
    """Release an assignment into the gradebook that the environment names, and hand in for a class."""
    course = TinyCourse.make(folder, HERE.parents[1] / "nbgrader_config.py")
    for number in range(students):
        course.submit(f"s{number:03}", ANSWERS[number % len(ANSWERS)])
    return course


def grades(course: TinyCourse) -> list[str]:
    """Return what grading entered, without the ids that each gradebook makes up."""
    with gradebook_of(course) as gradebook:
        held = rows.read(gradebook, "numbers")
    cells = {row["id"]: row["name"] for row in held["base_cell"]}
    students = {row["id"]: row["student_id"] for row in held["submitted_assignment"]}
    owners = {row["id"]: students[row["assignment_id"]] for row in held["submitted_notebook"]}
    digests = [f"{students[row['submission_id']]} {row['digest']}" for row in held["examiner_graded"]]
    marks = [
        f"{table} {owners[row['notebook_id']]} {cells[row['cell_id']]} "
        f"{[(key, value) for key, value in sorted(row.items()) if key not in LEFT_OUT]}"
        for table in ("grade", "comment")
        for row in held[table]
    ]
    late = [f"{owners[row['id']]} {row['late_submission_penalty']}" for row in held["submitted_notebook"]]
    return sorted(digests + marks + late)


def grade(course: TinyCourse, *moments: int) -> list[tuple[int, int]]:
    """Grade and be killed, once for each of the moments (0: not at all); return exit codes and moments lived."""
    who = ",".join(sorted(path.name for path in (course.root / "submitted").iterdir()))
    command = [sys.executable, str(HERE / "killing.py"), str(course.root), "numbers", "examiner", who]
    done = subprocess.run([*command, *map(str, moments)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    codes = [tuple(map(int, line.split())) for line in done.stdout.splitlines()]
    return [(code, lived) for code, lived in codes]


def compare(course: TinyCourse, fresh: TinyCourse, url: str, fresh_url: str, kills: int, seed: int) -> tuple[int, int]:
    """Grade `course` in peace and `fresh`, a copy of it, with kills; return how many moments a class has, and kills.

    Raises `AssertionError` where the two gradebooks differ afterwards.
    """
    os.environ["NBGRADER_DB_URL"] = url
    ((code, whole), (again, idle)) = grade(course, 0, 0)
    assert (code, again) == (0, 0)
    expected = grades(course)
    os.environ["NBGRADER_DB_URL"] = fresh_url
    chance = random.Random(seed)
    # Each grader first finds what is done already, which is more from kill to kill, and then does its share.
    share = 2 * (whole - idle // 2) // (kills + 1)
    codes = grade(fresh, *(idle * n // kills + chance.randint(1, share) for n in range(kills)), 0)
    assert codes[-1][0] == 0, codes
    assert grades(fresh) == expected
    return whole, sum(code == -signal.SIGKILL for code, _ in codes)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--students", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["TMPDIR"] = folder
        tempfile.tempdir = None
        _on("SQLite", Path(folder) / "sqlite", None, args)
        if lack := postgresql.missing():
            print(f"PostgreSQL: skipped. {lack}")
            return
        with postgresql.running() as server:
            _on("PostgreSQL", Path(folder) / "postgresql", server, args)


def _on(name: str, folder: Path, server: postgresql.Server | None, args) -> None:
    began = time.monotonic()
    folder.mkdir()
    first = server.database() if server else ""
    urls = [server.url(first) if server else f"sqlite:///{folder}/one/gradebook.db"]
    os.environ["NBGRADER_DB_URL"] = urls[0]
    course = make_class(folder / "one", args.students)
    shutil.copytree(course.root, folder / "two")
    urls.append(server.url(server.database(first)) if server else f"sqlite:///{folder}/two/gradebook.db")
    whole, killed = compare(course, TinyCourse(folder / "two"), *urls, args.kills, args.seed)
    print(
        f"{name}: {killed} of {args.kills} graders killed among the {whole} moments of a class of {args.students}; "
        f"the gradebook is the same as undisturbed ({time.monotonic() - began:.0f} s)",
        flush=True,
    )


if __name__ == "__main__":
    main()
