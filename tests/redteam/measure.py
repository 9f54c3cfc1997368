"""Measure what an attack achieved, from what lies in the attacked course when everything has ended."""

from __future__ import annotations

import hashlib
import json
import os
import re
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import asdict, dataclass, field
from html.parser import HTMLParser
from pathlib import Path

import target
from course import SUBMISSION_SECONDS

WATCHED = ("source", "release", "nbgrader_config.py", f"autograded/{target.GRADED_BEFORE}", "../home")
MADE_BY_GRADING = {"autograded", "feedback", "submitted", "gradebook.db", "exchange", ".nbgrader.log", "build"}
MADE_BY_GRADING |= {".examiner-grade.lock", "gradebook.db-shm", "gradebook.db-wal"}  # while it is open
MADE_BY_THE_TEST = {"course", "home", "matplotlib", "socket", "passwd", "log.txt", "times.txt"}
MADE_BY_THE_TEST |= {f"{name}.json" for name in ("plan", "result", "seen", "costs")}
PAGE_BYTES = 20_000_000  # of a page of feedback
MOST_BUDGETS = 1.5  # that a submission may take with its pages: processes have to start and end, on a busy machine too
ESCAPE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")  # what acts on a terminal, but for ends of lines and tabs


@dataclass
class Outcome:
    """What came of one attack on one side; `got` holds one sentence for each aim that was reached."""

    attack: str
    side: str
    points: float | None
    before: float
    got: dict[str, str] = field(default_factory=dict)

    @property
    def stopped(self) -> bool:
        return not self.got

    def as_data(self) -> dict:
        return asdict(self)


def snapshot(course: Path, books: Iterable[Path] = ()) -> dict[str, str]:
    """Return a fingerprint of every file that no submission may touch, `books` too, and the names beside them."""
    found = {os.path.relpath(book, course): _fingerprint(book) for book in books}
    for name in WATCHED:
        place = course / name
        for path in [place, *sorted(place.rglob("*"))] if place.is_dir() else [place]:
            found[os.path.relpath(path, course)] = _fingerprint(path)
    for path in (*course.iterdir(), *course.parent.iterdir()):
        if path.name not in MADE_BY_GRADING | MADE_BY_THE_TEST:
            found.setdefault(os.path.relpath(path, course), "is there")
    return found


def _fingerprint(path: Path) -> str:
    if not os.path.lexists(path):
        return "gone"
    mode = f"{path.lstat().st_mode:o}"
    if path.is_symlink():
        return f"{mode} link to {os.readlink(path)}"
    return f"{mode} {hashlib.sha256(path.read_bytes()).hexdigest()}" if path.is_file() else mode


def changed(before: dict[str, str], after: dict[str, str]) -> list[str]:
    """Return the names that are new, gone, or another than before."""
    return sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))


def scores(course: Path) -> dict[str, float | None]:
    """Return the score of every student in the gradebook; None where some of it is missing, or is no number."""
    with closing(sqlite3.connect(f"file:{course / 'gradebook.db'}?mode=ro", uri=True)) as db:
        rows = db.execute(
            "SELECT s.student_id, g.manual_score, g.auto_score, g.extra_credit FROM grade g "
            "JOIN submitted_notebook n ON g.notebook_id = n.id JOIN submitted_assignment s ON n.assignment_id = s.id"
        ).fetchall()
    found: dict[str, float | None] = {}
    for student, manual, auto, extra in rows:
        score = auto if manual is None else manual
        sum_so_far = found.get(student, 0.0)
        known = sum_so_far is not None and isinstance(score, int | float) and score == score
        found[student] = sum_so_far + score + (extra or 0.0) if known else None
    return found


def comments(course: Path, student: str) -> list:
    """Return the comments to `student`, by cell."""
    with closing(sqlite3.connect(f"file:{course / 'gradebook.db'}?mode=ro", uri=True)) as db:
        return db.execute(
            "SELECT c.cell_id, c.auto_comment, c.manual_comment FROM comment c JOIN submitted_notebook n "
            "ON c.notebook_id = n.id JOIN submitted_assignment s ON n.assignment_id = s.id "
            "WHERE s.student_id = ? ORDER BY c.cell_id",
            (student,),
        ).fetchall()


def shown(course: Path, student: str, side: str = "nbgrader") -> str:
    """Return all that the student may come to see beside the feedback page: outputs of cells, and comments.

    With nbgrader, a test cell's source is in its traceback and on the page, whatever the student does: there, only what
    the student's own code showed is looked at.
    """
    texts = []
    if side != "nbgrader":
        texts += [str(word) for line in comments(course, student) for word in line]
    for path in sorted((course / "autograded" / student).rglob("*.ipynb")):
        cells = json.loads(path.read_text(encoding="utf-8", errors="replace")).get("cells", [])
        for cell in cells:
            test = cell.get("metadata", {}).get("nbgrader", {}).get("grade")
            for output in cell.get("outputs", []):
                if side != "nbgrader" or not (test and output.get("output_type") == "error"):
                    texts.append(json.dumps(output, ensure_ascii=False))
    return "\n".join(texts)


def on_page(course: Path, student: str) -> str:
    """Return the student's feedback page, on which stands the source of the attack too."""
    pages = (course / "feedback" / student).rglob(f"{target.NAME}.html")
    return "\n".join(page.read_text(encoding="utf-8", errors="replace") for page in sorted(pages))


def costs(course: Path) -> dict[str, str]:
    """Return, by student, what was too much: the time of a submission and its pages, or the room of a page."""
    found = {}
    for student, seconds in times(course).items():
        if seconds > MOST_BUDGETS * SUBMISSION_SECONDS:
            found[student] = f"takes {seconds / SUBMISSION_SECONDS:.1f} times the budget of a submission"
    for student, (_, size) in _pages(course).items():
        if size > PAGE_BYTES:
            found[student] = f"a page of {size / 1e6:.1f} MB"
    return found


def times(course: Path) -> dict[str, float]:
    """Return the seconds that each student's submission took with its pages, as far as they were measured."""
    path = course.parent / "times.txt"
    found = {student: seconds for student, (seconds, _) in _pages(course).items()}
    for line in path.read_text().splitlines() if path.is_file() else ():
        student, seconds = json.loads(line)
        found[student] = found.get(student, 0.0) + seconds
    return found


def _pages(course: Path) -> dict[str, list[float]]:
    path = course.parent / "costs.json"
    return json.loads(path.read_text()) if path.is_file() else {}


def secrets_shown(text: str, words: target.Secrets, allowed: tuple[str, ...] = ()) -> list[str]:
    """Return the names of the secrets that `text` shows."""
    return [name for name, word in asdict(words).items() if word in text and name not in allowed]


def scripts(course: Path, student: str) -> list[str]:
    """Return what would act in the browser of whoever opens the student's feedback: only what says "redteam"."""
    found = []
    for path in sorted((course / "feedback" / student).rglob("*.html")):
        if path.stem not in (target.NAME, "formgrader"):
            continue  # a page that was handed in
        listener = _Scripts()
        listener.feed(path.read_text(encoding="utf-8", errors="replace"))
        found += listener.found
    return found


class _Scripts(HTMLParser):
    """Collects script elements, event handlers and script addresses with "redteam" in them."""

    def __init__(self):
        super().__init__()
        self.found: list[str] = []
        self.inside = False

    def handle_starttag(self, tag, attributes):
        self.inside = tag == "script"
        for name, value in attributes:
            acts = name.startswith("on") or re.match(r"\s*(javascript|vbscript|data:text/html)", value or "", re.I)
            loads = tag in ("script", "iframe", "object", "embed", "meta", "base", "link", "form")
            if "redteam" in (value or "") and (acts or loads):
                self.found.append(f"<{tag} {name}>")

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)

    def handle_endtag(self, tag):
        self.inside = False

    def handle_data(self, data):
        if self.inside and "redteam" in data:
            self.found.append("<script>")


def escapes(log: Path) -> bool:
    """Whether anything in what a command printed would act on a terminal."""
    return bool(ESCAPE.search(log.read_bytes().decode("utf-8", errors="replace")))
