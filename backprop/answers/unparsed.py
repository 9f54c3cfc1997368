"""Find the cell of an answer that is no Python, and say what is wrong with it."""

from __future__ import annotations

import ast
import contextlib
import re
from collections.abc import Sequence

from ..magics import unwrapped
from .attempt import printable

BROKEN = (SyntaxError, ValueError, RecursionError, MemoryError)  # where a cell is no Python, or nested too deeply


def sentence(sources: Sequence[str], name: str) -> str:
    """Return what is wrong with the last cell that would give `name` a value; "" where that one is Python."""
    source = next((source for source in reversed(sources) if gives(name, source)), "")
    if not source or parsed(source)[1].body:
        return ""
    try:
        ast.parse(source)
    except SyntaxError as error:
        line = printable((error.text or "").strip())[:100]
        return f"the cell with `{name}` is no Python: {error.msg}, in line {error.lineno}: `{line}`."
    except BROKEN:
        pass  # nested too deeply to say more
    return ""


def gives(name: str, source: str) -> bool:
    """Return whether a cell would give `name` a value, whether or not it is Python."""
    pattern = rf"^[^\S\n]*(?:(?:async\s+)?(?:def|class)\s+{re.escape(name)}\b|{re.escape(name)}\s*=[^=])"
    return bool(re.search(pattern, source, re.MULTILINE))


def parsed(source: str) -> tuple[str, ast.Module]:
    """Return a cell that ran, and its tree; magics that are no Python become empty lines, and those on top fall off."""
    source = unwrapped(source)
    magic = ("%", "!", "?")
    plain = "\n".join("" if line.lstrip().startswith(magic) else line for line in source.splitlines())
    for code in (source, plain):
        with contextlib.suppress(*BROKEN):
            return code, ast.parse(code)
    return "", ast.Module([], [])
