"""A line that was handed out is known again in any layout, and one that differs in a name is another."""

from __future__ import annotations

import ast

from backprop.answers import handed_out

CELL = """def f(X):
    '''Return it.'''
    m = X.shape[1]
    for i in range(m):
        X = 2 * X
    return X
"""


def codes(*lines: str) -> set[str]:
    return {handed_out.code_of(ast.parse(line).body[0]) for line in lines}


def test_lines_are_known_again_in_any_layout():
    tree = ast.parse("def f(X):\n    m = X.shape[ 1 ]  # how many\n    return (X)")
    assert handed_out.lines_of(tree, codes("m = X.shape[1]", "X = X")) == {2}
    assert handed_out.lines_of(tree, ()) == set()


def test_statements_that_hold_others_are_left_out():
    assert {node.lineno for node in handed_out.statements(ast.parse(CELL))} == {2, 3, 5, 6}


def test_what_cannot_be_written_out_was_not_handed_out():
    deep = ast.parse("x = 1")
    deep.body[0].value = ast.parse("-" * 500 + "x").body[0].value
    for _ in range(4000):
        deep.body[0].value = ast.UnaryOp(ast.USub(), deep.body[0].value)
    assert not handed_out.is_handed_out(deep.body[0], codes("x = 1"))


def test_a_line_of_text_is_known_too():
    assert handed_out.is_text_of("m = X.shape[1]", codes("m = X.shape[1]"))
    assert not handed_out.is_text_of("m = X.shape[0]", codes("m = X.shape[1]"))
    assert not handed_out.is_text_of("for i in", codes("m = X.shape[1]"))
    assert not handed_out.is_text_of("", codes("m = X.shape[1]"))
