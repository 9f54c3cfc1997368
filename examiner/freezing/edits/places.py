"""The places of a solution at which a mistake can be made, with what a sentence about them needs.

A place knows its bytes in the source, so that an edit is a few cuts in a text, and so that two edits can be told to be
at different places.
"""

from __future__ import annotations

import ast
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)


@dataclass(frozen=True)
class Change:
    """What stands at a place instead, as source; "" for a statement that is left out."""

    kind: str  # a key of `words.KINDS`
    text: str
    what: str = ""  # which operand, name or number it is about, for the sentence
    like: str = ""  # changes of a kind that are alike are also made at all their places at once


@dataclass(frozen=True)
class World:
    """What the names of a notebook stand for, beyond the solution itself."""

    functions: dict[str, int] = field(default_factory=dict)  # name: how many arguments it takes
    data: tuple[str, ...] = ()  # names of data that the notebook itself binds


@dataclass(frozen=True)
class Place:
    """A node of a solution, and what it belongs to."""

    node: ast.AST
    number: int
    last: int  # the number of the last node under it
    start: int  # its bytes in the source
    end: int
    at: str  # "`dZ1`": whose value it is a part of
    written: bool  # whether a student writes this line, or finds it
    in_loop: bool
    parent: ast.AST | None
    function: ast.FunctionDef | None
    names: tuple[str, ...] = ()  # arguments and local names of the function
    sizes: tuple[str, ...] = ()
    world: World = World()
    lines: tuple[int, ...] = ()  # at which byte each line of the source begins

    def start_of(self, node: ast.expr) -> int:
        """Return the byte at which a node of the same source begins."""
        return self.lines[node.lineno - 1] + node.col_offset

    def end_of(self, node: ast.expr) -> int:
        """Return the byte at which it ends."""
        return self.lines[node.end_lineno - 1] + node.end_col_offset

    @property
    def is_load(self) -> bool:
        return not isinstance(getattr(self.node, "ctx", ast.Load()), ast.Store | ast.Del)

    @property
    def is_value(self) -> bool:
        """Whether it is all that is bound or returned, and no part of it."""
        return isinstance(self.parent, ast.Assign | ast.AugAssign | ast.Return) and isinstance(self.node, ast.expr)


def places(source: str, world: World) -> list[Place]:
    """Return all places of a solution, in the order of their numbers."""
    tree = ast.parse(source)
    written = written_lines(source)
    found: list[Place] = []
    _Walk(found, written, world, source).visit(tree, _Context())
    return found


def written_lines(source: str) -> set[int]:
    """Return the numbers of the lines that students write; all lines where nothing is marked."""
    inside, marked = set(), False
    writing = False
    for number, line in enumerate(source.splitlines(), start=1):
        if re.search(r"### (BEGIN|END) SOLUTION", line):
            marked, writing = True, "BEGIN" in line
        elif writing:
            inside.add(number)
    return inside if marked else set(range(1, source.count("\n") + 2))


@dataclass(frozen=True)
class _Context:
    at: str = ""
    in_loop: bool = False
    function: ast.FunctionDef | None = None
    names: tuple[str, ...] = ()
    line: int = 0
    targets: tuple[ast.expr, ...] = ()  # of the tuple that comes next, one for each of its parts


class _Walk:
    def __init__(self, found: list[Place], written: set[int], world: World, source: str):
        self.found, self.written, self.world = found, written, world
        lengths = [len(line) for line in source.encode().splitlines(keepends=True)]
        self.lines = tuple(itertools.accumulate(lengths, initial=0))
        self.number = 0

    def visit(self, node: ast.AST, context: _Context, parent: ast.AST | None = None) -> None:
        number, self.number = self.number, self.number + 1
        at = len(self.found)
        self.found.append(None)  # its last number is known when all under it have theirs
        inside = _inside(node, context)
        for child in ast.iter_child_nodes(node):
            self.visit(child, _named(node, child, inside), node)
        line = getattr(node, "lineno", context.line)
        self.found[at] = Place(
            node,
            number,
            self.number - 1,
            self.lines[line - 1] + getattr(node, "col_offset", 0) if hasattr(node, "lineno") else -1,
            self.lines[node.end_lineno - 1] + node.end_col_offset if hasattr(node, "lineno") else -1,
            inside.at,
            line in self.written,
            context.in_loop,
            parent,
            inside.function,
            inside.names,
            tuple(name for name in inside.names if name in ("m", "L", "n", "N", "n_x", "n_h", "n_y")),
            self.world,
            self.lines,
        )


def _inside(node: ast.AST, context: _Context) -> _Context:
    line = getattr(node, "lineno", context.line)
    at, in_loop, function, names = context.at, context.in_loop, context.function, context.names
    if isinstance(node, ast.FunctionDef):
        function, names, in_loop = node, _names_of(node), False
        at = f"`{node.name}`"
    elif isinstance(node, ast.Assign | ast.AugAssign):
        target = node.targets[0] if isinstance(node, ast.Assign) else node.target
        at = label(target) or at
    elif isinstance(node, ast.Return) and function:
        at = f"what `{function.name}` returns"
    elif isinstance(node, ast.For | ast.While | ast.comprehension):
        in_loop = True
    return _Context(at, in_loop, function, names, line, context.targets if isinstance(node, ast.Tuple) else ())


def _named(node: ast.AST, child: ast.AST, context: _Context) -> _Context:
    """Let the parts of `a, b = 1, 2` have the names of their own targets."""
    if isinstance(node, ast.Assign) and child is node.value and isinstance(child, ast.Tuple):
        targets = getattr(node.targets[0], "elts", [])
        return replace(context, targets=tuple(targets) if len(targets) == len(child.elts) else ())
    if isinstance(node, ast.Tuple) and context.targets and child in node.elts:
        return replace(context, at=label(context.targets[node.elts.index(child)]) or context.at, targets=())
    if isinstance(node, ast.For) and child is node.iter:
        return _Context("the loop", False, context.function, context.names, context.line)
    return context


def label(target: ast.AST) -> str:
    """Return what a student calls a target: `dZ1`, `delta`, `biases`."""
    if isinstance(target, ast.Name):
        return f"`{target.id}`"
    if isinstance(target, ast.Attribute):
        return f"`{target.attr}`"
    if isinstance(target, ast.Subscript):
        return label(target.value)
    if isinstance(target, ast.Tuple):
        return " and ".join(filter(None, map(label, target.elts)))
    return ""


def _names_of(function: ast.FunctionDef) -> tuple[str, ...]:
    arguments = [a.arg for a in function.args.args if a.arg != "self"]
    bound = [n.id for n in ast.walk(function) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)]
    return tuple(dict.fromkeys(name for name in [*arguments, *bound] if name != "_"))


def under(places_: list[Place], place: Place) -> Iterator[Place]:
    """Yield the places below `place`."""
    yield from places_[place.number + 1 : place.last + 1]


def text(node: ast.AST) -> str:
    """Return the source of a node, fit to stand in a larger expression."""
    written = ast.unparse(node)
    simple = isinstance(node, ast.Name | ast.Call | ast.Subscript | ast.Attribute | ast.Constant)
    return written if simple else f"({written})"


def called(node: ast.AST) -> str:
    """Return the last name of what a call calls: "sum" of `np.sum(…)` and of `x.sum()`, "" of anything else."""
    if not isinstance(node, ast.Call):
        return ""
    function = node.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def what(node: ast.AST) -> str:
    """Say which operand a node is without writing it out: by its function, its names, or its number."""
    if isinstance(node, ast.Constant):
        return f"the {node.value}"
    if isinstance(node, ast.UnaryOp):
        return what(node.operand)
    if called(node) and called(node) not in ("array", "asarray", "len"):
        return f"the one with `{called(node)}`"
    names = [n.id for n in ast.walk(node) if isinstance(n, ast.Name) and n.id != "np"]
    names += [str(n.value) for n in ast.walk(node) if isinstance(n, ast.Constant)] if not names else []
    names = list(dict.fromkeys(names))[:3]
    return "the one with " + " and ".join(f"`{name}`" for name in names) if names else "a part of it"
