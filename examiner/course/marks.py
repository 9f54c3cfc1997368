"""Find comments that look like nbgrader's marks and are none: what they should hide would go out to students."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

import nbformat

from .source_notebook import HIDDEN_PREFIX, grade_id

KINDS = ("SOLUTION", "HIDDEN TESTS", "MARK SCHEME")
MARKS = tuple(f"{end} {what}" for what in KINDS for end in ("BEGIN", "END"))
ALIKE = 0.8  # "BEGIN HIDEN TESTS" is 0.97, "the solution begins" is below 0.5
OTHER_WORDS = {"START": "BEGIN", "OPEN": "BEGIN", "STOP": "END", "FINISH": "END"}


def misspelt(notebook: nbformat.NotebookNode) -> list[str]:
    """Return a sentence for each comment that is nearly a mark, with its cell and line."""
    found = []
    for cell in notebook.cells:
        for number, line in enumerate(cell.source.splitlines(), start=1):
            meant = _meant(line)
            if meant:
                name = grade_id(cell) or cell.get("id", "?")
                found.append(f"cell {name}, line {number}: {line.strip()!r} is no mark. Is {meant!r} meant?")
    return found


def unpaired(notebook: nbformat.NotebookNode) -> list[str]:
    """Return a sentence for each cell in which a mark begins that does not end, or the other way round."""
    found = []
    for cell in notebook.cells:
        for what in KINDS:
            lines = [line for line in cell.source.splitlines() if f"BEGIN {what}" in line or f"END {what}" in line]
            begins = [f"BEGIN {what}" in line for line in lines]
            if begins != [True, False] * (len(lines) // 2):
                name = grade_id(cell) or cell.get("id", "?")
                found.append(f"cell {name}: not each ### BEGIN {what} is followed by its ### END {what}.")
    return found


def shown(released: nbformat.NotebookNode) -> list[str]:
    """Return a sentence for each hidden test of which a release still shows something."""
    return [
        f"{grade_id(cell)} is a hidden test, and would be shown to students: {_code(cell.source)[0]!r}"
        for cell in released.cells
        if grade_id(cell).startswith(HIDDEN_PREFIX) and _code(cell.source)
    ]


def _code(source: str) -> list[str]:
    return [line.strip() for line in source.splitlines() if line.strip() and not line.strip().startswith("#")]


def _meant(line: str) -> str:
    """Return the mark that a line is nearly, or ""."""
    if not line.lstrip().startswith("#") or any(mark in line for mark in MARKS):
        return ""
    words = re.findall(r"[^\W_]+", line.upper())
    text = " ".join([OTHER_WORDS.get(word, word) for word in words[:1]] + words[1:])
    best = max(MARKS, key=lambda mark: SequenceMatcher(None, text, mark).ratio())
    return best if SequenceMatcher(None, text, best).ratio() >= ALIKE else ""
