"""Take off a cell the magics that only watch it run: what is left is the Python that ran in the notebook."""

from __future__ import annotations

import ast
import re

# These run the cell's own text among the notebook's names; all others leave no names behind, or are no Python.
WATCHING_CELLS = ("time", "capture", "prun")
WATCHING_LINES = ("time", "prun")
CELL_MAGIC = re.compile(rf"\s*%%({'|'.join(WATCHING_CELLS)})\b[^\n]*\n")
LINE_MAGIC = re.compile(rf"^([ \t]*)%({'|'.join(WATCHING_LINES)})[ \t]+(.*)$", re.MULTILINE)
KEPT_LINE = re.compile(r"^([ \t]*)get_ipython\(\)\.run_line_magic\((.*)\)[ \t]*$", re.MULTILINE)
OPTIONS = re.compile(r"(?:--?[\w-]+[ \t]+)*")


def unwrapped(source: str) -> str:
    """Return a cell as it would have been without such magics, as it was typed or as IPython keeps it in `In`."""
    while True:
        typed = CELL_MAGIC.match(source)
        if typed:
            source = source[typed.end() :]
        elif inner := _kept_cell(source):
            source = inner
        else:
            break
    source = LINE_MAGIC.sub(lambda found: found[1] + _statement(found[3]), source)
    return KEPT_LINE.sub(_kept_line, source)


def _kept_cell(source: str) -> str:
    """Return the text in `get_ipython().run_cell_magic(name, line, text)`, or ""."""
    if not source.lstrip().startswith("get_ipython().run_cell_magic("):
        return ""
    try:
        name, _, text = (ast.literal_eval(part) for part in ast.parse(source.strip(), mode="eval").body.args)  # type: ignore[attr-defined]
    except (SyntaxError, ValueError, TypeError, AttributeError, RecursionError, MemoryError):
        return ""
    return text if name in WATCHING_CELLS else ""


def _kept_line(found: re.Match) -> str:
    try:
        name, line = ast.literal_eval(f"({found[2]})")
    except (SyntaxError, ValueError, TypeError, RecursionError, MemoryError):
        return found[0]
    return found[1] + _statement(line) if name in WATCHING_LINES else found[0]


def _statement(line: str) -> str:
    return line[OPTIONS.match(line).end() :]  # type: ignore[union-attr]  # it matches nothing, too
