"""Find, in a student's function, the lines that compute a quantity such as `dZ2`.

A line counts when it assigns the quantity, by name (`dZ2 = …`, `dZ2, m = …`, `dZ2 *= …`), as an entry
(`dZ2[i] = …`, `grads["dZ2"] = …`) or, where nothing else does, inside a dictionary that is built (`{"dW1": …}`).
Upper and lower case may differ. The function is only read, never run.
"""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Listing:
    """The source of a function, and which of its lines compute which quantity, counted from 0."""

    function: str
    lines: list[str]
    marks: dict[str, list[int]]


def listing(function: Callable, quantities: tuple[str, ...]) -> Listing | None:
    """Return the source of `function` with marks for these quantities, or None where it cannot be read."""
    try:
        source = textwrap.dedent(inspect.getsource(function))
        tree = ast.parse(source)
    except (OSError, TypeError, SyntaxError, ValueError):  # made by exec, built in, a lambda inside brackets
        return None
    definition = next((node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)), None)
    if definition is None:
        return None
    marks = {quantity: _lines_for(definition, quantity) for quantity in quantities}
    return Listing(definition.name, source.rstrip("\n").split("\n"), {name: at for name, at in marks.items() if at})


def _lines_for(definition: ast.FunctionDef, quantity: str) -> list[int]:
    found: dict[str, list[int]] = {name: [] for name in (quantity, quantity.lower())}
    for finder in (_assigned, _built):
        for name, node in finder(definition):
            for wanted in found:
                if name == wanted or (wanted != quantity and name.lower() == wanted):
                    found[wanted] += range(*_lines(node))
        exact, alike = found[quantity], found[quantity.lower()]
        if exact or alike:
            return sorted(set(exact or alike))
    if quantity == "cost":  # what a cost function returns is the cost, whatever its name
        returns = [node for node in ast.walk(definition) if isinstance(node, ast.Return)]
        return sorted({line for node in returns for line in range(*_lines(node))})
    return []


def _lines(node: ast.stmt | ast.expr) -> tuple[int, int]:
    """Return the first line of a node, counted from 0, and the one after its last."""
    return node.lineno - 1, node.end_lineno or node.lineno


def _assigned(definition: ast.FunctionDef) -> Iterator[tuple[str, ast.stmt | ast.expr]]:
    """Yield each name or text key that is assigned to, with its statement."""
    for node in ast.walk(definition):
        if isinstance(node, ast.Assign):
            targets = node.targets
        elif isinstance(node, ast.AugAssign | ast.AnnAssign | ast.NamedExpr):
            targets = [node.target]
        else:
            continue
        for target in targets:
            for part in ast.walk(target):
                if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store):
                    yield part.id, node
                elif isinstance(part, ast.Subscript):
                    if isinstance(part.value, ast.Name):
                        yield part.value.id, node
                    if isinstance(part.slice, ast.Constant):
                        yield str(part.slice.value), node


def _built(definition: ast.FunctionDef) -> Iterator[tuple[str, ast.expr]]:
    """Yield each text key of a dictionary that is built, with the expression of its value."""
    for node in ast.walk(definition):
        if isinstance(node, ast.Dict):
            for key, value in zip(node.keys, node.values, strict=True):
                if isinstance(key, ast.Constant):
                    yield str(key.value), value
        elif isinstance(node, ast.Call):
            for keyword in node.keywords:
                if keyword.arg:
                    yield keyword.arg, keyword.value
