"""Put pages of feedback into the zip that Canvas or Moodle takes back.

Both know a student by the name that the submission had in their download: Canvas goes by the two numbers in the name of
a file (*Upload Submissions*), Moodle by the folder (*Upload multiple feedback files in a zip*).
"""

from __future__ import annotations

import zipfile
from pathlib import Path

NOT_COLLECTED = "was not collected from {}, which so knows no name for the page"


def names(record: dict[str, dict], student: str, pages: list[Path], lms: str) -> dict[str, Path]:
    """Return the pages of a student by the names that the LMS wants, nothing for whom it gave no submission."""
    held = record.get(student)
    if not held or held["lms"] != lms or not held["names"]:
        return {}
    prefixes = {Path(one["file"]).stem: one["prefix"] for one in held["names"]}
    first = held["names"][0]["prefix"]
    between = "/" if lms == "moodle" else ""
    return {f"{prefixes.get(page.stem, first)}{between}{page.name}": page for page in pages}


def write(path: Path, record: dict[str, dict], pages: dict[str, list[Path]], lms: str) -> list[str]:
    """Write the zip with the pages of all students, and return whom it leaves out."""
    left_out = []
    path.parent.mkdir(exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for student, some in sorted(pages.items()):
            found = names(record, student, some, lms)
            for name, page in found.items():
                archive.write(page, name)
            if not found:
                left_out.append(student)
    return left_out
