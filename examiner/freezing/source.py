"""An assignment as its instructor wrote it: the cells of its notebook, and its misconceptions.toml."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ..course import alternatives, misconceptions, source_notebook
from ..course.alternatives import Alternative
from ..course.misconceptions import MisconceptionsFile
from ..course.source_notebook import Cell


@dataclass(frozen=True)
class Source:
    """An assignment as its instructor wrote it."""

    name: str
    cells: list[Cell]
    written: MisconceptionsFile
    alternatives: tuple[Alternative, ...] = ()

    @classmethod
    def read(cls, path: Path) -> Source:
        """Read notebook `path` and the misconceptions.toml beside it."""
        return cls(
            path.parent.name,
            source_notebook.cells(source_notebook.read(path)),
            misconceptions.read(path.parent),
            alternatives.read(path.parent),
        )

    def solution(self, exercise: str) -> Cell | None:
        return next((c for c in self.cells if c.role == "solution" and c.exercise == exercise), None)
