"""Find the cell of an answer that is no Python, and say what is wrong with it."""

from __future__ import annotations

import ast
import contextlib
import difflib
import re
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache

from ..magics import unwrapped
from .attempt import printable

BROKEN = (SyntaxError, ValueError, RecursionError, MemoryError)  # where a cell is no Python, or nested too deeply
MOST_NAMES, ALIKE = 500, 0.85  # names that are compared, and how alike two are, as `difflib` counts
# Characters that are looked through. A grader has no limit for this, and Python reads an f-string in the square of its
# length.
MOST_OF_A_CELL, MOST_OF_ALL = 50_000, 1_000_000
MOST_OF_AN_ANSWER = 50_000  # and that are read as the text of one answer
GIVES = r"^[^\S\n]*(?:(?:async\s+)?(?:def|class)\s+{name}\b|{name}\s*=(?!=|\Z))"
GIVES_AMONG_OTHERS = r"^(?:\w+\s*,\s*)*{name}\s*(?:,\s*\w+\s*)*=(?!=)"
EVERY_NAME = re.compile(GIVES.format(name=r"(\w+)"), re.MULTILINE)
MAGIC_LINE = re.compile(r"^([ \t]*)[%!?].*$", re.MULTILINE)


def sentence(sources: Sequence[str], name: str) -> str:
    """Return what is wrong with the last cell that would give `name` a value; "" where that one is Python."""
    source = next((source for source in reversed(sources) if gives(name, source)), "")
    return _what_is_wrong(source, name) if source and not is_python(source) else ""


@lru_cache(maxsize=512)
def _what_is_wrong(source: str, name: str) -> str:
    try:
        ast.parse(source)
    except SyntaxError as error:
        line = printable((error.text or "").strip())[:100]
        return f"the cell with `{name}` is not valid Python: {error.msg}, in line {error.lineno}: `{line}`."
    except BROKEN:
        pass  # nested too deeply to say more
    return ""


def gives(name: str, source: str) -> bool:
    """Return whether a cell would give `name` a value, whether or not it is Python."""
    patterns = (each.format(name=re.escape(name)) for each in (GIVES, GIVES_AMONG_OTHERS))
    return any(re.search(pattern, source, re.MULTILINE) for pattern in patterns)


def looked_through(sources: Sequence[object]) -> list[str]:
    """Return those of the cells that ran that are looked through: no giants, and of very many the last."""
    found, left = list[str](), MOST_OF_ALL
    for source in reversed(sources):
        if isinstance(source, str) and len(source) <= min(MOST_OF_A_CELL, left):
            found.append(source)
            left -= len(source)
    return found[::-1]


def parsed(source: str) -> tuple[str, ast.Module]:
    """Return a cell that ran, and its tree; both are empty where it is no Python."""
    return _python(source) or ("", ast.Module([], []))


def near(name: str, sources: Sequence[str], others: Collection[str]) -> str:
    """Return the name to which a cell gives a value that is nearest to `name`, none of `others`; "" where none is."""
    given = {one for source in sources for one in _given(source) if abs(len(one) - len(name)) < 3} - {name, *others}
    return next(iter(difflib.get_close_matches(name, sorted(given)[:MOST_NAMES], 1, ALIKE)), "")


def cells_of(sources: Sequence[str], names: Sequence[str], others: Collection[str]) -> ast.Module:
    """Return the last cells that give `names` values, with those of what they use, except for cells of `others`.

    Nothing is returned of an answer that is too long to be read.
    """
    last = {name: source for source in sources for name in _given(source)}
    own = [last[name] for name in names if name in last]
    if sum(map(len, dict.fromkeys(own))) > MOST_OF_AN_ANSWER:
        return ast.Module([], [])
    used = {node.id for source in own for part in _statements(source) for node in ast.walk(part)
            if isinstance(node, ast.Name)}  # fmt: skip
    helpers = [last[name] for name in sorted(used - set(names)) if name in last]
    helpers = [source for source in helpers if _given(source).isdisjoint(set(others) - set(names))]
    cells = list(dict.fromkeys([*own, *helpers]))
    if sum(map(len, cells)) > MOST_OF_AN_ANSWER:
        cells = list(dict.fromkeys(own))
    return ast.Module([statement for source in cells for statement in _statements(source)], [])


@lru_cache(maxsize=256)
def _given(source: str) -> frozenset[str]:
    """Return the names to which a cell would give values: where it is Python, not those inside its functions."""
    statements = _statements(source)
    if not statements:
        return frozenset(found[1] or found[2] for found in EVERY_NAME.finditer(source))
    return frozenset(name for statement in statements for name in _bound_outside(statement))


def _bound_outside(statement: ast.AST) -> Iterator[str]:
    """Yield the names that a statement gives values to, but for those inside functions and classes."""
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        yield statement.name
        return
    if isinstance(statement, ast.Name) and isinstance(statement.ctx, ast.Store):
        yield statement.id
    for part in ast.iter_child_nodes(statement):
        if not isinstance(part, ast.Lambda | ast.comprehension | ast.ListComp | ast.GeneratorExp):
            yield from _bound_outside(part)


@lru_cache(maxsize=512)
def _statements(source: str) -> list[ast.stmt]:
    return parsed(source)[1].body


@lru_cache(maxsize=512)
def is_python(source: str) -> bool:
    """Return whether a cell is Python, but for its magics and lines of shell."""
    return _python(source) is not None


def _python(source: str) -> tuple[str, ast.Module] | None:
    """Return a cell without its magics, and its tree."""
    source = unwrapped(source)
    # A magic may be all that a loop does, or stand further in than the lines around it.
    for code in dict.fromkeys((source, MAGIC_LINE.sub(r"\1pass", source), MAGIC_LINE.sub("", source))):
        with contextlib.suppress(*BROKEN):
            return code, ast.parse(code)
    return None
