"""Where do the seconds of `examiner grade` go? Of one submission, stage by stage, after the start of everything.

    python bench/stages.py [ASSIGNMENT...] [--students 30]

A simulated class is graded by this process alone, its first submission before the clock runs. Each stage counts without
the stages inside it: by the clock, and in processor time of this process. What a stage waits for is the student's own
process, which works meanwhile.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
if not os.environ.get("MNIST_NPZ"):
    os.environ["BACKPROP_DATA"] = "digits"

from backprop import session  # noqa: E402
from bench.ways import classes  # noqa: E402
from examiner.commands import executors, grade  # noqa: E402
from examiner.judging.graded_notebook import GradedNotebook  # noqa: E402
from examiner.judging.testcells import TestCells  # noqa: E402
from examiner.pipeline import examining  # noqa: E402
from examiner.pipeline.entering import Writer  # noqa: E402
from examiner.pipeline.plain_text import PlainText  # noqa: E402
from examiner.runner.channel import Channel  # noqa: E402
from examiner.runner.forkserver import ForkServer  # noqa: E402
from examiner.runner.notebook_runner import NotebookRunner  # noqa: E402

ASSIGNMENTS = ("one_neuron", "chain_of_neurons", "relu_network", "two_layer_network")
REST = "the rest: reading, mending and writing the notebook"


class Clock:
    """Gives each stage the time that passes in it and in no stage inside it."""

    def __init__(self) -> None:
        self.spent: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
        self.stages = [REST]
        self.last = self._now()

    @staticmethod
    def _now() -> tuple[float, float]:
        return time.perf_counter(), time.process_time()

    def begin(self) -> None:
        """Forget what was counted."""
        self.spent.clear()
        self.last = self._now()

    def turn(self) -> None:
        """Give what has passed to the stage that is under way."""
        now = self._now()
        for i in range(2):
            self.spent[self.stages[-1]][i] += now[i] - self.last[i]
        self.last = now

    def watch(self, owner: object, name: str, stage: str) -> None:
        """Count a function, or a method, as a stage from now on."""
        plain = getattr(owner, name)

        def watched(*args, **kwargs):
            self.turn()
            self.stages.append(stage)
            try:
                return plain(*args, **kwargs)
            finally:
                self.turn()
                self.stages.pop()

        setattr(owner, name, watched)


def watched() -> Clock:
    """Return a clock that watches every stage of grading."""
    clock = Clock()
    clock.watch(NotebookRunner, "run", "running the answers' cells")
    clock.watch(TestCells, "run", "running the test cells")
    clock.watch(Channel, "receive", "waiting for the student's process")
    clock.watch(ForkServer, "student_process", "starting the student's process")
    clock.watch(session, "diagnose", "comparing, and explaining what is wrong")
    clock.watch(GradedNotebook, "judge_again", "judging again with right earlier answers")
    clock.watch(PlainText, "preprocess", "trying how long texts take to lay out")
    clock.watch(examining.nbformat, "writes", "checking the graded notebook's form, and its text")
    clock.watch(Writer, "enter", "the gradebook, and the graded folder")
    return clock


def show(assignment: str, clock: Clock, count: int) -> None:
    print(f"\n{assignment}: milliseconds of each of {count} submissions")
    print(f"{'':54}{'clock':>8}{'processor':>11}")
    for stage, (seconds, processor) in sorted(clock.spent.items(), key=lambda entry: -entry[1][0]):
        print(f"{stage:54}{seconds / count * 1000:8.1f}{processor / count * 1000:11.1f}")
    sums = [sum(column) / count * 1000 for column in zip(*clock.spent.values(), strict=True)]
    print(f"{'all':54}{sums[0]:8.1f}{sums[1]:11.1f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("assignments", nargs="*", default=ASSIGNMENTS)
    parser.add_argument("--students", type=int, default=30)
    args = parser.parse_args()
    clock = watched()
    for assignment in args.assignments:
        with tempfile.TemporaryDirectory(prefix="bench-") as scratch:
            made = classes.make(ROOT, Path(scratch), assignment, args.students)
            os.chdir(made.course.root)
            first, *others = made.students
            for some in ([first], others):
                clock.begin()
                grade.grade(made.course, assignment, some, workers=executors.local(1), everyone=True)
                clock.turn()
            show(assignment, clock, len(others))
            os.chdir(ROOT)


if __name__ == "__main__":
    main()
