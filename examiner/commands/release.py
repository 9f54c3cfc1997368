"""Make the students' version of an assignment with nbgrader, and compare it with the one that is committed."""

from __future__ import annotations

import filecmp
import os
import shutil
import tempfile
from collections.abc import Iterable
from contextlib import nullcontext
from pathlib import Path

from nbgrader.converters import GenerateAssignment
from nbgrader.utils import capture_log, temp_attrs
from traitlets.config import Config

from ..authoring import lint
from ..course import marks, source_notebook
from ..course.folders import CONFIG, Course
from ..errors import ExaminerError
from ..freezing import freeze, table_files
from ..freezing.source import Source
from ..judging.plan import WITHIN, Plan
from ..pipeline import changed_cells, choose_ways, first_release, plans
from ..submission import older
from . import before
from .nbgrader_api import api_of, config_of, gradebook_of

# Beside the configuration, wherever that is put; never the gradebook that an environment names.
OWN_GRADEBOOK = """\
import pathlib
c.CourseDirectory.db_url = f"sqlite:///{pathlib.Path(__file__).resolve().parent / 'gradebook.db'}"
"""
AUTOTESTS = "autotests.yml"
NO_TRIAL = {"ChooseWays": {"trial": False}}


def release(course: Course, assignment: str) -> list[str]:
    """Write `release/<assignment>` again, and enter the assignment into the gradebook.

    Returns a sentence for each test that runs in the student's process.

    Raises `ExaminerError` where the frozen tables are older than the notebook, or nbgrader refuses.
    """
    if faults := [fault for fault in lint.lint(course, assignment) if fault.stops]:
        raise ExaminerError("\n".join(f"{assignment}: {fault}" for fault in faults))
    if not course.is_plain(assignment):
        source = Source.read(course.notebook(assignment))
        old = table_files.stale(course.source(assignment), freeze.freeze(source))
        if old:
            names = " and ".join(old)
            raise ExaminerError(f"{assignment}: {names} not up to date.\n  Run: examiner freeze {assignment}")
    with tempfile.TemporaryDirectory() as scratch:  # what fails fails here, and changes nothing of the course
        copy = scratch_course(course, Path(scratch) / "course", [assignment])
        generate(copy, assignment)
        for path in copy.release(assignment).glob("*.ipynb"):
            if seen := marks.shown(source_notebook.read(path), course.is_plain(assignment)):
                raise ExaminerError(f"{assignment}: " + "\n".join(seen))
        chosen = plans_of(copy, assignment)
        with before.change(course, assignment) if _is_new(course, copy, assignment) else nullcontext():
            is_first = not _is_entered(course, assignment)
            _enter_cells(course, copy, assignment)
            _swap(course, assignment)
            if is_first:
                with gradebook_of(course) as gradebook:
                    first_release.keep(gradebook, assignment)
            keep_plans(course, assignment, chosen)
    return _within(chosen.values())


def tried(course: Course, assignment: str) -> list[str]:
    """Run the solution as a release does, and return the same sentences; nothing is written.

    Raises `ExaminerError` where the solution fails a test.
    """
    ignored = api_of(course).coursedir.ignore
    paths = course.notebooks(assignment)
    source = course.source(assignment)
    return _within(choose_ways.plan_of(source_notebook.read(path), path.stem, source, ignored) for path in paths)


def _within(chosen: Iterable[Plan | None]) -> list[str]:
    return [
        f"{name} runs within the student's process: {one.why}"
        for plan in chosen
        if plan
        for name, one in plan.ways.items()
        if one.way == WITHIN
    ]


def plans_of(course: Course, assignment: str) -> dict[str, Plan | None]:
    """Return how the tests of each notebook of a released assignment run, as the gradebook has it."""
    with gradebook_of(course) as gradebook:
        names = [notebook.name for notebook in gradebook.find_assignment(assignment).notebooks]
        return {name: plans.read(gradebook, assignment, name) for name in names}


def keep_plans(course: Course, assignment: str, chosen: dict[str, Plan | None]) -> None:
    """Enter into the gradebook how the tests of each notebook run."""
    with gradebook_of(course) as gradebook:
        for name, plan in chosen.items():
            plans.keep(gradebook, assignment, name, plan)


def _is_entered(course: Course, assignment: str) -> bool:
    with gradebook_of(course) as gradebook:
        return changed_cells.is_entered(gradebook, assignment)


def _is_new(course: Course, fresh: Course, assignment: str) -> bool:
    """Tell whether a release differs from the one that is there, in what students see or in what grades them."""
    with gradebook_of(course) as gradebook, gradebook_of(fresh) as made:
        entered = changed_cells.is_entered(gradebook, assignment)
        if not entered or changed_cells.differ(gradebook, assignment, made):
            return entered
    there = course.release(assignment)
    return there.is_dir() and bool(_differing(fresh.release(assignment), there))


def _enter_cells(course: Course, fresh: Course, assignment: str) -> None:
    """Make the cells in the gradebook those of the `fresh` course, and remember the release that is replaced."""
    with gradebook_of(course) as gradebook, gradebook_of(fresh) as made:
        if not changed_cells.is_entered(gradebook, assignment):
            return
        submitted = bool(gradebook.find_assignment(assignment).submissions)
        moved = changed_cells.enter(gradebook, assignment, made)
        for name, moves in moved.items():
            path, new = (one.release(assignment) / f"{name}.ipynb" for one in (course, fresh))
            if path.is_file() and path.read_bytes() != new.read_bytes():
                names = [cell.name for cell in made.find_notebook(name, assignment).source_cells]
                known = [one.after(moves, names) for one in older.read(gradebook, assignment, name)]
                latest = older.of_release(source_notebook.read(path), moves, names, submitted)
                older.keep(gradebook, assignment, name, [latest, *known])
        gradebook.db.commit()


def _swap(course: Course, assignment: str) -> None:
    """Build the release beside the one that is there, enter it into the gradebook, and put it in its place."""
    with tempfile.TemporaryDirectory(prefix=".release-", dir=course.root) as beside:
        new = Path(beside, "new")
        place = {"release_directory": str(new.relative_to(course.root))}
        generate(course, assignment, Config({"CourseDirectory": place, **NO_TRIAL}))
        there = course.release(assignment)
        if os.path.lexists(there):
            there.rename(Path(beside, "before"))
        there.parent.mkdir(exist_ok=True)
        (new / assignment).rename(there)


class Generate(GenerateAssignment):
    """nbgrader's, which keeps in its hand what went wrong with a notebook."""

    failure: Exception | None = None
    failed = ""  # the name of that notebook

    def convert_single_notebook(self, notebook_filename: str) -> None:
        try:
            super().convert_single_notebook(notebook_filename)
        except Exception as error:
            self.failure, self.failed = error, Path(notebook_filename).stem
            raise


def generate(course: Course, assignment: str, changes: Config | None = None) -> None:
    """Write `release/<assignment>` from the tables as they are; raises `ExaminerError` where nbgrader refuses."""
    api = api_of(course, changes)
    with temp_attrs(api.coursedir, assignment_id=assignment):
        app = Generate(coursedir=api.coursedir, parent=api)
        app.force = app.create_assignment = True
        result = capture_log(app)
    if isinstance(app.failure, ExaminerError):
        raise ExaminerError(f"{assignment}: {app.failure}")
    if isinstance(app.failure, FileNotFoundError) and AUTOTESTS in str(app.failure):
        fix = f"Copy {AUTOTESTS} from nbgrader's documentation into source/{assignment}/."
        raise ExaminerError(f"{assignment}: it has ### AUTOTEST lines, but no {AUTOTESTS}.\n  {fix}")
    if app.failure:
        said = " ".join(str(app.failure).split())
        raise ExaminerError(f"{assignment}: nbgrader cannot generate {app.failed}.ipynb: {said}")
    if not result["success"]:
        raise ExaminerError(f"{assignment}: nbgrader cannot generate it.\n{result.get('log') or result.get('error')}")


def stale(course: Course, assignment: str) -> list[str]:
    """Return the files of `release/<assignment>` that differ from a fresh build, made in a scratch course."""
    with tempfile.TemporaryDirectory() as scratch:
        copy = scratch_course(course, Path(scratch) / "course", [assignment])
        generate(copy, assignment, Config(NO_TRIAL))
        return _differing(copy.release(assignment), course.release(assignment))


def scratch_course(course: Course, folder: Path, assignments: list[str] | None = None) -> Course:
    """Copy what a course is made of, and nothing of its students, into the new `folder`.

    Raises `ExaminerError` where a header or footer is named that is not there.
    """
    folder.mkdir(parents=True, exist_ok=True)
    text = (course.root / CONFIG).read_text(encoding="utf-8")
    (folder / CONFIG).write_text(f"{text}\n{OWN_GRADEBOOK}", encoding="utf-8")
    for assignment in assignments or course.assignments():
        shutil.copytree(course.source(assignment), folder / "source" / assignment, dirs_exist_ok=True)
    for part in ("header", "footer"):  # notebooks, by paths in the course's folder
        path = str(config_of(course).IncludeHeaderFooter.get(part, ""))
        if path and not (course.root / path).is_file():
            raise ExaminerError(f"{CONFIG} names {path} as {part}, which does not exist. Create or correct it.")
        if path and not Path(path).is_absolute():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(course.root / path, folder / path)
    return Course(folder)


def _differing(fresh: Path, committed: Path) -> list[str]:
    def files(folder: Path) -> set[Path]:
        return {path.relative_to(folder) for path in folder.rglob("*") if path.is_file() and _kept(path)}

    both = files(fresh) & files(committed)
    odd = files(fresh) ^ files(committed)
    odd |= {path for path in both if not filecmp.cmp(fresh / path, committed / path, shallow=False)}
    return sorted(str(path) for path in odd)


def _kept(path: Path) -> bool:
    return not {".ipynb_checkpoints", "__pycache__"} & set(path.parts)
