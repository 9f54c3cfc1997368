"""Look through an assignment for what is missing or wrong: each fault with its place, and what to do about it.

`examiner lint` shows all of it, `examiner release` stops at what would spoil the release. Where the files cannot even
be read, that is the only fault. Of a plain assignment only marks and pictures are looked at: the rest is nbgrader's.
"""

from __future__ import annotations

import ast
import difflib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from nbformat import NotebookNode

from backprop.again import assigned, parsed
from backprop.answers.compare import agree
from backprop.answers.tables import CHECKS_FILE, HIDDEN_FILE, load

from ..course import alternatives, marks, source_notebook
from ..course.folders import Course
from ..course.source_notebook import Cell
from ..errors import ExaminerError
from ..freezing.recording_session import Inputs
from ..freezing.running import fallback_data, run_solutions
from ..freezing.source import Source
from .coincidences import coincidences
from .other_inputs import advice

LARGEST_TABLE = 5_000_000  # bytes: a page of a notebook server takes seconds for more
FULL = 100
MARKUP = re.compile(r"\*\*(?=\w)[^*\n]+\*\*|\$[^$\n]+\$")  # bold, and a formula
PICTURE = re.compile(r"!\[(?P<alt>[^\]]*)\]\((?P<path>[^)\s]*)[^)]*\)")
IMG = re.compile(r"<img\b(?P<said>[^>]*)>", re.IGNORECASE)
ATTRIBUTE = re.compile(r"""\b(?P<name>src|alt)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong: where it is, what it is, and what to do."""

    where: str
    what: str
    fix: str
    stops: bool = True  # whether nothing can be released before this is put right

    def __str__(self) -> str:
        return f"{self.where}: {self.what}\n    {self.fix}"


def lint(course: Course, assignment: str) -> list[Fault]:
    """Return everything that is wrong with an assignment, in the order of its cells."""
    try:
        if course.is_plain(assignment):
            return [fault for path in course.notebooks(assignment) for fault in _ordinary(path)]
        found = read_through(course.notebook(assignment))
        source = Source.read(course.notebook(assignment))
    except ExaminerError as error:
        return [Fault(assignment, str(error), "Nothing else can be checked until this is put right.")]
    found = found if found else list(_other_values(source))
    frozen = (course.source(assignment) / CHECKS_FILE).is_file()
    return [*found, *_alike(source, course.source(assignment))] if frozen and not found else found


def read_through(path: Path) -> list[Fault]:
    """Return what is wrong with a notebook and its misconceptions.toml, as far as their text tells: nothing runs."""
    source = Source.read(path)
    found = [*_ordinary(path), *(fault for rule in RULES for fault in rule(source))]
    return [*found, *_alternatives(source, path.parent), *_tables(path.parent)]


def _ordinary(path: Path) -> list[Fault]:
    notebook = source_notebook.read(path)
    return [*_marks(notebook), *_raw(notebook), *_pictures(notebook, path.parent)]


def _marks(notebook: NotebookNode) -> Iterator[Fault]:
    for sentence in marks.misspelt(notebook):
        where, _, what = sentence.partition(": ")
        yield Fault(where, what, "Write the mark as nbgrader knows it, or a different comment.")
    for sentence in marks.unpaired(notebook):
        where, _, what = sentence.partition(": ")
        yield Fault(where, what, "Write both marks of each pair, and no pair inside another.")


def _raw(notebook: NotebookNode) -> Iterator[Fault]:
    """No raw cell is one of nbgrader's, whose gradebook knows code and text alone."""
    for cell in notebook.cells:
        if cell.cell_type == "raw" and (name := source_notebook.grade_id(cell)):
            what = "it is a raw cell, and nbgrader does not keep raw cells."
            yield Fault(f"cell {name}", what, "Make it a text cell, or remove its mark in Create Assignment.")


def _pictures(notebook: NotebookNode, folder: Path) -> Iterator[Fault]:
    for cell in notebook.cells:
        for alt, path in _pictures_of(cell.source) if cell.cell_type == "markdown" else ():
            where = f"cell {source_notebook.grade_id(cell) or cell.get('id', '?')}"
            if "://" not in path and not path.startswith(("data:", "attachment:")) and not (folder / path).is_file():
                yield Fault(
                    where,
                    f"the picture {path} is not there.",
                    f"Put it into {folder.name}/, or correct the path.",
                    False,
                )
            if not alt.strip():
                fix = "Say in the square brackets, or in its alt text, what it shows."
                yield Fault(where, f"the picture {path} has no text.", fix, False)


def _pictures_of(text: str) -> Iterator[tuple[str, str]]:
    """Yield text and path of each picture in a text cell."""
    for picture in PICTURE.finditer(text):
        yield picture["alt"], picture["path"]
    for tag in IMG.finditer(text):
        said = {
            one["name"].lower(): next(filter(None, one.groups()[1:]), "") for one in ATTRIBUTE.finditer(tag["said"])
        }
        yield said.get("alt", ""), said.get("src", "")


def _pairs(source: Source) -> Iterator[Fault]:
    """Each exercise has a solution, a check and an [[exercise]]; hidden tests have a check; a quiz needs no more."""
    cells: dict[str, dict[str, Cell]] = {}
    for cell in source.cells:
        if cell.exercise:
            cells.setdefault(cell.exercise, {})[cell.role] = cell
    given = {name for cell in source.cells if cell.role == "setup" for name in cell.defines}
    for exercise, roles in cells.items():
        name = next(iter(roles.values())).name
        is_given = source.written.exercises.get(exercise, {}).get("function") in given
        if exercise not in source.written.exercises:
            near = difflib.get_close_matches(exercise, source.written.exercises, 1)
            meant = f" Do you mean {near[0]!r}?" if near else ""
            what = f"misconceptions.toml has no exercise {exercise!r}.{meant}"
            yield Fault(f"cell {name}", what, "Write an [[exercise]] with this key.")
        for role, others in (("check", ("hidden", "solution")), ("solution", ("check", "hidden"))):
            if role not in roles and any(other in roles for other in others) and not (role == "solution" and is_given):
                prefix = {"check": source_notebook.CHECK_PREFIX, "solution": source_notebook.SOLUTION_PREFIX}[role]
                yield Fault(f"exercise {exercise}", f"it has no {role}.", f"Add a cell called {prefix}{exercise}.")
    for exercise in source.written.exercises.keys() - cells.keys():
        what = "it is in misconceptions.toml, but has no cell."
        yield Fault(f"exercise {exercise}", what, "Add its cells, or remove its [[exercise]].")


def _functions(source: Source) -> Iterator[Fault]:
    """The function that an [[exercise]] names is one that the solution defines."""
    for key, words in source.written.exercises.items():
        solution = source.solution(key)
        known = set(_defined(solution.tree)) if solution else set()
        for name in filter(None, (said.strip().split(".")[0] for said in words["function"].split(","))):
            if solution and name not in known:
                near = difflib.get_close_matches(name, known, 1)
                what = f"its function is called {name!r}, but the solution defines no such name."
                yield Fault(
                    f"exercise {key}", what, f"Write {near[0]!r}." if near else "Write the name as it is in the cell."
                )


def _alternatives(source: Source, folder: Path) -> Iterator[Fault]:
    """Each alternative is one of an exercise, and defines what its solution is called by."""
    found = alternatives.read(folder)
    named = [("alternative", one.exercise) for one in found]
    named += [("equal", exercise) for exercise, *_ in sorted(alternatives.equal_changes(folder))]
    for table, exercise in dict.fromkeys(named):
        if exercise not in source.written.exercises:
            what = f"it has an [[{table}]] for exercise {exercise!r}, which has no [[exercise]]."
            yield Fault(alternatives.NAME, what, f"Correct its exercise = {exercise!r}, or remove it.")
    for one in found:
        function = source.written.exercises.get(one.exercise, {}).get("function", "")
        for name in filter(None, (said.strip().split(".")[0] for said in function.split(","))):
            if name not in set(_defined(parsed(one.solution)[1])):
                what = f"the alternative {one.style!r} of exercise {one.exercise} does not define {name}."
                yield Fault(alternatives.NAME, what, "Write that function in it, or remove the alternative.")


def _defined(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id


def _alike(source: Source, folder: Path) -> Iterator[Fault]:
    """A visible check tells the mistakes that were written from those that are generated, where any inputs could."""
    with fallback_data():
        inputs = Inputs()
        run_solutions(source, inputs)
        for one in coincidences(load(folder)):
            if todo := advice(source, one, inputs):
                yield Fault(f"exercise {one.exercise}", one.what, todo, False)


def _leaning(source: Source) -> Iterator[Fault]:
    """No check uses a value that an earlier answer left behind: nothing could be put in its place."""
    left = {name: cell for cell in source.cells if cell.role == "solution" for name in assigned(cell.tree)}
    for cell in source.cells:
        if cell.role in ("check", "hidden"):
            own = assigned(cell.tree) | {node.arg for node in ast.walk(cell.tree) if isinstance(node, ast.arg)}
            used = {node.id for node in ast.walk(cell.tree) if isinstance(node, ast.Name)} - own
            for name in sorted(used & left.keys()):
                if left[name].exercise != cell.exercise:
                    what = f"it uses {name}, which the answer to exercise {left[name].exercise} leaves behind."
                    yield Fault(
                        f"cell {cell.name}", what, "Freeze that value with freeze_inputs, and get it from given."
                    )


def _words(source: Source) -> Iterator[Fault]:
    """What a check says is plain text: a terminal shows it too, so a student would see asterisks and dollar signs."""
    said = [(f"exercise {key}", words) for key, words in source.written.exercises.items()]
    said += [(f"misconception {one.id!r}", {"hint": one.hint, "ask": one.ask}) for one in source.written.misconceptions]
    for where, words in said:
        for name in ("holds", "hint", "ask"):
            if found := MARKUP.search(re.sub(r"`[^`]*`", "", words.get(name, ""))):
                what = f"its {name} has {found[0]!r}, and students would see these signs."
                yield Fault(where, what, "Write it in plain text. Only `code` is set apart.", False)


def _points(source: Source) -> Iterator[Fault]:
    """Visible and hidden points of all exercises make 100, extra credit apart; a page to read has none."""
    extra = {key for key, words in source.written.exercises.items() if words.get("extra")}
    total = sum(cell.points for cell in source.cells if cell.role in ("check", "hidden") and cell.exercise not in extra)
    if total not in (0, FULL):
        yield Fault(source.name, f"its points add up to {total:g}.", f"Make them {FULL}, or all of them 0.", False)


def _hidden(source: Source) -> Iterator[Fault]:
    """Hidden tests stand between marks: without them they would be released."""
    for cell in source.cells:
        if cell.role == "hidden" and "### BEGIN HIDDEN TESTS" not in cell.source:
            fix = "Put ### BEGIN HIDDEN TESTS before its tests, and ### END HIDDEN TESTS after them."
            what = f"{cell.name} is a hidden test without marks, so students would see it."
            yield Fault(f"cell {cell.name}", what, fix)


RULES: tuple[Callable[[Source], Iterator[Fault]], ...] = (_pairs, _functions, _hidden, _leaning, _words, _points)


def _tables(folder: Path) -> Iterator[Fault]:
    for name in (CHECKS_FILE, HIDDEN_FILE):
        size = (folder / name).stat().st_size if (folder / name).is_file() else 0
        if size > LARGEST_TABLE:
            what = f"it has {size / 1e6:.1f} MB, and more than {LARGEST_TABLE / 1e6:g} keep a notebook waiting."
            yield Fault(name, what, "Freeze smaller inputs.")


def _other_values(source: Source) -> Iterator[Fault]:
    """The solution gives the same the second time: else `freeze` and `release` would never agree."""
    try:
        with fallback_data():
            first, second = (run_solutions(source, Inputs()) for _ in range(2))
    except ExaminerError as error:
        yield Fault(source.name, str(error), "Correct the solution, or its check.")
        return
    for key, attempt in first.items():
        if (
            key not in second
            or not agree(attempt.value, second[key].value)
            or not agree(second[key].value, attempt.value)
        ):
            what = "the solution gives a different value the second time."
            yield Fault(f"check {key!r}", what, "Set a seed: check(…, seed=1), or np.random.RandomState(1).")
