"""Repair what students do to cells, so that every answer is found and every test runs.

Cells are told by their grade_id, then by their id, then by the functions they define. What a test cell says, what it
is worth and where it stands comes from the record; what an answer says, from the student. Every change is noted.
"""

from __future__ import annotations

from collections.abc import Iterator

from nbformat import NotebookNode

from ..course.source_notebook import grade_id
from . import cell_source, notes, older
from .expected_cells import ExpectedCells, KnownCell
from .notes import Note, shown
from .reorder import new_cell, put_back, put_in_order

OLDER = "This was made from an older release; it is graded as the assignment is now."
MOST_PARTS = 4  # cells that one answer may have been split into


def repair(nb: NotebookNode, record: ExpectedCells) -> list[Note]:
    """Repair the cells of `nb` in place, and return what was done."""
    found = older.release_of(nb.cells, record.today, record.older)
    if found is None:
        return _Repair(nb, record).run()
    older.translate(nb.cells, found, record.today)
    held = {grade_id(cell) for cell in nb.cells}
    done = _Repair(nb, record).run()
    for name in found.added:  # nobody can answer what was not there, so it is not simply 0 points
        if record.known[name].grade and name not in held:
            notes.look_at(nb, name, "the release that this was made from did not have it.")
    return [Note(OLDER), *done]


class _Repair:
    def __init__(self, nb: NotebookNode, record: ExpectedCells):
        self.cells, self.record, self.known = nb.cells, record, record.known
        self.notes: list[Note] = []
        self.merged: dict[str, str] = {}  # what to put in the place of an answer that was merged with another

    def run(self) -> list[Note]:
        if not any(grade_id(cell) in self.known for cell in self.cells):
            self._note("No cell of this assignment is marked as such; they are looked for by what they define.")
        self._settle_ids()
        self._find_by_id()
        self._find_by_function()
        self._join_broken()
        self._retype_setup()
        self.notes += put_in_order(self.cells, self.record)
        self.notes += put_back(self.cells, self.record, self.merged)
        return self.notes

    def _note(self, text: str, cell: str = "") -> None:
        self.notes.append(Note(text, cell))

    # ------------------------------------------------------------------------------------------- by grade_id

    def _settle_ids(self) -> None:
        """Let each grade_id belong to one cell; copies and cells of unknown ids become ordinary ones."""
        groups: dict[str, list[NotebookNode]] = {}
        for cell in self.cells:
            name, said = grade_id(cell), cell.metadata.pop("nbgrader", {})
            if name in self.known:
                groups.setdefault(name, []).append(cell)
                self._note_metadata(said, self.known[name])
            elif "grade_id" in said:
                unknown = shown(said["grade_id"])
                self._note(f"A cell says that it is {unknown}, which is not in this assignment: it is ordinary.")
        for name, group in groups.items():
            self._mark(self._one_of(group, self.known[name]), name)

    def _note_metadata(self, said: dict, known: KnownCell) -> None:
        if known.points is not None and "points" in said and said["points"] != known.points:
            points = shown(said["points"])
            self._note(f"{known.name} said that it is worth {points} points; it is {known.points:g}.", known.name)
        for key in ("grade", "solution", "locked"):
            if key in said and said[key] != getattr(known, key):
                self._note(f"The metadata of {known.name} were changed, and are put right.", known.name)
                break

    def _one_of(self, group: list[NotebookNode], known: KnownCell) -> NotebookNode:
        """Return the cell that counts among those of one id: the last, as for nbgrader; parts of a whole are joined."""
        if len(group) == 1:
            return group[0]
        if known.solution:
            empty = [cell for cell in group if known.is_unanswered(cell.source)]
            for cell in empty if len(empty) < len(group) else empty[:-1]:
                # Left where it is, it would run after the answer and undo it.
                self._remove(cell)
                group = [other for other in group if other is not cell]
                self._note(f"An unanswered copy of {known.name} was left out.", known.name)
            if 1 < len(group) <= MOST_PARTS and known.cell_type == "code":
                joined = "\n".join(cell.source for cell in group)
                if not all(cell_source.parses(cell.source) for cell in group) and cell_source.parses(joined):
                    for cell in group[:-1]:
                        self._remove(cell)
                    group[-1].source = joined
                    self._note(f"{known.name} was split into {len(group)} cells, which were joined.", known.name)
                    return group[-1]
        if len(group) > 1:
            self._note(f"There were {len(group)} cells {known.name}: the last one counts.", known.name)
        return group[-1]

    # ------------------------------------------------------------------------------------- by id and function

    def _find_by_id(self) -> None:
        """Find cells by their id, and tests by their very text, which is nobody's answer."""
        for name in self._missing():
            known = self.known[name]
            for cell in self._ordinary():
                as_released = known.locked and self.record.is_as_released(cell.source, known)
                if as_released or cell.get("id") == name:
                    how = "its text" if as_released else "the id of its cell"
                    self._note(f"{name} had lost its mark and was recognised by {how}.", name)
                    self._mark(cell, name)
                    break

    def _find_by_function(self) -> None:
        added = [cell for cell in self._ordinary() if not self.record.place_of(cell)]
        ordinary = [(cell, cell_source.names(cell.source)) for cell in added]
        for name in self._missing():
            if not self.known[name].solution or self.known[name].cell_type != "code":
                continue
            sought = self._defined_by(name)
            for cell, defined in reversed(ordinary):  # the last definition is the one that holds
                if sought & defined and not grade_id(cell):
                    which = min(sought & defined)
                    self._note(f"{name} had lost its mark and was recognised by the name {which}.", name)
                    self._mark(cell, name)
                    break
            else:
                self._find_merged(name, sought)

    def _find_merged(self, name: str, sought: set[str]) -> None:
        """Find an answer in the cell of another: the earlier of the two gets the text, the other says where it is.

        Put back as it was handed out, the missing one would undo the answer.
        """
        order = list(self.known)
        for cell in reversed(self.cells):
            other = self.known.get(grade_id(cell))
            if other and other.solution and cell.cell_type == "code" and sought & cell_source.names(cell.source):
                self.merged[name] = f"# {name} was answered in the cell {other.name}."
                if order.index(name) < order.index(other.name):
                    self.merged[name], cell.source = cell.source, f"# {other.name} was answered in the cell {name}."
                self._note(f"{name} was merged with {other.name}; both are graded from one cell.", name)
                return

    def _defined_by(self, name: str) -> set[str]:
        """Return the names that the answer of a solution cell defines, as far as stub and tests tell."""
        functions = cell_source.functions(self.known[name].source)
        if functions:
            return functions
        order = list(self.known)
        words = cell_source.assigned(self.known[name].source)
        for test in order[order.index(name) + 1 :]:
            if self.known[test].solution:
                break
            words |= cell_source.words(self.known[test].source) - cell_source.names(self.known[test].source)
        for place in self.record.places:
            if place.setup:
                words -= cell_source.words(place.source)
            elif place.name != name and not (place.known and place.known.locked):
                words -= cell_source.names(place.source)
        return words

    def _join_broken(self) -> None:
        """Join an answer with the ordinary cells after it where only all of it together is Python."""
        for cell in list(self.cells):
            name = grade_id(cell)
            if name not in self.known or not self.known[name].solution or cell.cell_type != "code":
                continue
            if not cell.source.strip() or cell_source.parses(cell.source):
                continue
            whole, at = cell.source, self._index(cell)
            for end in range(at + 1, min(at + MOST_PARTS, len(self.cells))):
                part = self.cells[end]
                if grade_id(part) or part.cell_type != "code" or self.record.place_of(part):
                    break
                whole += "\n" + part.source
                if cell_source.parses(whole):
                    cell.source = whole
                    del self.cells[at + 1 : end + 1]
                    self._note(f"{name} was split into {end - at + 1} cells, which were joined.", name)
                    break

    # ------------------------------------------------------------------------------------------ type and order

    def _mark(self, cell: NotebookNode, name: str) -> None:
        """Make `cell` the cell `name` of the record: its type, what it is worth, and its text where it is locked."""
        known = self.known[name]
        cell.metadata["nbgrader"] = NotebookNode(known.metadata())
        if cell.cell_type != known.cell_type:
            self._note(f"{name} was turned into {cell.cell_type}; it is {known.cell_type} again.", name)
            _retype(cell, known.cell_type)
        if known.locked:
            if not self.record.is_as_released(cell.source, known):
                self._note(f"{name} had been changed; it runs as it was handed out.", name)
                if cell_source.names(cell.source):  # an answer was merged into the test, or written into it
                    self.cells.insert(self._index(cell), new_cell(self.cells, "code", cell.source))
            cell.source = known.source

    def _retype_setup(self) -> None:
        for cell in self._ordinary():
            place = self.record.place_of(cell)
            if place and place.setup and cell.cell_type != place.cell_type:
                self._note(f"The set-up cell {place.name} was turned into {cell.cell_type}; it runs again.")
                _retype(cell, place.cell_type)

    # -------------------------------------------------------------------------------------------------- small

    def _missing(self) -> list[str]:
        held = {grade_id(cell) for cell in self.cells}
        return [name for name in self.known if name not in held]

    def _ordinary(self) -> Iterator[NotebookNode]:
        return (cell for cell in self.cells if not grade_id(cell))

    def _index(self, cell: NotebookNode) -> int:
        return next(i for i, other in enumerate(self.cells) if other is cell)

    def _remove(self, cell: NotebookNode) -> None:
        del self.cells[self._index(cell)]


def _retype(cell: NotebookNode, kind: str) -> None:
    cell.cell_type = kind
    for key in ("outputs", "execution_count", "attachments"):
        cell.pop(key, None)
    if kind == "code":
        cell["outputs"], cell["execution_count"] = [], None
