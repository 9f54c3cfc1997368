"""What grading says on the terminal while it goes on: a bar with rate and time left, and a line for each oddity."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from ..submission.notes import shown
from .grade import Outcome

KEPT = "not graded; what was in the gradebook stays"


@contextmanager
def progress(assignment: str, total: int, as_json: bool = False) -> Iterator[Callable[[Outcome], None]]:
    """Give what hears of outcomes as they come. For machines, each is a line of JSON on the standard output."""
    if as_json:
        yield lambda outcome: print(json.dumps({"assignment": assignment} | as_data(outcome)), flush=True)
        return
    columns = (
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"), TimeRemainingColumn(),
    )  # fmt: skip
    console = Console(stderr=True, highlight=False, markup=False, soft_wrap=True)
    found: Counter = Counter()
    with Progress(*columns, console=console, disable=not console.is_terminal) as bar:
        task = bar.add_task(assignment, total=total, rate="")

        def said(outcome: Outcome) -> None:
            found[kind(outcome)] += 1
            who = shown(outcome.student)
            for note in outcome.notes:
                console.print(f"{who}: {note}")
            if not outcome.graded:
                console.print(f"{who}: {KEPT}: {outcome.reason}")
            speed = bar.tasks[0].finished_speed or bar.tasks[0].speed
            bar.update(task, advance=1, rate=f"{speed:.1f} a second" if speed else "")

        yield said
    counts = ", ".join(f"{found[word]} {word}" for word in ("graded", "unchanged", "not graded") if found[word])
    print(f"{assignment}: {counts or 'nothing was submitted'}", file=sys.stderr)


def line(as_json: bool) -> Callable[[str, Outcome], None]:
    """Return what prints a line for an outcome, without any bar."""

    def said(assignment: str, outcome: Outcome) -> None:
        if as_json:
            print(json.dumps({"assignment": assignment} | as_data(outcome)), flush=True)
            return
        about = "; ".join(outcome.notes) if outcome.graded else f"{KEPT}: {outcome.reason}"
        print(f"{assignment}: {shown(outcome.student)}: {about or 'graded'}", flush=True)

    return said


def as_data(outcome: Outcome) -> dict:
    """Return an outcome as JSON can hold it."""
    return {
        "student": outcome.student,
        "outcome": kind(outcome),
        "reason": outcome.reason,
        "notes": list(outcome.notes),
    }


def kind(outcome: Outcome) -> str:
    """Say in a word or two what became of a submission."""
    return "unchanged" if outcome.unchanged else "graded" if outcome.graded else "not graded"
