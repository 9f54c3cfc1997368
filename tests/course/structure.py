"""What a notebook of the course has to have, as rules that name the fix; `complaints` says which are broken.

Each rule takes an assignment as it stands in files, runs nothing, and knows no assignment by name.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from nbformat import NotebookNode
from nbgrader.nbgraderformat import MetadataValidator, SchemaTooNewError, SchemaTooOldError, ValidationError

from examiner.authoring import lint
from examiner.authoring.lint import PICTURE
from examiner.course import misconceptions, source_notebook
from examiner.course.misconceptions import NAME, MisconceptionsFile
from examiner.course.source_notebook import role_of

MOST_LINES = 25
FEWEST = 3  # misconceptions of an exercise
MOST_FOR_QUIZZES = 20
MARKERS = {"solution": "SOLUTION", "hidden": "HIDDEN TESTS"}
GRADED = {"solution": (False, True, False), "check": (True, False, True), "hidden": (True, False, True)}
LINK = re.compile(r"\]\((?P<file>[^)\s]*\.ipynb)\)")


@dataclass(frozen=True)
class Assignment:
    """A notebook, what is written beside it, and the folder of both."""

    nb: NotebookNode
    written: MisconceptionsFile
    path: Path

    @classmethod
    def read(cls, path: Path) -> Assignment:
        return cls(source_notebook.read(path), misconceptions.read(path.parent), path)

    @property
    def quizzes(self) -> set[str]:
        return {quiz["key"] for quiz in self.written.quizzes}

    @property
    def gives_points(self) -> bool:
        """Whether anything here is graded; where nothing is, the notebook is a page to read."""
        return any(cell.metadata.get("nbgrader", {}).get("points") for cell in self.nb.cells)

    def is_extra(self, key: str) -> bool:
        return bool(self.written.exercises.get(key, {}).get("extra"))

    def places(self, role: str) -> dict[str, int]:
        """Return where in the notebook each exercise has its cell of this role."""
        found = ((*role_of(cell), i) for i, cell in enumerate(self.nb.cells) if cell.cell_type == "code")
        return {key: i for kind, key, i in found if kind == role}

    def meta(self, place: int) -> dict:
        return self.nb.cells[place].metadata.get("nbgrader", {})

    def points(self, role: str, key: str) -> float:
        places = self.places(role)
        return self.meta(places[key]).get("points", 0) if key in places else 0


def complaints(assignment: Assignment, rule: Callable[[Assignment], Iterator[str]]) -> list[str]:
    """Return what breaks `rule`, one sentence each, with the fix."""
    return [f"{assignment.path.name}: {sentence}" for sentence in rule(assignment)]


def lint_finds_nothing(a: Assignment) -> Iterator[str]:
    yield from map(str, lint.read_through(a.path))


def every_exercise_has_a_solution_a_check_and_hidden_tests_in_this_order(a: Assignment) -> Iterator[str]:
    roles = ["solution", "check", "hidden"]
    for key in a.written.exercises:
        # A page to read may show what a check says of something given.
        for role in [] if not a.gives_points else ["solution"] if key in a.quizzes else ["solution", "hidden"]:
            if key not in a.places(role):
                yield f"exercise {key} has no {role} cell. Add a code cell with an nbgrader grade_id for it."
        known = [a.places(role)[key] for role in roles if key in a.places(role)]
        if known != sorted(known):
            yield f"exercise {key}: move its cells into the order {', '.join(roles)}."


def every_exercise_has_a_lesson_before_it(a: Assignment) -> Iterator[str]:
    for key, place in a.places("solution").items():
        lesson = re.compile(rf"^#+ .*\bExercise {re.escape(key)}\b", re.MULTILINE)
        if not any(lesson.search(cell.source) for cell in _markdown_before(a, place)):
            yield f"exercise {key} has no lesson. Write a text cell headed 'Exercise {key} · …' before its solution."


def every_exercise_has_an_insight_after_it(a: Assignment) -> Iterator[str]:
    for key, place in (a.places("check") | a.places("hidden")).items():
        nearby = a.nb.cells[place + 1 : place + 3]  # a picture of the result may stand between
        if not any(cell.cell_type == "markdown" and not cell.source.lstrip().startswith("#") for cell in nearby):
            yield f"exercise {key} ends without an insight. Write one sentence in a text cell after its last test."


def every_exercise_has_three_misconceptions_with_hint_and_question(a: Assignment) -> Iterator[str]:
    for key in a.written.exercises:
        known = [mistake for mistake in a.written.misconceptions if mistake.exercise == key]
        written = key in a.places("solution") and key not in a.quizzes
        if written and not a.is_extra(key) and len(known) < FEWEST:
            yield f"exercise {key} has {len(known)} misconceptions. Write {FEWEST} or more in {NAME}."
        for mistake in known:
            if not mistake.ask.rstrip().endswith("?"):
                yield f"misconception {mistake.id!r}: its `ask` is no question. End it with a question mark."
            if mistake.hint.strip() == mistake.ask.strip():
                yield f"misconception {mistake.id!r}: hint and question are the same sentence. Write another one."


def ids_are_kept_and_unique(a: Assignment) -> Iterator[str]:
    stored = json.loads(a.path.read_text(encoding="utf-8"))
    if (stored["nbformat"], stored["nbformat_minor"]) < (4, 5):
        yield "its format has no cell ids, so they change each time. Save it in a JupyterLab of today."
    for kind, ids in (("cell id", [c.get("id") for c in stored["cells"]]), ("grade_id", _grade_ids(a))):
        for id in sorted({id for id in ids if id is None or ids.count(id) > 1}, key=str):
            yield f"{kind} {id!r} stands {ids.count(id)} times. Give each cell its own."


def nbgrader_accepts_the_metadata(a: Assignment) -> Iterator[str]:
    try:
        MetadataValidator().validate_nb(a.nb)
    except (ValidationError, SchemaTooOldError, SchemaTooNewError) as error:
        yield f"nbgrader refuses its metadata ({error}). Correct the cell in Create Assignment (`make teach`)."
    for cell in a.nb.cells:
        meta = cell.metadata.get("nbgrader")
        if meta and meta.get("schema_version") != 3:
            yield f"cell {meta.get('grade_id')}: set its schema_version to 3."
    for role, (grade, solution, locked) in GRADED.items():
        for key, place in a.places(role).items():
            meta = a.meta(place)
            if (meta.get("grade"), meta.get("solution"), meta.get("locked")) != (grade, solution, locked):
                yield f"the {role} cell of exercise {key} needs grade {grade}, solution {solution}, locked {locked}."


def solutions_and_hidden_tests_are_marked(a: Assignment) -> Iterator[str]:
    for role, name in MARKERS.items():
        for key, place in a.places(role).items():
            begins, ends = (a.nb.cells[place].source.count(f"### {word} {name}") for word in ("BEGIN", "END"))
            if not begins or begins != ends:
                yield f"the {role} cell of exercise {key} would be released. Mark it: ### BEGIN {name}, ### END {name}."


def each_part_gives_its_share_of_the_points(a: Assignment) -> Iterator[str]:
    if not a.gives_points:
        return
    for key in a.written.exercises:
        visible, hidden = a.points("check", key), a.points("hidden", key)
        if a.is_extra(key):
            if visible or hidden:
                yield f"exercise {key} is extra credit: give its cells 0 points, and it `extra` in {NAME}."
        elif not visible or (not hidden and key not in a.quizzes):
            yield f"exercise {key} gives {visible:g} visible and {hidden:g} hidden points. Give both cells some."
    quizzes = sum(a.points(role, key) for key in a.quizzes for role in ("check", "hidden"))
    if quizzes > MOST_FOR_QUIZZES:
        yield f"its quizzes give {quizzes:g} points, and can be tried out. Give them {MOST_FOR_QUIZZES} at most."


def nothing_that_ran_is_kept(a: Assignment) -> Iterator[str]:
    for cell in a.nb.cells:
        if cell.cell_type == "code" and (cell.outputs or cell.execution_count is not None):
            yield f"cell {cell.get('id')} keeps outputs. Run: nbstripout --keep-id {a.path.name}"


def no_cell_is_longer_than_a_screen(a: Assignment) -> Iterator[str]:
    for cell in a.nb.cells:
        lines = len(cell.source.splitlines())
        if lines > MOST_LINES:
            yield f"cell {cell.get('id')} has {lines} lines. Split it: {MOST_LINES} fit on a screen."


def every_picture_is_told_in_words(a: Assignment) -> Iterator[str]:
    for cell in a.nb.cells:
        if cell.cell_type != "markdown":
            continue
        for picture in PICTURE.finditer(cell.source):
            if len(picture["alt"].split()) < 4:
                yield f"cell {cell.get('id')}: say in words what {picture['path']} shows, between the square brackets."
        if "<img" in cell.source:
            yield f"cell {cell.get('id')}: write the picture as ![what it shows](file), not as <img>."


def every_link_to_a_notebook_leads_to_one(a: Assignment) -> Iterator[str]:
    for cell in a.nb.cells:
        for link in LINK.finditer(cell.source if cell.cell_type == "markdown" else ""):
            if not (a.path.parent / link["file"]).is_file():
                yield f"cell {cell.get('id')}: {link['file']} is not there. Correct the link, or take it out."


RULES = (
    lint_finds_nothing,
    every_exercise_has_a_solution_a_check_and_hidden_tests_in_this_order,
    every_exercise_has_a_lesson_before_it,
    every_exercise_has_an_insight_after_it,
    every_exercise_has_three_misconceptions_with_hint_and_question,
    ids_are_kept_and_unique,
    nbgrader_accepts_the_metadata,
    solutions_and_hidden_tests_are_marked,
    each_part_gives_its_share_of_the_points,
    nothing_that_ran_is_kept,
    no_cell_is_longer_than_a_screen,
    every_picture_is_told_in_words,
    every_link_to_a_notebook_leads_to_one,
)


def _markdown_before(a: Assignment, place: int) -> list[NotebookNode]:
    """Return the text cells between the solution before and the one at `place`."""
    before = max((other for other in a.places("solution").values() if other < place), default=-1)
    return [cell for cell in a.nb.cells[before + 1 : place] if cell.cell_type == "markdown"]


def _grade_ids(a: Assignment) -> list[str]:
    metas = (cell.metadata.get("nbgrader") for cell in a.nb.cells)
    return [meta.get("grade_id") for meta in metas if meta]
