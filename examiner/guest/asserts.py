"""Let a failing `assert` say what was compared: the values, and nothing of the test's text.

`assert f(2) == 4` stays an assert, and only its message is ours: a name that a student's code binds again while the
test runs must not decide what holds.
"""

from __future__ import annotations

import ast
import builtins

LONGEST = 200  # letters of a value
NAME, LEFT, RIGHT = "__compared__", "__left__", "__right__"  # what a test cell finds the message and both sides under
NAMES = (NAME, LEFT, RIGHT)
WORDS = {
    ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=",
    ast.Is: "is", ast.IsNot: "is not", ast.In: "in", ast.NotIn: "not in",
}  # fmt: skip


class Explained(ast.NodeTransformer):
    """Gives a message to the asserts of a cell that compare two values and have none of their own."""

    def visit_Assert(self, node: ast.Assert) -> ast.AST:
        test = node.test
        if node.msg is not None or not isinstance(test, ast.Compare) or len(test.ops) != 1:
            return node
        word = ast.Constant(WORDS[type(test.ops[0])])
        names = [ast.Name(name, ast.Load()) for name in (LEFT, RIGHT)]
        message = ast.Call(ast.Name(NAME, ast.Load()), [names[0], word, names[1]], [])
        left, right = _named(test.left, LEFT), _named(test.comparators[0], RIGHT)
        told = ast.Assert(ast.Compare(left, test.ops, [right]), message)
        return ast.fix_missing_locations(ast.copy_location(told, node))

    def visit_Lambda(self, node: ast.Lambda) -> ast.AST:
        return node  # there are no statements in it


def _named(value: ast.expr, name: str) -> ast.expr:
    """Return an expression that gives `value` a name too."""
    return ast.copy_location(ast.NamedExpr(ast.Name(name, ast.Store()), value), value)


def compared(one: object, word: str, other: object) -> str:
    """Return what a comparison that does not hold has compared."""
    return f"{shown(one)} {word} {shown(other)} does not hold"


def shown(value: object) -> str:
    """Return a value as one line of text, whatever it does when it is asked."""
    try:
        said = " ".join(builtins.repr(value).split())
    except BaseException:
        said = f"<{type(value).__name__}>"
    return said if len(said) <= LONGEST else f"{said[:LONGEST]}…"
