"""Write the frozen tables, and say which files are older than what freezing gives now.

Both files are text, one check a line. Numbers are compared within 1e-9: another BLAS adds in another order.
"""

from __future__ import annotations

import json
from pathlib import Path

from backprop.answers.tables import CHECKS_FILE, HIDDEN_FILE

SAME = 1e-9  # relative
SAME_PRINT = 1e-5  # of fingerprints, which are kept with seven digits


def write(folder: Path, tables: tuple[dict, dict]) -> list[str]:
    """Write both tables into `folder`; a file that says the same is left as it is. Returns the names written."""
    written = []
    for name, table in zip((CHECKS_FILE, HIDDEN_FILE), tables, strict=True):
        if not same_table(_stored(folder / name), json.loads(json.dumps(table))):
            (folder / name).write_text(as_text(table), encoding="utf-8")
            written.append(name)
    return written


def stale(folder: Path, tables: tuple[dict, dict]) -> list[str]:
    """Return the names of the files in `folder` that say something else than `tables`."""
    pairs = zip((CHECKS_FILE, HIDDEN_FILE), tables, strict=True)
    return [name for name, table in pairs if not same_table(_stored(folder / name), json.loads(json.dumps(table)))]


def _stored(path: Path) -> object:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def same_table(one, other, same: float = SAME) -> bool:
    """Say whether two tables hold the same, numbers compared within 1e-9 of the largest in their array."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(
            same_table(one[key], other[key], SAME_PRINT if key in ("generated", "way") else same) for key in one
        )
    if isinstance(one, list) and isinstance(other, list):
        if len(one) == len(other) and all(isinstance(x, int | float) for x in (*one, *other)):
            scale = max((abs(x) for x in one if x == x), default=0.0)
            return all(_close(x, y, scale, same) for x, y in zip(one, other, strict=True))
        return len(one) == len(other) and all(same_table(x, y, same) for x, y in zip(one, other, strict=True))
    if isinstance(one, float) and isinstance(other, float):
        return _close(one, other, abs(one), same)
    return type(one) is type(other) and one == other


def _close(x, y, scale, same) -> bool:
    return x == y or abs(x - y) <= same * max(scale, 1e-3) or (x != x and y != y)


def as_text(table: dict) -> str:
    """Return a table as JSON with one entry a line, so that a change shows in a diff where it is."""
    sections = []
    for section, entries in table.items():
        if isinstance(entries, dict):
            lines = [f"  {json.dumps(key)}: {json.dumps(entry, ensure_ascii=False)}" for key, entry in entries.items()]
            body = "{\n" + ",\n".join(lines) + "\n }" if lines else "{}"
        else:
            body = json.dumps(entries)
        sections.append(f" {json.dumps(section)}: {body}")
    return "{\n" + ",\n".join(sections) + "\n}\n"
