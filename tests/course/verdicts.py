"""Judge answers by people who never saw our tables, and count how many are told what is wrong with them.

Run `python tests/course/verdicts.py [FOLDER]`: FOLDER, or the environment variable ANSWERS, holds files
`<assignment>.json`, {"right": {exercise: [[label, code], …]}, "wrong": {…}}, and perhaps `forum.json`, {label: code},
in which two comments on top say `# exercise: two_layer_network 6` and `# looks: wrong`. Without FOLDER, the sample in
`strangers/` is judged. A line `#%% before` or `#%% exercise` parts an answer into cells. With `--graded`, each answer
goes through the examiner's own runner and sandbox instead of this process; with `--all`, every verdict is printed.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

sys.path[:0] = [str(Path(__file__).parents[2]), str(Path(__file__).parents[1] / "examiner"), str(Path(__file__).parent)]

from classroom import ASSIGNMENTS, judged, source, tables  # noqa: E402

from backprop.explain.one_change import ONE_CHANGE  # noqa: E402
from backprop.session import Session  # noqa: E402

SAMPLE = Path(__file__).parent / "strangers"
ORDER = ("written", "generated", "pair", "change", "form", "line", "fact", "nothing")
SECONDS = 1.0  # for a check in this process


@dataclass(frozen=True)
class Judged:
    """One answer, and what was said of it."""

    assignment: str
    exercise: str
    label: str
    right: bool  # whether its author says so
    passed: bool
    by: str  # what named the mistake, one of ORDER; "" where it passed
    said: tuple[str, ...]


def answers(folder: Path) -> Iterator[tuple[str, bool, str, str, str]]:
    """Yield (assignment, right, exercise, label, code) of every answer in `folder`."""
    for path in sorted(folder.glob("*.json")):
        stored = json.loads(path.read_text(encoding="utf-8"))
        if path.stem == "forum":
            yield from _of_forum(stored)
            continue
        for kind in ("right", "wrong"):
            for exercise, some in stored.get(kind, {}).items():
                for label, code in some:
                    yield path.stem, kind == "right", exercise, label, code


def _of_forum(stored: dict[str, str]) -> Iterator[tuple[str, bool, str, str, str]]:
    """Yield answers that say themselves, in two comments on top, to which exercise they belong and what is wrong."""
    for label, code in stored.items():
        where = re.match(r"# exercise: (\w+) (\w+)", code)
        looks = re.search(r"^# looks: (\w+)", code, re.MULTILINE)
        if where and looks and where[1] in ASSIGNMENTS and where[2] in source(where[1]).written.exercises:
            yield where[1], looks[1] == "right", where[2], label, code


def one_cell(code: str) -> str:
    """Return an answer of several cells as one."""
    return re.sub(r"^#%% \w+\n?", "", code, flags=re.MULTILINE)


def in_process(assignment: str, exercise: str, code: str) -> list[dict]:
    """Return the verdicts of all checks of one exercise, by the course's own session."""
    with patch.object(Session, "seconds", SECONDS):
        verdicts = judged(assignment, {exercise: one_cell(code)}, [exercise])
    return [verdict.as_data() for some in verdicts.values() for verdict in some]


def graded(assignment: str, exercise: str, code: str) -> list[dict]:
    """Return the same through the examiner's runner, in its sandbox."""
    from graded_notebooks import marked

    from backprop.check import VERDICT_MIME

    nb = marked(assignment, {exercise: one_cell(code)}).nb
    mine = [c for c in nb.cells if c.metadata.get("nbgrader", {}).get("grade_id", "").split("-", 1)[1:] == [exercise]]
    shown = [output.get("data", {}) for cell in mine for output in cell.get("outputs", [])]
    return [data[VERDICT_MIME] for data in shown if VERDICT_MIME in data]


def judge(assignment: str, right: bool, exercise: str, label: str, code: str, verdicts_of) -> Judged:
    verdicts = verdicts_of(assignment, exercise, code)
    failed = [verdict for verdict in verdicts if not verdict["passed"]]
    if not failed:
        return Judged(assignment, exercise, label, right, bool(verdicts), "", ())
    first = failed[0]  # what the student sees, or the first hidden test that notices
    said = tuple(f"{name}: {first[name]}" for name in ("misconception", "but", "line", "hint", "ask") if first[name])
    return Judged(assignment, exercise, label, right, False, named_by(first, assignment), said)


def named_by(verdict: dict, assignment: str) -> str:
    """Return what named the mistake of a verdict."""
    id = verdict["misconception"]
    if id.startswith(ONE_CHANGE):
        return "change"
    if id:
        written = {mistake.id for mistake in source(assignment).written.misconceptions}
        return "written" if id in written else "pair" if "+" in id else "generated" if "." in id else "form"
    if verdict.get("line"):
        return "line"
    plain = ("should be", "the largest error", "is not shown", "it is another number", "not right")
    general = verdict["kind"] == "value" and any(words in verdict["but"] for words in plain)
    return "nothing" if general else "fact"


def code_exercise(assignment: str, exercise: str) -> bool:
    return exercise not in tables(assignment).quizzes


def table(found: list[Judged]) -> str:
    """Return the counts by exercise, quizzes left out."""
    lines = ["exercise                right      wrong  " + "".join(f"{name:>10}" for name in ORDER)]
    groups: dict[str, list[Judged]] = {}
    for one in found:
        groups.setdefault(f"{one.assignment} {one.exercise}", []).append(one)
    groups["all"] = found
    for name, some in groups.items():
        right, wrong = [o for o in some if o.right], [o for o in some if not o.right]
        by = Counter(o.by for o in wrong)
        accepted, caught = sum(o.passed for o in right), sum(not o.passed for o in wrong)
        counts = f"{accepted:>3} of {len(right):<3} {caught:>3} of {len(wrong):<3} "
        lines.append(f"{name:<22}{counts}" + "".join(f"{by[kind]:>10}" for kind in ORDER))
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", default=os.environ.get("ANSWERS", str(SAMPLE)))
    parser.add_argument("--only", default="", help="assignments, or assignment/exercise, parted by commas")
    parser.add_argument("--graded", action="store_true", help="through the examiner's runner and sandbox")
    parser.add_argument("--all", action="store_true", help="print every verdict")
    args = parser.parse_args()
    only = [part for part in args.only.split(",") if part]
    verdicts_of = graded if args.graded else in_process
    found = []
    for assignment, right, exercise, label, code in answers(Path(args.folder)):
        if only and assignment not in only and f"{assignment}/{exercise}" not in only:
            continue
        if not code_exercise(assignment, exercise):
            continue
        one = judge(assignment, right, exercise, label, code, verdicts_of)
        found.append(one)
        if one.right != one.passed or (args.all and not one.right):
            flag = "" if one.right == one.passed else "REFUSED " if one.right else "PASSED "
            print(f"## {assignment} {exercise} | {label} | {flag}{one.by}", *one.said, sep="\n     ", flush=True)
    print(table(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
