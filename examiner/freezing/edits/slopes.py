"""Slopes: of another activation, at another array, left out, or upside down."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from .places import Change, Place, called, text

FORMS = {
    "1 minus the square of what goes in": "(1 - {0} ** 2)",
    "x (1 − x), where x is what goes in": "({0} * (1 - {0}))",
    "1 + a²": "(1 + {0} ** 2)",
    "1 − a": "(1 - {0})",
    "a²": "({0} ** 2)",
    "the value itself": "{0}",
    "the slope of tanh": "(1 - np.tanh({0}) ** 2)",
    "tanh instead of its slope": "np.tanh({0})",
    "1 − tanh, without the square": "(1 - np.tanh({0}))",
    "1 + tanh²": "(1 + np.tanh({0}) ** 2)",
    "1 / cosh, without the square": "(1 / np.cosh({0}))",
    "cosh² upside down": "(np.cosh({0}) ** 2)",
    "1 / cosh²": "(1 / np.cosh({0}) ** 2)",
    "1 / √cosh": "(1 / np.sqrt(np.cosh({0})))",
    "1 / sinh²": "(1 / np.sinh({0}) ** 2)",
    "the sigmoid instead of its slope": "(1 / (1 + np.exp(-1.0 * {0})))",
    "the slope of the sigmoid": "(1 / (1 + np.exp(-1.0 * {0})) * (1 - 1 / (1 + np.exp(-1.0 * {0}))))",
    "a step, 1 where it is positive": "({0} > 0)",
    "a step, 1 where it is positive, and at 0 as well": "({0} >= 0)",
    "a step the wrong way round": "({0} <= 0)",
    "a leaky step": "np.where({0} > 0, 1, 0.01)",
    "a sign, −1 where it is negative": "np.sign({0})",
    "the ReLU instead of its slope": "np.maximum({0}, 0)",
}


# The names that lessons give to the input of an activation and to its output.
PASSED_ON = {"Z": "A", "z": "a"}
OF_THE_ACTIVATION = {
    "{0}²": "({0} ** 2)",
    "1 − {0}², the slope of tanh": "(1 - {0} ** 2)",
    "{0} (1 − {0}), the slope of the sigmoid": "({0} * (1 - {0}))",
    "1 − {0}": "(1 - {0})",
    "{0} itself": "{0}",
}
ELSEWHERE = (
    "1 minus the square of what goes in", "x (1 − x), where x is what goes in", "the value itself", "the slope of tanh",
    "the slope of the sigmoid", "a step, 1 where it is positive",
)  # fmt: skip


def changes(place: Place) -> Iterator[Change]:
    """Yield what could stand in place of the slope of an activation."""
    of = slope_of(place.node)
    if of is None:
        return
    inner, own = text(of), ast.unparse(place.node)
    arrays = [name for name in place.names if name not in place.sizes]
    index = f"[{ast.unparse(of.slice)}]" if isinstance(of, ast.Subscript) else ""
    for name in dict.fromkeys([inner, *(f"{array}{index}" for array in arrays)]):
        for told, form in FORMS.items():
            new = form.format(name)
            if new.strip("()") != own.strip("()") and (name == inner or told in ELSEWHERE):
                kind = "another-slope" if name == inner else "another-slope-elsewhere"
                said = told if name == inner else f"{told}, and taken at `{name}`"
                yield Change(kind, new, said, f"{told}{name.removesuffix(index)}")
        if name != inner:
            elsewhere = (
                f"{ast.unparse(place.node.func)}({name})"
                if isinstance(place.node, ast.Call)
                else own.replace(inner, name)
            )
            kind = "slope-elsewhere" if _is_taken_at(place.node) else "slope-with-another"
            yield Change(kind, elsewhere, f"`{name}`", f"at {name}")
    for letter, passed_on in PASSED_ON.items():
        partner = passed_on + inner.removeprefix(letter)
        if inner.startswith(letter) and partner in arrays:
            for told, form in OF_THE_ACTIVATION.items():
                yield Change("another-slope", form.format(partner), told.format(f"`{partner}`"), f"{told} passed on")
    yield Change("slope-missing", "1.0", "", "slope")
    yield Change("slope-twice", f"({own}) ** 2", "", "slope2")
    yield Change("slope-divides", f"1 / ({own})", "", "slope/")


def _is_taken_at(node: ast.AST) -> bool:
    """Tell whether a slope is computed from what goes into the activation, and not, as 1 − f², from what comes out."""
    return isinstance(node, ast.Call) or any(isinstance(part, ast.Call) for part in ast.walk(node))


def slope_of(node: ast.AST) -> ast.expr | None:
    """Return the array at which a node takes the slope of an activation, or None where it does not."""
    if isinstance(node, ast.Call) and len(node.args) == 1 and "derivative" in ast.unparse(node.func):
        return node.args[0]
    if not isinstance(node, ast.BinOp):
        return None
    one = isinstance(node.left, ast.Constant) and node.left.value == 1
    if not one or not isinstance(node.right, ast.BinOp) or not isinstance(node.right.op, ast.Pow):
        return None
    base = node.right.left
    if isinstance(node.op, ast.Sub):
        return base
    return base.args[0] if isinstance(node.op, ast.Div) and called(base) == "cosh" else None
