"""Write pages with nothing on them but the score: for a submission whose own pages cannot be made."""

from __future__ import annotations

from pathlib import Path

from ..course.folders import Course
from ..pipeline import score_page
from .nbgrader_api import gradebook_of


def write(course: Course, assignment: str, student: str) -> list[Path]:
    """Write a page for each notebook of a submission that has none, and return the paths of these pages."""
    folder = course.root / "feedback" / student / assignment
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    with gradebook_of(course) as gradebook:
        for notebook in gradebook.find_submission(assignment, student).notebooks:
            path = folder / f"{notebook.name}.html"
            if path.exists():
                continue
            path.write_text(score_page.text(notebook), encoding="utf-8")
            written.append(path)
    return written
