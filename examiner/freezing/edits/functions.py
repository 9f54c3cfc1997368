"""Functions: left out, applied twice, another of the same family, arguments exchanged, axis and `keepdims`."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from .arithmetic import products
from .places import Change, Place, called, text, what

SIGMOID = "(1 / (1 + np.exp(-1.0 * {0})))"
ACTIVATIONS = {
    "tanh": "np.tanh({0})",
    "sigmoid": SIGMOID,
    "ReLU": "np.maximum({0}, 0)",
    "softmax": "(np.exp({0}) / np.sum(np.exp({0})))",
    "tan": "np.tan({0})",
    "absolute value": "np.abs({0})",
    "arctan": "np.arctan({0})",
    "step": "({0} > 0) * 1.0",
    "sine": "np.sin({0})",
    "ReLU capped at 1": "np.clip({0}, 0, 1)",
    "2σ − 1, between −1 and 1": f"(2 * {SIGMOID} - 1)",
    "leaky ReLU": "np.where({0} > 0, {0}, 0.01 * {0})",
}
SLOPES = {
    "the slope of tanh": "(1 - np.tanh({0}) ** 2)",
    "the slope of the sigmoid": f"({SIGMOID} * (1 - {SIGMOID}))",
    "the slope of the ReLU": "({0} > 0) * 1.0",
}
MATHEMATICS = {
    "exp": ("exp2", "expm1", "log", "cosh"),
    "cosh": ("sinh", "exp", "tanh"),
    "arctanh": ("arctan", "tanh", "arcsinh"),
    "tanh": ("arctanh",),
    "sqrt": ("square", "exp", "log"),
    "log": ("log2", "log10", "exp"),
}
OVER_MANY = {
    "mean": ("sum", "median", "max", "min", "std"),
    "sum": ("mean", "max", "median", "min", "prod"),
    "max": ("mean", "min", "sum", "median"),
    "any": ("all",),
    "all": ("any",),
}


def changes(place: Place) -> Iterator[Change]:
    """Yield what could stand in place of a call, or of a sigmoid that is written out."""
    node = place.node
    if (inner := written_out(node)) is not None:
        for other, form in ACTIVATIONS.items():
            if other != "sigmoid":
                yield Change("another-activation", form.format(text(inner)), other, other)
    if not isinstance(node, ast.Call):
        return
    name = called(node)
    if name in ("dot", "matmul") and len(node.args) == 2:
        yield from products(*node.args)
    if name == "multiply" and len(node.args) == 2:
        a, b = map(text, node.args)
        yield Change("factor-missing", a, what(node.args[1]), b)
        yield Change("factor-missing", b, what(node.args[0]), a)
        yield Change("matrix-for-elementwise", f"{a} @ {b}", "", "@")
        yield Change("plus-for-times", f"{a} + {b}", f"{what(node.args[0])} and {what(node.args[1])}", "+")
        yield Change("factor-squared", f"{a} * {b} ** 2", what(node.args[1]), b)
    if name in ("sum", "mean") and len(node.args) == 1 and not node.keywords and isinstance(node.args[0], ast.BinOp):
        yield from _samples(name, text(node.args[0]))
    yield from _families(node, name)
    yield from _arguments(place, node, name)
    yield from _axes(node, name)
    if name == "mean" and len(node.args) == 1 and isinstance(node.args[0], ast.ListComp):
        yield from _means(ast.unparse(node.args[0]))


def _families(node: ast.Call, name: str) -> Iterator[Change]:
    inner = text(node.args[0]) if node.args else ""
    if is_activation(node):
        own = "ReLU" if "rectified" in ast.unparse(node) else name
        for other, form in ACTIVATIONS.items():
            if other != own:
                yield Change("another-activation", form.format(inner), other, other)
        for other, form in SLOPES.items():
            yield Change("slope-for-activation", form.format(inner), other, other)
    for other in MATHEMATICS.get(name, ()):
        yield Change("another-function", f"np.{other}({inner})", f"`{other}` for `{name}`", other)
    for other in OVER_MANY.get(name, ()):
        function = ast.unparse(node.func)
        renamed = function.removesuffix(name) + other if isinstance(node.func, ast.Attribute) else f"np.{other}"
        rest = ", ".join(map(ast.unparse, [*node.args, *node.keywords]))
        kind = {"mean": "mean-for-sum", "sum": "sum-for-mean"}.get(other, "")
        kind = kind if {name, other} == {"mean", "sum"} else "another-summary"
        yield Change(kind, f"{renamed}({rest})", f"`{other}` for `{name}`", f"{name}{other}")
    takes_one = len(node.args) == 1 and name not in ("range", "len", "asarray", "array", "append", "zeros", "ones")
    if takes_one and not node.keywords:
        yield Change("call-missing", inner, f"`{_told(node)}`", _told(node))
        yield Change("called-twice", f"{ast.unparse(node.func)}({ast.unparse(node)})", f"`{_told(node)}`", _told(node))
    if name == "copy":
        yield Change("copy-missing", ast.unparse(node.func).removesuffix(".copy"), "", "copy")
    if name in ("item", "astype", "asarray") and isinstance(node.func, ast.Attribute):
        yield Change("conversion-missing", ast.unparse(node.func.value) if name != "asarray" else inner, name, name)


def _means(many: str) -> Iterator[Change]:
    """Yield the results of loops that add up and divide by hand, and go wrong."""
    forms = {
        "count-off": [(f"np.sum({many}) / (len({many}) + 1)", "one too many"),
                      (f"np.sum({many}) / (len({many}) - 1)", "one too few")],
        "first-left-out": [(f"np.sum({many}[1:]) / len({many})", "the numbers to add up"),
                           (f"np.mean({many}[1:])", "the numbers to average")],
        "last-left-out": [(f"np.sum({many}[:-1]) / len({many})", "the numbers to add up"),
                          (f"np.mean({many}[:-1])", "the numbers to average")],
        "leaves-the-loop": [(f"{many}[0] / len({many})", "")],
        "only-the-last": [(f"{many}[-1] / len({many})", "the numbers to add up")],
        "number-written-down": [(f"np.sum({many}) / {number}", f"{number} for the count") for number in (2, 3)],
        "divided-in-each-round": [(f"sum(c / len({many}) ** (len({many}) - i) for i, c in enumerate({many}))", "")],
    }  # fmt: skip
    for kind, some in forms.items():
        for form, told in some:
            yield Change(kind, form, told, f"{kind}{told}")


def _samples(name: str, inner: str) -> Iterator[Change]:
    """Yield the results of a loop over the samples (columns) that is too short, or keeps only one of them."""
    forms = {"last-left-out": ":-1", "first-left-out": "1:", "only-the-last": "-1:", "only-the-first": ":1"}
    for kind, columns in forms.items():
        yield Change(kind, f"np.{name}({inner}[..., {columns}])", "the samples", f"{kind} {name}")


def written_out(node: ast.AST) -> ast.expr | None:
    """Return x where a node is `1 / (1 + np.exp(-x))`, else None."""
    match node:
        case ast.BinOp(
            ast.Constant(1),
            ast.Div(),
            ast.BinOp(ast.Constant(1), ast.Add(), ast.Call(_, [ast.UnaryOp(ast.USub(), inner)], []) as power),
        ) if called(power) == "exp":
            return inner
    return None


def is_activation(node: ast.AST) -> bool:
    """Whether a call applies an activation: tanh, the sigmoid, or the ReLU under whatever name."""
    if not isinstance(node, ast.Call) or len(node.args) != 1:
        return False
    function = ast.unparse(node.func)
    return "derivative" not in function and any(word in function for word in ("tanh", "sigmoid", "rectified_linear"))


def _told(node: ast.Call) -> str:
    """Return the name of a called function; of `np.vectorize(f)(x)` it is f."""
    if isinstance(node.func, ast.Call) and node.func.args:
        return ast.unparse(node.func.args[0])
    return called(node) or ast.unparse(node.func)


def _arguments(place: Place, node: ast.Call, name: str) -> Iterator[Change]:
    ranges = ast.unparse(node.func) == "range"  # an empty one says more by its loop
    if len(node.args) >= 2 and not ranges and not any(isinstance(arg, ast.Starred) for arg in node.args):
        for i in range(len(node.args) - 1):
            for j in range(i + 1, len(node.args)):
                args = list(map(ast.unparse, node.args))
                args[i], args[j] = args[j], args[i]
                rest = ", ".join([*args, *map(ast.unparse, node.keywords)])
                names = f"{what(node.args[i])} and {what(node.args[j])}"
                yield Change("arguments-exchanged", f"{ast.unparse(node.func)}({rest})", names, f"{name}{i}{j}")
    if isinstance(node.func, ast.Name):
        takes = place.world.functions.get(node.func.id)
        for other, count in place.world.functions.items():
            if other != node.func.id and count == takes and takes:
                text_ = f"{other}({', '.join(map(ast.unparse, [*node.args, *node.keywords]))})"
                yield Change("another-of-ours", text_, f"`{other}` for `{node.func.id}`", f"{node.func.id}>{other}")


def _axes(node: ast.Call, name: str) -> Iterator[Change]:
    keywords = {keyword.arg: keyword for keyword in node.keywords}
    if not keywords.keys() & {"axis", "keepdims"}:
        return
    function, args = ast.unparse(node.func), list(map(ast.unparse, node.args))

    def call(**changed) -> str:
        kept = {arg: ast.unparse(keyword.value) for arg, keyword in keywords.items()} | changed
        return f"{function}({', '.join([*args, *(f'{arg}={value}' for arg, value in kept.items() if value)])})"

    if "axis" in keywords:
        axis = ast.unparse(keywords["axis"].value)
        other = "0" if axis == "1" else "1"
        yield Change("other-axis", call(axis=other), f"axis={other}", "axis")
        yield Change("axis-missing", call(axis=""), "", "axis")
        yield Change("axis-missing", call(axis="", keepdims=""), "", "axis-")
        yield Change("not-summed", args[0] if args else ast.unparse(node.func.value), "", "axis+")
        if "keepdims" in keywords:
            yield Change("other-axis", call(axis=other, keepdims=""), f"axis={other}", "axis")
            yield Change("keepdims-missing", call(keepdims=""), "", "keepdims")
    if name in ("sum", "mean") and args and not isinstance(node.args[0], ast.GeneratorExp):
        other = "mean" if name == "sum" else "sum"
        yield Change(f"{other}-for-{name}", call().replace(f".{name}(", f".{other}(", 1), "", "axis~")
