"""All that is known of an assignment without any submission, read once for a class, and fit to be sent to a worker."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from fnmatch import fnmatchcase
from functools import cached_property, lru_cache
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import (
    AssignLatePenalties,
    CheckCellMetadata,
    IgnorePattern,
    LimitOutput,
    OverwriteKernelspec,
    SaveAutoGrades,
)
from nbgrader.utils import find_all_files
from traitlets.config import Config

import backprop

from ..errors import ExaminerError
from ..judging.plan import Plan
from ..submission.expected_cells import ExpectedCells
from ..submission.found_file import MB
from ..submission.intake import SizeLimits
from . import first_release, plans
from .autograde import AutogradeAnything
from .examine import Examine
from .overwrite_cells import OverwriteCells
from .plain_text import PlainText
from .repair_cells import RepairCells
from .save_extra_credit import SaveExtraCredit
from .save_notes import SaveNotes

CLEANING = [RepairCells, OverwriteKernelspec, OverwriteCells, CheckCellMetadata]
JUDGING = [
    Examine,
    IgnorePattern,
    LimitOutput,
    SaveAutoGrades,
    SaveExtraCredit,
    PlainText,
    SaveNotes,
    AssignLatePenalties,
    CheckCellMetadata,
]
OWN_STEPS = (
    "nbgrader_config.py changes {}, but `examiner grade` uses only the course's own steps.\n"
    "  Run: nbgrader autograde {}"
)
SENT = ("AutogradeAnything", "Examine", "HTMLExporter", "IgnorePattern", "LimitOutput", "OverwriteCells", "PlainText")


@dataclass(frozen=True)
class NotebookRecord:
    """One notebook of an assignment: its cells in the gradebook, and the kernel that it names."""

    name: str
    kernelspec: dict | None
    expected: ExpectedCells
    order: tuple[str, ...]  # the cells' names, as the gradebook has them
    plan: Plan | None = None  # how the tests of an ordinary assignment run


@dataclass(frozen=True)
class Record:
    """An assignment as the gradebook and the course's folders know it, with the configuration that grading reads."""

    assignment: str
    notebooks: tuple[NotebookRecord, ...]
    source: dict[str, bytes]  # every file of the source, the hidden table and the notebooks too
    put_over: tuple[str, ...]  # those of them that are copied over what a student handed in
    released: dict[str, bytes]  # notebooks, by name
    config: Config
    ignore: tuple[str, ...]
    first_released: datetime | None = None  # in UTC, without a zone; two gradebooks of one course differ in it

    @property
    def wanted(self) -> list[str]:
        return [notebook.name for notebook in self.notebooks]

    @property
    def reserved(self) -> set[str]:
        """Names of files that nothing of another kind may take the place of."""
        return {name for name in self.source if name in self.put_over}

    @property
    def size_limits(self) -> SizeLimits:
        steps = AutogradeAnything(config=self.config)
        return SizeLimits(steps.largest_notebook * MB, steps.largest_files * MB, steps.most_files)

    def released_notebook(self, name: str) -> NotebookNode | None:
        """Return the notebook that students were given, or None where there is none."""
        return _read(self.released[name]) if name in self.released else None

    @cached_property
    def digest(self) -> str:
        """A text that is another one whenever anything is that grading depends on but the submission."""
        known = [
            (one.name, one.kernelspec, one.expected, one.order, one.plan.as_text() if one.plan else "")
            for one in self.notebooks
        ]
        files = sorted((name, hashlib.sha256(data).hexdigest()) for name, data in self.source.items())
        released = sorted((name, hashlib.sha256(data).hexdigest()) for name, data in self.released.items())
        said = (backprop.__version__, self.assignment, known, files, released, self.put_over, self.ignore)
        return hashlib.sha256(f"{said!r}{sorted_config(self.config)}".encode()).hexdigest()


@lru_cache(8)  # it is compared with every submission of a class, and never changed
def _read(notebook: bytes) -> NotebookNode:
    return nbformat.reads(notebook.decode(), as_version=4)


def sorted_config(config: Config) -> str:
    """Return a configuration as text, the same whatever the order in which it was written."""
    return json.dumps(config, sort_keys=True, default=repr)


def read(course: CourseDirectory, gradebook: Gradebook, assignment: str, config: Config) -> Record:
    """Read the record of `assignment`; raises `ExaminerError` where it was never released, or has steps of its own."""
    refuse_other_steps(config, assignment)
    source = Path(course.format_path(course.source_directory, ".", assignment))
    released = Path(course.format_path(course.release_directory, ".", assignment))
    try:
        entries = gradebook.find_assignment(assignment).notebooks
    except MissingEntry:
        raise ExaminerError(f"{assignment} has not been released yet. Run: examiner release {assignment}") from None
    notebooks = []
    for entry in entries:
        if fnmatchcase(entry.name, course.notebook_id):
            kernelspec = json.loads(entry.kernelspec) if entry.kernelspec else None
            expected = ExpectedCells.read(gradebook, entry.name, assignment, released / f"{entry.name}.ipynb")
            notebooks.append(
                NotebookRecord(
                    entry.name,
                    kernelspec,
                    expected,
                    tuple(expected.known),
                    plans.read(gradebook, assignment, entry.name),
                )
            )
    kept = {source / name for name in config.Autograde.get("exclude_overwriting", {}).get(assignment, [])}
    over = [Path(path) for path in find_all_files(str(source), [*course.ignore, "*.ipynb"])]
    files = [path for path in source.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    return Record(
        assignment=assignment,
        notebooks=tuple(notebooks),
        source={str(path.relative_to(source)): path.read_bytes() for path in sorted({*files, *over})},
        put_over=tuple(sorted(str(path.relative_to(source)) for path in over if path not in kept)),
        released={path.stem: path.read_bytes() for path in sorted(released.glob("*.ipynb"))},
        config=Config({name: config[name] for name in SENT if name in config}),
        ignore=tuple(course.ignore),
        first_released=first_release.read(gradebook, assignment),
    )


def refuse_other_steps(config: Config, assignment: str) -> None:
    """Raise `ExaminerError` where the course has steps of its own in grading: they may need nbgrader around them."""
    steps = config.Autograde
    for name, usual in (("sanitize_preprocessors", CLEANING), ("autograde_preprocessors", JUDGING)):
        if steps.get(name) != usual:
            raise ExaminerError(OWN_STEPS.format(f"c.Autograde.{name}", assignment))
    for name in ("pre_convert_hook", "post_convert_hook"):
        if steps.get(name) or config.AutogradeAnything.get(name):
            raise ExaminerError(OWN_STEPS.format(f"c.Autograde.{name}", assignment))
