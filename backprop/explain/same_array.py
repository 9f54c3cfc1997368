"""Say where an answer changes an array that it still needs: under a second name, or by a result put into it."""

from __future__ import annotations

import ast
from itertools import islice

import numpy as np

from ..answers.attempt import Attempt
from ..answers.tables import Check
from .forms import (
    ONE_OBJECT,
    ONE_OBJECT_ASK,
    ONE_ROW,
    ONE_ROW_ASK,
    SECOND_NAME,
    SECOND_NAME_ASK,
    STORED_IN_ITSELF,
    STORED_IN_ITSELF_ASK,
    Form,
)
from .in_the_text import functions_asked_for

TAKE_TWO = {"maximum", "minimum", "multiply", "add", "subtract", "divide", "power", "dot", "matmul"}
MOST_LINES = 50  # that are looked at one by one: each is held against the whole function


def one_object(check: Check, attempt: Attempt) -> Form | None:
    """Say which names one line gives to the same array, of which entries are set under one of them."""
    for function in functions_asked_for(check, attempt):
        set_in = {part.value.id for part in ast.walk(function) if isinstance(part, ast.Subscript)
                  and isinstance(part.ctx, ast.Store) and isinstance(part.value, ast.Name)}  # fmt: skip
        for line in ast.walk(function):
            names = _same_object(line) if isinstance(line, ast.Assign) else []
            if len(names) > 1 and set_in.intersection(names):
                told = ONE_OBJECT.format(names=" and ".join(f"`{name}`" for name in names), line=line.lineno)  # type: ignore[attr-defined]
                return Form("one-array-two-names", told, ONE_OBJECT_ASK)
    return None


def one_row(check: Check, attempt: Attempt) -> Form | None:
    """Say which line makes a table of one and the same row, as `[[0] * 2] * 3` does, whose entries are then set."""
    for function in functions_asked_for(check, attempt):
        for line in ast.walk(function):
            match line:
                case ast.Assign([ast.Name(name)], ast.BinOp(ast.List([inner]), ast.Mult())) if not isinstance(
                    inner, ast.Constant
                ) and _sets_in_a_row(function, name):
                    told = ONE_ROW.format(name=name, line=line.lineno)
                    return Form("one-row-many-times", told, ONE_ROW_ASK.format(name=name))
    return None


def _sets_in_a_row(function: ast.FunctionDef, name: str) -> bool:
    """Whether an entry of a row is set, as in `a[i][j] = x`."""
    for node in ast.walk(function):
        match node:
            case ast.Subscript(ast.Subscript(ast.Name(held)), ctx=ast.Store()) if held == name:
                return True
    return False


def second_name(check: Check, attempt: Attempt) -> Form | None:
    """Say which line gives a second name to an array whose entries are then set under it, and read under the first."""
    for function in functions_asked_for(check, attempt):
        for line in islice((node for node in ast.walk(function) if isinstance(node, ast.Assign)), MOST_LINES):
            match line:
                case ast.Assign([ast.Name(one)], ast.Name(other)):
                    pass
                case ast.Assign([ast.Name(one)], ast.Subscript(ast.Name(other), ast.Slice(None, None))) if (
                    other in _arrays(check, function)  # of a list, it is a copy
                ):
                    pass
                case _:
                    continue
            if one != other and _is_read_again(other, one, line, function):
                told = SECOND_NAME.format(line=ast.unparse(line), one=one, other=other)
                return Form("second-name", told, SECOND_NAME_ASK.format(one=one, other=other))
    return None


def stored_in_itself(check: Check, attempt: Attempt) -> Form | None:
    """Say which line has NumPy put a result into an array that is read again, as `np.maximum(z, 0, z)` does."""
    for function in functions_asked_for(check, attempt):
        reads = [node for node in ast.walk(function) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)]
        for node in ast.walk(function):
            name = _fed_back(node) if isinstance(node, ast.Call) else ""
            if name and any(read.id == name and read.lineno > node.lineno for read in reads):  # type: ignore[attr-defined]
                told = STORED_IN_ITSELF.format(call=ast.unparse(node), name=name)
                return Form("stored-in-itself", told, STORED_IN_ITSELF_ASK.format(name=name))
    return None


def _fed_back(call: ast.Call) -> str:
    """Return the name of the array that a function of NumPy's works with, and puts its result into."""
    match call:
        case ast.Call(ast.Attribute(ast.Name("np"), name), [_, _, ast.Name(place)]) if name in TAKE_TWO:
            pass
        case ast.Call(ast.Attribute(ast.Name("np")), _, [ast.keyword("out", ast.Name(place))]):
            pass
        case _:
            return ""
    return place if any(isinstance(one, ast.Name) and one.id == place for one in call.args[:2]) else ""


def _arrays(check: Check, function: ast.FunctionDef) -> set[str]:
    """Return the arguments that this check hands out as arrays."""
    if check.stored.get("given") is None:
        return set()
    given = check.given()
    values = given if isinstance(given, tuple) else (given,)
    pairs = zip(function.args.args, values, strict=False)
    return {argument.arg for argument, value in pairs if isinstance(value, np.ndarray)}


def _is_read_again(name: str, alias: str, given: ast.Assign, function: ast.FunctionDef) -> bool:
    """Whether a name is read after an entry was set under its alias, or in the next round of a loop around that."""
    entries, reads = _set_and_read(function, name, alias, given.lineno)
    if not entries or not reads:
        return False
    loops = (loop for loop in ast.walk(function) if isinstance(loop, ast.For | ast.While))
    return max(reads) > min(entries) or any(all(_set_and_read(loop, name, alias, given.lineno)) for loop in loops)


def _set_and_read(of: ast.AST, name: str, alias: str, after: int) -> tuple[list[int], list[int]]:
    """Return the lines that set an entry under an alias, and those that read a name."""
    entries, reads = [], []
    for node in ast.walk(of):
        match node:
            case ast.Subscript(ast.Name(own), ctx=ast.Store()) if own == alias and node.lineno > after:
                entries.append(node.lineno)
            case ast.Name(own, ast.Load()) if own == name:
                reads.append(node.lineno)
    return entries, reads


def _same_object(line: ast.Assign) -> list[str]:
    """Return the names that a line gives to one new object: `a = b = np.zeros(3)`, `a, b = [x.copy()] * 2`."""
    match line:
        case ast.Assign([ast.Tuple(names)], ast.BinOp(ast.List([one]), ast.Mult())) if not isinstance(
            one, ast.Constant
        ):
            pass
        case ast.Assign([_, _, *_] as names, ast.Call() | ast.List() | ast.ListComp()):
            pass
        case _:
            return []
    return [name.id for name in names if isinstance(name, ast.Name)]
