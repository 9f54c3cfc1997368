"""Changes to a whole line: it is too much, stands elsewhere, or lacks a copy, a sign or a sum."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from ..signs import OPERATORS
from .place import Made, Place


def whole_line(place: Place, parts: list[ast.AST]) -> Made:
    """The line is too much, or is to add where it replaces."""
    statement = place.statement
    if isinstance(statement, ast.Break):
        yield "ends the loop", "break", place.replaced(statement, "continue")
    if not isinstance(statement, ast.Assign | ast.AugAssign | ast.Expr):
        return
    text = place.text(statement)
    match statement:
        case ast.AugAssign(target, operation, value) if type(operation) in OPERATORS:
            own = OPERATORS[type(operation)]
            for sign in ("+", "-", "*", "/", ""):
                if sign != own:
                    new = f"{place.text(target)} {sign}= {place.text(value)}"
                    yield "operation", text, place.replaced(statement, new)
        case ast.Assign([ast.Name() | ast.Attribute() | ast.Subscript() as target], value) if _in_a_loop(place):
            yield "replaces", text, place.replaced(statement, f"{place.text(target)} += {place.text(value)}")
    yield "line too much", text, place.replaced(statement, "pass")


def _in_a_loop(place: Place) -> bool:
    """Whether the line runs again and again, so that something may add up."""
    return any(isinstance(node, ast.For | ast.While) for node in place.path[:-1])


def neighbours(place: Place, parts: list[ast.AST]) -> Made:
    """The line comes too early or too late."""
    statement = place.statement
    if not isinstance(statement, ast.Assign | ast.AugAssign | ast.Expr):
        return
    text, (before, after) = place.text(statement), place.neighbours
    if isinstance(after, ast.Assign | ast.AugAssign | ast.Expr):
        swapped = place.replaced(after, text)
        yield "comes too early", text, Place(swapped, place.line).replaced(statement, place.text(after))
    if isinstance(before, ast.Assign | ast.AugAssign | ast.Expr):
        moved = place.replaced(statement, place.text(before))
        yield "comes too late", text, Place(moved, before.lineno).replaced(before, text)


def moves(place: Place, parts: list[ast.AST]) -> Made:
    """The line stands inside a loop and belongs outside, or the other way round."""
    statement, outer, text = place.statement, place.path[-2], place.text(place.statement)
    if not isinstance(statement, ast.Assign | ast.AugAssign | ast.Expr | ast.Return):
        return
    before, _ = place.neighbours
    if isinstance(outer, ast.For) and statement in outer.body:
        without = place.replaced(statement, "pass")
        inserted = f"{' ' * outer.col_offset}{text}"
        if statement is outer.body[-1]:
            yield "inside a loop", text, _with_line(without, outer.end_lineno or 0, inserted)
        if statement is outer.body[0] and not _names_in(statement, ast.Load) & _names_in(outer, ast.Store):
            yield "inside a loop", text, _with_line(without, outer.lineno - 1, inserted)
    elif isinstance(before, ast.For) and not isinstance(statement, ast.Return) and not _converts(statement):
        inserted = f"{' ' * before.body[-1].col_offset}{text}"
        yield "outside a loop", text, _with_line(place.replaced(statement, "pass"), before.end_lineno or 0, inserted)


def _converts(statement: ast.stmt) -> bool:
    """Whether a line only makes something else of one name, such as an array of a list.

    In a loop that makes a copy in each round, which can hide that a loop changes one array again and again.
    """
    match statement:
        case ast.Assign([ast.Name(name)], ast.Call(_, [ast.Name(other)])):
            return name == other
    return False


def conditions(place: Place, parts: list[ast.AST]) -> Made:
    """What is done under a condition should always be done, or never."""
    for test, always in _decided(place, parts):
        if always:
            yield "condition", place.text(test), place.replaced(test, "True")
        else:
            yield "false branch", place.text(test), place.replaced(test, "True")
        yield "true branch", place.text(test), place.replaced(test, "False")


def repeats(place: Place, parts: list[ast.AST]) -> Made:
    """What a loop does should be done only once."""
    if isinstance(place.statement, ast.For):
        rounds = place.text(place.statement.iter)
        first = f"(one for _, one in zip([0], {rounds}))"  # takes no more than one, of what may never end
        yield "repeats", rounds, place.replaced(place.statement.iter, first)


def _decided(place: Place, parts: list[ast.AST]) -> Iterator[tuple[ast.expr, bool]]:
    """Return the conditions of a line, and of each whether nothing else is done where it is false."""
    if isinstance(place.statement, ast.If):
        yield place.statement.test, not place.statement.orelse
    for node in parts:
        match node:
            case ast.IfExp(test) | ast.Call(ast.Attribute(_, "where"), [test, _, _]):
                yield test, False


CONVERTS = re.compile(r"(\w+\.)?(as)?(array|float|copy)\(\w+(, dtype=\w+)?\)$")  # of which no one forgets a sign
MAKES = re.compile(r"\w+\.(zeros|ones|full|empty)(_like)?\(")  # an array of equal numbers, which no one adds up


def _names_in(statement: ast.AST, context: type[ast.expr_context]) -> set[str]:
    nodes = [node for node in ast.walk(statement) if isinstance(getattr(node, "ctx", None), context)]
    return {node.id if isinstance(node, ast.Name) else getattr(node, "attr", "") for node in nodes} - {""}


def _with_line(source: str, after: int, line: str) -> str:
    """Return the source with one line more, after the line of this number."""
    lines = source.split("\n")  # as Python counts lines: a text may hold other marks of an end
    return "\n".join([*lines[:after], line, *lines[after:]])


def _parts(value: ast.expr) -> list[ast.expr]:
    return value.elts if isinstance(value, ast.Tuple) else [value]


def _shares(value: ast.expr) -> bool:
    """Say whether a value is an array that has another name already: by itself, as a slice, or as a transpose."""
    match value:
        case ast.Name() | ast.Attribute(ast.Name(), "T") | ast.Subscript(ast.Name(), ast.Slice(None, None, None)):
            return True
    return False


def copies(place: Place, parts: list[ast.AST]) -> Made:
    """A copy is missing of a value of the line."""
    for node in parts:
        match node:
            case ast.Call(ast.Attribute(_, "append"), [ast.Name(name) as one]):
                yield "copy missing", name, place.replaced(one, f"{name}.copy()")
    if isinstance(place.statement, ast.Assign):
        several = _parts(place.statement.value)
        for part in filter(_shares, several):
            yield "copy missing", place.text(part), place.replaced(part, f"({place.text(part)}).copy()")
        if len(several) > 1 and all(map(_shares, several)):
            copied = ", ".join(f"({place.text(part)}).copy()" for part in several)
            yield "copy missing", place.text(several[0]), place.replaced(place.statement.value, copied)


def missing(place: Place, parts: list[ast.AST]) -> Made:
    """A sign or a sum is missing around a value of the line."""
    value = getattr(place.statement, "value", None)
    if not isinstance(value, ast.expr) or isinstance(place.statement, ast.Expr):
        return
    text = place.text(value)
    if not CONVERTS.match(text):
        yield "sign", text, place.replaced(value, f"-({text})")
    if MAKES.match(text):
        return
    yield "sum missing", text, place.replaced(value, f"np.sum({text}, axis=1, keepdims=True)")
    yield "sum missing", text, place.replaced(value, f"np.sum({text})")
