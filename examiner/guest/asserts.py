"""Let a failing `assert` say what was compared: the values, and nothing of the test's text.

`assert f(2) == 4` becomes a call that computes both sides once, and raises with them where they differ.
"""

from __future__ import annotations

import ast
import builtins
import operator

LONGEST = 200  # letters of a value
NAME = "__compared__"  # what a test cell finds the function under
WORDS = {
    ast.Eq: ("==", operator.eq),
    ast.NotEq: ("!=", operator.ne),
    ast.Lt: ("<", operator.lt),
    ast.LtE: ("<=", operator.le),
    ast.Gt: (">", operator.gt),
    ast.GtE: (">=", operator.ge),
    ast.Is: ("is", operator.is_),
    ast.IsNot: ("is not", operator.is_not),
    ast.In: ("in", lambda one, other: one in other),
    ast.NotIn: ("not in", lambda one, other: one not in other),
}
KINDS = dict(WORDS.values())


class Explained(ast.NodeTransformer):
    """Rewrites the asserts of a cell that compare two values and have no message of their own."""

    def visit_Assert(self, node: ast.Assert) -> ast.AST:
        test = node.test
        if node.msg is not None or not isinstance(test, ast.Compare) or len(test.ops) != 1:
            return node
        word = WORDS[type(test.ops[0])][0]
        call = ast.Call(ast.Name(NAME, ast.Load()), [test.left, ast.Constant(word), test.comparators[0]], [])
        return ast.fix_missing_locations(ast.copy_location(ast.Expr(call), node))

    def visit_Lambda(self, node: ast.Lambda) -> ast.AST:
        return node  # there are no statements in it


def compared(one: object, word: str, other: object) -> None:
    """Raise an `AssertionError` with both values where a comparison does not hold."""
    if not KINDS[word](one, other):
        raise AssertionError(f"{shown(one)} {word} {shown(other)} does not hold")


def shown(value: object) -> str:
    """Return a value as one line of text, whatever it does when it is asked."""
    try:
        said = " ".join(builtins.repr(value).split())
    except BaseException:
        said = f"<{type(value).__name__}>"
    return said if len(said) <= LONGEST else f"{said[:LONGEST]}…"
