"""A page with nothing on it but the score: for a notebook whose own page cannot be made."""

from __future__ import annotations

from html import escape

from nbgrader.api import SubmittedNotebook

WHY = "This notebook could not be laid out as a page in time, so only its points are shown."
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


def text(notebook: SubmittedNotebook) -> str:
    """Return the page for a notebook as the gradebook has it."""
    rows = [ROW.format(name=escape(one.name), score=one.score, most=one.max_score) for one in notebook.grades]
    said = {"name": escape(notebook.name), "score": notebook.score, "most": notebook.max_score}
    return PAGE.format(why=WHY, rows="\n".join(rows), **said)
