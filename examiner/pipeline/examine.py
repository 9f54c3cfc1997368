"""Run a submission's cells in a sandbox, its test cells here, and note what each test cell earned.

This is the one step that decides what grades, in place of nbgrader's `Execute`. The student's cells run in a process of
their own that never sees a test; test cells come from the gradebook's record of the source, and run in this process.
All outputs of test cells are made here: nbgrader reads only what was judged, whatever a student prints or shows.
"""

from __future__ import annotations

import contextlib
import copy
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from nbformat import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Bool, Float, Integer

from backprop.answers.attempt import TIME_LIMIT

from ..course import source_notebook
from ..course.cell_names import NotebookCell, imports_of
from ..course.source_notebook import Cell
from ..judging.follow_through import Reference
from ..judging.graded_notebook import GradedNotebook
from ..judging.plan import Plan
from ..judging.testcells import TestCells
from ..runner.forkserver import shared_forkserver
from ..runner.limits import Limits, MiB
from ..runner.notebook_runner import NotebookRunner
from ..submission import helpers, notes
from ..submission.expected_cells import ExpectedCells, Place
from . import plans
from .budget import PAGE_SECONDS, SECONDS, Budget
from .usual import USUAL_IMPORTS, tables_of

UNSAFE = "This was graded without a sandbox: its code could reach everything that the grading user can."
CONTAINER = "This was graded in a container, as a user without rights: only the container confines its code."
DEFAULTS = Limits()
FOR_FOLLOW_THROUGH = 60.0  # seconds that judging again may take, whatever the notebook has used


class Examine(NbGraderPreprocessor):
    """Runs one notebook to its end, and gives every cell of it an outcome."""

    cell_seconds = Float(DEFAULTS.cell_seconds, help="Seconds for each of a student's cells").tag(config=True)
    seconds_after_first = Float(
        15, help="Seconds for each cell once one has run out of time: usually the same loop runs again"
    ).tag(config=True)
    check_seconds = Float(TIME_LIMIT, help="Seconds for each check").tag(config=True)
    notebook_seconds = Float(DEFAULTS.notebook_seconds, help="Seconds for a whole notebook").tag(config=True)
    submission_seconds = Float(
        SECONDS,
        help="Seconds of real time for all work on a submission: restarts, judging again and its page",
    ).tag(config=True)
    page_seconds = Float(PAGE_SECONDS, help="Seconds of processor time for its feedback page").tag(config=True)
    memory = Integer(DEFAULTS.memory // MiB, help="MiB of memory, for all processes of a submission together").tag(
        config=True
    )
    processes = Integer(DEFAULTS.processes, help="Processes and threads, besides those of NumPy").tag(config=True)
    files = Integer(DEFAULTS.files // MiB, help="MiB of files").tag(config=True)
    cell_output = Integer(DEFAULTS.cell_output, help="Characters of output kept from one cell").tag(config=True)
    notebook_output = Integer(DEFAULTS.notebook_output, help="Characters of output kept from a notebook").tag(
        config=True
    )
    without_sandbox = Bool(False, help="Run students' code with no protection at all").tag(config=True)
    as_user = Integer(0, help="Without a sandbox: the number of the user that root runs students' code as").tag(
        config=True
    )
    partial_credit = Bool(True, help="Give a known mistake the share of the points set by its `credit`").tag(
        config=True
    )
    follow_through = Bool(
        True, help="Judge an exercise again with correct functions instead of the wrong ones it builds on"
    ).tag(config=True)

    first_pictures = Integer(
        10_000,
        help="Pictures of MNIST that an answer trains with first, and with all where a test fails then; 0: with all",
    ).tag(config=True)
    run_all_cells = Bool(
        False, help="Also run cells that only show something, are unchanged, and are needed by no test"
    ).tag(config=True)

    def preprocess(self, nb, resources):
        where = resources["nbgrader"]
        course = self.parent.parent.coursedir
        source = Path(course.format_path(course.source_directory, ".", where["assignment"]))
        released = Path(course.format_path(course.release_directory, ".", where["assignment"]))
        with Gradebook(where["db_url"]) as gradebook:
            book = released / f"{where['notebook']}.ipynb"
            expected = ExpectedCells.read(gradebook, where["notebook"], where["assignment"], book)
            plan = plans.read(gradebook, where["assignment"], where["notebook"])
        began = getattr(self.parent.parent, "began", time.monotonic())  # as `AutogradeAnything` has it
        resources["examiner_began"] = began
        self.examine(nb, expected, plan, Path(resources["metadata"]["path"]), source, where["notebook"], began)
        return nb, resources

    def examine(
        self,
        nb: NotebookNode,
        expected: ExpectedCells,
        plan: Plan | None,
        files: Path,
        source: Path,
        name: str,
        began: float,
    ) -> None:
        """Give every cell of `nb` its outcome.

        `plan` says how the tests of an ordinary assignment run, `files` is what lies beside the notebook, and `source`
        the assignment's folder. `began` is the moment from which on its submission's time is counted.
        """
        if not notes.unreadable(nb) and self.without_sandbox:
            said = CONTAINER if self.as_user else UNSAFE
            self.log.warning(said)
            notes.add(nb, [notes.Note(said)])
        frozen = bool(tables_of(source).checks)
        if plan is None and not frozen:  # an ordinary assignment that came into the gradebook in another way
            plan = Plan.of(cells_as_released(expected))
        latest = began + self.limits().submission_seconds
        if not notes.unreadable(nb) and not self.run_all_cells and frozen:  # proven by freezing them
            for pictures in dict.fromkeys((self.first_pictures, 0)):
                tried = copy.deepcopy(nb)
                graded = GradedNotebook(tried, expected.known, expected, plan)
                graded.clear()
                if not graded.leave_out_what_only_shows():
                    break
                self._examine(graded, files, source, name, latest, pictures)
                if graded.may_miss_something():
                    break
                if not (pictures and graded.may_want_pictures()):
                    nb.update(tried)
                    return
        graded = GradedNotebook(nb, expected.known, expected, plan)
        graded.clear(notes.unreadable(nb))
        if not notes.unreadable(nb):
            self._examine(graded, files, source, name, latest)

    def _examine(
        self, graded: GradedNotebook, files: Path, source: Path, name: str, latest: float, pictures: int = 0
    ) -> None:
        limits = self.limits()
        cells = cells_of(source / f"{name}.ipynb")
        forkserver = shared_forkserver(limits, self.without_sandbox, self.as_user)
        with (
            files_beside(files) as folder,
            NotebookRunner(forkserver, folder, limits, self.seconds_after_first) as runner,
        ):
            runner.latest, runner.pictures = latest, pictures
            imports = imports_for(cells)
            if graded.plan:
                imports |= graded.plan.imports
                runner.modules = graded.plan.modules
            judge = TestCells(runner, tables_of(source), imports, self.check_seconds, self.cell_output)
            graded.run(runner, judge)
            if self.follow_through:
                runner.allow(FOR_FOLLOW_THROUGH)
                graded.judge_again(runner, judge, Reference(cells))
            if self.partial_credit:
                graded.give_credit()
            graded.look_for_changes(judge)
            graded.ask_for_looks()
        graded.finish()

    def limits(self) -> Limits:
        """Return the limits of the course's configuration."""
        return Limits(
            cell_seconds=self.cell_seconds,
            notebook_seconds=self.notebook_seconds,
            submission_seconds=Budget(self.submission_seconds).running,
            memory=self.memory * MiB,
            processes=self.processes,
            files=self.files * MiB,
            cell_output=self.cell_output,
            notebook_output=self.notebook_output,
        )


@contextlib.contextmanager
def files_beside(folder: Path) -> Iterator[Path]:
    """Give a copy of `folder` without the notebooks of the assignment, which have the hidden tests in them."""
    with tempfile.TemporaryDirectory(prefix="examiner-") as private:
        copy = Path(private, folder.name)
        shutil.copytree(folder, copy, symlinks=True, ignore=shutil.ignore_patterns("*.ipynb"))
        helpers.give_names_back(copy)
        yield copy


def imports_for(cells: Sequence[Cell]) -> dict[str, tuple[str, str]]:
    """Return what test cells find imported: the usual, and what set-up cells of the source import."""
    return USUAL_IMPORTS | imports_of(cell.source for cell in cells if cell.role == "setup")


def cells_as_released(expected: ExpectedCells) -> list[NotebookCell]:
    """Return the code cells of an assignment as far as the gradebook and the release know them."""
    return [NotebookCell(one.name, one.source, _role(one)) for one in expected.places if one.cell_type == "code"]


def _role(place: Place) -> str:
    known = place.known
    if known is None:
        return "handed"
    if known.solution:
        return "solution"
    return "test" if known.grade else "locked" if known.is_read_only else "handed"


def cells_of(path: Path) -> tuple[Cell, ...]:
    """Return the cells of a source notebook; none where it is no longer there."""
    return _cells_of(path, path.stat().st_mtime_ns) if path.is_file() else ()


@lru_cache(8)
def _cells_of(path: Path, stamp: int) -> tuple[Cell, ...]:
    return tuple(source_notebook.cells(source_notebook.read(path)))
