"""Draw the pictures of all lessons as SVG files, into `source/<lesson>/images/`.

    python tools/pictures.py             write them
    python tools/pictures.py --check     write nothing; name each stale file, and fail

A lesson's drawings are in `drawings/`, what they share in `svg.py`.
"""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Sequence
from pathlib import Path

TOOLS = Path(__file__).resolve().parent
SOURCE = TOOLS.parent / "source"
LESSONS = sorted(path.stem for path in (TOOLS / "drawings").glob("*.py"))
MEND = "python tools/pictures.py"

sys.path[:0] = [str(TOOLS), str(TOOLS / "drawings")]


def drawn(lesson: str) -> dict[str, str]:
    """Return the pictures of `lesson` as SVG, by file name."""
    return {f"{draw.__name__}.svg": draw() for draw in importlib.import_module(lesson).DRAWN}


def stale(lesson: str, source: Path = SOURCE) -> dict[str, str]:
    """Return, for each picture of `lesson` that is not as drawn, what is wrong and what repairs it."""
    wanted = drawn(lesson)
    files = (source / lesson / "images").glob("*.svg")
    found = {file.name: file.read_text(encoding="utf-8", errors="replace") for file in files}
    faults = {}
    for name in sorted(wanted.keys() | found.keys()):
        if name not in wanted:
            faults[name] = f"has no drawing.\n  Delete it, or add its drawing to tools/drawings/{lesson}.py"
        elif name not in found:
            faults[name] = f"is missing.\n  Run: {MEND}"
        elif found[name] != wanted[name]:
            faults[name] = f"differs from its drawing.\n  Run: {MEND}"
    return faults


def main(arguments: Sequence[str] | None = None, source: Path = SOURCE) -> int:
    """Write the pictures; with `--check` write nothing, and return 1 when a file is stale."""
    parser = argparse.ArgumentParser(description="Draw the pictures of all lessons.")
    parser.add_argument("--check", action="store_true", help="write nothing; name each stale file and fail")
    if parser.parse_args(arguments).check:
        faults = {f"{lesson}: {name}": why for lesson in LESSONS for name, why in stale(lesson, source).items()}
        for name, fault in faults.items():
            print(f"{name} {fault}", file=sys.stderr)
        return 1 if faults else 0
    for lesson in LESSONS:
        folder = source / lesson / "images"
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in drawn(lesson).items():
            (folder / name).write_text(text, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
