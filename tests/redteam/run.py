"""`make redteam`: every attack against nbgrader as it comes and against the examiner, and the table of what came of it.

    python tests/redteam/run.py [--only NAME …] [--jobs N] [--within] [--nbgrader]

nbgrader does not change from one run to the next, so what an attack got from it is kept in build/redteam/ until the
attack changes, or nbgrader's version does; the examiner meets all of them each time.

Prints what came of each, and what is another than in the committed docs/attacks.md, and writes their rows of the table
there. Run by root, the examiner is attacked twice: as root, and as a plain user who is made for it. Ends with 1 where
an attack got anything from the examiner.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[2])]

import attack  # noqa: E402
import boxes  # noqa: E402
import table  # noqa: E402
from fight import HARM, Arena, alone, together  # noqa: E402
from measure import Outcome  # noqa: E402

KEPT = boxes.ROOT / "build" / "redteam"


def main() -> int:
    """Run the attacks; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", nargs="+", metavar="NAME", help="only these attacks, and their rows of the table")
    parser.add_argument("--within", action="store_true", help="only print what they get where tests run within")
    parser.add_argument("--nbgrader", action="store_true", help="only find out what nbgrader gives away, and keep it")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="attacks on nbgrader at the same time")
    args = parser.parse_args()
    if lack := boxes.missing():
        print(lack, file=sys.stderr)
        return 2
    if not boxes.chromium():
        print("There is no Chromium to read pages in. Run: apt-get install chromium", file=sys.stderr)
        return 2
    attacks = [one for one in attack.every_attack() if not args.only or one.name in args.only]
    with tempfile.TemporaryDirectory(prefix="redteam-") as scratch:
        if args.nbgrader:
            return int(not against_nbgrader(Path(scratch), attacks, args.jobs))
        about = [one for one in attacks if one.group in table.TRIED_WITHIN]
        within = against_examiner(Path(scratch), about, side="within") if about else []
        if args.within:
            print(f"{len(within)} attacks, and {sum(bool(outcome.got) for outcome in within)} got something.")
            return 0
        outcomes = [*against_nbgrader(Path(scratch), attacks, args.jobs), *against_examiner(Path(scratch), attacks)]
        outcomes += within
        if os.getuid() == 0:
            merge(outcomes, against_examiner(Path(scratch), attacks, as_plain_user=True))
    keep("outcomes", [outcome.as_data() for outcome in outcomes])
    print(table.summary(attacks, outcomes))
    met = {one.name for one in attacks}
    changes = table.changes(table.committed(), table.text(attacks, outcomes))
    print(*(line for line in changes if not args.only or line.partition(":")[0] in met), sep="\n")
    table.write(attack.every_attack(), outcomes)
    return int(any(outcome.got for outcome in outcomes if outcome.side == "examiner"))


def against_nbgrader(scratch: Path, attacks: list[attack.Attack], jobs: int) -> list[Outcome]:
    """Run the attacks that aim at scores, answers and files, in boxes: who may harm others in one of their own."""
    known = {key: Outcome(**held) for key, held in kept("nbgrader").items()}
    of = {one.name: key_of(one) for one in attacks if one.on_nbgrader}
    met = [one for one in attacks if one.name in of and of[one.name] not in known]
    if met:
        for outcome in _met(scratch, met, jobs):
            known[of[outcome.attack]] = outcome
            keep("nbgrader", {key: outcome.as_data() for key, outcome in known.items()})
    return [known[key] for key in of.values()]


def key_of(one: attack.Attack) -> str:
    """Return what nbgrader's outcome depends on, as a text."""
    held = (attack.FOLDER / one.group / f"{one.name}.py").read_bytes()
    return f"{one.name} {version('nbgrader')} {hashlib.sha256(held).hexdigest()[:16]}"


def keep(name: str, what: object) -> None:
    KEPT.mkdir(parents=True, exist_ok=True)
    (KEPT / f"{name}.json").write_text(json.dumps(what, indent=1))


def kept(name: str) -> dict:
    path = KEPT / f"{name}.json"
    return json.loads(path.read_text()) if path.is_file() else {}


def _met(scratch: Path, met: list[attack.Attack], jobs: int) -> Iterator[Outcome]:
    arena = Arena.make(scratch / "nbgrader", "nbgrader")
    arena.prove()
    gentle = [attack for attack in met if not {*HARM, "act"} & {*attack.aims}]
    shares = [gentle[start::jobs] for start in range(jobs)]

    def share(number: int) -> list[Outcome]:
        if not shares[number]:
            return []
        outcomes, around = together(arena, scratch / f"nbgrader-class-{number}", shares[number], seconds=3000)
        if around:
            print("nbgrader: around them,", around)
            return [alone(arena, scratch / f"nbgrader-{one.name}", one) for one in shares[number]]
        return list(outcomes.values())

    def one(attack: attack.Attack) -> Outcome:
        folder = scratch / f"nbgrader-{attack.name}"
        outcome = alone(arena, folder, attack)
        shutil.rmtree(folder, ignore_errors=True)
        return outcome

    with ThreadPoolExecutor(jobs) as pool:
        for outcomes in pool.map(share, range(jobs)):
            yield from map(say, outcomes)
        yield from map(say, pool.map(one, [attack for attack in met if attack not in gentle]))


def merge(outcomes: list[Outcome], as_plain_user: list[Outcome]) -> None:
    """Add to the examiner's `outcomes` what attacks got where a plain user graded."""
    found = {outcome.attack: outcome for outcome in outcomes if outcome.side == "examiner"}
    for outcome in as_plain_user:
        for aim, what in outcome.got.items():
            found[outcome.attack].got.setdefault(aim, f"{what} as a plain user")


def against_examiner(
    scratch: Path, attacks: list[attack.Attack], as_plain_user: bool = False, side: str = "examiner"
) -> list[Outcome]:
    """Run all attacks as one class; where something happened around them, run those again that aim at it, alone."""
    scratch = scratch / (side + "-as-plain-user" * as_plain_user)
    arena = Arena.make(scratch / side, side, as_plain_user)
    if as_plain_user:
        print("Again, as a plain user")
        arena.prove()
    outcomes, around = together(arena, scratch / "class", attacks, seconds=1800)
    if around:
        print(f"{side}: around them all,", around)
        for attack in attacks:
            if around.keys() & set(attack.aims):
                outcomes[attack.name] = alone(arena, scratch / f"{side}-{attack.name}", attack)
    return [say(outcomes[attack.name]) for attack in attacks]


def say(outcome: Outcome) -> Outcome:
    """Print one line on an outcome."""
    print(f"{outcome.side:<9} {outcome.attack:<28} {table.words(outcome)}", flush=True)
    return outcome


if __name__ == "__main__":
    sys.exit(main())
