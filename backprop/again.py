"""Run one of the student's cells again, with other data than it was written for.

Some exercises are a bare loop in a cell, not a function. To judge such code, and not the numbers it happened to leave
behind, it is run again on small frozen inputs, in a copy of the notebook's names.
"""

from __future__ import annotations

import ast
import contextlib
import io
import sys

from . import session
from .answers.source_lines import remember
from .answers.unparsed import parsed
from .errors import BackpropError

CELL = "<your cell, run again>"


class NotWrittenYet(BackpropError, NotImplementedError):
    """No cell that was run assigns the names an exercise asks for."""


def again(*names: str, **data):
    """Run the last cell that assigns all `names` again, with `data` bound over the notebook's names.

    Returns their new values as a dict. What the cell prints is dropped, and the notebook's own names stay as they are.
    Raises `NotWrittenYet` where no such cell has been run.
    """
    elsewhere = session.current().again
    if elsewhere:
        return elsewhere(names, data)
    return again_in(sys._getframe(1).f_globals, names, data)  # the check cell's own names


def again_in(notebook: dict, names: tuple[str, ...], data: dict) -> dict:
    """Do what `again` does in the names of `notebook`, in which IPython keeps the cells that ran as `In`."""
    for source in reversed(list(notebook.get("In", []))):
        code, tree = parsed(source)
        if set(names) <= assigned(tree):
            remember(CELL, code)
            with contextlib.redirect_stdout(io.StringIO()), _bound(notebook, data):
                exec(compile(tree, CELL, "exec"), notebook)
                return {name: notebook[name] for name in names}
    given = set().union(*(assigned(parsed(source)[1]) for source in notebook.get("In", [])))
    lacking = [name for name in names if name not in given] or names
    raise NotWrittenYet(" and ".join(f"`{name}`" for name in lacking))


@contextlib.contextmanager
def _bound(notebook: dict, data: dict):
    """Bind `data` in the notebook itself for a while, since functions of other cells may read its names too."""
    before = dict(notebook)
    notebook.update(data)
    try:
        yield
    finally:
        for name in notebook.keys() - before.keys():
            del notebook[name]
        notebook.update(before)


def assigned(tree: ast.Module) -> set[str]:
    """Return the names that a cell binds itself, loops and `with` included, bodies of functions left out."""
    names: set[str] = set()
    todo: list[ast.AST] = list(tree.body)
    while todo:
        node = todo.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda):
            continue
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
        todo += ast.iter_child_nodes(node)
    return names
