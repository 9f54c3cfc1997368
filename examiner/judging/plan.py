"""How each test cell of an ordinary notebook is to run: apart, in the examiner's process, or within the student's.

Made from the source notebook and what its own solution showed, kept in the gradebook, and read when a submission is
graded. No submission has a say in it.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import cached_property
from typing import Literal

from ..course.cell_names import NotebookCell, Owned, imports_of, modules_of, needed_statements, owned, read
from ..runner.results import WithinTest

Way = Literal["apart", "within"]
APART: Way = "apart"
WITHIN: Way = "within"


@dataclass(frozen=True)
class Chosen:
    """The way of one test cell, and why; "" where it is judged apart as usual.

    `changing` are names of the source's whose values the solution changes before the test, so that anybody may; None
    where that is not known.
    """

    way: Way = APART
    why: str = ""
    changing: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Plan:
    """The cells of a notebook but its solutions, whose the names in them are, and the way of each test."""

    cells: tuple[NotebookCell, ...] = ()
    owned: Mapping[str, Owned] = field(default_factory=dict)
    ways: Mapping[str, Chosen] = field(default_factory=dict)

    @classmethod
    def of(cls, cells: Sequence[NotebookCell], ways: Mapping[str, Chosen] | None = None) -> Plan:
        """Make the plan of a notebook from its code cells, with solutions, in order."""
        return cls(tuple(cell for cell in cells if cell.role != "solution"), owned(cells), dict(ways or {}))

    @cached_property
    def modules(self) -> tuple[str, ...]:
        """The modules that have to be as they were in a student's process in which a test runs."""
        return modules_of(cell.source for cell in self.cells)

    @cached_property
    def imports(self) -> dict[str, tuple[str, str]]:
        """What cells import that are handed out, by the name they give it."""
        return imports_of(cell.source for cell in self.cells if cell.role != "test")

    @cached_property
    def statements(self) -> dict[str, list[ast.stmt]]:
        """What of each locked cell the tests need, to be run beside them."""
        locked = [cell for cell in self.cells if cell.role == "locked"]
        wanted = {name for cell in self.cells if cell.role == "test" for name in read(cell.source)}
        found = needed_statements([cell.source for cell in locked], wanted)
        return {cell.name: statements for cell, statements in zip(locked, found, strict=True)}

    @cached_property
    def shared(self) -> frozenset[str]:
        """Names of the source's whose values a student's code may have a part in: it may go on changing these."""
        found = set().union(*(known.students for known in self.owned.values()))
        theirs = frozenset(found)
        for cell in self.cells:
            if cell.name in self.owned and read(cell.source) & found:
                found |= self.owned[cell.name].binds
        return frozenset(found - theirs)

    def way(self, name: str) -> Way:
        return self.ways[name].way if name in self.ways else APART

    def keep(self, name: str) -> tuple[str, ...] | None:
        """Return what a locked cell binds; None for any other cell."""
        known = self.owned.get(name)
        return tuple(sorted(known.binds)) if known else None

    def within(self, name: str, source: str) -> WithinTest:
        """Return a test as it goes to the student's process."""
        known = self.owned.get(name, Owned())
        imports = tuple((name, *home) for name, home in self.imports.items() if name in known.sources)
        changing = self.ways[name].changing if name in self.ways else None
        return WithinTest(
            source,
            tuple(sorted(known.sources)),
            known.students_of_python,
            tuple(sorted(known.binds)),
            imports,
            None if changing is None else tuple(sorted({*changing} | self.shared)),
        )

    def as_text(self) -> str:
        """Return the plan as it is kept in the gradebook."""
        parts = {name: {key: sorted(some) for key, some in vars(one).items()} for name, one in self.owned.items()}
        return json.dumps(
            {
                "cells": [asdict(cell) for cell in self.cells],
                "owned": parts,
                "ways": {name: asdict(chosen) for name, chosen in self.ways.items()},
            }
        )

    @classmethod
    def from_text(cls, text: str) -> Plan:
        """Read what `as_text` has written."""
        told = json.loads(text)
        return cls(
            tuple(NotebookCell(**cell) for cell in told["cells"]),
            {name: Owned(**{key: frozenset(some) for key, some in one.items()}) for name, one in told["owned"].items()},
            {name: _chosen(**chosen) for name, chosen in told["ways"].items()},
        )


def _chosen(way: Way, why: str, changing: Sequence[str] | None = None) -> Chosen:
    return Chosen(way, why, None if changing is None else tuple(changing))
