"""Powers and roots: forgotten, another exponent, the sign `^`, the square of the wrong thing."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from .places import Change, Place, called, text, what


def changes(place: Place) -> Iterator[Change]:
    """Yield what could stand in place of a power or a root."""
    node = place.node
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow):
        base, exponent = text(node.left), text(node.right)
        yield Change("power-missing", base, what(node.left), base)
        yield Change("times-for-power", f"{base} * {exponent}", what(node.left), base)
        yield Change("half-for-power", f"{base} / {exponent}", what(node.left), base)
        yield Change("absolute-for-square", f"abs({base})", what(node.left), base)
        for other, name in ((3, "third"), (4, "fourth"), (0.5, "half")):
            yield Change("another-power", f"{base} ** {other}", name, f"{base}{other}")
        if isinstance(node.left, ast.Subscript | ast.Name) and exponent == "2":
            index = f"[{ast.unparse(node.left.slice)}]" if isinstance(node.left, ast.Subscript) else ""
            for name in place.names:
                if f"{name}{index}" != base:
                    told = f"`{base}` times `{name}{index}` for its square"
                    yield Change("another-name", f"{base} * {name}{index}", told, f"{name}*")
        if isinstance(node.left, ast.BinOp) and isinstance(node.left.op, ast.Add | ast.Sub):
            a, b = text(node.left.left), text(node.left.right)
            sign = "+" if isinstance(node.left.op, ast.Add) else "-"
            yield Change("squared-apart", f"{a} ** {exponent} {sign} {b} ** {exponent}", what(node.left), base)
            yield Change("squared-the-last", f"{a} {sign} {b} ** {exponent}", what(node.left), base)
    if called(node) == "sqrt" and len(node.args) == 1:
        inner = text(node.args[0])
        yield Change("root-missing", inner, what(node.args[0]), inner)
        yield Change("square-for-root", f"{inner} ** 2", what(node.args[0]), inner)
