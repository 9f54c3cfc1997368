"""Find the cell of an answer that is no Python, and say what is wrong with it."""

from __future__ import annotations

import ast
import contextlib
import re
from collections.abc import Collection, Sequence
from functools import lru_cache

from ..magics import unwrapped
from .attempt import printable

BROKEN = (SyntaxError, ValueError, RecursionError, MemoryError)  # where a cell is no Python, or nested too deeply
MAGIC_LINE = re.compile(r"^([ \t]*)[%!?].*$", re.MULTILINE)


def sentence(sources: Sequence[str], name: str) -> str:
    """Return what is wrong with the last cell that would give `name` a value; "" where that one is Python."""
    source = next((source for source in reversed(sources) if gives(name, source)), "")
    if not source or parsed(source)[1].body:
        return ""
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
    pattern = rf"^[^\S\n]*(?:(?:async\s+)?(?:def|class)\s+{re.escape(name)}\b|{re.escape(name)}\s*=[^=])"
    return bool(re.search(pattern, source, re.MULTILINE))


def parsed(source: str) -> tuple[str, ast.Module]:
    """Return a cell that ran, and its tree; both are empty where it is no Python."""
    return _python(source) or ("", ast.Module([], []))


def cells_of(sources: Sequence[str], names: Sequence[str], others: Collection[str]) -> ast.Module:
    """Return the last cells that give `names` values, with those of what they use, except for `others`."""
    own = [body for name in names for body in _last_giving(sources, name)]
    used = {node.id for statement in own for node in ast.walk(statement) if isinstance(node, ast.Name)}
    helpers = [body for name in sorted(used - set(names) - set(others)) for body in _last_giving(sources, name)]
    return ast.Module(list(dict.fromkeys([*own, *helpers])), [])


def _last_giving(sources: Sequence[str], name: str) -> list[ast.stmt]:
    source = next((source for source in reversed(sources) if gives(name, source)), "")
    return _statements(source)


@lru_cache(maxsize=64)
def _statements(source: str) -> list[ast.stmt]:
    return parsed(source)[1].body


def is_python(source: str) -> bool:
    """Return whether a cell is Python, but for its magics and lines of shell."""
    return _python(source) is not None


def _python(source: str) -> tuple[str, ast.Module] | None:
    """Return a cell without its magics, and its tree."""
    source = unwrapped(source)
    # A magic may be all that a loop does, or stand further in than the lines around it.
    for code in (source, MAGIC_LINE.sub(r"\1pass", source), MAGIC_LINE.sub("", source)):
        with contextlib.suppress(*BROKEN):
            return code, ast.parse(code)
    return None
