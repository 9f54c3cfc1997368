"""How long do report and export take for a class of 10,000?

Run `python bench/class.py [STUDENTS]`. A few simulated submissions are graded; the class is then made of copies of
them: their graded notebooks, and their rows written straight into the gradebook. Then the commands run, each in a
process of its own.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
import uuid
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ["BACKPROP_DATA"] = "digits"  # the same data everywhere, and no download

from nbgrader.api import Comment, Grade, Student, SubmittedAssignment, SubmittedNotebook  # noqa: E402
from sqlalchemy import insert, inspect  # noqa: E402

from examiner.commands import grade, release, simulate  # noqa: E402
from examiner.commands.nbgrader_api import gradebook_of  # noqa: E402
from examiner.course.folders import Course  # noqa: E402

ASSIGNMENT, GRADED, SEED, STUDENTS = "two_layer_network", 6, 5, 10_000
COMMANDS = (
    ("report", ASSIGNMENT),
    ("report", ASSIGNMENT),  # and once more: what was read stays known
    ("export", ASSIGNMENT, "--to", "canvas"),
    ("export", ASSIGNMENT, "--to", "moodle", "--by-exercise"),
)


def graded_course(folder: Path, assignment: str = ASSIGNMENT) -> Course:
    """Return a scratch course in which a few submissions are graded."""
    course = release.scratch_course(Course.here(ROOT), folder, [assignment])
    release.generate(course, assignment)
    done = simulate.simulate(course, assignment, 2 * GRADED, SEED)
    who = [student for student, did in done.items() if did["profile"] != "endless"][:GRADED]
    grade.grade(course, assignment, who)
    return course


def multiply(course: Course, assignment: str, count: int) -> None:
    """Fill the gradebook and `autograded/` with `count` copies of the submissions that are graded."""
    with gradebook_of(course) as gradebook:
        rows = [_rows(gradebook, one) for one in gradebook.find_assignment(assignment).submissions]
        tables: dict[type, list[dict]] = {
            kind: [] for kind in (Student, SubmittedAssignment, SubmittedNotebook, Grade, Comment)
        }
        for number in range(count):
            source, notebooks, inner = rows[number % len(rows)]
            student, sent = f"s{number:05}", uuid.uuid4().hex
            tables[Student].append({"id": student, "first_name": f"First{number}", "last_name": f"Last{number}"})
            tables[SubmittedAssignment].append({**source, "id": sent, "student_id": student})
            for held in notebooks:
                new = uuid.uuid4().hex
                tables[SubmittedNotebook].append({**held, "id": new, "assignment_id": sent})
                for kind, cells in inner[held["id"]]:
                    tables[kind] += [{**cell, "id": uuid.uuid4().hex, "notebook_id": new} for cell in cells]
            _copy(
                course.root / "autograded" / source["student_id"] / assignment,
                course.root / "autograded" / student / assignment,
            )
        for kind, held in tables.items():
            gradebook.db.execute(insert(kind.__table__), held)
        gradebook.db.commit()


def _rows(gradebook, one) -> tuple[dict, list[dict], dict]:
    def plain(thing) -> dict:
        return {
            column.key: getattr(thing, column.key)
            for column in inspect(type(thing).__table__).columns
            if hasattr(type(thing), column.key)
        }

    notebooks = [plain(held) for held in one.notebooks]
    inner = {
        held.id: [(Grade, [plain(cell) for cell in held.grades]), (Comment, [plain(cell) for cell in held.comments])]
        for held in one.notebooks
    }
    return plain(one), notebooks, inner


def _copy(source: Path, to: Path) -> None:
    to.mkdir(parents=True)
    for path in source.glob("*.ipynb"):
        os.link(path, to / path.name)


def main(count: int) -> None:
    with tempfile.TemporaryDirectory(prefix="bench-class-") as scratch:
        course = graded_course(Path(scratch) / "course")
        multiply(course, ASSIGNMENT, count)
        for arguments in COMMANDS:
            began = time.perf_counter()
            command = [str(Path(sys.executable).parent / "examiner"), "--course", str(course.root), *arguments]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=ROOT)
            print(f"{' '.join(arguments):60} {time.perf_counter() - began:6.1f} s")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else STUDENTS)
