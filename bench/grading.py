"""What does grading a submission take, beside nbgrader alone, beside Otter-Grader, and beside the least that it can?

    python bench/grading.py [ASSIGNMENT...] [--students 100] [--rounds 3] [--stock 3]

One simulated class, graded in turns, in one run: by `nbgrader autograde` as nbgrader comes; by the same command with
the examiner; by `examiner grade` with one process and with two; `chain_of_neurons` by Otter-Grader too; and the limit,
which is the answers' cells and the tests' calls in a warm fork, with nothing around them. Slow ways grade a few of the
class in each round. What takes part is checked to give equal verdicts. The data are MNIST's where the file is there.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
if not os.environ.get("MNIST_NPZ"):
    os.environ["BACKPROP_DATA"] = "digits"

from bench.ways import classes, limit, nbgraders, otter  # noqa: E402
from bench.ways.meter import Used, run  # noqa: E402

ASSIGNMENTS = ("one_neuron", "chain_of_neurons", "two_layer_network", "relu_network")
GOALS = {"one_neuron": 40, "chain_of_neurons": 40, "relu_network": 20, "two_layer_network": 10}
STOCK, ALONE, ONE, TWO = "nbgrader alone", "nbgrader autograde", "examiner grade, 1 process", "examiner grade, 2"
OTTER, LIMIT = f"Otter-Grader {otter.VERSION}", "the limit"
PLAIN = ("right", "mistaken", "unfinished")  # notebooks that nbgrader alone and Otter can grade too


class Bench:
    """One assignment, one class, and all the ways."""

    def __init__(self, assignment: str, scratch: Path, students: int, few: int):
        self.scratch = scratch
        self.ours = classes.make(ROOT, scratch / "ours", assignment, students)
        self.few = [student for student in self.ours.students if self.ours.did[student] in PLAIN][:few]
        self.stock = classes.for_stock(self.ours, scratch / "stock", self.few)
        self.beside = classes.make(ROOT, scratch / "beside", assignment, students)  # for nbgrader with the examiner
        for student in set(self.beside.students) - {*self.few}:
            (self.beside.course.root / "submitted" / student).rename(scratch / f"not-{student}")
        self.ways: dict[str, tuple[int, Callable[[], Used]]] = {
            STOCK: (len(self.few), lambda: nbgraders.nbgrader(self.stock, self.few)),
            ALONE: (len(self.few), lambda: nbgraders.nbgrader(self.beside, self.few)),
            ONE: (students, lambda: nbgraders.examiner(self.ours, "--processes", "1")),
            TWO: (students, lambda: nbgraders.examiner(self.ours, "--processes", "2")),
            LIMIT: (students, self._limit),
        }
        self.by_otter: dict[str, dict[str, float]] = {}
        self.by_limit: dict[str, dict[str, bool]] = {}
        if assignment == "chain_of_neurons":
            python = otter.install(ROOT / "build" / "bench" / "otter")
            made = otter.autograder(python, self.ours, scratch / "otter")
            books = otter.notebooks(self.ours, self.few, scratch / "otter")
            self.ways[OTTER] = len(self.few), lambda: self._otter(python, made, books)

    def _limit(self) -> Used:
        books = [str(self.ours.notebook(student)) for student in self.ours.students]
        source = self.ours.course.source(self.ours.assignment)
        command = [sys.executable, "-m", limit.__name__, str(source), *books]
        threads = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"), "1")
        used = run(command, ROOT, NBGRADER_EXECUTION="autograde", **threads)
        found = json.loads(used.said)
        by_student = {Path(path).parents[1].name: tests for path, tests in found["passed"].items()}
        self.by_limit = {student: by_student[student] for student in self.few}
        return replace(used, seconds=found["seconds"], processor=found["processor"])

    def _otter(self, *what) -> Used:
        used, self.by_otter = otter.grade(*what, ROOT)
        return used

    def disagreements(self) -> list[str]:
        """Return where a way passes a test that we give less than all, or fails one that we give all for itself.

        A right answer that fails elsewhere because of an earlier one gets its points from us alone.
        """
        most, ours = nbgraders.most(self.ours), nbgraders.points(self.ours, self.few)
        stock = nbgraders.points(self.stock, self.few)
        found = []
        alone = nbgraders.points(self.beside, self.few)
        least = {
            student: {test: most[test] * right for test, right in tests.items()}
            for student, tests in self.by_limit.items()
        }
        for way, theirs in ((STOCK, stock), (ALONE, alone), (OTTER, self.by_otter), (LIMIT, least)):
            for student, tests in theirs.items():
                for test, got in tests.items():
                    same = ours[student][test] == got if way == ALONE else True
                    if not same or (got == most[test] > ours[student][test]):
                        found.append(f"{way}, {student}, {test}: {got:g}, and {ours[student][test]:g} by ours")
                    if self.ours.did[student] == "right" and got != most[test]:
                        found.append(f"{way}, {student}, {test}: right, and {got:g} of {most[test]:g}")
        return found


def measure(bench: Bench, rounds: int) -> dict[str, list[tuple[float, float]]]:
    """Return for each way its seconds and processor seconds a submission, round by round."""
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in bench.ways}
    for _ in range(rounds):
        for name, (count, grade) in bench.ways.items():
            used = grade()
            found[name].append((used.seconds / count, used.processor / count))
    return found


def show(assignment: str, bench: Bench, found: dict[str, list[tuple[float, float]]]) -> None:
    stock = [seconds for seconds, _ in found[STOCK]]
    limit_cpu = statistics.median(processor for _, processor in found[LIMIT])
    print(f"\n{assignment}: {len(bench.ours.students)} submissions; seconds for each, medians of {len(stock)} rounds")
    print(f"{'':28}{'clock':>9}{'processor':>11}{'faster than nbgrader alone':>29}{'processor / limit':>20}")
    for name, runs in found.items():
        seconds, processor = (statistics.median(column) for column in zip(*runs, strict=True))
        times = statistics.median(other / own for other, (own, _) in zip(stock, runs, strict=True))
        print(f"{name:28}{seconds:9.3f}{processor:11.3f}{times:27.1f} ×{processor / limit_cpu:20.1f}")
    print(f"goal: `{TWO}` at least {GOALS[assignment]} × as fast as nbgrader alone, at most 2 × the limit's processor")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("assignments", nargs="*", default=ASSIGNMENTS)
    parser.add_argument("--students", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--stock", type=int, default=3, help="of them, graded by the slow ways in each round")
    args = parser.parse_args()
    print(f"data: {'MNIST' if os.environ.get('MNIST_NPZ') else 'the digits of scikit-learn'}")
    odd: list[str] = []
    for assignment in args.assignments:
        with tempfile.TemporaryDirectory(prefix="bench-") as scratch:
            bench = Bench(assignment, Path(scratch), args.students, args.stock)
            show(assignment, bench, measure(bench, args.rounds))
            odd += bench.disagreements()
    print(*odd, sep="\n")
    return int(bool(odd))


if __name__ == "__main__":
    sys.exit(main())
