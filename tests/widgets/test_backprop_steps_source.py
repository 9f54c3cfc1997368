"""The line that computes a quantity is found in whatever way a student wrote it."""

from __future__ import annotations

import linecache

import pytest

from backprop.widgets.backprop_steps.model import BACKWARD
from backprop.widgets.backprop_steps.source import listing


def written(source: str):
    """Return the function that a cell with this source defines."""
    name = f"<cell {abs(hash(source))}>"
    linecache.cache[name] = (len(source), None, source.splitlines(keepends=True), name)
    names = {}
    exec(compile(source, name, "exec"), names)
    return next(value for value in names.values() if callable(value) and hasattr(value, "__code__"))


def lines(body: str, quantity: str = "dZ2") -> list[str]:
    """Return the lines that are marked in a function with this body."""
    source = "def back_propogation(X, Y, parameters, cache):\n" + "\n".join("    " + line for line in body.splitlines())
    found = listing(written(source), BACKWARD)
    return [found.lines[i].strip() for i in found.marks.get(quantity, [])]


@pytest.mark.parametrize(
    ("body", "marked"),
    [
        ("dZ2 = 1\ndW2 = dZ2", ["dZ2 = 1"]),
        ("m, dZ2 = 1, 2", ["m, dZ2 = 1, 2"]),
        ("dZ2 = 1\nm = 3\ndZ2 /= m", ["dZ2 = 1", "dZ2 /= m"]),
        ("dZ2 = (\n    1\n)", ["dZ2 = (", "1", ")"]),
        ('grads = {}\ngrads["dZ2"] = 1', ['grads["dZ2"] = 1']),
        ('m = 3\nreturn {"dZ2": m + 1}', ['return {"dZ2": m + 1}']),
        ("return dict(dZ2=1)", ["return dict(dZ2=1)"]),
        ("dz2 = 1", ["dz2 = 1"]),
        ("for i in range(3):\n    dZ2[i] = 1", ["dZ2[i] = 1"]),
        ("if (dZ2 := 1):\n    pass", ["if (dZ2 := 1):"]),
        ("m = dZ2 if 0 else 1", []),
        ("delta = 1", []),
    ],
)
def test_the_line_that_computes_it_is_marked(body, marked):
    assert lines(body) == marked


def test_what_only_uses_a_quantity_is_not_marked():
    assert lines('dZ1 = 1\nreturn {"dZ1": dZ1}', "dZ1") == ["dZ1 = 1"]


def test_the_cost_is_what_a_cost_function_returns():
    found = listing(written("def computer_cost(A2, Y):\n    m = 2\n    return A2 / m\n"), ("cost",))
    assert found.marks == {"cost": [2]}
    named = listing(written("def computer_cost(A2, Y):\n    cost = A2\n    return cost\n"), ("cost",))
    assert named.marks == {"cost": [1]}


def test_a_function_inside_another_is_shown_without_its_indentation():
    def back_propogation():
        dZ2 = 1
        return dZ2

    found = listing(back_propogation, BACKWARD)
    assert found.lines[0] == "def back_propogation():"
    assert found.marks == {"dZ2": [1]}


def test_a_function_without_readable_source_is_left_out():
    names = {}
    exec("def back_propogation(): dZ2 = 1", names)
    assert listing(names["back_propogation"], BACKWARD) is None
    assert listing(len, BACKWARD) is None
    assert listing(max, BACKWARD) is None
