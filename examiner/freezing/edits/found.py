"""All edits of one solution: every change at every place, and changes that are alike at all their places at once."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from functools import cached_property

from backprop.answers.generated import identity

from ...course.source_notebook import is_docstring
from . import arithmetic, functions, indices, names, numbers, powers, results, slopes, starts, statements
from .places import Change, Place, World, places
from .words import KINDS

FAMILIES = (arithmetic, powers, functions, slopes, names, numbers, indices, statements, results, starts)


@dataclass(frozen=True)
class Edit:
    """One mistake, made at one place or at several: other source in place of these parts."""

    kind: str
    at: str
    what: str
    made: tuple[tuple[int, int, str], ...]  # from which to which byte of the source, and what stands there instead
    written: bool = True

    @cached_property
    def rank(self) -> tuple:
        """Say how likely it is, against others that give the same values; the smallest is named."""
        several = len(self.made) > 1
        first = KINDS[self.kind].rank if self.kind in KINDS else 0
        return (first, not self.written, several, self.made[0][0], self.kind, self.what)

    @property
    def id(self) -> str:
        """A name that stays while the solution stays."""
        return identity(self.kind, self.at, self.what)

    def meets(self, other: Edit) -> bool:
        """Whether both change one place, or one changes a part of what the other does."""
        return any(a < d and c < b for a, b, _ in self.made for c, d, _ in other.made)


def edits_of(source: str, world: World, only_written: bool = False) -> list[Edit]:
    """Return the edits of a solution, the likeliest first."""
    alike: dict[tuple, list[tuple[Place, Change]]] = {}
    single: list[Edit] = []
    own = {place.number: ast.unparse(place.node) for place in places(source, world)}
    for place in places(source, world):
        if place.start < 0 or (only_written and not place.written):
            continue
        for family in FAMILIES:
            for change in family.changes(place):
                if change.text.strip("()") == own[place.number].strip("()") or not _parses(change.text):
                    continue
                single.append(_edit([(place, change)]))
                if change.like:
                    alike.setdefault((change.kind, change.like), []).append((place, change))
                if place.is_value or isinstance(place.parent, ast.BinOp):
                    form = _form(place.node, change.text)
                    if form:
                        alike.setdefault((change.kind, form), []).append((place, change))
    groups = _nothing_done(source, world)
    for some in alike.values():
        groups += [_edit(part) for part in _together(some)]
    likely: dict[tuple, Edit] = {}
    for edit in sorted([*single, *groups], key=lambda edit: edit.rank):
        likely.setdefault(
            tuple((start, end, text.replace(" ", "").strip("()")) for start, end, text in edit.made), edit
        )
    return list(likely.values())


def _nothing_done(source: str, world: World) -> list[Edit]:
    """Return the edit that leaves out all lines that a student writes, where there are several."""
    simple = (ast.Assign, ast.AugAssign, ast.Expr)
    lines = [p for p in places(source, world) if p.written and p.function and isinstance(p.node, simple)]
    gone = [(place, Change("nothing-done", "")) for place in lines if not is_docstring(place.node)]
    return [_edit(gone)] if len(gone) > 1 else []


def _form(node: ast.AST, text: str) -> str:
    """Return what a change does whatever the names are: "N - N * N > N + N * N"; "" where it brings in a new name."""
    new = ast.parse(text)
    names = {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}
    if any(isinstance(part, ast.Name) and part.id not in names and part.id != "np" for part in ast.walk(new)):
        return ""
    return re.sub(r"id='\w+'", "N", f"{ast.dump(node)} > {ast.dump(new)}")


def _together(some: list[tuple[Place, Change]]):
    """Yield all places of a change together, those that students write, and those of each function."""
    apart = []
    for place, change in some:
        if not apart or place.number > apart[-1][0].last:
            apart.append((place, change))
    seen = []
    for part in (apart, [each for each in apart if each[0].written], *_pairs_of_layers(apart)):
        if len(part) > 1 and part not in seen:
            seen.append(part)
            yield part


def _pairs_of_layers(apart):
    """Yield the places in weights alone and in biases alone, where there are several of both."""
    weights = [each for each in apart if re.match(r"`d?[WV]\d?`", each[0].at)]
    yield weights
    yield [each for each in apart if re.match(r"`d?b\d?`", each[0].at)]
    yield [each for each in apart if re.match(r"`d[WVb]\d?`", each[0].at)]


def _edit(some: list[tuple[Place, Change]]) -> Edit:
    ats = list(dict.fromkeys(place.at for place, _ in some))
    at = " and ".join(ats) if len(ats) < 4 else f"{ats[0]} and everywhere else"
    first = some[0][1]
    made = tuple(cut for place, change in some for cut in _cuts(place, change.text))
    return Edit(first.kind, at, first.what, made, all(place.written for place, _ in some))


def _cuts(place: Place, text: str) -> list[tuple[int, int, str]]:
    """Return what to cut and what to put there: around the operands that stay, so that these can be edited as well.

    A part of an expression comes in parentheses, and lines as far in as the old one.
    """
    if not isinstance(place.node, ast.expr):
        lines = text.splitlines() or ["pass"]
        return [(place.start, place.end, ("\n" + " " * place.node.col_offset).join(lines))]
    cuts, at, left = [], place.start, f"({text})"
    for child in ast.iter_child_nodes(place.node):
        own = ast.unparse(child) if isinstance(child, ast.expr) else ""
        if len(own) > 1 and left.count(own) == 1 and hasattr(child, "end_col_offset"):
            start, end = place.start_of(child), place.end_of(child)
            before, left = left.split(own)
            cuts.append((at, start, before))
            at = end
    return [*cuts, (at, place.end, left)]


def _parses(text: str) -> bool:
    try:
        ast.parse(text)
    except SyntaxError:
        return text == "break" or "return" in text
    return True


def apply(source: str, *edits: Edit) -> str:
    """Return `source` with the mistakes made; the edits must not meet."""
    code = source.encode()
    for start, end, text in sorted((part for edit in edits for part in edit.made), reverse=True):
        code = code[:start] + text.encode() + code[end:]
    return code.decode()
