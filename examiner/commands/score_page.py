"""A feedback page with nothing on it but the score: for a submission whose own page cannot be made."""

from __future__ import annotations

from html import escape
from pathlib import Path

from ..course.folders import Course
from .nbgrader_api import gradebook_of

WHY = "This notebook could not be laid out as a page in time, so here are its points alone."
PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{name}</title></head><body>
<h1>{name} (Score: {score:g} / {most:g})</h1>
<p>{why}</p>
<table><tr><th>Cell</th><th>Points</th><th>of</th></tr>
{rows}
</table></body></html>
"""
ROW = "<tr><td>{name}</td><td>{score:g}</td><td>{most:g}</td></tr>"


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
            rows = [ROW.format(name=escape(one.name), score=one.score, most=one.max_score) for one in notebook.grades]
            said = {"name": escape(notebook.name), "score": notebook.score, "most": notebook.max_score}
            path.write_text(PAGE.format(why=WHY, rows="\n".join(rows), **said), encoding="utf-8")
            written.append(path)
    return written
