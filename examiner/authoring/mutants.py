"""Every change of one token or one argument of a solution: what passes all checks though it is wrong is a hole in them.

The changes are dumb on purpose. `examiner.freezing.edits` makes the mistakes that people make, to give them a name;
these are made to be found.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator
from dataclasses import dataclass

from backprop.answers.signs import COMPARISONS, OPERATORS

from ..course.source_notebook import solution_lines

OPPOSITES: dict[type[ast.cmpop], str] = {ast.Is: "is not", ast.IsNot: "is", ast.In: "not in", ast.NotIn: "in"}
ALONG = {"sum", "mean", "max", "min", "argmax", "argmin", "any", "all", "prod", "std", "var", "cumsum"}
TWINS = [
    ("sum", "mean"), ("max", "min"), ("argmax", "argmin"), ("zeros", "ones"), ("any", "all"), ("append", "extend"),
    ("zeros_like", "ones_like"), ("exp", "log"), ("sin", "cos"), ("sinh", "cosh"), ("rand", "randn"),
    ("maximum", "minimum"), ("dot", "multiply"), ("floor", "ceil"),
]  # fmt: skip


@dataclass(frozen=True)
class Mutant:
    """A solution with one change; `line` and the two texts say where, and what."""

    source: str
    line: int
    before: str
    after: str

    def __str__(self) -> str:
        return f"line {self.line}: `{self.before}` → `{self.after}`"


def mutants_of(source: str) -> list[Mutant]:
    """Return all mutants of what students write in a solution, each once, in the order of its lines."""
    tree = ast.parse(source)
    words, theirs = _Words.of(tree), solution_lines(source)
    found: dict[str, Mutant] = {}
    for node in ast.walk(tree):
        if getattr(node, "lineno", 0) not in theirs:
            continue
        for after in _changes(node, words):
            mutant = _replaced(source, node, after)
            if mutant and mutant.source != source:
                found.setdefault(mutant.source, mutant)
    return sorted(found.values(), key=lambda mutant: (mutant.line, mutant.before, mutant.after))


@dataclass(frozen=True)
class _Words:
    """What a name, or a text in square brackets, could be mistaken for."""

    names: tuple[str, ...]
    keys: tuple[str, ...]
    called: tuple[str, ...]  # functions of other cells
    texts: frozenset[int]  # the ids of the constants that no change is made in: docstrings

    @classmethod
    def of(cls, tree: ast.Module) -> _Words:
        nodes = list(ast.walk(tree))
        names = {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
        names |= {node.arg for node in nodes if isinstance(node, ast.arg)} - {"self"}
        keys = {
            node.slice.value
            for node in nodes
            if isinstance(node, ast.Subscript)
            and isinstance(node.slice, ast.Constant)
            and isinstance(node.slice.value, str)
        }
        texts = {
            id(node.value) for node in nodes if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        }
        called = {node.func.id for node in nodes if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
        functions = {node.name for node in nodes if isinstance(node, ast.FunctionDef | ast.ClassDef)}
        called -= names | functions | set(dir(builtins))
        return cls(tuple(sorted(names)), tuple(sorted(keys)), tuple(sorted(called)), frozenset(texts))


def _changes(node: ast.AST, words: _Words) -> Iterator[str]:
    """Yield what could stand in place of `node`."""
    if isinstance(node, ast.BinOp) and type(node.op) in OPERATORS:
        left, right = ast.unparse(node.left), ast.unparse(node.right)
        yield from (f"(({left}) {sign} ({right}))" for sign in OPERATORS.values() if sign != OPERATORS[type(node.op)])
        yield from (f"({side})" for side in (left, right))
        if not isinstance(node.op, ast.Add | ast.Mult):
            yield f"(({right}) {OPERATORS[type(node.op)]} ({left}))"
    elif isinstance(node, ast.UnaryOp):
        yield f"({ast.unparse(node.operand)})"
    elif isinstance(node, ast.Compare) and len(node.ops) == 1 and type(node.ops[0]) in COMPARISONS:
        left, right = ast.unparse(node.left), ast.unparse(node.comparators[0])
        yield from (f"({left} {sign} {right})" for sign in COMPARISONS.values())
    elif isinstance(node, ast.Compare) and len(node.ops) == 1 and type(node.ops[0]) in OPPOSITES:
        yield f"({ast.unparse(node.left)} {OPPOSITES[type(node.ops[0])]} {ast.unparse(node.comparators[0])})"
    elif isinstance(node, ast.BoolOp):
        other = " or " if isinstance(node.op, ast.And) else " and "
        yield f"({other.join(f'({ast.unparse(value)})' for value in node.values)})"
    elif isinstance(node, ast.Constant):
        yield from _constants(node, words)
    elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in words.names:
        yield from (name for name in words.names if name != node.id)
        yield f"({node.id}).T"
        yield f"(-{node.id})"
    elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):  # of Python's or of another cell's
        yield from _twins(node.id)
        yield from (name for name in words.called if name != node.id and node.id in words.called)
    elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load):
        yield from _attributes(node)
    elif isinstance(node, ast.Call):
        yield from _calls(node)
    elif isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Load):
        yield f"{ast.unparse(node.value)}"
        yield f"({ast.unparse(node)}).T"
        yield f"(-{ast.unparse(node)})"
    elif (
        isinstance(node, ast.Assign | ast.AugAssign | ast.Expr) and id(getattr(node, "value", None)) not in words.texts
    ):
        yield "pass"
        if isinstance(node, ast.AugAssign):
            target, value = ast.unparse(node.target), ast.unparse(node.value)
            yield f"{target} = {value}"
            yield from (f"{target} {sign}= {value}" for kind, sign in OPERATORS.items() if kind is not type(node.op))
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        if isinstance(targets[0], ast.Name):  # where it stands in no function, this is no Python
            yield f"{ast.unparse(node)}\nreturn {targets[0].id}"
    elif isinstance(node, ast.For):
        yield ast.unparse(
            ast.If(ast.Constant(True), [ast.Assign([node.target], ast.Constant(0), lineno=0), *node.body], [])
        )


def _constants(node: ast.Constant, words: _Words) -> Iterator[str]:
    value = node.value
    if id(node) in words.texts or value is None or value is Ellipsis:
        return
    if isinstance(value, bool):
        yield str(not value)
    elif isinstance(value, str):
        yield from (repr(key) for key in words.keys if key != value and value in words.keys)
    elif isinstance(value, int | float):
        others = [value + 1, value - 1, -value, 0, 2 * value, value / 2]
        yield from (f"({other!r})" for other in dict.fromkeys(others) if other != value)


def _attributes(node: ast.Attribute) -> Iterator[str]:
    base = ast.unparse(node.value)
    if node.attr == "T":
        yield base
    yield from (f"{base}.{twin}" for twin in _twins(node.attr))
    if node.attr == "shape":
        yield f"{base}.T.shape"


def _twins(name: str) -> Iterator[str]:
    yield from (pair[1 - pair.index(name)] for pair in TWINS if name in pair)


def _calls(node: ast.Call) -> Iterator[str]:
    """Yield the call without one argument, with two exchanged, along another axis, turned, and one argument alone."""

    def call(arguments: list[ast.expr], keywords: list[ast.keyword]) -> str:
        return ast.unparse(ast.Call(node.func, arguments, keywords))

    yield f"({ast.unparse(node)}).T"
    yield f"(-{ast.unparse(node)})"
    given = {keyword.arg for keyword in node.keywords}
    if ast.unparse(node.func).rpartition(".")[2] in ALONG:
        more = [("axis", axis) for axis in (0, 1) if "axis" not in given]
        more += [("keepdims", True)] if "keepdims" not in given else []
        for name, value in more:
            yield call(node.args, [*node.keywords, ast.keyword(name, ast.Constant(value))])
    for one in range(len(node.args)):
        yield call(node.args[:one] + node.args[one + 1 :], node.keywords)
        yield f"({ast.unparse(node.args[one])})"
        for other in range(one):
            exchanged = list(node.args)
            exchanged[one], exchanged[other] = exchanged[other], exchanged[one]
            yield call(exchanged, node.keywords)
    for one, keyword in enumerate(node.keywords):
        rest = node.keywords[:one] + node.keywords[one + 1 :]
        yield call(node.args, rest)
        if keyword.arg == "axis":
            yield from (call(node.args, [*rest, ast.keyword("axis", ast.Constant(axis))]) for axis in (None, 0, 1))


def _replaced(source: str, node: ast.AST, after: str) -> Mutant | None:
    """Return the source with `after` in place of a node; None where that is no Python."""
    lines = source.encode().splitlines(keepends=True)
    first, last = getattr(node, "lineno", 0), getattr(node, "end_lineno", 0)
    if not first or not last:
        return None
    start = sum(map(len, lines[: first - 1])) + node.col_offset  # type: ignore[attr-defined]
    end = sum(map(len, lines[: last - 1])) + node.end_col_offset  # type: ignore[attr-defined]
    data = source.encode()
    indented = after.replace("\n", "\n" + " " * node.col_offset)  # type: ignore[attr-defined]
    changed = (data[:start] + indented.encode() + data[end:]).decode()
    try:
        compile(changed, "<mutant>", "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    except (SyntaxError, ValueError):
        return None
    return Mutant(changed, first, data[start:end].decode().split("\n")[0], after.split("\n")[0])


EMPTY_ARRAY = "__import__('numpy').array([])"  # under whatever name a notebook has NumPy
NOTHING = ("None", "[]", "{}", "''", "0", "False", "True", EMPTY_ARRAY)


def lazy_answers(source: str) -> list[Mutant]:
    """Return solutions in which one function always gives back something empty, or its own argument."""
    tree = ast.parse(source)
    found = []
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            body, first = function.body, function.args.args[:1]
            for gives in (*NOTHING, *(one.arg for one in first if one.arg != "self")):
                function.body = ast.parse(f"return {gives}").body
                said = "np.array([])" if gives == EMPTY_ARRAY else gives
                found.append(Mutant(ast.unparse(tree), function.lineno, f"all of {function.name}", f"return {said}"))
            function.body = body
    return found
