"""Find the course: its root, its assignments, and the notebook of each."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ..errors import ExaminerError
from .misconceptions import NAME, place
from .source_notebook import is_check, read, refuse_twice

CONFIG = "nbgrader_config.py"
UNUSABLE = set("+[]*?")  # nbgrader refuses the first, and takes the others for patterns


@dataclass(frozen=True)
class Course:
    """A folder with `nbgrader_config.py`, `source/`, `release/` and the folders that nbgrader makes."""

    root: Path

    @classmethod
    def here(cls, start: Path | str = ".") -> Course:
        """Return the course that holds `start`; raises `ExaminerError` outside of one."""
        for folder in (Path(start).resolve(), *Path(start).resolve().parents):
            if (folder / CONFIG).is_file():
                return cls(folder)
        raise ExaminerError(
            f"No {CONFIG} here or above. Run the command inside the course, or say where it is: --course FOLDER"
        )

    def assignments(self) -> list[str]:
        """Return the names of all assignments, in the order in which they are taken."""
        found = [folder.name for folder in (self.root / "source").iterdir() if any(folder.glob("*.ipynb"))]
        return sorted(found, key=lambda name: (place(self.source(name)), name))

    def chosen(self, names: list[str]) -> list[str]:
        """Return the named assignments, or all; raises `ExaminerError` where one is not there."""
        for name in names:
            self.notebooks(name)
        return names or self.assignments()

    def is_plain(self, assignment: str) -> bool:
        """Tell whether an assignment is an ordinary one of nbgrader's: no misconceptions beside it, no check in it."""
        if (self.source(assignment) / NAME).is_file():
            return False
        books = [read(path) for path in self.notebooks(assignment)]
        for book in books:
            refuse_twice(book)
        return not any(is_check(cell) for book in books for cell in book.cells)

    def source(self, assignment: str) -> Path:
        return self.root / "source" / assignment

    def release(self, assignment: str) -> Path:
        return self.root / "release" / assignment

    def notebooks(self, assignment: str) -> list[Path]:
        """Return the source notebooks of `assignment`; raises `ExaminerError` where there is none.

        Raises it too where nbgrader could not find what has this name.
        """
        if letters := sorted(set(assignment) & UNUSABLE):
            raise ExaminerError(
                f"source/{assignment}: the name of an assignment cannot contain {' '.join(letters)}, since nbgrader "
                "looks for files by patterns. Rename the folder and the notebook in it."
            )
        found = sorted(self.source(assignment).glob("*.ipynb"))
        if not found:
            known = ", ".join(self.assignments()) if (self.root / "source").is_dir() else "none"
            raise ExaminerError(f"source/{assignment} holds no notebook. There are: {known}")
        return found

    def notebook(self, assignment: str) -> Path:
        """Return the source notebook of `assignment`; raises `ExaminerError` where there is not exactly one."""
        found = self.notebooks(assignment)
        if len(found) > 1:
            raise ExaminerError(
                f"source/{assignment} holds {len(found)} notebooks, and an assignment with checks has one."
            )
        return found[0]
