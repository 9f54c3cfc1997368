"""Put the cells of a submission in the order of the assignment, and put back what is missing."""

from __future__ import annotations

import re

from nbformat import NotebookNode

from .. import nodes
from .expected_cells import ExpectedCells, KnownCell
from .notes import Note


def put_in_order(cells: list[NotebookNode], record: ExpectedCells) -> list[Note]:
    """Sort where cells that matter are out of order: each into its place, and behind it what the student added there.

    Where the order is right, nothing is moved: what else a student changes is the student's business.
    """
    number = {place.name: i for i, place in enumerate(record.places)}
    keys, needed, seen, at = [], [], set(), -1
    for cell in cells:
        place = record.place_of(cell)
        if place and place.name not in seen:
            seen.add(place.name)
            at = number[place.name]
            needed += [at] if place.needed else []
        keys.append(at)
    if needed == sorted(needed):
        return []
    cells[:] = [cells[i] for i in sorted(range(len(keys)), key=lambda i: keys[i])]
    return [Note("Cells were out of order; they stand as in the assignment again.")]


def put_back(cells: list[NotebookNode], record: ExpectedCells, merged: dict[str, str]) -> list[Note]:
    """Insert what is missing: tests, set-up, and answers as they were handed out, or with their text in `merged`."""
    held: dict[str, int] = {}
    for i, cell in enumerate(cells):
        place = record.place_of(cell)
        if place:
            held.setdefault(place.name, i)
    at, notes = len(cells), []
    floors = _floors(record, held)
    for place in reversed(record.places):
        if floors[place.name] < held.get(place.name, -1) < at:  # what is only to be read may stand anywhere
            at = held[place.name]
        elif place.needed and place.name not in held:
            text = merged.get(place.name, place.known.source if place.known else place.source)
            cells.insert(at, new_cell(cells, place.cell_type, text, place.name, place.known))
            if place.name in merged:
                continue
            answer = place.known and place.known.solution
            what = "counts as not answered" if answer else "is put back"
            notes.append(Note(f"{place.name} was missing, and {what}.", place.known.name if place.known else ""))
    return notes[::-1]


def _floors(record: ExpectedCells, held: dict[str, int]) -> dict[str, int]:
    """Return for each place where the last of the cells stands that have to come before it."""
    floors, floor = {}, -1
    for place in record.places:
        floors[place.name] = floor
        floor = held.get(place.name, floor) if place.needed else floor
    return floors


def new_cell(
    cells: list[NotebookNode], kind: str, text: str, id: str = "added", known: KnownCell | None = None
) -> NotebookNode:
    """Return a cell that is to be put among `cells`, with an id that is not taken there."""
    taken = {cell.get("id") for cell in cells}
    fresh = id if re.fullmatch(r"[a-zA-Z0-9_-]{1,60}", id) else "added"
    while fresh in taken:
        fresh += "-"
    cell = nodes.new_cell(kind, text, fresh)
    if known:
        cell.metadata["nbgrader"] = NotebookNode(known.metadata())
    return cell
