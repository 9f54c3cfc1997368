"""Find comments that look like nbgrader's marks and are none: what they should hide would go out to students."""

from __future__ import annotations

import ast
import re
from difflib import SequenceMatcher, get_close_matches

import nbformat

from .source_notebook import HIDDEN_PREFIX, grade_id

KINDS = ("SOLUTION", "HIDDEN TESTS", "MARK SCHEME")
MARKS = tuple(f"{end} {what}" for what in KINDS for end in ("BEGIN", "END"))
BEGINS, ENDS = ("BEGIN", "START", "OPEN"), ("END", "STOP", "FINISH", "CLOSE")
SIDES = {BEGINS[0]: BEGINS, ENDS[0]: ENDS}
WORDS = (*BEGINS, *ENDS, "SOLUTION", "HIDDEN", "TESTS", "MARK", "SCHEME")
ALIKE = 0.8  # of a word: "HIDEN" is 0.91
WHOLE_ALIKE = 0.9  # of a mark in one word: "BEGINHIDDENTEST" is 0.97, "BEGINHIDDENLAYERS" 0.79
COMMENT = re.compile(r"(#+)([^#]*)")
IN_TEXT = re.compile(r"(<!--+)(.*?)(?:-->|$)")
ASKS = ("check", "given")  # what a hidden test calls with its own key, "6.1"


def misspelt(notebook: nbformat.NotebookNode) -> list[str]:
    """Return a sentence for each comment that is nearly a mark, with its cell and line."""
    found = []
    for cell in notebook.cells:
        hidden = False  # whether nbgrader takes the line out
        for number, line in enumerate(cell.source.splitlines(), start=1):
            hidden = "BEGIN HIDDEN TESTS" in line or (hidden and "END HIDDEN TESTS" not in line)
            meant = _meant(line, cell.cell_type == "code", hidden)
            if meant:
                name = grade_id(cell) or cell.get("id", "?")
                found.append(f"cell {name}, line {number}: {line.strip()!r} is not a mark. Do you mean {meant!r}?")
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
                found.append(f"cell {name}: not every ### BEGIN {what} is followed by its ### END {what}.")
    return found


def shown(released: nbformat.NotebookNode, plain: bool = False) -> list[str]:
    """Return a sentence for each hidden test of which a release still shows something.

    In a `plain` assignment, `check` is not the course's own, and its keys say nothing.
    """
    found = []
    for cell in released.cells:
        name = grade_id(cell) or cell.get("id", "?")
        if name.startswith(HIDDEN_PREFIX) and _code(cell.source):
            found.append(f"{name} is a hidden test, and would be shown to students: {_code(cell.source)[0]!r}")
        elif cell.cell_type == "code" and not plain and (asked := _hidden_key(cell.source)):
            number, key = asked
            found.append(f"cell {name}, line {number}: the hidden test {key!r} would be shown to students.")
    return found


def _code(source: str) -> list[str]:
    return [line.strip() for line in source.splitlines() if line.strip() and not line.strip().startswith("#")]


def _hidden_key(source: str) -> tuple[int, str] | None:
    """Return the first line of a cell that asks for a hidden test, and the key of that."""
    try:
        tree = ast.parse(source)
    except SyntaxError:  # a magic, or a gap for students to fill
        said = re.compile(rf"\b(?:{'|'.join(ASKS)})\(\s*[\"'](\w+\.\w+)[\"']")
        lines = ((number, said.search(line)) for number, line in enumerate(source.splitlines(), start=1))
        return next(((number, match[1]) for number, match in lines if match), None)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            key = node.args[0].value
            if name in ASKS and isinstance(key, str) and "." in key:
                return node.lineno, key
    return None


def _meant(line: str, code: bool, hidden: bool) -> str:
    """Return the mark that a line is nearly, or ""."""
    if any(mark in line for mark in MARKS):
        return ""
    comments = COMMENT.findall(line) if code else [*IN_TEXT.findall(line), *_whole(line)]
    return next((meant for begin, text in comments if (meant := _mark_in(begin, text, code, hidden))), "")


def _whole(line: str) -> list[tuple[str, str]]:
    """Return a heading of a text cell, or a line in capitals, as a comment."""
    bare = line.lstrip()
    return [("#", bare)] if bare.startswith("#") or bare.isupper() else []


def _mark_in(begin: str, text: str, code: bool, hidden: bool) -> str:
    said = re.findall(r"[^\W\d_]+", text)
    words = [_nearest(word.upper()) for word in said]
    loud = [near for word, near in zip(said, words, strict=True) if word.isupper()]
    strong = (code and len(begin) > 2) or (bool(loud) and len(loud) == len(words))
    if words and all(words) and (meant := _of(words, strong)):
        return meant
    if strong and code and not hidden and set(words) == {"HIDDEN", "TESTS"}:
        return "BEGIN HIDDEN TESTS"
    if len(loud) > 1 and (meant := _of(loud, False)):  # "HIDDEN TESTS BEGIN HERE"
        return meant
    if code and len(begin) > 2 and words[:1] and words[0] in (*BEGINS, *ENDS):  # "### begin hidden tests of 1b"
        for count in (2, 3):
            if all(words[:count]) and (meant := _of(words[:count], False)):
                return meant
    one = "".join(said).upper()
    near = max(MARKS, key=lambda mark: _ratio(one, mark.replace(" ", "")))
    return near if _ratio(one, near.replace(" ", "")) >= WHOLE_ALIKE else ""


def _of(words: list[str], strong: bool) -> str:
    """Return the mark that is meant by words; of a side and "hidden" or "tests" alone only where it is `strong`."""
    side = next((side for side, others in SIDES.items() if set(others) & set(words)), "")
    if not side:
        return ""
    if "SOLUTION" in words:
        return f"{side} SOLUTION"
    if {"MARK", "SCHEME"} <= set(words):
        return f"{side} MARK SCHEME"
    if {"HIDDEN", "TESTS"} <= set(words) or (strong and {"HIDDEN", "TESTS"} & set(words)):
        return f"{side} HIDDEN TESTS"
    return ""


def _nearest(word: str) -> str:
    """Return the word of a mark that a word is nearly, or ""."""
    if sorted(word) == sorted("END"):  # "EDN"
        return "END"
    if word == "MARKING":
        return "MARK"
    return next(iter(get_close_matches(word, WORDS, 1, ALIKE)), "")


def _ratio(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other).ratio()
