"""Terms and factors: missing, doubled, inverted, of the wrong sign, or met by another operation."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from .places import Change, Place, called, text, what

SIGNS = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.MatMult: "@", ast.Pow: "**", ast.FloorDiv: "//"}


def changes(place: Place) -> Iterator[Change]:
    """Yield what could stand in place of a sum, difference, product, quotient, or sign."""
    node = place.node
    if isinstance(node, ast.UnaryOp):
        inner = text(node.operand)
        if isinstance(node.op, ast.USub) and not isinstance(node.operand, ast.Constant):
            yield Change("sign-missing", inner, what(node.operand), inner)
            yield Change("value-inverse", f"1 / {inner}", "", "1/")
            yield Change("value-square-taken", f"-({inner} ** 2)", "", "**2")
            for bound in (1, 3, 4, 5, 6, 10):
                yield Change("clipped", f"-np.clip({inner}, -{bound}, {bound})", str(bound), f"clip{bound}")
        if isinstance(node.op, ast.Invert | ast.Not):
            yield Change("not-turned-over", inner, "", "~")
    if isinstance(node, ast.BinOp) and _are_numbers(node):
        a, b = text(node.left), text(node.right)
        yield from _of(type(node.op), a, b, node)
        left, sign = node.left, SIGNS.get(type(node.op))
        if isinstance(left, ast.Call) and len(left.args) == 1 and not left.keywords and sign in ("+", "-"):
            inside = f"{ast.unparse(left.func)}({text(left.args[0])} {sign} {b})"
            yield Change("taken-inside", inside, what(node.right), b)


def _are_numbers(node: ast.BinOp) -> bool:
    """Leave indices and counts such as `L - 1` to the module of indices."""
    return not isinstance(node.right, ast.Constant) or not isinstance(node.op, ast.Add | ast.Sub)


def _of(op: type, a: str, b: str, node: ast.BinOp) -> Iterator[Change]:
    left, right = what(node.left), what(node.right)
    if op is ast.Sub:
        yield Change("plus-for-minus", f"{a} + {b}", "", b)
        yield Change("difference-turned", f"{b} - {a}", f"{left} and {right}", f"{a},{b}")
        yield Change("term-missing", a, right, b)
        yield Change("term-missing", f"-{b}", left, f"{a}-")
        yield Change("only-the-second", b, left, a)
        yield Change("value-decayed", f"0.99 * {a} - {b}", "", "decay")
        yield Change("times-for-minus", f"{a} * {b}", "", b)
        yield Change("absolute-difference", f"abs({a} - {b})", f"{left} and {right}", f"{a},{b}")
        if isinstance(node.right, ast.BinOp) and isinstance(node.right.op, ast.Mult | ast.Div):
            inner = node.right
            sign = SIGNS[type(inner.op)]
            yield Change("parentheses", f"({a} - {text(inner.left)}) {sign} {text(inner.right)}", "", "-*")
    elif op is ast.Add:
        yield Change("minus-for-plus", f"{a} - {b}", right, b)
        yield Change("term-missing", a, right, b)
        yield Change("term-missing", b, left, a)
        yield Change("times-for-plus", f"{a} * {b}", "", b)
        yield Change("term-twice", f"{a} + 2 * {b}", right, b)
    elif op is ast.Mult:
        yield Change("factor-missing", a, right, b)
        yield Change("factor-missing", b, left, a)
        yield Change("factor-missing", f"{a} * np.ones(np.shape({b}))", right, f"{b}1")
        yield Change("factor-missing", f"{b} * np.ones(np.shape({a}))", left, f"{a}1")
        yield Change("factor-divides", f"{a} / {b}", right, b)
        yield Change("factor-divides", f"{b} / {a}", left, a)
        yield Change("plus-for-times", f"{a} + {b}", f"{left} and {right}", f"{a},{b}")
        yield Change("minus-for-times", f"{a} - {b}", f"{left} and {right}", f"{a},{b}")
        yield Change("matrix-for-elementwise", f"{a} @ {b}", f"{left} and {right}", "@")
        yield Change("factor-squared", f"{a} * {b} ** 2", right, b)
        yield Change("factor-squared", f"{a} ** 2 * {b}", left, a)
    elif op is ast.Div:
        yield Change("divisor-missing", a, right, b)
        yield Change("divisor-multiplies", f"{a} * {b}", right, b)
        yield Change("quotient-turned", f"{b} / {a}", "", "/")
        yield Change("floor-division", f"{a} // {b}", "", "//")
        yield Change("divided-twice", f"{a} / {b} / {b}", right, b)
        if called(node.left) == "sum" and len(node.left.args) == 1 and not node.left.keywords:
            mean = f"np.mean({ast.unparse(node.left.args[0])})"
            yield Change("mean-of-all", mean, right, "mean of all")
        yield Change("minus-for-quotient", f"{a} - {b}", "", "/-")
        if isinstance(node.right, ast.BinOp) and isinstance(node.right.op, ast.Mult):
            first, second = text(node.right.left), text(node.right.right)
            yield Change("parentheses", f"{a} / {first} * {second}", "", "/*")
            yield Change("divisor-part-missing", f"{a} / {second}", what(node.right.left), first)
            yield Change("divisor-part-missing", f"{a} / {first}", what(node.right.right), second)
        if isinstance(node.left, ast.BinOp) and isinstance(node.left.op, ast.Add | ast.Sub):
            sign = SIGNS[type(node.left.op)]
            yield Change("parentheses", f"{text(node.left.left)} {sign} {text(node.left.right)} / {b}", "", "+/")
        if isinstance(node.right, ast.BinOp) and isinstance(node.right.op, ast.Add | ast.Sub):
            sign = SIGNS[type(node.right.op)]
            yield Change("parentheses", f"{a} / {text(node.right.left)} {sign} {text(node.right.right)}", "", "/+")
    elif op is ast.MatMult:
        yield from products(node.left, node.right)


def products(left: ast.expr, right: ast.expr) -> Iterator[Change]:
    """Yield what could stand in place of a matrix product, whether it is written with `@` or with `np.dot`."""
    a, b = text(left), text(right)
    names = f"{what(left)} and {what(right)}"
    yield Change("product-turned", f"{b} @ {a}", names, "@")
    yield Change("elementwise-for-matrix", f"{a} * {b}", names, "*")
    yield Change("elementwise-for-matrix", f"{a} * np.transpose({b})", names, "*T")
    yield Change("transpose-extra", f"np.transpose({a}) @ {b}", what(left), "T@")
    yield Change("transpose-extra", f"{a} @ np.transpose({b})", what(right), "@T")
    yield Change("transpose-extra", f"np.transpose({b}) @ {a}", what(right), "@Tr")
    yield Change("product-transposed", f"np.transpose({a} @ {b})", names, "(@)T")
    yield Change("factor-missing", a, what(right), b)
    yield Change("factor-missing", b, what(left), a)
    yield Change("factor-missing", f"{a} @ np.ones(np.shape({b}))", what(right), f"{b}1")
    yield Change("factor-missing", f"np.ones(np.shape({a})) @ {b}", what(left), f"{a}1")
    yield Change("plus-for-times", f"{a} + {b}", names, f"{a},{b}")
    yield Change("mean-for-sum", f"{a} @ {b} / np.shape({a})[-1]", names, "@mean")
    yield Change("products-not-summed", f"np.outer({a}, {b})", names, "outer")
    yield Change("first-sample", f"np.outer(np.asarray({a})[:, 0], np.asarray({b})[0])", "the first", "outer0")
    yield Change("product-of-the-first", f"{a}[:1] @ {b}", what(left), "first row")
