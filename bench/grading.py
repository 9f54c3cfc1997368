"""How many seconds does a submission take, beside nbgrader's own way of running it, in the same run?

Run `python bench/grading.py`. A simulated class is graded one after the other: by the course's pipeline, and once more
by a copy of it in which nbgrader's `Execute`, a kernel for each notebook, stands in the place of `Examine`. Both take
turns, student by student. Scores are not compared: nbgrader's way has neither partial credit nor follow-through. Then
one submission is graded again and again, with one and with two threads for the sums and beside other work, and its
scores are compared. Non-goals: the simulated endless loops, which only wait.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ["BACKPROP_DATA"] = "digits"  # the same data everywhere, and no download

from examiner.commands import grade, release, report, simulate  # noqa: E402
from examiner.commands.nbgrader_api import api_of  # noqa: E402
from examiner.course.folders import CONFIG, Course  # noqa: E402

ASSIGNMENTS = ("one_neuron", "chain_of_neurons", "two_layer_network", "relu_network")
STUDENTS, SEED, REPEATS = 8, 5, 20
STOCK = """
from nbgrader.preprocessors import Execute
c.Autograde.autograde_preprocessors = [Execute if step is Examine else step for step in
                                       c.Autograde.autograde_preprocessors]
c.Execute.timeout = 60
c.Execute.extra_arguments = ["--HistoryManager.hist_file=:memory:", "--IPKernelApp.log_level=ERROR"]
"""
THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS")
ONCE = "import sys; from pathlib import Path; sys.path.insert(0, {root!r}); from examiner.commands import grade; " \
       "from examiner.course.folders import Course; " \
       "print(grade.grade_one(Course(Path({course!r})), {assignment!r}, None, {student!r}).graded)"  # fmt: skip


def make(folder: Path, assignment: str, more: str = "") -> Course:
    """Return a scratch course with a simulated class, its configuration followed by the lines `more`."""
    course = release.scratch_course(Course.here(ROOT), folder, [assignment])
    with open(course.root / CONFIG, "a", encoding="utf-8") as config:
        config.write(more)
    release.generate(course, assignment)
    simulate.simulate(course, assignment, STUDENTS, SEED)
    return course


def seconds(course: Course, assignment: str, student: str) -> float:
    """Return how long grading one submission takes on the clock."""
    start = time.perf_counter()
    outcome = grade.grade_one(course, assignment, None, student)
    if not outcome.graded:
        sys.exit(f"{assignment}, {student}: not graded: {outcome.reason}")
    return time.perf_counter() - start


def seconds_of_nbgrader(course: Course, assignment: str, student: str) -> float:
    """Return the same for nbgrader's own command."""
    start = time.perf_counter()
    done = api_of(course).autograde(assignment, student, force=True, create=True)
    if not done["success"]:
        sys.exit(f"{assignment}, {student}: not graded: {done.get('error') or done.get('log')}")
    return time.perf_counter() - start


def compare(assignment: str, scratch: Path) -> None:
    ours, stock = make(scratch / "ours", assignment), make(scratch / "stock", assignment, STOCK)
    done = simulate.simulate(ours, assignment, STUDENTS, SEED)
    who = [student for student, did in done.items() if did["profile"] not in ("endless", "renamed", "copied")]
    seconds(ours, assignment, who[0])  # starts the box, once for a class
    pairs = [(seconds(ours, assignment, student), seconds_of_nbgrader(stock, assignment, student)) for student in who]
    own, other = (statistics.median(column) for column in zip(*pairs, strict=True))
    print(f"{assignment:20} {own:6.2f} s a submission   nbgrader's Execute {other:6.2f} s   (median of {len(who)})")


def score(course: Course, assignment: str, student: str) -> list:
    found = next(result for result in report.results(course, assignment) if result.student == student)
    return [found.score, found.extra, found.mistakes]


def repeat(assignment: str, scratch: Path) -> None:
    """Grade one mistaken submission `REPEATS` times: alone, with two threads for the sums, beside other work."""
    course = make(scratch / "again", assignment)
    done = simulate.simulate(course, assignment, STUDENTS, SEED)
    student = next(name for name, did in done.items() if did["profile"] == "mistaken")
    found = []
    for number in range(REPEATS):
        environment = os.environ | dict.fromkeys(THREADS, str(1 + number % 2))
        names = {"root": str(ROOT), "course": str(course.root), "assignment": assignment, "student": student}
        busy = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(number % 3)]
        try:
            command = [sys.executable, "-c", ONCE.format(**names)]
            subprocess.run(command, env=environment, check=True, capture_output=True)
        finally:
            for process in busy:
                process.kill()
                process.wait()
        found.append(score(course, assignment, student))
    same = all(one == found[0] for one in found)
    print(f"{assignment:20} graded {REPEATS} times, 1 and 2 threads, 0 to 2 busy neighbours: "
          f"{'the same score' if same else 'DIFFERENT SCORES'}, {found[0][0]:g} points")  # fmt: skip
    if not same:
        sys.exit(1)


def main() -> None:
    chosen = sys.argv[1:] or ASSIGNMENTS
    for assignment in chosen:
        with tempfile.TemporaryDirectory() as scratch:
            compare(assignment, Path(scratch))
    with tempfile.TemporaryDirectory() as scratch:
        repeat(chosen[-1], Path(scratch))


if __name__ == "__main__":
    main()
