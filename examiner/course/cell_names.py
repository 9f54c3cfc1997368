"""Whose a name is at each test of a notebook: the source's, which locked cells and tests bind, or the student's.

Told from the text of the cells, in their order: the last cell before a test that binds a name owns it. Of cells that
are handed out and may be changed, only the imports are the source's; what a solution imports stays the source's where
one of these has imported the same.
"""

from __future__ import annotations

import ast
import builtins
import importlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from backprop.again import parsed

SURE = ("locked", "test")
PYTHONS = frozenset(name for name in dir(builtins) if not name.startswith("_"))


@dataclass(frozen=True)
class NotebookCell:
    """A code cell, in the order of the notebook."""

    name: str
    source: str
    role: str  # "locked", "test", "solution", or "handed" for what students are given and may change


@dataclass(frozen=True)
class Owned:
    """What is known of the names at one cell."""

    sources: frozenset[str] = frozenset()
    students: frozenset[str] = frozenset()
    binds: frozenset[str] = frozenset()  # by the cell itself
    needs: frozenset[str] = frozenset()  # earlier tests that bind what it reads

    @property
    def students_of_python(self) -> tuple[str, ...]:
        return tuple(sorted(self.students & PYTHONS))


def owned(cells: Iterable[NotebookCell]) -> dict[str, Owned]:
    """Return for each locked cell and each test, by name, whose the names are when it runs."""
    owner: dict[str, tuple[str, str]] = {}  # of a name: role and name of a cell
    found: dict[str, Owned] = {}
    for cell in cells:
        binds, imports = bound(cell.source), imported(cell.source)
        if cell.role in SURE:
            read = read_before_bound(cell.source)
            found[cell.name] = Owned(
                frozenset(name for name, (role, _) in owner.items() if role != "student"),
                frozenset(name for name, (role, _) in owner.items() if role == "student"),
                frozenset(binds),
                frozenset(owner[name][1] for name in read if name in owner and owner[name][0] == "test"),
            )
        for name in binds:
            if cell.role in SURE or (cell.role == "handed" and name in imports):
                owner[name] = (cell.role, cell.name)
            elif name not in imports or owner.get(name, ("", ""))[0] not in ("locked", "handed"):
                owner[name] = ("student", cell.name)
    return found


def bound(source: str) -> set[str]:
    """Return the names that a cell binds in the notebook: by itself, and by `global` in its functions."""
    tree = parsed(source)[1]
    names = {name for node in ast.walk(tree) if isinstance(node, ast.Global) for name in node.names}
    for node in _own(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            names |= set(_names_of(node))
    return names


def imported(source: str) -> set[str]:
    """Return the names that a cell binds by imports."""
    return {
        name
        for node in _own(parsed(source)[1])
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in _names_of(node)
    }


def imports_of(sources: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Return what cells import on their own level, by the name they give it: (module, part of it or "")."""
    found: dict[str, tuple[str, str]] = {}
    for source in sources:
        for node in parsed(source)[1].body:
            if isinstance(node, ast.Import):
                for alias in node.names:
                    whole = alias.name if alias.asname else alias.name.split(".")[0]
                    found[alias.asname or whole] = (whole, "")
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names = [(one.asname or one.name, one.name) for one in node.names if one.name != "*"]
                if len(names) < len(node.names):
                    names += [(name, name) for name in public_names(node.module)]
                found |= {name: (node.module, part) for name, part in names}
    return found


def modules_of(sources: Iterable[str]) -> tuple[str, ...]:
    """Return the modules that cells import, anywhere in them."""
    found: set[str] = set()
    for source in sources:
        for node in ast.walk(parsed(source)[1]):
            if isinstance(node, ast.Import):
                found |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found.add(node.module)
    return tuple(sorted(found))


def read(source: str) -> set[str]:
    """Return all names that a cell reads, in its functions too."""
    tree = parsed(source)[1]
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Store)}


def read_before_bound(source: str) -> set[str]:
    """Return the names that a cell reads before it has bound them, as far as the order of its statements tells."""
    found: set[str] = set()
    have: set[str] = set()
    for statement in parsed(source)[1].body:
        text = ast.unparse(statement)
        own = bound(text)
        # A function reads what is there when it is called; an assignment reads before it binds.
        late = {statement.name} if isinstance(statement, ast.FunctionDef | ast.ClassDef) else set()
        blocks = own if isinstance(statement, ast.For | ast.With | ast.Try | ast.If | ast.While) else late
        found |= read(text) - have - blocks - _inner(statement)
        have |= own
    return found


def _inner(statement: ast.stmt) -> set[str]:
    """Return the names of parameters, and of what functions and comprehensions in a statement bind for themselves."""
    stored = {node.id for node in ast.walk(statement) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    arguments = {node.arg for node in ast.walk(statement) if isinstance(node, ast.arg)}
    return arguments | (stored - bound(ast.unparse(statement)))


def needed_statements(sources: Iterable[str], wanted: set[str]) -> list[list[ast.stmt]]:
    """Return of each cell the statements that bind what is `wanted`, and what these read in turn."""
    cells = [parsed(source)[1].body for source in sources]
    wanted, size = set(wanted), -1
    while size != len(wanted):
        size = len(wanted)
        for statement in (statement for body in cells for statement in body):
            text = ast.unparse(statement)
            if bound(text) & wanted:
                wanted |= read(text)
    return [[statement for statement in body if bound(ast.unparse(statement)) & wanted] for body in cells]


def _names_of(node: ast.Import | ast.ImportFrom) -> Iterator[str]:
    for alias in node.names:
        if alias.name == "*" and isinstance(node, ast.ImportFrom):
            yield from public_names(node.module or "")
        elif isinstance(node, ast.Import):
            yield alias.asname or alias.name.partition(".")[0]
        else:
            yield alias.asname or alias.name


def public_names(module: str) -> list[str]:
    """Return what `from module import *` binds; nothing of a module that is not installed here."""
    try:
        home = importlib.import_module(module)
    except Exception:
        return []
    return list(getattr(home, "__all__", [name for name in vars(home) if not name.startswith("_")]))


def _own(tree: ast.AST) -> Iterator[ast.AST]:
    """Return the nodes of a cell, those inside functions, classes and comprehensions left out."""
    todo: list[ast.AST] = list(ast.iter_child_nodes(tree))
    while todo:
        node = todo.pop()
        yield node
        inner = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda
        inner |= ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp
        if not isinstance(node, inner):
            todo += ast.iter_child_nodes(node)
