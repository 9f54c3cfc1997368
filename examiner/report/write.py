"""Write a report as a page of its own, as CSV and as JSON."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from .gather import Row

FORMULA = ("=", "+", "-", "@", "\t", "\r")  # by which a spreadsheet takes a cell for a formula


def write(folder: Path, assignment: str, found: dict, rows: list[Row], most: dict[str, float]) -> list[Path]:
    """Write the three files into `folder`, and return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    texts = {
        "report.html": as_html(assignment, found, rows),
        "report.csv": as_csv(rows, most),
        "report.json": json.dumps({"assignment": assignment, **found}, indent=1, ensure_ascii=False) + "\n",
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8", newline="")
    return [folder / name for name in texts]


def as_html(assignment: str, found: dict, rows: list[Row]) -> str:
    """Return the page, with nothing in it that is loaded or run."""
    pages = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined)
    return pages.get_template("report.html.j2").render(assignment=assignment, found=found, rows=rows)


def as_csv(rows: list[Row], most: dict[str, float]) -> str:
    """Return one line for each student; a score that waits for a mark by hand is left empty."""
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(["student", "state", "score", "out_of", "penalty", "seconds_late", "extended_until", *most])
    for row in rows:
        state = "missing" if not row.submitted else "waiting" if row.waiting else "graded"
        score = f"{row.total:g}" if state == "graded" else ""
        points = [f"{row.points[key]:g}" if key in row.points else "" for key in most]
        late = [f"{row.penalty:g}", f"{row.seconds_late:g}", f"{row.until}Z" if row.until else ""]
        table.writerow([harmless(row.student), state, score, f"{sum(most.values()):g}", *late, *points])
    return text.getvalue()


def harmless(text: str) -> str:
    """Return a text that a spreadsheet does not take for a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text
