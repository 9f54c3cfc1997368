"""A line of a source: its statement, the function around that, and how to put something else there."""

from __future__ import annotations

import ast
from collections.abc import Iterator

UNREADABLE = (SyntaxError, ValueError, RecursionError, MemoryError, StopIteration, LookupError)
Made = Iterator[tuple[str, str, str]]  # the kind of a change, the part of the line, the source with the change


class Place:
    """A line of a source: its statement, the function around that, and how to put something else there."""

    def __init__(self, source: str, line: int):
        self.source, self.line = source, line
        self.bytes = source.encode()
        self.starts = [0]
        for each in self.bytes.splitlines(keepends=True):
            self.starts.append(self.starts[-1] + len(each))
        tree = ast.parse(source)
        self.path = path_to(tree, line)
        self.statement = self.path[-1]
        self.function = next(node for node in reversed(self.path) if isinstance(node, ast.FunctionDef))

    def text(self, node: ast.AST) -> str:
        start, end = self._span(node)
        return self.bytes[start:end].decode()

    def after(self, left: ast.AST, node: ast.AST) -> str:
        """Return what follows the left side of an operation, as it stands there: its sign and its right side."""
        return self.bytes[self._span(left)[1] : self._span(node)[1]].decode().lstrip(") \\\n")

    def before(self, node: ast.AST, right: ast.AST) -> str:
        """Return what comes before the right side of an operation, with its sign."""
        return self.bytes[self._span(node)[0] : self._span(right)[0]].decode().rstrip("( \\\n")

    def replaced(self, node: ast.AST, new: str) -> str:
        """Return the source with `new` for `node`."""
        start, end = self._span(node)
        return (self.bytes[:start] + new.encode() + self.bytes[end:]).decode()

    def exchanged(self, *nodes: ast.AST) -> str:
        """Return the source with two parts in each other's place."""
        (start, end), (then, last) = sorted(map(self._span, nodes))
        one, between, other = self.bytes[start:end], self.bytes[end:then], self.bytes[then:last]
        return b"".join((self.bytes[:start], other, between, one, self.bytes[last:])).decode()

    def around(self, part: str, new: str) -> str:
        """Return what is around a part that is changed, "" where the line has it only once."""
        text = self.text(self.statement)
        if text.count(part) < 2:
            return ""
        begin, _ = self._span(self.statement)
        there = enumerate(zip(self.bytes[begin:], new.encode()[begin:], strict=False), begin)
        changed = next((at for at, (old, other) in there if old != other), begin)
        spans = sorted(map(self._span, _expressions(self.statement)), key=lambda span: span[1] - span[0])
        texts = (self.bytes[start:end].decode() for start, end in spans if start <= changed < end)
        whole = next((one for one in texts if text.count(one) == 1 and part in one), text)
        return whole if whole != text else ""

    def _span(self, node: ast.AST) -> tuple[int, int]:
        start = self.starts[node.lineno - 1] + node.col_offset  # type: ignore[attr-defined]
        return start, self.starts[node.end_lineno - 1] + node.end_col_offset  # type: ignore[attr-defined]

    @property
    def neighbours(self) -> tuple[ast.stmt | None, ast.stmt | None]:
        """The statements before and after this one, in the same block."""
        body = next(
            block
            for block in (getattr(self.path[-2], name, ()) for name in ("body", "orelse", "finalbody"))
            if self.statement in block
        )
        at = body.index(self.statement)
        return (body[at - 1] if at else None), (body[at + 1] if at + 1 < len(body) else None)


def _expressions(statement: ast.AST) -> Iterator[ast.expr]:
    return (node for node in ast.walk(statement) if isinstance(node, ast.expr))


def path_to(tree: ast.AST, line: int) -> list[ast.AST]:
    """Return the nodes from the module to the innermost statement that begins at this line."""
    path = [tree]
    while True:
        inner = [
            child
            for block in ("body", "orelse", "finalbody")
            for child in getattr(path[-1], block, ())
            if isinstance(child, ast.stmt) and child.lineno <= line <= (child.end_lineno or 0)
        ]
        if not inner:
            break
        path.append(inner[-1])
    if getattr(path[-1], "lineno", 0) != line:
        raise LookupError(f"no statement begins at line {line}")
    return path


def own_parts(statement: ast.AST) -> list[ast.expr]:
    """Return the expressions of a statement, without the statements in it."""
    return [child for child in ast.iter_child_nodes(statement) if isinstance(child, ast.expr)]
