"""Run changed solutions of an ordinary assignment through its own tests, and keep those that lose no point.

An assignment with checks needs none of this: its mutants run on frozen inputs (`examiner.authoring.holes`).
"""

from __future__ import annotations

import ast
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from nbgrader import utils

from backprop.answers.unparsed import BROKEN

from ..authoring.holes import Holes, Known
from ..authoring.mutants import lazy_answers, mutants_of
from ..course import source_notebook
from ..judging.testcells import Tested
from ..runner.limits import Limits
from .choose_ways import cells_of, handed_out, plan_of, run_solution

SECONDS, TIMES = 3.0, 3  # for one cell of a mutant, which may never end: at least, and of what the whole solution took
Run = Callable[[str], Mapping[str, Tested]]  # of another answer: what became of the tests


def holes(path: Path, ignored: list[str], known: Known = ()) -> Iterator[Holes]:
    """Yield for each answer of a source notebook which of its mutants pass all tests.

    `ignored` are the patterns of files that no student is given, and `known` the changes that an author says are none.
    Raises `ExaminerError` where the solution itself fails a test.
    """
    notebook = source_notebook.read(path)
    plan = plan_of(notebook, path.stem, path.parent, ignored)
    if plan is None:  # there is no test
        return
    cells = cells_of(notebook)
    by_hand = {source_notebook.grade_id(cell) for cell in notebook.cells if utils.is_grade(cell)}
    with tempfile.TemporaryDirectory(prefix="examiner-") as private:
        folder = handed_out(path.parent, Path(private, path.parent.name), ignored)
        began = time.monotonic()
        want = _earned(run_solution(plan, cells, folder, path.parent))
        limits = Limits(cell_seconds=max(SECONDS, TIMES * (time.monotonic() - began)))
        run = partial(run_solution, plan, folder=folder, source=path.parent, limits=limits)
        for place, cell in enumerate(cells):
            if cell.role == "solution" and cell.name not in by_hand and _is_plain_python(cell.source):
                yield _of_answer(cell.name, cell.source, partial(_changed, run, cells, place), want, known)


def _of_answer(name: str, source: str, run: Run, want: dict, known: Known) -> Holes:
    found = Holes(name)
    for mutant in (*lazy_answers(source), *mutants_of(source)):
        found.made += 1
        if _earned(run(mutant.source)) == want:
            said = (name, mutant.before, mutant.after) in known
            (found.equal if said else found.pass_everything).append(mutant)
    return found


def _changed(run: Callable, cells: list, place: int, source: str) -> Mapping[str, Tested]:
    return run(cells=[*cells[:place], replace(cells[place], source=source), *cells[place + 1 :]])


def _is_plain_python(source: str) -> bool:
    try:
        ast.parse(source)
    except BROKEN:  # a magic, say, which no change can be made around
        return False
    return True


def _earned(tested: Mapping[str, Tested]) -> dict[str, tuple]:
    return {name: (one.passed, one.number) for name, one in tested.items()}
