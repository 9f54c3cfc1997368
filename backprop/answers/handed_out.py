"""Lines of an answer that were handed out with its exercise: they are right, whatever is wrong around them.

A table keeps of each such statement a short code, which tells nobody what stands there.
"""

from __future__ import annotations

import ast
import zlib
from collections.abc import Collection

from .unparsed import BROKEN


def code_of(statement: ast.stmt) -> str:
    """Return what stands for a statement in a table: the same for another layout of the same text."""
    return f"{zlib.crc32(ast.unparse(statement).encode()):x}"


def is_handed_out(statement: ast.stmt, codes: Collection[str]) -> bool:
    """Tell whether a statement was handed out; False where it cannot be written out."""
    try:
        return code_of(statement) in codes
    except BROKEN:
        return False


def is_text_of(line: str, codes: Collection[str]) -> bool:
    """Tell whether a line of text is a statement that was handed out."""
    try:
        return bool(codes) and all(is_handed_out(one, codes) for one in ast.parse(line).body or [ast.Pass()])
    except BROKEN:
        return False


def lines_of(tree: ast.AST, codes: Collection[str]) -> set[int]:
    """Return the lines at which statements begin that were handed out."""
    return {node.lineno for node in statements(tree) if is_handed_out(node, codes)} if codes else set()


def statements(tree: ast.AST) -> list[ast.stmt]:
    """Return the statements of a cell that hold no others."""
    return [node for node in ast.walk(tree) if isinstance(node, ast.stmt) and not hasattr(node, "body")]
