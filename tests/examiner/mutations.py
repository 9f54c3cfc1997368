"""Change a submission in the ways that people, services and editors do, and in those that nobody does."""

from __future__ import annotations

import copy
import json
import os
from pathlib import Path

from hypothesis import strategies as st

NAMES = ["numbers.ipynb", "numbers (1).ipynb", "Copy of numbers.ipynb", "NUMBERS.IPYNB", "hw.ipynb", "a/numbers.ipynb"]
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "latin-1", "utf-32"]
ODD = [None, 0, -1, True, 1e999, float("nan"), "", "x", "\ud800", "\0", [], ["a\n", None], {}, {"a": [{}]}, "def f(:"]
KEYS = ["cell_type", "source", "metadata", "id", "outputs", "attachments", "nbformat", "cells", "worksheets"]

place = st.integers(0, 30)
change = (
    st.tuples(st.sampled_from(["delete", "copy", "split", "merge", "unmark", "reverse"]), place, place)
    | st.tuples(st.just("move"), place, place)
    | st.tuples(st.just("mark"), place, place)
    | st.tuples(st.just("type"), place, st.sampled_from(["code", "markdown", "raw", "heading", "html"]))
    | st.tuples(st.sampled_from([f"set {key}" for key in KEYS]), place, st.sampled_from(ODD))
    | st.tuples(st.sampled_from(["grade_id", "points", "grade", "solution", "locked"]), place, st.sampled_from(ODD))
    | st.tuples(st.just("insert"), place, st.sampled_from(ODD))
)
changes = st.lists(change, min_size=1, max_size=6)
files = st.tuples(
    st.sampled_from(NAMES),
    st.sampled_from(ENCODINGS),
    st.none() | st.tuples(st.sampled_from(["cut", "noise"]), st.integers(0, 3000)),
    st.lists(st.sampled_from(["link", "pipe", "folder", "second", "stamp"]), max_size=2),
)


def changed(nb: dict, some: list) -> object:
    """Return a notebook after the changes; one that no longer has cells to change stays as it is."""
    nb = json.loads(json.dumps(nb))
    for what, at, value in some:
        cells = nb.get("cells")
        if not isinstance(cells, list) or not cells:
            break
        _change(nb, cells, what, at % len(cells), copy.deepcopy(value))
    return nb


def _change(nb: dict, cells: list, what: str, at: int, value) -> None:
    cell = cells[at]
    if what == "delete":
        del cells[at]
    elif what == "copy":
        cells.insert(value % len(cells), copy.deepcopy(cell))
    elif what == "move":
        cells.insert(value % len(cells), cells.pop(at))
    elif what == "reverse":
        cells.reverse()
    elif what == "insert":
        cells.insert(at, value)
    elif what in ("set nbformat", "set cells", "set worksheets"):
        nb[what.split()[1]] = value
    elif not isinstance(cell, dict):
        return
    elif what == "split" and isinstance(cell.get("source"), str):
        cells.insert(at + 1, cell | {"source": cell["source"][value:]})
        cell["source"] = cell["source"][:value]
    elif what == "merge" and at + 1 < len(cells) and isinstance(cells[at + 1], dict):
        cell["source"] = f"{cell.get('source')}\n{cells.pop(at + 1).get('source')}"
    elif what == "mark" and isinstance(cells[value % len(cells)], dict):
        cell["metadata"] = cells[value % len(cells)].get("metadata")
    elif what == "unmark":
        cell["metadata"] = {}
    elif what == "type":
        cell["cell_type"] = value
    elif what.startswith("set "):
        cell[what.split()[1]] = value
    elif isinstance(cell.get("metadata"), dict) and isinstance(cell["metadata"].get("nbgrader"), dict):
        cell["metadata"]["nbgrader"][what] = value


def hand_in(folder: Path, content: object, name: str, encoding: str, damage: tuple | None, beside: list) -> None:
    """Write `content` into the new `folder`, with the damage to its bytes, and other things beside it."""
    path = folder / name
    path.parent.mkdir(parents=True)
    data = json.dumps(content).encode(encoding)
    if damage:
        kind, at = damage
        data = data[:at] if kind == "cut" else data[:at] + b'\xff\x00"' + data[at:]
    path.write_bytes(data)
    for what in set(beside):
        other = folder / f"{what}.ipynb"
        if what == "link":
            other.symlink_to("/dev/zero")
        elif what == "pipe":
            os.mkfifo(other)
        elif what == "folder":
            other.mkdir()
        elif what == "second":
            other.write_bytes(b"{}")
        else:
            (folder / "timestamp.txt").write_bytes(b"\xff")
