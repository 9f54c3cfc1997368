"""Answers that only their own test runs, on data of its own: such as a loop that trains a network for each size.

A test that asks `again` runs the text of a cell, and does not look at what the cell left behind. Where nothing else
looks at it either, the cell need not run by itself. Nothing is run here, and whatever cannot be told is run.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable
from functools import lru_cache

from nbformat import NotebookNode

from backprop.again import assigned
from backprop.answers.unparsed import BROKEN, parsed

from ..course.source_notebook import SOLUTION_PREFIX, grade_id
from ..submission.expected_cells import ExpectedCells
from .only_shown import Cell, gives, is_unclear, read, reads_at_once, reads_later, unbound

INNER = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda, ast.GeneratorExp)  # whose bodies run later


def only_again(
    cells: list[NotebookNode], expected: ExpectedCells, left_out: Iterable[NotebookNode]
) -> list[NotebookNode]:
    """Return the answers that need not run but when a test asks for them; the cells in `left_out` do not run either."""
    tests = [known.source for known in expected.known.values() if known.grade and not known.solution]
    try:
        asked = [names for test in tests for names in _asked(test)]
    except BROKEN:
        return []
    gone = {id(cell) for cell in left_out}
    found = [one for one in read(cells, expected) if id(one.cell) not in gone]
    if not asked or is_unclear(found):
        return []
    return [
        one.cell
        for one in found
        if grade_id(one.cell).startswith(SOLUTION_PREFIX)
        and _is_asked_for(one, asked, found)
        and not any(_reads(test, one) for test in tests)
        and not any(_uses(other, one) for other in found if other is not one)
    ]


def finds_nothing(test: str, cells: Iterable[str]) -> bool:
    """Tell whether an `again` of a test asks for a cell that there is not, whichever of them run."""
    try:
        asked = [names for names in _asked(test) if names]
    except BROKEN:
        return False
    given = [assigned(parsed(cell)[1]) for cell in cells] if asked else []
    return any(not any(names <= some for some in given) for names in asked)


@lru_cache(1000)  # of a class, everybody's tests are the same
def _asked(test: str) -> tuple[frozenset[str], ...]:
    """Return the names that each `again` of a test asks for."""
    return tuple(
        frozenset(str(name.value) for name in node.args if isinstance(name, ast.Constant))
        for node in ast.walk(ast.parse(test))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "again"
    )


def _is_asked_for(one: Cell, asked: list[frozenset[str]], cells: list[Cell]) -> bool:
    """Tell whether an `again` runs this cell and no other."""
    mine = _assigned(one.cell.source)
    others = set().union(*(_assigned(other.cell.source) for other in cells if other is not one))
    return any(names and names <= mine and not names & others for names in asked)


@lru_cache(1000)
def _assigned(source: str) -> frozenset[str]:
    try:
        return frozenset(assigned(ast.parse(source)))
    except BROKEN:
        return frozenset()


def _uses(other: Cell, one: Cell) -> bool:
    """Tell whether another cell may read a name that this one gives a value."""
    given = gives(one.cell.source)
    later = reads_later(other.cell.source)
    read = _reads_of_others(other.cell.source) if one.place < other.place else later
    return given is None or read is None or bool(given & read)


@lru_cache(1000)
def _reads_of_others(source: str) -> frozenset[str] | None:
    """Return the names that a cell or its functions may read, but for those that statements before have given.

    None where that cannot be told: a long sum is nested too deeply to be written out again.
    """
    try:
        body = ast.parse(source).body
        found, own = frozenset[str](), set[str]()
        for node in body:
            inner = any(isinstance(part, INNER) for part in ast.walk(node))
            later = reads_later(ast.unparse(node)) - own if inner else frozenset()
            found |= later | unbound([node], own)
            if isinstance(node, ast.Delete):
                own.clear()
    except BROKEN:
        return None
    return found


def _reads(test: str, one: Cell) -> bool:
    given = gives(one.cell.source)
    return given is None or bool(given & (reads_at_once(test) | reads_later(test)))
