"""What is known of an assignment's notebook without any submission: the gradebook's cells, and where they stand.

Texts of tests, points and locks come from the gradebook alone. The released notebook adds what the gradebook does not
keep: the order of all cells, their ids, and the set-up cells that every answer relies on.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import nbformat
from nbgrader.api import Gradebook

from ..course.source_notebook import SETUP_TAG, grade_id
from . import older
from .cell_source import normal
from .older import Older, Said


@dataclass(frozen=True)
class KnownCell:
    """A cell of the gradebook."""

    name: str  # its grade_id
    cell_type: str
    source: str
    checksum: str | None
    locked: bool
    solution: bool
    grade: bool = False
    task: bool = False
    points: float | None = None

    def metadata(self) -> dict:
        """Return what nbgrader has to read in such a cell."""
        meta = {
            "grade_id": self.name,
            "grade": self.grade,
            "solution": self.solution,
            "locked": self.locked,
            "task": self.task,
            "schema_version": 3,
            "cell_type": self.cell_type,
        }
        if self.checksum is not None:  # nbgrader keeps none of a task
            meta["checksum"] = self.checksum
        return meta if self.points is None else meta | {"points": self.points}

    @property
    def is_read_only(self) -> bool:
        """Whether it is code that students run as it is, and no test."""
        return self.cell_type == "code" and self.locked and not (self.grade or self.solution or self.task)

    def is_unanswered(self, source: str) -> bool:
        """Tell whether a text is the cell as it was handed out, or empty."""
        return normal(source) in ("", normal(self.source))


@dataclass(frozen=True)
class Place:
    """A cell of the released notebook, in its place: one of the gradebook's, set-up, or only to be read and run."""

    name: str  # grade_id or cell id
    cell_type: str = "code"
    source: str = ""
    known: KnownCell | None = None
    setup: bool = False

    @property
    def needed(self) -> bool:
        """Whether grading is not possible without it."""
        return self.setup or self.known is not None


@dataclass(frozen=True)
class ExpectedCells:
    """An assignment's notebook: every cell in the order of the release."""

    places: tuple[Place, ...]
    older: tuple[Older, ...] = ()  # releases that this one replaced, newest first

    @classmethod
    def read(cls, gradebook: Gradebook, notebook: str, assignment: str, released: Path) -> ExpectedCells:
        """Read the gradebook's cells, in the order of the notebook at `released` where there is one."""
        entry = gradebook.find_notebook(notebook, assignment)
        graded = {cell.name: cell.max_score for cell in entry.grade_cells}
        tasks = {cell.name: cell.max_score for cell in entry.task_cells}
        solutions = {cell.name for cell in entry.solution_cells}
        known = {
            cell.name: KnownCell(
                name=cell.name,
                cell_type=cell.cell_type,
                source=cell.source,
                checksum=cell.checksum,
                locked=bool(cell.locked),
                solution=cell.name in solutions,
                grade=cell.name in graded,
                task=cell.name in tasks,
                points=graded.get(cell.name, tasks.get(cell.name)),
            )
            for cell in entry.source_cells
        }
        found = cls.of(known, nbformat.read(released, as_version=4) if released.is_file() else None)
        return replace(found, older=older.read(gradebook, assignment, notebook))

    @classmethod
    def of(cls, known: dict[str, KnownCell], released: nbformat.NotebookNode | None = None) -> ExpectedCells:
        """Put the cells of the gradebook where they are in the released notebook; others after those before them."""
        places = []
        for i, cell in enumerate(released.cells if released else ()):
            name = grade_id(cell)
            setup = SETUP_TAG in cell.metadata.get("tags", [])
            places.append(
                Place(name or cell.get("id", f"cell {i}"), cell.cell_type, cell.source, known.get(name), setup)
            )
        at = 0
        for name, cell in known.items():
            held = [i for i, place in enumerate(places) if place.known is cell]
            if held:
                at = held[0] + 1
            else:
                places.insert(at, Place(name, cell.cell_type, cell.source, cell))
                at += 1
        return cls(tuple(places))

    @cached_property
    def known(self) -> dict[str, KnownCell]:
        """The gradebook's cells by grade_id, in order."""
        return {place.known.name: place.known for place in self.places if place.known}

    @cached_property
    def _by_grade_id(self) -> dict[str, Place]:
        return {place.known.name: place for place in self.places if place.known}

    @cached_property
    def _by_id(self) -> dict[str, Place]:
        return {place.name: place for place in reversed(self.places) if place.name and not place.known}

    @cached_property
    def _by_text(self) -> dict[str, Place]:
        return {normal(place.source): place for place in reversed(self.places) if not place.known}

    @cached_property
    def today(self) -> dict[str, Said]:
        """What each of the gradebook's cells was handed out with: its text and its points."""
        return {name: (place.source, place.known.points) for name, place in self._by_grade_id.items() if place.known}

    def place_of(self, cell: nbformat.NotebookNode) -> Place | None:
        """Return the place of a submitted cell: by its grade_id where it has one, else by its id or its very text."""
        name = grade_id(cell)
        if name:
            return self._by_grade_id.get(name)
        return self._by_id.get(cell.get("id", "")) or self._by_text.get(normal(cell.source))

    def is_as_released(self, source: str, known: KnownCell) -> bool:
        """Tell whether a text is that of a cell of the gradebook, with its hidden tests or without."""
        return source in (known.source, self._by_grade_id[known.name].source)
