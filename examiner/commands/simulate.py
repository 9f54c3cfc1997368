"""Make the submissions of a class that never was: right, mistaken, unfinished, broken in the ways that classes are.

Everything follows from the seed. What each student did is written beside the submissions, so that verdicts can be
compared with it.
"""

from __future__ import annotations

import json
import random
import re
import shutil
from collections.abc import Callable

import nbformat
from nbformat import NotebookNode

from ..course import alternatives, misconceptions, source_notebook
from ..course.folders import Course
from ..course.source_notebook import SOLUTION_PREFIX, grade_id
from ..errors import ExaminerError

MANIFEST = "simulated.json"
Answers = dict[str, tuple[str, str]]  # exercise -> (what it is, source of the cell)


class Simulation:
    """Submissions of one assignment, made from its release, its solutions, alternatives and misconceptions."""

    def __init__(self, course: Course, assignment: str):
        self.course, self.assignment = course, assignment
        source = course.notebook(assignment)
        released = course.release(assignment) / source.name
        if not released.is_file():
            raise ExaminerError(f"{assignment} has no release yet. Run: examiner release {assignment}")
        self.released = source_notebook.read(released)
        cells = source_notebook.cells(source_notebook.read(source))
        self.solutions = {cell.exercise: cell.source for cell in cells if cell.role == "solution"}
        self.misconceptions = misconceptions.read(source.parent).misconceptions
        self.alternatives = [some for some in alternatives.read(source.parent) if not some.slow]

    def submit(self, student: str, profile: str, draw: random.Random) -> dict:
        """Write the submission of one student, and return what was done."""
        answers, change = getattr(self, f"_{profile}")(draw)
        nb = self._filled({exercise: source for exercise, (_, source) in answers.items()})
        name = self.course.notebook(self.assignment).name
        if change:
            name = change(nb, draw) or name
        folder = self.course.root / "submitted" / student / self.assignment
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.course.release(self.assignment), folder, ignore=shutil.ignore_patterns("*.ipynb"))
        nbformat.write(nb, folder / name)
        return {"profile": profile, "answers": {exercise: what for exercise, (what, _) in answers.items()}}

    def _filled(self, answers: dict[str, str]) -> NotebookNode:
        nb = NotebookNode(json.loads(json.dumps(self.released)))
        nb = nbformat.from_dict(nb)
        for cell in nb.cells:
            exercise = grade_id(cell).removeprefix(SOLUTION_PREFIX)
            if cell.cell_type == "code" and exercise in answers:
                cell.source = answers[exercise]
        return nb

    def _right(self, draw) -> tuple[Answers, Callable | None]:
        answers = {exercise: ("right", without_markers(source)) for exercise, source in self.solutions.items()}
        for alternative in self.alternatives:
            if draw.random() < 0.12:
                answers[alternative.exercise] = (f"right: {alternative.style}", alternative.solution)
        return answers, None

    def _mistaken(self, draw):
        answers, _ = self._right(draw)
        for mistake in draw.sample(self.misconceptions, k=min(len(self.misconceptions), draw.choice([1, 1, 2, 3]))):
            changed = mistake.apply(self.solutions[mistake.exercise])
            answers[mistake.exercise] = (f"mistake: {mistake.id}", without_markers(changed))
        return answers, None

    def _unfinished(self, draw):
        answers, _ = self._right(draw)
        done = draw.randrange(1, max(2, len(answers)))
        return dict(list(answers.items())[:done]), None

    def _exception(self, draw):
        return self._with_region(draw, "exception", "raise ValueError('I am stuck here')")

    def _endless(self, draw):
        return self._with_region(draw, "endless loop", "while True:\n    pass")

    def _with_region(self, draw, what: str, code: str):
        answers, _ = self._right(draw)
        exercise = draw.choice([key for key, source in self.solutions.items() if "def " in source])
        answers[exercise] = (what, without_markers(replace_region(self.solutions[exercise], code)))
        return answers, None

    def _deleted(self, draw):
        answers, _ = self._mistaken(draw)

        def delete(nb, draw):
            graded = [cell for cell in nb.cells if "nbgrader" in cell.metadata]
            gone = draw.sample(graded, k=min(3, len(graded)))
            nb.cells = [cell for cell in nb.cells if not any(cell is other for other in gone)]

        return answers, delete

    def _copied(self, draw):
        answers, _ = self._right(draw)

        def copy(nb, draw):
            places = [i for i, cell in enumerate(nb.cells) if "nbgrader" in cell.metadata]
            for place in sorted(draw.sample(places, k=min(3, len(places))), reverse=True):
                twin = nbformat.from_dict(json.loads(json.dumps(nb.cells[place])))
                twin["id"] = f"{twin['id']}-copy"
                nb.cells.insert(place, twin)

        return answers, copy

    def _renamed(self, draw):
        answers, _ = self._right(draw)
        stem = self.course.notebook(self.assignment).stem
        return answers, lambda nb, draw: draw.choice(
            [f"{stem} (1).ipynb", f"Copy of {stem}.ipynb", f"{stem}-final.ipynb"]
        )


EACH_ONCE = ["mistaken", "right", "unfinished", "exception", "endless", "deleted", "copied", "renamed"]
THEN = ["mistaken"] * 6 + ["right"] * 3 + ["unfinished"] * 2 + ["deleted", "copied", "exception"]


def simulate(course: Course, assignment: str, students: int, seed: int) -> dict[str, dict]:
    """Write the submissions of `students` students, and return what each of them did, by name.

    The same is written to `simulated.json` at the course's root, by assignment.
    """
    draw = random.Random(f"{seed}/{assignment}")
    profiles = [EACH_ONCE[i] if i < len(EACH_ONCE) else draw.choice(THEN) for i in range(students)]
    draw.shuffle(profiles)
    simulation = Simulation(course, assignment)
    width = max(2, len(str(students)))
    done = {
        (name := f"student-{i:0{width}}"): simulation.submit(name, profile, draw)
        for i, profile in enumerate(profiles, start=1)
    }
    path = course.root / MANIFEST
    known = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    path.write_text(json.dumps(known | {assignment: done}, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return done


def without_markers(source: str) -> str:
    """Return a solution as a student would hand it in: the lines that mark the solution left out."""
    return "\n".join(line for line in source.splitlines() if not re.search(r"### (BEGIN|END) SOLUTION", line))


def replace_region(source: str, code: str) -> str:
    """Return `source` with `code` in place of its first solution region, indented like it."""

    def put(match: re.Match) -> str:
        return "".join(f"{match['indent']}{line}\n" for line in code.splitlines())

    pattern = r"^(?P<indent>[ \t]*)### BEGIN SOLUTION\n.*?### END SOLUTION(?:\n|\Z)"
    return re.sub(pattern, put, source, count=1, flags=re.DOTALL | re.MULTILINE)
