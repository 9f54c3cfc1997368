"""Tell from a test's text that it asks for something which is lost when values are copied to another process.

There a solution passes, and so may a wrong answer: it gets copies, so what it does to them is not seen.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from backprop.again import parsed
from backprop.answers.changes import CHANGING

from .cell_names import PYTHONS, Owned

IDENTITY = {"id", "shares_memory", "may_share_memory", "getrefcount", "weakref"}
CLOCKS = {"perf_counter", "process_time", "monotonic", "timeit", "perf_counter_ns", "time_ns"}
CHANGES = CHANGING | {"add", "discard"}
SIMPLE = (ast.Assert, ast.Expr, ast.Assign, ast.AugAssign, ast.AnnAssign, ast.Delete)

SAME = "it asks whether two things are the same object"
TIME = "it measures time"
AFTER = "it looks at a value after it has handed it over"
SHARED = "it changes a value that the answer may share"


def needs_process(source: str, owned: Owned) -> str:
    """Return why a test has to run in the student's process, in words; "" where nothing in it says so."""
    tree = parsed(source)[1]
    words = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    words |= {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    if words & IDENTITY or any(_is_identity(node) for node in ast.walk(tree)):
        return SAME
    if words & CLOCKS:
        return TIME
    trusted = owned.sources | PYTHONS
    handed: set[str] = set()  # to the student's code
    came: set[str] = set()  # from it
    for statement in _statements(tree):
        if _changed(statement) & (handed | came):
            return SHARED
        calls = _calls(statement, trusted)
        if _checks(statement) and not calls and _read(statement) & handed:
            return AFTER
        handed |= {name for call in calls for part in [*call.args, *call.keywords] for name in _read(part)}
        if isinstance(statement, ast.Assign) and calls:
            came |= {node.id for target in statement.targets for node in ast.walk(target) if isinstance(node, ast.Name)}
    return ""


def _statements(tree: ast.Module) -> Iterator[ast.stmt]:
    """Return the simple statements of a test, those in blocks too, in order."""
    found = [node for node in ast.walk(tree) if isinstance(node, SIMPLE)]
    return iter(sorted(found, key=lambda node: node.lineno))


def _is_identity(node: ast.AST) -> bool:
    """Tell whether a comparison asks for the same object, and not for None, True or a type of Python's."""
    if not isinstance(node, ast.Compare) or not any(isinstance(op, ast.Is | ast.IsNot) for op in node.ops):
        return False
    sides = [node.left, *node.comparators]
    return not any(isinstance(one, ast.Constant) or (isinstance(one, ast.Name) and one.id in PYTHONS) for one in sides)


def _calls(node: ast.AST, trusted: frozenset[str]) -> list[ast.Call]:
    """Return the calls of what is not the source's: of the student's functions, and of methods of their objects."""
    calls = [one for one in ast.walk(node) if isinstance(one, ast.Call)]
    return [one for one in calls if (root := _root(one.func)) and root not in trusted]


def _checks(statement: ast.stmt) -> bool:
    if isinstance(statement, ast.Assert):
        return True
    call = statement.value if isinstance(statement, ast.Expr) else None
    if not isinstance(call, ast.Call):
        return False
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    return "assert" in name.lower()


def _changed(statement: ast.stmt) -> set[str]:
    """Return the names of values that a statement changes in place."""
    if isinstance(statement, ast.Assign | ast.Delete):
        return {_root(one) for one in statement.targets if isinstance(one, ast.Subscript)}
    if isinstance(statement, ast.AugAssign):
        return {_root(statement.target)}
    call = statement.value if isinstance(statement, ast.Expr) else None
    if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr in CHANGES:
        return {_root(call.func)}
    return set()


def _read(node: ast.AST) -> set[str]:
    return {one.id for one in ast.walk(node) if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Load)}


def _root(node: ast.expr) -> str:
    """Return the name at which an expression like `s.items[0].append` begins; "" where it begins with none."""
    while isinstance(node, ast.Subscript | ast.Attribute | ast.Starred):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""
