"""Cells that only show: handed out to draw or to print, left as they were, and needed by nothing that is graded.

`examiner freeze` proves that the solution passes every test without any of them: it runs set-up, answers and tests
alone. What is left to find out for a submission is whether the student's own code uses a name that such a cell gives a
value. Nothing is run here, and whatever cannot be told is run.
"""

from __future__ import annotations

import ast
import re
import symtable
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from nbformat import NotebookNode

from backprop.answers.unparsed import BROKEN, MOST_OF_A_CELL

from ..course.source_notebook import grade_id
from ..runner.limits import Limits
from ..runner.outputs import NotebookTotals, Outputs
from ..submission.expected_cells import ExpectedCells

# Ways to a name that no analysis of names can see; Out and In are IPython's own. They are looked for as words, in texts
# too. `getattr` is not one of them: the notebook's names are attributes or entries of a module, a function, a frame or
# the shell alone, and whoever takes those from there writes one of these words, as in `getattr(f, "__globals__")`. Who
# puts the word together, so that it stands nowhere, can lose points by it and win none.
UNSEEN = {
    "globals", "locals", "vars", "dir", "eval", "exec", "compile", "get_ipython", "In", "Out", "__main__", "modules",
    "inspect", "importlib", "__globals__", "f_globals", "f_locals", "user_ns", "user_global_ns",
}  # fmt: skip
AT_ONCE = {"listcomp", "setcomp", "dictcomp"}  # tables of their own, which are read as the cell runs
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
MAGIC = re.compile(r"^[^\S\n]*[%!?]|\?[^\S\n]*$", re.MULTILINE)  # a run of empty lines must not cost its square
MOST_CELLS, MOST_TEXT = 200, 100_000  # of a student's own that are looked through, and characters in them


@dataclass(frozen=True)
class Cell:
    """One cell that is no test, with what its names say."""

    cell: NotebookNode
    place: int
    is_shown: bool  # handed out to be run, and as it was handed out
    is_as_released: bool

    @property
    def is_own(self) -> bool:
        """Whether the student wrote or changed it."""
        return not (self.is_shown or self.is_as_released)

    def needs(self, other: Cell, for_sure: list[Cell]) -> bool:
        """Tell whether this cell may read a name that `other` gives a value; `for_sure` are those that run."""
        given = gives(other.cell.source)
        if given is None or given & reads_later(self.cell.source):
            return True
        read = given & reads_at_once(self.cell.source) if other.place < self.place else frozenset()
        for cell in for_sure if read else ():
            if other.place < cell.place < self.place:
                read -= gives(cell.cell.source) or frozenset()
        return bool(read)


def only_shown(cells: Iterable[NotebookNode], expected: ExpectedCells) -> list[NotebookNode]:
    """Return the code cells that need not run for any verdict."""
    found = read(cells, expected)
    runs, shows = [one for one in found if not one.is_shown], [one for one in found if one.is_shown]
    if is_unclear(found):
        return []
    for_sure = [one for one in runs if one.is_as_released]
    new = runs
    while new:
        new = [one for one in shows if any(other.needs(one, for_sure) for other in new)]
        shows = [one for one in shows if one not in new]
    return [one.cell for one in shows]


def read(cells: Iterable[NotebookNode], expected: ExpectedCells) -> list[Cell]:
    """Return the code cells that are no tests."""
    return [
        Cell(cell, place, _is_shown(cell, expected), _is_as_released(cell, expected))
        for place, cell in enumerate(cells)
        if cell.cell_type == "code" and not _is_test(cell, expected)
    ]


def own(cells: Iterable[NotebookNode], expected: ExpectedCells) -> list[str]:
    """Return the texts of what the student wrote or changed, tests left out."""
    return [one.cell.source for one in read(cells, expected) if one.is_own]


def is_unclear(cells: Iterable[Cell]) -> bool:
    """Tell whether what the student wrote may reach names that it does not name, or is too much to be looked through.

    Looking through is no part of what a submission's process may take, so it must not depend on the student.
    """
    own = [one.cell.source for one in cells if one.is_own]
    too_much = len(own) > MOST_CELLS or sum(map(len, own)) > MOST_TEXT or max(map(len, own), default=0) > MOST_OF_A_CELL
    return too_much or any(map(_is_unclear, own))


def within(limits: Limits, shown: Iterable[NotebookNode], totals: NotebookTotals) -> list[NotebookNode]:
    """Return what a student's own run of a cell showed, as far as there is room for it."""
    outputs = Outputs(limits, totals)
    for output in shown:
        if output.output_type == "stream":
            outputs.add({"event": "stream", "name": output.name, "text": output.text})
        elif output.output_type == "display_data":
            outputs.add({"event": "display", "data": dict(output.data), "metadata": {}})
    return outputs.found


def works_when_run(source: str) -> bool:
    """Tell whether a cell does more than define functions and give constants names: then chance may have a part."""
    try:
        body = ast.parse(source).body
    except BROKEN:
        return True
    for node in body:
        if isinstance(node, ast.Raise):  # as in an answer that was never begun: nothing after it runs
            return not _is_plain_raise(node)
        if not is_quiet(node):
            return True
    return False


def is_quiet(node: ast.stmt) -> bool:
    """Tell whether a statement only defines something, or gives a constant a name."""
    quiet = (ast.FunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom, ast.Pass)
    return isinstance(node, quiet) or _is_constant(node)


def _is_constant(node: ast.stmt) -> bool:
    if not isinstance(node, ast.Assign | ast.AnnAssign | ast.Expr) or node.value is None:
        return False
    return not any(isinstance(part, ast.Name | ast.Call | ast.Await | ast.Yield) for part in ast.walk(node.value))


def _is_plain_raise(node: ast.Raise) -> bool:
    raised = node.exc.func if isinstance(node.exc, ast.Call) and not node.exc.keywords else node.exc
    given = node.exc.args if isinstance(node.exc, ast.Call) else []
    return node.cause is None and isinstance(raised, ast.Name) and all(isinstance(one, ast.Constant) for one in given)


def gives_to(sources: Iterable[str], reader: str) -> bool:
    """Tell whether cells may give a value to a name that the cell `reader` reads."""
    read = reads_at_once(reader) | reads_later(reader)
    return any((given := gives(source)) is None or given & read for source in sources)


def _is_test(cell: NotebookNode, expected: ExpectedCells) -> bool:
    known = expected.known.get(grade_id(cell))
    return known is not None and known.grade and not known.solution


def _is_shown(cell: NotebookNode, expected: ExpectedCells) -> bool:
    place = expected.place_of(cell)
    return place is not None and not place.needed and _is_as_released(cell, expected)


def _is_as_released(cell: NotebookNode, expected: ExpectedCells) -> bool:
    place = expected.place_of(cell)
    return place is not None and place.cell_type == "code" and place.source == cell.source


def _is_unclear(source: str) -> bool:
    """Tell whether a cell may reach names that it does not name."""
    return bool(MAGIC.search(source) or UNSEEN & set(re.findall(r"\w+", source)) or "_" in reads_at_once(source))


def _tables(source: str) -> Iterator[symtable.SymbolTable]:
    """Yield the table of names of a cell, and those of all functions and classes in it; none where it is no Python."""
    try:
        todo = [symtable.symtable(source, "cell", "exec")]
    except BROKEN:
        return  # it never runs
    while todo:
        table = todo.pop()
        todo += table.get_children()
        yield table


@lru_cache(1000)
def reads_later(source: str) -> frozenset[str]:
    """Return the global names that functions of a cell may read, whenever they are called."""
    inner = [table for table in _tables(source) if table.get_type() != "module" and table.get_name() not in AT_ONCE]
    return frozenset(one.get_name() for table in inner for one in table.get_symbols() if one.is_global())


@lru_cache(1000)
def reads_at_once(source: str) -> frozenset[str]:
    """Return the names that a cell reads as it runs, before it has given them a value itself."""
    try:
        body = ast.parse(source).body
    except BROKEN:
        return frozenset()
    return frozenset(unbound(body, set()))


def unbound(body: list[ast.stmt], given: set[str]) -> set[str]:
    """Return the names that statements read and that are not in `given`, to which is added what they give for sure."""
    found: set[str] = set()
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found |= _loaded(node) - given if isinstance(node, ast.ClassDef) else _loaded_by_head(node) - given
            given.add(node.name)
        elif isinstance(node, ast.For):
            found |= _loaded(node.iter) - given
            found |= unbound(node.body, given | _stored(node.target)) | unbound(node.orelse, set(given))
        elif isinstance(node, ast.Assign):
            found |= (_loaded(node.value) | set().union(*map(_loaded, node.targets))) - given
            given |= set().union(*map(_stored, node.targets))
        elif isinstance(node, ast.Import | ast.ImportFrom):
            given |= {(alias.asname or alias.name).split(".")[0] for alias in node.names}
        else:  # what else gives a name may not come to that
            names = _loaded(node) | (_stored(node) if isinstance(node, ast.AugAssign | ast.Delete) else set())
            found |= names - given
    return found


def _loaded(node: ast.AST) -> set[str]:
    """Return the names that are read anywhere in a node, but for those that a comprehension gives to itself alone."""
    found, own = set[str](), Counter[str]()
    todo: list[ast.AST | tuple[int, set[str]]] = [node]
    while todo:
        part = todo.pop()
        if isinstance(part, tuple):  # where a comprehension begins or ends
            change, names = part
            own.update(dict.fromkeys(names, change))
        elif isinstance(part, COMPREHENSIONS):
            first = part.generators[0]
            names = set().union(*(_stored(one.target) for one in part.generators))
            inner = [one for one in ast.iter_child_nodes(part) if one is not first]
            todo += [(-1, names), *inner, first.target, *first.ifs, (1, names), first.iter]  # this is read outside
        else:
            if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Load) and not own[part.id]:
                found.add(part.id)
            todo += ast.iter_child_nodes(part)
    return found


def _loaded_by_head(node: ast.FunctionDef | ast.AsyncFunctionDef) -> set[str]:
    heads = [*node.decorator_list, *node.args.defaults, *(one for one in node.args.kw_defaults if one)]
    return set().union(*map(_loaded, heads))


def _stored(node: ast.AST) -> set[str]:
    return {part.id for part in ast.walk(node) if isinstance(part, ast.Name) and not isinstance(part.ctx, ast.Load)}


@lru_cache(1000)
def gives(source: str) -> frozenset[str] | None:
    """Return the global names that a cell gives a value; None where that cannot be told."""
    if MAGIC.search(source) or "import *" in source:
        return None
    found: set[str] = set()
    for table in _tables(source):
        top = table.get_type() == "module"
        for one in table.get_symbols():
            if (top or one.is_declared_global()) and (one.is_assigned() or one.is_imported() or one.is_namespace()):
                found.add(one.get_name())
    return frozenset(found)
