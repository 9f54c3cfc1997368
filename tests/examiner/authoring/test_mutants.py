"""Statements about mutants: every change of one token, of what students write, and nothing that is no change."""

from __future__ import annotations

import ast

import pytest

from examiner.authoring.mutants import mutants_of

SOLUTION = '''def cost(A, Y):
    """Return the cost."""
    m = Y.shape[1]
    ### BEGIN SOLUTION
    total = np.sum((A - Y) ** 2, axis=1, keepdims=True)
    if m > 1:
        total = total / m
    return total
    ### END SOLUTION
'''


def said(source: str = SOLUTION) -> set[str]:
    return {f"{mutant.before} → {mutant.after}" for mutant in mutants_of(source)}


@pytest.mark.parametrize(
    "change",
    [
        "A - Y → ((A) + (Y))",  # an operator
        "A - Y → ((Y) - (A))",  # its sides
        "(A - Y) ** 2 → (A - Y)",  # a term dropped
        "2 → (3)",  # a constant
        "np.sum → np.mean",  # a function
        "np.sum((A - Y) ** 2, axis=1, keepdims=True) → np.sum((A - Y) ** 2, axis=1)",  # an argument dropped
        "np.sum((A - Y) ** 2, axis=1, keepdims=True) → np.sum((A - Y) ** 2, keepdims=True, axis=0)",  # an axis
        "True → False",
        "m > 1 → (m >= 1)",  # a comparison
        "A → (A).T",
        "A → Y",  # another name
        "A → (-A)",  # a sign
        "total = total / m → pass",  # a line dropped
        "total = total / m → total = total / m",  # a return after it
        "np.sum((A - Y) ** 2, axis=1, keepdims=True) → (np.sum((A - Y) ** 2, axis=1, keepdims=True)).T",
        "np.sum((A - Y) ** 2, axis=1, keepdims=True) → (-np.sum((A - Y) ** 2, axis=1, keepdims=True))",
    ],
)
def test_each_kind_of_change_is_made(change):
    assert change in said()


def test_what_other_cells_define_and_python_s_own_are_exchanged_too():
    made = said("def f(x):\n    x += sigmoid(x) % tanh(x)\n    return max(x) if x is not None else x[0]\n")
    assert {"sigmoid → tanh", "max → min", "x is not None → (x is None)", "x[0] → (x[0]).T"} <= made
    assert "x += sigmoid(x) % tanh(x) → x -= sigmoid(x) % tanh(x)" in made
    assert "sigmoid(x) % tanh(x) → ((sigmoid(x)) * (tanh(x)))" in made


def test_an_axis_and_keepdims_are_added():
    made = said("def f(x):\n    return np.mean(x)\n")
    assert {f"np.mean(x) → np.mean(x, {more})" for more in ("axis=0", "axis=1", "keepdims=True")} <= made


def test_a_return_is_put_in_only_where_there_is_a_function():
    assert not any("return" in mutant.source for mutant in mutants_of("a = 1\nb = 2\n"))
    assert any(mutant.source.count("return") == 2 for mutant in mutants_of(SOLUTION))


def test_only_what_students_write_is_changed():
    assert not any("Y.shape" in change or "Return" in change for change in said())
    assert {mutant.line for mutant in mutants_of(SOLUTION)} <= {5, 6, 7, 8}


def test_without_marks_all_of_it_is_the_students():
    assert "x → (-x)" in said("def f(x):\n    return x\n")


def test_all_mutants_are_python_and_differ_from_each_other_and_from_the_solution():
    sources = [mutant.source for mutant in mutants_of(SOLUTION)]
    assert len({*sources, SOLUTION}) == len(sources) + 1
    for source in sources:
        ast.parse(source)


def test_letters_beyond_ascii_do_not_shift_a_change():
    assert "η * 2 → ((η) + (2))" in said("def f(η):\n    'η é'; return η * 2\n")
