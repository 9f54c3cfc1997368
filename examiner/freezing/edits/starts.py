"""Starts: another scale, another distribution, another seed, drawn in another order, a bias treated as a weight."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from .places import Change, Place, called

DRAWN = {
    "uniform numbers between 0 and 1": "np.random.rand({0})",
    "uniform numbers between −1 and 1": "np.random.uniform(-1, 1, ({0}))",
    "uniform numbers between −½ and ½": "(np.random.rand({0}) - 0.5)",
    "uniform numbers between −1 and 1, from `rand`": "(2 * np.random.rand({0}) - 1)",
    "whole numbers": "np.random.randint(-1, 2, ({0}))",
    "whole numbers from 0 to 9": "np.random.randint(0, 10, ({0}))",
    "zeros": "np.zeros(({0}))",
    "ones": "np.ones(({0}))",
    "absolute values": "np.abs(np.random.randn({0}))",
}
SEEDS = ("0", "1", "2", "42", "123", "1234")


def changes(place: Place) -> Iterator[Change]:
    """Yield other ways to start a weight or a bias."""
    node = place.node
    if called(node) == "randn" and len(node.args) == 2:
        yield from _drawn(node)
    if isinstance(node, ast.BinOp) and called(node.left) == "randn":
        yield from _scaled(place, node)
    if isinstance(node, ast.FunctionDef) and "randn" in ast.unparse(node):
        yield from _seeded(node)
    if called(node) in ("zeros", "ones") and len(node.args) == 1:
        yield from _filled(place, node)


def _drawn(node: ast.Call) -> Iterator[Change]:
    sizes = ", ".join(map(ast.unparse, node.args))
    first, second = map(ast.unparse, node.args)
    for told, form in DRAWN.items():
        yield Change("another-draw", form.format(sizes), told, told)
    yield Change("drawn-turned", f"np.random.randn({second}, {first}).T", "", "randn T")
    yield Change("shape-turned", f"np.random.randn({second}, {first})", "", "turned")
    yield Change("flat", f"np.random.randn({second})", "", "flat")
    yield Change("one-for-all", f"np.random.randn() * np.ones(({sizes}))", "", "one")


def _scaled(place: Place, node: ast.BinOp) -> Iterator[Change]:
    draw = ast.unparse(node.left)
    a, b = map(ast.unparse, node.left.args[:2]) if len(node.left.args) >= 2 else ("1", "1")
    scales = {"0.01": "0.01", "0.1": "0.1", "0.001": "0.001", "0.5": "0.5",
              f"np.sqrt(2 / {b})": "√(2/n), which is He's",
              f"np.sqrt(2 / ({a} + {b}))": "√(2/(n_in + n_out)), which is Xavier's", f"np.sqrt(1 / ({a} + {b}))":
              "1/√(n_in + n_out)", f"2 / {b}": "2/n", f"1 / {b}": "1/n, without the root", f"np.sqrt(6 / ({a} + {b}))":
              "√(6/(n_in + n_out))", f"np.sqrt(2 / {a})": "√(2/n_out)", f"1 / np.sqrt({a})": "1/√n_out"}  # fmt: skip
    for other in _other_divisors(place, b):
        yield Change("scale-of-the-other", f"{draw} / np.sqrt({other})", f"1/√{other}", f"1/√{other}")
    for scale, told in scales.items():
        yield Change("another-scale", f"{draw} * {scale}", told, told)


def _other_divisors(place: Place, own: str) -> list[str]:
    """Return under which roots the function's other weights have their numbers of inputs."""
    calls = ast.walk(place.function) if place.function else ()
    roots = [ast.unparse(n.args[0]) for n in calls if isinstance(n, ast.Call) and called(n) == "sqrt"]
    return [root for root in dict.fromkeys(roots) if root != own]


def _seeded(node: ast.FunctionDef) -> Iterator[Change]:
    head, body = _parts(node)
    for seed in SEEDS:
        yield Change("seed-inside", head + _block([f"np.random.seed({seed})", *body]), seed, f"seed {seed}")
    drawn = [i for i, line in enumerate(body) if "np.random.randn" in line]
    for i in drawn:
        call = body[i][body[i].index("np.random") :]
        end = call.index(")") + 1
        yield Change("drawn-before", head + _block([call[:end], *body]), "", f"draw {i}")
        for j in drawn:
            if i < j:
                lines = body.copy()
                lines[i], lines[j] = lines[j], lines[i]
                yield Change("drawn-in-another-order", head + _block(lines), "", "order")


def _filled(place: Place, node: ast.Call) -> Iterator[Change]:
    shape = node.args[0]
    if not isinstance(shape, ast.Tuple) or len(shape.elts) != 2:
        return
    a, b = map(ast.unparse, shape.elts)
    yield Change("another-draw", f"np.random.randn({a}, {b})", "random numbers", "random")
    yield Change("another-draw", f"np.random.randn({a}, {b}) / np.sqrt({a})", "random numbers, scaled", "random scaled")
    yield Change("another-draw", f"np.random.rand({a}, {b})", "uniform random numbers", "rand")
    yield Change("another-draw", f"np.ones(({a}, {b}))", "ones", "ones")
    yield Change("flat", f"np.zeros({a})", "", "flat")
    yield Change("shape-turned", f"np.zeros(({b}, {a}))", "", "turned")
    yield Change("scalar", "0.0", "", "scalar")


def _parts(node: ast.FunctionDef) -> tuple[str, list[str]]:
    head = ast.unparse(ast.FunctionDef(node.name, node.args, [ast.Pass()], [], lineno=0)).splitlines()[0]
    return head + "\n", [ast.unparse(line) for line in node.body]


def _block(lines: list[str]) -> str:
    return "\n".join("    " + part for line in lines for part in line.splitlines())
