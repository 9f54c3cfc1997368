"""Judge an exercise again with right functions in place of the student's wrong ones.

An exercise that builds on a wrong function fails with it. Here the reference solution takes that function's place: the
student's code calls it across the process boundary, so that its code stays in this process. It answers only while an
exercise is judged again, and after everything else has been judged, so that no other verdict can depend on it. Lent are
only exercises before the one that is judged: `gradients` could be had back from a `sgd_step` that is lent to it.
"""

from __future__ import annotations

import ast
import contextlib
import io
import linecache
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial

from backprop.answers.tables import Exercise

from ..course.source_notebook import Cell
from ..runner.notebook_runner import NotebookRunner
from .reference_process import ReferenceProcess


def earlier(exercise: str, exercises: Mapping[str, Exercise]) -> list[str]:
    """Return the exercises before `exercise` that do not build on it, in the order of the notebook.

    No others may be lent to it: one that builds on it would give its answer away.
    """
    if exercise not in exercises:
        return []
    order = list(exercises)
    before = order[: order.index(exercise)]
    return [one for one in before if exercise not in _built_on(one, exercises)]


def wrong_before(exercise: str, failed: Collection[str], exercises: Mapping[str, Exercise]) -> list[str]:
    """Return the failed earlier exercises that `exercise` builds on, directly or not, in the order of the notebook."""
    built_on = _built_on(exercise, exercises) & set(failed)
    return [one for one in earlier(exercise, exercises) if one in built_on]


def _built_on(exercise: str, exercises: Mapping[str, Exercise]) -> set[str]:
    found: set[str] = set()
    todo = [exercise]
    while todo:
        one = todo.pop()
        needs = exercises[one].needs if one in exercises else ()
        todo += set(needs) - found
        found |= set(needs)
    return found & exercises.keys()


class Reference:
    """The functions of a source notebook's solutions, by exercise; run when they are first asked for."""

    def __init__(self, cells: Sequence[Cell]):
        self.cells = cells
        self._names: dict | None = None

    def functions(self, exercise: str) -> dict[str, Callable]:
        """Return what the solution of `exercise` defines: functions, and the methods of classes as "Net.train"."""
        names = self._run()
        found: dict[str, Callable] = {}
        for cell in self.cells:
            if cell.role == "solution" and cell.exercise == exercise and cell.only_defines:
                for node in cell.tree.body:
                    if isinstance(node, ast.FunctionDef):
                        found[node.name] = names[node.name]
                    elif isinstance(node, ast.ClassDef):
                        methods = [part.name for part in node.body if isinstance(part, ast.FunctionDef)]
                        found |= {f"{node.name}.{name}": vars(names[node.name])[name] for name in methods}
        return found

    def process(self, runner: NotebookRunner, exercises: Iterable[str], seconds: float) -> ReferenceProcess:
        """Return what answers calls of the functions of these exercises, in one process for all that is judged again.

        Each call may take `seconds`: a student's code may have chosen its arguments.
        """
        functions = {name: function for one in exercises for name, function in self.functions(one).items()}
        return ReferenceProcess(runner, functions, seconds)

    def _run(self) -> dict:
        if self._names is None:
            self._names = {"__name__": "__main__"}
            with contextlib.redirect_stdout(io.StringIO()):
                for cell in self.cells:
                    if cell.role == "setup" or (cell.role == "solution" and cell.only_defines):
                        name = f"<reference {cell.name}>"
                        linecache.cache.pop(name, None)  # its lines are shown to nobody
                        exec(compile(cell.source, name, "exec"), self._names)
        return self._names


@contextlib.contextmanager
def standing_in(reference: ReferenceProcess, names: Collection[str]) -> Iterator[None]:
    """Let the reference answer in the student's process under these names, and the student's own again afterwards."""
    bound = []
    try:
        for name in names:
            reference.runner.stand_in(name, partial(reference.call, name))
            bound.append(name)
        yield
    finally:
        for name in reversed(bound):
            reference.runner.stand_in(name, None)
