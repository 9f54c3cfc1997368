"""What is returned or stored: another value, another order, another form, rounded, transposed, or too early."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from .places import Change, Place, called, text, what

WRAPPED = {
    "wrong-sign": "-1 * {0}", "twice": "2 * {0}", "halved": "0.5 * {0}", "square-taken": "{0} ** 2",
    "root-taken": "np.sqrt({0})", "absolute-taken": "np.abs({0})", "sign-only": "np.sign({0})",
    "whole-numbers": "np.asarray({0}).astype(int)", "turned": "np.transpose({0})", "reversed": "({0})[::-1]",
    "flattened": "np.ravel({0})", "first-only": "({0})[0]", "first-row-only": "({0})[:1]", "added-up": "np.sum({0})",
    "averaged": "np.mean({0})", "largest-only": "np.max({0})", "in-a-list": "[{0}]", "inverse": "1 / {0}",
    "exponential": "np.exp({0})", "column": "np.reshape({0}, (-1, 1))", "row": "np.reshape({0}, (1, -1))",
    "added-up-kept": "np.sum({0}, keepdims=True)", "summed-rows": "np.sum({0}, axis=0)", "complement": "1 - {0}",
    "averaged-kept": "np.mean({0}, keepdims=True)", "run-together": "np.cumsum({0})", "percent": "100 * {0}",
    "normalised": "({0}) / np.linalg.norm({0})", "argmax": "np.argmax({0}, axis=0)", "places": "np.flatnonzero({0})",
    "argmax-kept": "np.argmax({0}, axis=0, keepdims=True)", "places-of-true": "np.where({0})",
    "decayed": "0.99 * {0}", "outer-half": "0 * {0}", "bent": "np.tanh({0})",
}  # fmt: skip
OFTEN = ("wrong-sign", "square-taken", "root-taken", "absolute-taken", "sign-only", "whole-numbers", "added-up",
         "averaged", "flattened", "first-only", "reversed", "twice", "outer-half")  # fmt: skip
KINDS = {"outer-half": "left-at-zero"}
ROUNDED = (1, 2, 3, 4, 5, 6)
CLIPPED = ("0.1", "0.5", "1", "3", "4", "5")


def changes(place: Place) -> Iterator[Change]:
    """Yield other forms of what a line binds or returns."""
    node = place.node
    if isinstance(node, ast.Return) and place.function:
        yield from _returns(place, node)
    if isinstance(node, ast.FunctionDef):
        yield from _twice(node)
    if isinstance(node, ast.FunctionDef) and {"x", "y"} <= set(place.names):
        yield from _over_all(place, node)
    if isinstance(node, ast.Dict) and all(isinstance(key, ast.Constant) for key in node.keys):
        yield from _dict(node)
    if isinstance(node, ast.Name) and isinstance(place.parent, ast.BinOp) and node.id not in place.sizes:
        for kind in ("sign-only", "averaged", "added-up", "absolute-taken"):
            yield Change(f"part-{kind}", WRAPPED[kind].format(node.id), what(node), kind)
        for bound in ("0.5", "1"):
            yield Change("clipped", f"np.clip({node.id}, -{bound}, {bound})", bound, f"clip{bound}")
    if _is_whole(place):
        yield from _wrapped(place, text(node))


def _is_whole(place: Place) -> bool:
    node = place.node
    if not isinstance(node, ast.expr) or isinstance(node, ast.Dict | ast.Tuple | ast.List):
        return False
    if place.is_value and place.is_load:
        return True
    if isinstance(place.parent, ast.ListComp) and node is place.parent.elt:
        return True
    if isinstance(place.parent, ast.Tuple | ast.Dict) and place.is_load:
        return isinstance(node, ast.Name | ast.Call)
    called = isinstance(place.parent, ast.Call) and place.parent.args == [node]
    product = isinstance(place.parent, ast.BinOp) and isinstance(node, ast.Call | ast.Subscript)
    return (called or product) and isinstance(node, ast.BinOp | ast.Call | ast.Subscript)


def _is_part(place: Place) -> bool:
    """Whether something is still computed with it before it is bound or returned."""
    return isinstance(place.parent, ast.Call | ast.BinOp)


def _goes_into_a_function(place: Place) -> bool:
    return isinstance(place.parent, ast.Call) and called(place.parent) not in ("sum", "mean", "dot", "array", "asarray")


def _wrapped(place: Place, own: str) -> Iterator[Change]:
    for kind, form in WRAPPED.items():
        if kind not in OFTEN and not place.is_value:
            continue
        if kind in ("twice", "halved") and _goes_into_a_function(place):
            continue  # twice the argument is not twice the result
        name = KINDS.get(kind, kind)
        if _is_part(place):
            yield Change(f"part-{name}", form.format(own), what(place.node), f"part {kind}")
        else:
            yield Change(f"value-{name}", form.format(own), "", kind)
    for decimals in ROUNDED:
        yield Change("rounded", f"np.round({own}, {decimals})", str(decimals), f"round{decimals}")
    for bound in CLIPPED:
        yield Change("clipped", f"np.clip({own}, -{bound}, {bound})", bound, f"clip{bound}")
    if isinstance(place.node, ast.Name):
        return
    if place.is_value:
        yield from _parts(place)
        if isinstance(place.node, ast.BinOp) and isinstance(place.node.op, ast.Sub):
            before = f"({ast.unparse(place.node.left)})[-1:]"
            yield Change("last-unmoved", f"np.concatenate([({own})[:-1], {before}])", "", "last unmoved")
    for name in place.names if place.written else ():
        if name not in own.split():
            yield Change("extra-factor", f"{own} * {name}", f"`{name}`", f"*{name}")
            yield Change("extra-divisor", f"{own} / {name}", f"`{name}`", f"/{name}")
            if place.is_value:
                yield Change("extra-term", f"{own} + {name}", f"`{name}`", f"+{name}")
    for name in place.names:
        if name not in place.sizes:
            yield Change("extra-divisor", f"{own} / len({name})", f"the length of `{name}`", f"/len{name}")
    if isinstance(place.parent, ast.Assign | ast.Return):
        for name in place.names:
            yield Change("value-of-another", name, f"`{name}`", f"={name}")


def _twice(node: ast.FunctionDef) -> Iterator[Change]:
    """Yield the function doing all of it twice: on its own result, or on the object that it changes."""
    arguments = [a.arg for a in node.args.args]
    inner = "\n".join("    " + line for line in ast.unparse(node).splitlines())
    head = f"def {ast.unparse(node.args).join('()')}:".replace("def (", f"def {node.name}(")
    if arguments[:1] == ["self"]:
        if node.name != "__init__":
            call = f"{node.name}({', '.join(arguments)})"
            yield Change("done-twice", f"{head}\n{inner}\n    {call}\n    return {call}", f"`{node.name}`", "twice")
        return
    for i, argument in enumerate(arguments):
        if argument in ("weights", "parameters", "x", "z"):
            again = [*arguments[:i], f"{node.name}({', '.join(arguments)})", *arguments[i + 1 :]]
            call = f"{node.name}({', '.join(again)})"
            yield Change("done-twice", f"{head}\n{inner}\n    return {call}", f"`{node.name}`", f"twice {argument}")


def _over_all(place: Place, node: ast.FunctionDef) -> Iterator[Change]:
    """Yield the function as the mean of itself over data of the notebook."""
    inner = "\n".join("    " + line for line in ast.unparse(node).splitlines())
    arguments = ", ".join(a.arg for a in node.args.args)
    for data in place.world.data:
        mean = f"np.mean([{node.name}({arguments}) for x, y in {data}])"
        yield Change("all-the-data", f"def {node.name}({arguments}):\n{inner}\n    return {mean}", f"`{data}`", data)


def _parts(place: Place) -> Iterator[Change]:
    """Yield what is left when the last steps of a computation are missing."""
    for part in ast.walk(place.node):
        if part is not place.node and isinstance(part, ast.Call | ast.BinOp | ast.Subscript):
            yield Change("only-a-part", ast.unparse(part), what(part), ast.unparse(part))


def _returns(place: Place, node: ast.Return) -> Iterator[Change]:
    if node.value is None:
        return
    own = ast.unparse(node.value)
    for name in place.names:
        if name != own:
            yield Change("returns-another", f"return {name}", f"`{name}`", f"return {name}")
    for weights in {"weights", "w1", "W"} & set(place.names):
        for rate in ("0.01", "0.1", "0.5", "1"):
            step = f"return {weights} - {rate} * {own}"
            yield Change("step-already-taken", step, f"{rate}", f"step {rate}")
    for name in place.names[-4:]:
        if name != own:
            yield Change("returns-more", f"return {own}, {name}", f"`{name}`", f"return more {name}")
    if isinstance(node.value, ast.Tuple) and len(node.value.elts) == 2:
        first, second = map(ast.unparse, node.value.elts)
        yield Change("results-exchanged", f"return {second}, {first}", "the first and the second", "return turned")
        yield Change("returns-another", f"return {first}", f"`{first}`", "return first")
        yield Change("returns-another", f"return {second}", f"`{second}`", "return second")
        yield Change("value-in-a-list", f"return [({own})]", "", "return in a list")


def _dict(node: ast.Dict) -> Iterator[Change]:
    keys = [key.value for key in node.keys]
    parts = list(map(ast.unparse, node.values))
    for i in range(len(keys)):
        for j in range(i + 1, len(keys)):
            turned = parts.copy()
            turned[i], turned[j] = turned[j], turned[i]
            two = f"`{keys[i]}` and `{keys[j]}`"
            yield Change("keys-exchanged", _as_dict(keys, turned), two, f"keys{i}{j}")
            turned[i], turned[j] = (f"np.reshape({parts[a]}, np.shape({parts[b]}))" for a, b in ((j, i), (i, j)))
            yield Change("keys-exchanged", _as_dict(keys, turned), f"{two}, turned to fit", f"keys{i}{j} turned")
    for i in range(len(keys)):
        for j in range(len(keys)):
            if i != j:
                same = parts.copy()
                same[i] = parts[j]
                yield Change("stored-twice", _as_dict(keys, same), f"`{keys[i]}`", f"stored{i}{j}")


def _as_dict(keys: list[str], parts: list[str]) -> str:
    return "{" + ", ".join(f'"{key}": {part}' for key, part in zip(keys, parts, strict=True)) + "}"
