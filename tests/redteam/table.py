"""The table of attacks in docs/attacks.md: made from outcomes, and never by hand."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable
from pathlib import Path

from attack import Attack
from measure import Outcome

PAGE = Path(__file__).resolve().parents[2] / "docs" / "attacks.md"
BEGIN, END = "<!-- made by `make redteam`: begin -->", "<!-- made by `make redteam`: end -->"
ROW = re.compile(r"^\| `([^`]+)` \|", re.MULTILINE)
ROWS = re.compile(r"^\| `[^`]+` \|.*$", re.MULTILINE)
GROUPS = {
    "judges": "Deciding about points",
    "answers": "Reading what is secret",
    "files": "Writing, and odd files",
    "wire": "Lying to the examiner",
    "processes": "Ending, stopping and outliving processes",
    "exhaustion": "Taking too much",
    "network": "Reaching out",
    "escape": "Leaving the sandbox",
    "metadata": "Cells and metadata",
    "display": "Acting on whoever looks at the results",
}
STOPPED, NOT_RUN = "stopped", "not run"
SIDES = {"nbgrader": "nbgrader 0.9.6", "examiner": "examiner", "within": "examiner, tests within"}
TRIED_WITHIN = ("judges", "answers", "wire")  # the groups that aim at how a test is judged; all else is the same


def words(outcome: Outcome) -> str:
    """Return what an attack got, in a few words."""
    return "; ".join(outcome.got.values()) or STOPPED


def summary(attacks: list[Attack], outcomes: list[Outcome], before: str = "") -> str:
    """Return the sentence above the table."""
    found = _found(outcomes, before)
    met = [one for one in attacks if (one.name, "examiner") in found]
    sides = {side: [said for one in met if (said := found.get((one.name, side), NOT_RUN)) != NOT_RUN] for side in SIDES}
    got = {side: sum(said != STOPPED for said in some) for side, some in sides.items()}
    return (
        f"{len(attacks)} attacks. nbgrader 0.9.6 met {len(sides['nbgrader'])} of them, and {got['nbgrader']} got "
        f"something. The examiner met {len(sides['examiner'])}, and {got['examiner'] or 'none'} did. Where tests run "
        f"within the student's process it met {len(sides['within'])}, and {got['within'] or 'none'} did."
    )


def _found(outcomes: list[Outcome], before: str) -> dict[tuple[str, str], str]:
    """Return what each attack got on each side: by `outcomes`, or else as the table `before` has it."""
    rows = map(_row, ROWS.findall(before))
    old = {(row["attack"], side): row[side] for row in rows for side in SIDES if side in row}
    return old | {(outcome.attack, outcome.side): _cell(words(outcome)) for outcome in outcomes}


def text(attacks: list[Attack], outcomes: list[Outcome], before: str = "") -> str:
    """Return the summary and the table; what `outcomes` do not say stays as the table `before` has it."""
    found = _found(outcomes, before)
    lines = [summary(attacks, outcomes, before)]
    for group, title in GROUPS.items():
        sides = sides_of(group)
        lines += ["", f"**{title}**", "", _line("attack", "what it tries", *(SIDES[side] for side in sides))]
        lines.append("|" + "---|" * (2 + len(sides)))
        for attack in (attack for attack in attacks if attack.group == group):
            said = [found.get((attack.name, side), NOT_RUN) for side in sides]
            lines.append(_line(f"`{attack.name}`", _cell(attack.tries), *said))
    return "\n".join(lines)


def sides_of(group: str) -> list[str]:
    """Return what the attacks of a group are tried on."""
    return [side for side in SIDES if side != "within" or group in TRIED_WITHIN]


def _line(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def write(attacks: list[Attack], outcomes: list[Outcome]) -> None:
    """Put the table into its place in the page; rows of attacks that `outcomes` lack stay as they are."""
    page = PAGE.read_text(encoding="utf-8")
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    PAGE.write_text(f"{before}{BEGIN}\n{text(attacks, outcomes, rest)}\n{END}{after}", encoding="utf-8")


def shown() -> str:
    """Return the table as the page shows it."""
    return _table(PAGE.read_text(encoding="utf-8"))


def committed(page: Path = PAGE) -> str:
    """Return the table as it was last committed; as the page shows it where there is no repository with it."""
    command = ["git", "-C", str(page.parent), "show", f"HEAD:./{page.name}"]
    try:
        found = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    except (OSError, subprocess.CalledProcessError):
        found = page.read_text(encoding="utf-8")
    return _table(found)


def _table(page: str) -> str:
    return page.partition(BEGIN)[2].partition(END)[0]


def changes(before: str, after: str) -> list[str]:
    """Return a line for each attack that got something else than the table `before` says, is new, or is gone."""
    old, new = ({row["attack"]: row for row in map(_row, ROWS.findall(table))} for table in (before, after))
    lines = [f"{name}: no longer there" for name in sorted(old.keys() - new.keys())]
    for name, row in sorted(new.items()):
        for side in [name for name in row if name != "attack"]:
            was = old.get(name, {}).get(side, "not there")
            if was != row[side]:
                lines.append(f"{name}: {side} was {was}, is {row[side]}")
    return lines


def _row(line: str) -> dict[str, str]:
    attack, _, *said = re.split(r"(?<!\\) ?\| ?", line)[1:-1]
    return {"attack": attack.strip("`"), **dict(zip(SIDES, said, strict=False))}


def names(shown: str) -> list[str]:
    """Return the names of the attacks in a table."""
    return ROW.findall(shown)


def failures(shown: str) -> Iterable[str]:
    """Return the rows in which the examiner stopped nothing."""
    return [line for line in shown.splitlines() if ROW.match(line) and _row(line)["examiner"] != STOPPED]


def _cell(text: str) -> str:
    return re.sub(r"([|<>])", r"\\\1", text)
