"""Run an assignment's own solution before it is handed out, and choose how each of its tests is to run."""

from __future__ import annotations

import shutil
import tempfile
import warnings
from collections.abc import Mapping
from fnmatch import fnmatch
from pathlib import Path

from nbformat import NotebookNode
from nbgrader import utils
from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Bool

from backprop.answers.attempt import TIME_LIMIT

from ..course.cell_names import NotebookCell
from ..course.source_notebook import grade_id, is_check
from ..errors import ExaminerError
from ..judging.choose import Asked, choose
from ..judging.plan import APART, WITHIN, Plan
from ..judging.testcells import TestCells, Tested
from ..judging.ways import Ways
from ..runner.forkserver import shared_forkserver
from ..runner.limits import Limits
from ..runner.notebook_runner import NotebookRunner
from ..sandbox import launch
from . import plans
from .usual import USUAL_IMPORTS, tables_of

MOST_TEXT = 100_000
# The languages of kernels by their names, for notebooks that say no more.
OTHERS = {"ir": "R", "julia": "Julia", "octave": "Octave", "bash": "Bash", "deno": "TypeScript", "java": "Java"}
USUAL_LIMITS = Limits()


class ChooseWays(NbGraderPreprocessor):
    """Keep in the gradebook which tests run apart from a student's process, and which within it.

    A notebook whose tests are all checks of the course's needs none of this: checks are judged apart.
    """

    trial = Bool(True, help="Run the solution to choose; otherwise keep what was chosen before").tag(config=True)

    def preprocess(self, nb, resources):
        if not self.trial:
            return nb, resources
        where, course = resources["nbgrader"], self.parent.parent.coursedir
        source = Path(course.format_path(course.source_directory, ".", where["assignment"]))
        plan = plan_of(nb, where["notebook"], source, course.ignore)
        with Gradebook(where["db_url"]) as gradebook:
            plans.keep(gradebook, where["assignment"], where["notebook"], plan)
        return nb, resources


def plan_of(nb: NotebookNode, name: str, source: Path, ignored: list[str]) -> Plan | None:
    """Return how the tests of a source notebook run, by what its own solution shows; None where all are checks.

    Raises `ExaminerError` where the solution fails a test, or where the notebook is in another language.
    """
    python_only(nb, name)
    cells, tests = cells_of(nb), tests_of(nb)
    if not tests:
        return None
    with tempfile.TemporaryDirectory(prefix="examiner-") as private:
        folder = handed_out(source, Path(private, source.name), ignored)
        try:
            return choose(cells, tests, lambda plan: run_solution(plan, cells, folder, source))
        except ExaminerError as error:
            raise ExaminerError(f"{name}.ipynb: {error}") from None


def python_only(nb: NotebookNode, name: str) -> None:
    """Raise `ExaminerError` where a notebook is for a kernel of another language."""
    kernel = nb.metadata.get("kernelspec", {})
    named = kernel.get("name", "").split("-")[0]
    unsaid = OTHERS.get(named, "python")
    language = kernel.get("language") or nb.metadata.get("language_info", {}).get("name") or unsaid
    if language.lower() != "python":
        shown = kernel.get("display_name") or language
        raise ExaminerError(f"{name}.ipynb is for the kernel {shown}, but the examiner grades only Python notebooks.")


def cells_of(nb: NotebookNode) -> list[NotebookCell]:
    """Return the code cells of a source notebook."""
    found = []
    for place, cell in enumerate(nb.cells):
        if cell.cell_type == "code":
            if utils.is_solution(cell):
                role = "solution"
            elif utils.is_grade(cell):
                role = "test"
            else:
                locked = cell.metadata.get("nbgrader", {}).get("locked", False)
                role = "locked" if locked else "handed"
            found.append(NotebookCell(grade_id(cell) or f"cell {place}", cell.source, role))
    return found


def tests_of(nb: NotebookNode) -> dict[str, Asked]:
    """Return the tests of which a way is to be chosen: all but checks of the course's."""
    found = {}
    for cell in nb.cells:
        is_test = cell.cell_type == "code" and utils.is_grade(cell) and not utils.is_solution(cell)
        if is_test and not is_check(cell):
            tags = [way for way in (APART, WITHIN) if way in cell.metadata.get("tags", [])]
            if len(tags) > 1:
                raise ExaminerError(f"The test {grade_id(cell)} has both tags, apart and within. Keep one of them.")
            points = float(cell.metadata.nbgrader.get("points", 0))
            found[grade_id(cell)] = Asked(points, tags[0] if tags else None)
    return found


def handed_out(source: Path, copy: Path, ignored: list[str]) -> Path:
    """Copy what students get beside the notebooks."""

    def left_out(folder: str, names: list[str]) -> list[str]:
        return [name for name in names if any(fnmatch(name, one) for one in [*ignored, "*.ipynb"])]

    shutil.copytree(source, copy, symlinks=True, ignore=left_out)
    return copy


def run_solution(
    plan: Plan, cells: list[NotebookCell], folder: Path, source: Path, limits: Limits = USUAL_LIMITS
) -> Mapping[str, Tested]:
    """Run a notebook as its author wrote it, and return the outcome of its tests."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # without a sandbox, this runs what the instructor wrote, and no student
        forkserver = shared_forkserver(limits, unsafe=bool(launch.missing()))
    tested: dict[str, Tested] = {}
    with NotebookRunner(forkserver, folder, limits) as runner:
        runner.modules = plan.modules
        judge = TestCells(runner, tables_of(source), USUAL_IMPORTS | plan.imports, TIME_LIMIT, MOST_TEXT)
        ways = Ways(plan, runner, judge)
        for number, cell in enumerate(cells, start=1):
            if cell.role == "test":
                tested[cell.name] = ways.test(cell.source, cell.name)
            elif cell.source.strip():
                runner.run(cell.source, number, plan.keep(cell.name) if cell.role == "locked" else None)
                if cell.role == "locked":
                    ways.define(cell.name)
    return tested
