"""A function that keeps its results, and tells them apart by some of its arguments only, fails a hidden test."""

from __future__ import annotations

import ast

import pytest
from classroom import ASSIGNMENTS, source
from verdicts import in_process

# Left out of what the results are kept by, these change nothing, or follow from the others.
FOLLOWS = {
    ("deltas", "weights"), ("deltas", "z"), ("deltas", "f"),  # z and f come from the weights, and one from the other
    ("gradients", "values"),  # of the ReLU network: they come from the inputs and the weights
    ("gradients", "V"),  # with the same values, another weight can only be that of a silent unit, which has no slope
    ("back_propogation", "parameters"), ("back_propogation", "cache"),
    ("train_loop", "print_cost"), ("train_epochs", "network"),  # another network is another object
    ("predict", "network"), ("errors", "network"), ("passes", "network"), ("silence", "network"),
}  # fmt: skip


NUMBERS = {"w1", "b1", "x", "y", "x1", "x2"}  # arguments that are single numbers, and may be 0


def functions(of=None):
    """Return each argument of the solutions' functions, or those that have one `of` these names."""
    for assignment in ASSIGNMENTS:
        for cell in source(assignment).cells:
            if cell.role == "solution":
                for node in ast.parse(cell.source).body:
                    names = [each.arg for each in node.args.args] if isinstance(node, ast.FunctionDef) else []
                    for name in names if len(names) > 1 else ():
                        if name in of if of else (node.name, name) not in FOLLOWS:
                            yield pytest.param(assignment, cell, node, name, id=f"{node.name}-{name}")


@pytest.mark.parametrize(("assignment", "cell", "function", "forgotten"), functions())
def test_what_is_kept_by_all_arguments_but_one_is_told_from_what_is_right(assignment, cell, function, forgotten):
    names = [each.arg for each in function.args.args]
    code = f"""{cell.source}

_own, _kept = {function.name}, {{}}


def {function.name}({ast.unparse(function.args)}):
    key = repr(({", ".join(name for name in names if name != forgotten)},))
    if key not in _kept:
        _kept[key] = _own({", ".join(names)})
    return _kept[key]
"""
    verdicts = in_process(assignment, cell.exercise, code)
    assert not all(verdict["passed"] for verdict in verdicts)


@pytest.mark.parametrize(("assignment", "cell", "function", "argument"), functions(of=NUMBERS))
def test_a_0_that_is_taken_for_no_argument_is_told_from_what_is_right(assignment, cell, function, argument):
    names = [each.arg for each in function.args.args]
    code = f"""{cell.source}

_own = {function.name}


def {function.name}({ast.unparse(function.args)}):
    if isinstance({argument}, (int, float)) and not {argument}:
        {argument} = 1.0
    return _own({", ".join(names)})
"""
    verdicts = in_process(assignment, cell.exercise, code)
    assert not all(verdict["passed"] for verdict in verdicts)


IN_PLACE = {
    ("chain_of_neurons", "11"): """def sgd_step(x, y, weights, rate):
    weights -= rate * gradients(x, y, weights)
    return weights""",
    ("two_layer_network", "7"): """def update_parameters(parameters, grads, learning_rate):
    for name in parameters:
        parameters[name] -= learning_rate * grads["d" + name]
    return parameters""",
}


@pytest.mark.parametrize(("assignment", "exercise"), IN_PLACE)
def test_a_change_in_place_is_right_where_the_exercise_allows_it_in_all_calls(assignment, exercise):
    verdicts = in_process(assignment, exercise, IN_PLACE[assignment, exercise])
    assert [verdict["key"] for verdict in verdicts if not verdict["passed"]] == []


def test_a_change_in_place_is_told_with_its_argument_where_it_is_one_of_several_calls():
    code = """def numerical_gradient(x, y, weights, h):
    steps = h * np.eye(len(weights))
    slopes = np.array([(loss(x, y, weights + s) - loss(x, y, weights - s)) / (2 * h) for s in steps])
    weights += 1e-3
    return slopes"""
    verdict = next(one for one in in_process("chain_of_neurons", "9", code) if one["key"] == "9.6")
    assert verdict["misconception"] == "changes-its-argument"
    assert verdict["but"].startswith("it changes its argument `weights`")
