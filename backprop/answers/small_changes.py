"""List the small changes to one line of a source: each is a slip that students make, undone.

Changes that leave something out come first: where several would do, they say most.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from .signs import COMPARISONS, OPERATORS

MOST = 80  # changes to a line
LONGEST = 60  # letters of a text that is shown
MOST_NAMES = 12
IN_PLACE_OF: dict[type[ast.operator], tuple[str, ...]] = {
    ast.Add: ("-", "*"), ast.Sub: ("+",), ast.Mult: ("@", "/"), ast.Div: ("*",), ast.MatMult: ("*",),
    ast.Pow: ("*",), ast.FloorDiv: ("/",), ast.Mod: (),
}  # fmt: skip
# A function is not run again and again where that may never end, or where each run leaves something behind.
UNFIT = (ast.While, ast.Global, ast.Nonlocal)
TRACES = {"plt", "pyplot", "display", "open", "input"}
ALIKE = (  # functions that are taken for one another
    {"sum", "mean", "max", "median", "prod"},
    {"max", "min"},
    {"zeros", "ones"},
    {"dot", "multiply", "matmul"},
    {"argmax", "argmin"},
    {"any", "all"},
    {"floor", "ceil", "round"},
    {"maximum", "minimum"},
    {"tanh", "exp", "sinh", "cosh"},
    {"vstack", "hstack"},
)


class OneChange(NamedTuple):
    """One change to a line: of what kind, and which part of the line it is about, as it stands there."""

    kind: str  # a key of `explain.one_change.WORDS`
    part: str
    line: int


class Candidate(NamedTuple):
    """A change, and the source with it."""

    change: OneChange
    source: str


class Place:
    """A line of a source: its statement, the function around that, and how to put something else there."""

    def __init__(self, source: str, line: int):
        self.source, self.line = source, line
        self.bytes = source.encode()
        self.starts = [0]
        for each in self.bytes.splitlines(keepends=True):
            self.starts.append(self.starts[-1] + len(each))
        tree = ast.parse(source)
        self.path = _path_to(tree, line)
        self.statement = self.path[-1]
        self.function = next(node for node in reversed(self.path) if isinstance(node, ast.FunctionDef))

    def text(self, node: ast.AST) -> str:
        start, end = self._span(node)
        return self.bytes[start:end].decode()

    def after(self, left: ast.AST, node: ast.AST) -> str:
        """Return what follows the left side of an operation, as it stands there: its sign and its right side."""
        return self.bytes[self._span(left)[1] : self._span(node)[1]].decode().lstrip(") \\\n")

    def before(self, node: ast.AST, right: ast.AST) -> str:
        """Return what comes before the right side of an operation, with its sign."""
        return self.bytes[self._span(node)[0] : self._span(right)[0]].decode().rstrip("( \\\n")

    def replaced(self, node: ast.AST, new: str) -> str:
        """Return the source with `new` for `node`."""
        start, end = self._span(node)
        return (self.bytes[:start] + new.encode() + self.bytes[end:]).decode()

    def _span(self, node: ast.AST) -> tuple[int, int]:
        start = self.starts[node.lineno - 1] + node.col_offset  # type: ignore[attr-defined]
        return start, self.starts[node.end_lineno - 1] + node.end_col_offset  # type: ignore[attr-defined]

    @property
    def neighbours(self) -> tuple[ast.stmt | None, ast.stmt | None]:
        """The statements before and after this one, in the same block."""
        body = next(
            block
            for block in (getattr(self.path[-2], name, ()) for name in ("body", "orelse", "finalbody"))
            if self.statement in block
        )
        at = body.index(self.statement)
        return (body[at - 1] if at else None), (body[at + 1] if at + 1 < len(body) else None)


@lru_cache(maxsize=16)
def candidates(source: str, line: int) -> tuple[Candidate, ...]:
    """Return the changes to a line, those that leave something out first; none where the line is no statement's."""
    try:
        place = Place(source, line)
    except (SyntaxError, ValueError, RecursionError, MemoryError, StopIteration, LookupError):
        return ()
    if any(isinstance(node, UNFIT) or getattr(node, "id", "") in TRACES for node in ast.walk(place.function)):
        return ()
    parts = [node for part in _own_parts(place.statement) for node in ast.walk(part)]
    found: dict[str, Candidate] = {}
    for makes in OF_A_CALL if isinstance(place.statement, ast.Expr) else ALL:
        for kind, part, new in islice(makes(place, parts), MOST):
            found.setdefault(new, Candidate(OneChange(kind, _short(part), line), new))
    found.pop(source, None)
    return tuple(islice(found.values(), MOST))


def _path_to(tree: ast.AST, line: int) -> list[ast.AST]:
    """Return the nodes from the module to the innermost statement that begins at this line."""
    path = [tree]
    while True:
        inner = [
            child
            for block in ("body", "orelse", "finalbody")
            for child in getattr(path[-1], block, ())
            if isinstance(child, ast.stmt) and child.lineno <= line <= (child.end_lineno or 0)
        ]
        if not inner:
            break
        path.append(inner[-1])
    if getattr(path[-1], "lineno", 0) != line:
        raise LookupError(f"no statement begins at line {line}")
    return path


def _own_parts(statement: ast.AST) -> list[ast.expr]:
    """Return the expressions of a statement, without the statements in it."""
    return [child for child in ast.iter_child_nodes(statement) if isinstance(child, ast.expr)]


def _short(part: str) -> str:
    part = " ".join(part.split())
    return part if len(part) <= LONGEST else part[: LONGEST - 1] + "…"


Made = Iterator[tuple[str, str, str]]  # the kind, the part of the line, the source with the change


def _leaves_out(place: Place, parts: list[ast.AST]) -> Made:
    """A factor, a term, or a function around a value is too much."""
    for node in parts:
        match node:
            case ast.BinOp(left, operation, right) if type(operation) in OPERATORS:
                yield "too much", place.after(left, node), place.replaced(node, f"({place.text(left)})")
                if isinstance(operation, ast.Mult | ast.Add | ast.MatMult):
                    yield "too much", place.before(node, right), place.replaced(node, f"({place.text(right)})")
                elif isinstance(operation, ast.Sub):
                    yield "too much", place.text(left), place.replaced(node, f"(-({place.text(right)}))")
            case ast.UnaryOp(ast.USub() | ast.Invert(), value):
                yield "sign", place.text(node), place.replaced(node, f"({place.text(value)})")
            case ast.Call(ast.Name() | ast.Attribute(ast.Name("np" | "numpy" | "math")) as function, [value, *_]):
                yield "too much", f"{place.text(function)}(…)", place.replaced(node, f"({place.text(value)})")
            case ast.Call(ast.Attribute(value, name)):
                yield "too much", f".{name}(…)", place.replaced(node, f"({place.text(value)})")
            case ast.Attribute(value, "T"):
                yield "other way round", place.text(node), place.replaced(node, f"({place.text(value)})")
            case ast.Subscript(value, index) if any(isinstance(one, ast.Slice) for one in ast.walk(index)):
                yield "part only", place.text(node), place.replaced(node, place.text(value))


def _operations(place: Place, parts: list[ast.AST]) -> Made:
    """Another operation or comparison is needed, or the operands the other way round."""
    for node in parts:
        match node:
            case ast.BinOp(left, operation, right) if type(operation) in OPERATORS:
                one, other = place.text(left), place.text(right)
                part = place.text(node)
                yield from _parentheses(place, node)
                for sign in IN_PLACE_OF[type(operation)]:
                    yield "operation", part, place.replaced(node, f"(({one}) {sign} ({other}))")
                if isinstance(operation, ast.Sub | ast.Div | ast.MatMult):
                    sign = OPERATORS[type(operation)]
                    yield "order", part, place.replaced(node, f"(({other}) {sign} ({one}))")
            case ast.Compare(left, [operation], [right]) if type(operation) in COMPARISONS:
                own = COMPARISONS[type(operation)]
                part = place.text(node)
                for sign in COMPARISONS.values():
                    if sign != own:
                        new = f"(({place.text(left)}) {sign} ({place.text(right)}))"
                        yield "comparison", part, place.replaced(node, new)
            case ast.BoolOp(joined, values):
                sign = " or " if isinstance(joined, ast.And) else " and "
                new = f"({sign.join(f'({place.text(value)})' for value in values)})"
                yield "comparison", place.text(node), place.replaced(node, new)


def _parentheses(place: Place, node: ast.BinOp) -> Made:
    """The parentheses of two operations stand in the wrong place."""
    part, sign = place.text(node), OPERATORS[type(node.op)]
    match node.left:
        case ast.BinOp(left, operation, middle) if type(operation) in OPERATORS:
            inner = f"({place.text(middle)}) {sign} ({place.text(node.right)})"
            new = f"(({place.text(left)}) {OPERATORS[type(operation)]} ({inner}))"
            yield "parentheses", part, place.replaced(node, new)
    match node.right:
        case ast.BinOp(middle, operation, right) if type(operation) in OPERATORS:
            inner = f"({place.text(node.left)}) {sign} ({place.text(middle)})"
            new = f"(({inner}) {OPERATORS[type(operation)]} ({place.text(right)}))"
            yield "parentheses", part, place.replaced(node, new)


def _calls(place: Place, parts: list[ast.AST]) -> Made:
    """Another function is needed, or the arguments in another order."""
    calls = [node for node in ast.walk(place.function) if isinstance(node, ast.Call)]
    used = [place.text(node.func) for node in calls if _is_plain(node.func)]
    used += [node.name for node in ast.parse(place.source).body if isinstance(node, ast.FunctionDef)]
    for node in parts:
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        others = sorted({other for group in ALIKE if name in group for other in group} - {name})
        if isinstance(node.func, ast.Attribute):
            for other in others:
                new = place.replaced(node.func, f"{place.text(node.func.value)}.{other}")
                yield "function", place.text(node.func), new
        if _is_plain(node.func):
            for other in islice(dict.fromkeys(used), MOST_NAMES):
                yield "function", place.text(node.func), place.replaced(node.func, other)
        if len(node.args) == 2 and not node.keywords:
            one, other = map(place.text, node.args)
            yield "order", place.text(node), place.replaced(node, f"{place.text(node.func)}({other}, {one})")


def _is_plain(function: ast.expr) -> bool:
    """Say whether a function has a name of its own, or a library's: no method of an object's."""
    match function:
        case ast.Name() | ast.Attribute(ast.Name("np" | "numpy" | "math")):
            return True
    return False


def _numbers(place: Place, parts: list[ast.AST]) -> Made:
    """Another number or index is needed, or another choice of `True` and `False`."""
    indices = [inner for node in parts if isinstance(node, ast.Subscript) for inner in _of_index(node.slice)]
    bounds = [bound for node in parts for bound in _of_range(node)]
    for count in indices + bounds:
        kind = "index" if count in indices else "bound"
        for new in ("- 1", "+ 1"):
            yield kind, place.text(count), place.replaced(count, f"{place.text(count)} {new}")
    negative = {id(node.operand) for node in parts if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub)}
    for node in parts:
        match node:
            case ast.UnaryOp(ast.USub(), ast.Constant(int() | float() as number)):
                for other in dict.fromkeys([0, 1, 2, 0.5, -number - 1, 1 - number]):
                    if other != -number:
                        yield "number", place.text(node), place.replaced(node, f"({other!r})")
            case ast.keyword("axis", ast.Constant(0 | 1 as axis)):
                yield "axis", place.text(node), place.replaced(node.value, str(1 - axis))
            case ast.Constant(bool() as choice):
                yield "choice", place.text(node), place.replaced(node, str(not choice))
            case ast.Constant(int() | float() as number) if id(node) not in negative:
                others = [0, 1, 2, 0.5, -number, number - 1, number + 1, *([1 / number] if number else [])]
                for other in dict.fromkeys(others):
                    if other != number:
                        yield "number", place.text(node), place.replaced(node, f"({other!r})")


def _of_index(index: ast.expr) -> Iterator[ast.expr]:
    match index:
        case ast.Tuple(some):
            for one in some:
                yield from _of_index(one)
        case ast.Slice(lower, upper):
            yield from (bound for bound in (lower, upper) if bound is not None)
        case ast.Constant(str()):
            return
        case _:
            yield index


def _of_range(node: ast.AST) -> list[ast.expr]:
    match node:
        case ast.Call(ast.Name("range"), arguments):
            return arguments
    return []


def _names(place: Place, parts: list[ast.AST]) -> Made:
    """Another name, attribute or key is needed."""
    called = {id(node.func) for node in parts if isinstance(node, ast.Call)}
    all_nodes = list(ast.walk(place.function))
    names = list(dict.fromkeys([
        *(one.arg for one in place.function.args.args),
        *(one.id for one in all_nodes if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store)),
    ]))  # fmt: skip
    attributes = _own_attributes(all_nodes)
    keys = [key for one in all_nodes for key in _keys_of(one)]
    for node in parts:
        match node:
            case ast.Name(name, ast.Load()) if id(node) not in called and name in names and name != "self":
                for other in islice((one for one in names if one not in (name, "self")), MOST_NAMES):
                    yield "value", name, place.replaced(node, other)
            case ast.Attribute(ast.Name("self"), name) if name in attributes and id(node) not in called:
                for other in islice((one for one in attributes if one != name), MOST_NAMES):
                    yield "value", place.text(node), place.replaced(node, f"self.{other}")
            case ast.Subscript(value, ast.Constant(str() as key)):
                for other in islice(dict.fromkeys(one for one in keys if one != key), MOST_NAMES):
                    yield "value", place.text(node), place.replaced(node, f"{place.text(value)}[{other!r}]")


def _own_attributes(nodes: list[ast.AST]) -> list[str]:
    return list(dict.fromkeys(
        node.attr for node in nodes
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "self"
    ))  # fmt: skip


def _keys_of(node: ast.AST) -> list[str]:
    match node:
        case ast.Subscript(_, ast.Constant(str() as key)):
            return [key]
    return []


def _sides(place: Place, parts: list[ast.AST]) -> Made:
    """An array is needed with its rows as columns."""
    transposed = {id(node.value) for node in parts if isinstance(node, ast.Attribute) and node.attr == "T"}
    factors = [
        operand
        for node in parts
        for operand in (
            [node.left, node.right] if isinstance(node, ast.BinOp) and isinstance(node.op, ast.MatMult) else
            node.args if isinstance(node, ast.Call) and len(node.args) == 2 else []
        )
    ]  # fmt: skip
    for node in factors:
        if id(node) not in transposed and isinstance(node, ast.Name | ast.Attribute | ast.Subscript):
            yield "other way round", place.text(node), place.replaced(node, f"{place.text(node)}.T")


def _whole_line(place: Place, parts: list[ast.AST]) -> Made:
    """The line is too much, comes too early or too late, or is to add where it replaces."""
    statement = place.statement
    if not isinstance(statement, ast.Assign | ast.AugAssign | ast.Expr):
        return
    text = place.text(statement)
    match statement:
        case ast.AugAssign(target, operation, value) if type(operation) in OPERATORS:
            own = OPERATORS[type(operation)]
            for sign in ("+", "-", "*", "/", ""):
                if sign != own:
                    yield (
                        "operation",
                        text,
                        place.replaced(statement, f"{place.text(target)} {sign}= {place.text(value)}"),
                    )
        case ast.Assign([target], value):
            yield "operation", text, place.replaced(statement, f"{place.text(target)} += {place.text(value)}")
    yield "line too much", text, place.replaced(statement, "pass")
    before, after = place.neighbours
    if isinstance(after, ast.Assign | ast.AugAssign | ast.Expr):
        swapped = place.replaced(after, text)
        yield "comes too early", text, Place(swapped, place.line).replaced(statement, place.text(after))
    if isinstance(before, ast.Assign | ast.AugAssign | ast.Expr):
        moved = place.replaced(statement, place.text(before))
        yield "comes too late", text, Place(moved, before.lineno).replaced(before, text)


def _moves(place: Place, parts: list[ast.AST]) -> Made:
    """The line stands inside a loop and belongs outside, or the other way round."""
    statement, outer, text = place.statement, place.path[-2], place.text(place.statement)
    if not isinstance(statement, ast.Assign | ast.AugAssign | ast.Expr | ast.Return):
        return
    before, _ = place.neighbours
    if isinstance(outer, ast.For) and statement in outer.body:
        without = place.replaced(statement, "pass")
        inserted = f"{' ' * outer.col_offset}{text}"
        if statement is outer.body[-1]:
            yield "inside a loop", text, _with_line(without, outer.end_lineno or 0, inserted)
        if statement is outer.body[0] and not _names_in(statement, ast.Load) & _names_in(outer, ast.Store):
            yield "inside a loop", text, _with_line(without, outer.lineno - 1, inserted)
    elif isinstance(before, ast.For) and not isinstance(statement, ast.Return):
        inserted = f"{' ' * before.body[-1].col_offset}{text}"
        yield "outside a loop", text, _with_line(place.replaced(statement, "pass"), before.end_lineno or 0, inserted)


def _names_in(statement: ast.AST, context: type[ast.expr_context]) -> set[str]:
    nodes = [node for node in ast.walk(statement) if isinstance(getattr(node, "ctx", None), context)]
    return {node.id if isinstance(node, ast.Name) else getattr(node, "attr", "") for node in nodes} - {""}


def _with_line(source: str, after: int, line: str) -> str:
    """Return the source with one line more, after the line of this number."""
    lines = source.split("\n")  # as Python counts lines: a text may hold other marks of an end
    return "\n".join([*lines[:after], line, *lines[after:]])


def _missing(place: Place, parts: list[ast.AST]) -> Made:
    """A copy, a sign or a sum is missing around a value of the line."""
    for node in parts:
        match node:
            case ast.Call(ast.Attribute(_, "append"), [ast.Name(name) as one]):
                yield "copy missing", name, place.replaced(one, f"{name}.copy()")
    if isinstance(place.statement, ast.Assign) and isinstance(place.statement.value, ast.Name):
        name = place.statement.value.id
        yield "copy missing", name, place.replaced(place.statement.value, f"{name}.copy()")
    value = getattr(place.statement, "value", None)
    if not isinstance(value, ast.expr) or isinstance(place.statement, ast.Expr):
        return
    text = place.text(value)
    yield "sign", text, place.replaced(value, f"-({text})")
    yield "sum missing", text, place.replaced(value, f"np.sum({text}, axis=1, keepdims=True)")
    yield "sum missing", text, place.replaced(value, f"np.sum({text})")


ALL = (_leaves_out, _sides, _whole_line, _moves, _operations, _calls, _numbers, _names, _missing)
OF_A_CALL = (_whole_line, _moves, _names, _missing)  # of a line that only calls something
