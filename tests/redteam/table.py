"""The table of attacks in docs/attacks.md: made from outcomes, and never by hand."""

from __future__ import annotations

import re
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


def words(outcome: Outcome) -> str:
    """Return what an attack got, in a few words."""
    return "; ".join(outcome.got.values()) or STOPPED


def summary(attacks: list[Attack], outcomes: list[Outcome]) -> str:
    """Return the sentence above the table."""
    sides = {side: [outcome for outcome in outcomes if outcome.side == side] for side in ("nbgrader", "examiner")}
    got = {side: sum(bool(outcome.got) for outcome in some) for side, some in sides.items()}
    return (
        f"{len(attacks)} attacks. nbgrader 0.9.6 met {len(sides['nbgrader'])} of them, and {got['nbgrader']} got "
        f"something. The examiner met {len(sides['examiner'])}, and {got['examiner'] or 'none'} did."
    )


def text(attacks: list[Attack], outcomes: list[Outcome]) -> str:
    """Return the summary and the table."""
    found = {(outcome.attack, outcome.side): outcome for outcome in outcomes}
    lines = [summary(attacks, outcomes)]
    for group, title in GROUPS.items():
        lines += ["", f"**{title}**", "", "| attack | what it tries | nbgrader 0.9.6 | examiner |", "|---|---|---|---|"]
        for attack in (attack for attack in attacks if attack.group == group):
            said = [
                words(found[attack.name, side]) if (attack.name, side) in found else NOT_RUN
                for side in ("nbgrader", "examiner")
            ]
            lines.append(f"| `{attack.name}` | {_cell(attack.tries)} | {_cell(said[0])} | {_cell(said[1])} |")
    return "\n".join(lines)


def write(attacks: list[Attack], outcomes: list[Outcome]) -> None:
    """Put the table into its place in the page."""
    page = PAGE.read_text(encoding="utf-8")
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    PAGE.write_text(f"{before}{BEGIN}\n{text(attacks, outcomes)}\n{END}{after}", encoding="utf-8")


def shown() -> str:
    """Return the table as the page shows it."""
    return PAGE.read_text(encoding="utf-8").partition(BEGIN)[2].partition(END)[0]


def changes(before: str, after: str) -> list[str]:
    """Return a line for each attack that got something else than the table `before` says, is new, or is gone."""
    old, new = ({row["attack"]: row for row in map(_row, ROWS.findall(table))} for table in (before, after))
    lines = [f"{name}: no longer there" for name in sorted(old.keys() - new.keys())]
    for name, row in sorted(new.items()):
        for side in ("nbgrader", "examiner"):
            was = old[name][side] if name in old else "not there"
            if was != row[side]:
                lines.append(f"{name}: {side} was {was}, is {row[side]}")
    return lines


def _row(line: str) -> dict[str, str]:
    attack, _, nbgrader, examiner = re.split(r"(?<!\\) ?\| ?", line)[1:5]
    return {"attack": attack.strip("`"), "nbgrader": nbgrader, "examiner": examiner}


def names(shown: str) -> list[str]:
    """Return the names of the attacks in a table."""
    return ROW.findall(shown)


def failures(shown: str) -> Iterable[str]:
    """Return the rows in which the examiner stopped nothing."""
    return [line for line in shown.splitlines() if ROW.match(line) and not line.endswith(f"| {STOPPED} |")]


def _cell(text: str) -> str:
    return re.sub(r"([|<>])", r"\\\1", text)
