"""Find out what generated mistakes, and pairs of mistakes, give on the frozen inputs, and which of them can be named.

An edit that gives right values everywhere is dropped, one that gives what a written misconception gives yields to it,
and of several that give the same everywhere the likeliest stays. Several may give the same on one check: then it is for
`backprop.explain.recognise` to name none, or both.
"""

from __future__ import annotations

import ast
import itertools
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from backprop.answers.attempt import Attempt
from backprop.answers.compare import agree
from backprop.answers.fingerprint import leaves, wrong_parts

from ..course.misconceptions import Misconception
from ..course.source_notebook import Cell
from .bench import Bench
from .edits.found import Edit, apply, edits_of
from .edits.inlined import inlined
from .edits.places import World
from .recording_session import Inputs

MOST = 230_000  # letters of a table for the generated mistakes of all visible checks
MOST_OF_ONE = 48_000  # and of one of them
LETTERS_OF_A_NUMBER = 9
MOST_PAIRS = 5_500
MOST_RAISING = 4_000  # letters for the mistakes that end in an exception
LIKELY = 3  # the last rank of a mistake that is named by its exception
PAIRED = 34  # mistakes of an exercise that are tried two by two
WRITTEN = "written"
ONE_NAME = re.compile(r"`\w+`")
TOLD = ("ValueError", "IndexError", "TypeError", "KeyError", "AxisError")  # exceptions that are told apart by messages

Print = dict[str, list]  # of one value: the fingerprints of the parts that are wrong, by their paths


@dataclass(frozen=True)
class Found:
    """One mistake or a pair of them, and what comes of it: the fingerprint on every check that notices it."""

    edits: tuple[Edit, ...]
    prints: dict[str, Print] = field(hash=False)
    raises: tuple[str, str] | None = None  # the exception in the visible check, if one ends it: its kind and message
    elsewhere: list[str] = field(default_factory=list, hash=False, compare=False)  # the places of others that are alike

    @property
    def likely(self) -> tuple:
        return (len(self.edits), *(edit.rank for edit in self.edits))

    @property
    def key(self) -> tuple:
        return tuple(sorted((check, rounded(print_)) for check, print_ in self.prints.items()))


def rounded(print_: Print) -> tuple:
    """Return a fingerprint so that the same values on the same machine give the same."""
    return tuple((path, *map(_six_digits, stored)) for path, stored in sorted(print_.items()))


def _six_digits(part) -> str:
    return f"{part:.6g}" if isinstance(part, float | int) else str(part)


def find(
    cells: list[Cell],
    exercise: str,
    inputs: Inputs,
    want: dict[str, Attempt],
    written: dict[Misconception, dict],
    checks: int = 1,
) -> tuple[list[Found], list[Found]]:
    """Return the generated mistakes of an exercise, and the pairs, that can be told from all others and from right.

    They share the room of a table with those of other exercises: there are so many `checks`.
    """
    bench = Bench(cells, exercise, inputs)
    source = bench.cell.source
    world = world_of(cells, exercise)
    known = [Found((_as_edit(misconception, source),), prints) for misconception, prints in written.items()]
    taken = {found.key: found for found in known}
    singles: list[Found] = []
    raising: list[Found] = []
    for edit in edits_of(source, world, only_written=not bench.cell.only_defines):
        _keep(bench, source, (edit,), want, exercise, taken, singles, raising)
    singles.sort(key=lambda found: found.likely)
    pairs: list[Found] = []
    paired = list(_pairs(known, singles))
    written_out = inlined(source, helpers_of(cells, exercise)) if bench.cell.only_defines else None
    if written_out:
        others: list[Found] = []
        for edit in edits_of(written_out, world):
            _keep(bench, written_out, (edit,), want, exercise, taken, others, raising)
        singles = sorted([*singles, *others], key=lambda found: found.likely)
        common = [edit for edit in edits_of(written_out, world) if edit.rank[0] < 2]
        for edits in _pairs([], [Found((edit,), {}) for edit in common]):
            _keep(bench, written_out, edits, want, exercise, taken, pairs)
    for edits in paired:
        _keep(bench, source, edits, want, exercise, taken, pairs)
    pairs.sort(key=lambda found: found.likely)
    raising.sort(key=lambda found: found.likely)
    told = _within(singles, min(MOST // checks, MOST_OF_ONE), exercise)
    return [*told, *raising[: MOST_RAISING // 30]], _within(pairs, MOST_PAIRS, exercise)


def fewer(found: dict[str, tuple[list[Found], list[Found]]], share: float) -> dict:
    """Return this share of the generated mistakes of each exercise, the likeliest; pairs and exceptions all stay."""
    less = {}
    for exercise, (singles, pairs) in found.items():
        told = [one for one in singles if not one.raises]
        less[exercise] = (told[: round(share * len(told))] + [one for one in singles if one.raises], pairs)
    return less


def _within(some: list[Found], most: int, check: str) -> list[Found]:
    """Return as many of them, the likeliest first, as a table of this visible check has room for.

    What only hidden tests notice takes no room there.
    """
    prints = (found.prints.get(check) for found in some)
    sizes = itertools.accumulate(_letters(one) + LETTERS_OF_A_NUMBER if one else 0 for one in prints)
    return [found for found, size in zip(some, sizes, strict=True) if size <= most]


def _letters(print_: Print) -> int:
    """Return about how much room a fingerprint takes in a table."""
    return 14 + sum(18 if len(print_) > 1 else 8 + 10 * len(stored) for stored in print_.values())


def _keep(
    bench: Bench,
    source: str,
    edits: tuple[Edit, ...],
    want,
    exercise: str,
    taken: dict[tuple, Found],
    kept: list,
    raising: list | None = None,
) -> None:
    attempts = bench.run(apply(source, *edits))
    if attempts is None:
        return
    trouble = attempts[exercise].trouble if exercise in attempts else None
    if trouble:
        if raising is not None and edits[0].rank[0] <= LIKELY and trouble.kind in TOLD and edits[0].at != "":
            raising.append(Found(edits, {}, (trouble.kind, trouble.message)))
        return
    found = Found(edits, prints_of(attempts, want))
    if not found.prints or not _tells_something(found, attempts):
        return
    if taken.setdefault(found.key, found) is found:
        kept.append(found)
    elif at := _another_place(taken[found.key].edits, edits):
        taken[found.key].elsewhere.append(at)


def _another_place(of: tuple[Edit, ...], edits: tuple[Edit, ...]) -> str:
    """Return the name at which the same mistake would give the same, "" where it is another one, or a pair."""
    (one, *more), (other, *others) = of, edits
    alike = not more and not others and (one.kind, one.what) == (other.kind, other.what) and one.at != other.at
    return other.at if alike and ONE_NAME.fullmatch(one.at) and ONE_NAME.fullmatch(other.at) else ""


def _tells_something(found: Found, attempts: dict[str, Attempt]) -> bool:
    """Whether what comes out could hardly come out of something else: not only `nan`."""
    wrong = [leaf for key in found.prints for _, leaf in leaves(attempts[key].value)]
    return any(isinstance(leaf, str) or np.isfinite(leaf.astype(float)).all() for leaf in wrong)


def prints_of(attempts: dict[str, Attempt], want: dict[str, Attempt]) -> dict[str, Print]:
    """Return the fingerprints of what is wrong, by check; checks that stopped with an exception are left out."""
    prints = {}
    for key, attempt in attempts.items():
        right = want[key].value
        if attempt.trouble or agree(attempt.value, right):
            continue
        print_ = wrong_parts(attempt.value, right)
        if print_:  # only of another type, which is said anyway, where it is empty
            prints[key] = print_
    return prints


def _as_edit(misconception: Misconception, source: str) -> Edit:
    """Return a written misconception as an edit, so that it can be paired with others."""
    code, made = source.encode(), []
    for old, new in misconception.edits:
        same = _alike(old, new)
        end = _alike(old[same:][::-1], new[same:][::-1])
        start = code.find(old.encode()) + len(old[:same].encode())
        cut = old[same : len(old) - end].encode()
        made.append((start, start + len(cut), new[same : len(new) - end]))
    return Edit(WRITTEN, misconception.id, "", tuple(made))


def _alike(one: str, other: str) -> int:
    """Return how many letters two texts have in common at their beginning."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((i for i, (a, b) in pairs if a != b), min(len(one), len(other)))


def _pairs(known: list[Found], singles: list[Found]) -> Iterable[tuple[Edit, Edit]]:
    """Yield pairs of likely mistakes at different places, in the order in which a reader meets them."""
    likely = [found.edits[0] for found in known][:PAIRED]
    likely = [edit for edit in likely if all(start >= 0 for start, _, _ in edit.made)]
    likely += [found.edits[0] for found in singles if len(found.edits[0].made) < 3][: PAIRED - len(likely) // 2]
    for one, other in itertools.combinations(likely, 2):
        if not one.meets(other):
            yield (one, other) if one.made[0] <= other.made[0] else (other, one)


def world_of(cells: list[Cell], exercise: str) -> World:
    """Return what other cells define: functions with their numbers of arguments, and names of data."""
    functions, data = {}, []
    for cell in cells:
        if cell.role not in ("setup", "solution"):
            continue
        for node in cell.tree.body:
            if isinstance(node, ast.FunctionDef):
                functions[node.name] = len(node.args.args)
            elif isinstance(node, ast.Assign) and cell.role == "setup":
                bound = [part for target in node.targets for part in getattr(target, "elts", [target])]
                data += [part.id for part in bound if isinstance(part, ast.Name)]
    mine = next(cell for cell in cells if cell.role == "solution" and cell.exercise == exercise)
    return World({name: n for name, n in functions.items() if name not in mine.defines}, tuple(dict.fromkeys(data)))


def helpers_of(cells: list[Cell], exercise: str) -> dict[str, ast.FunctionDef]:
    """Return the functions of the notebook that a solution of `exercise` may call."""
    nodes = [node for cell in cells if cell.role in ("setup", "solution") for node in cell.tree.body]
    mine = next(cell for cell in cells if cell.role == "solution" and cell.exercise == exercise).defines
    return {node.name: node for node in nodes if isinstance(node, ast.FunctionDef) and node.name not in mine}
