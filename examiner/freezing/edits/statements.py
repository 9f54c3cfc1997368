"""Lines: left out, done twice, done too early or too late, in the loop or before it, with another way to store."""

from __future__ import annotations

import ast
import itertools
import re
from collections.abc import Iterator

from ...course.source_notebook import is_docstring
from .places import Change, Place, label

SIMPLE = (ast.Assign, ast.AugAssign, ast.Expr)


def changes(place: Place) -> Iterator[Change]:
    """Yield what could stand in place of a line."""
    node = place.node
    if isinstance(node, ast.For):
        yield from _loop(node)
    if isinstance(node, SIMPLE) and place.function and not is_docstring(node):
        own, told = ast.unparse(node), _told(node)
        yield Change("line-missing", "", told, told)
        if isinstance(node, ast.Expr) or _changes_itself(node):
            yield Change("line-twice", f"{own}\n{own}", told, "twice")
        if place.in_loop:
            yield Change("leaves-the-loop", f"{own}\nbreak", told, "break")
    if isinstance(node, ast.Assign) and len(node.targets) == 1:
        yield from _other_family(node)
    if isinstance(node, ast.Assign) and len(node.targets) == 1 and place.function:
        yield from _stored(place, node)
    if isinstance(node, ast.AugAssign) and place.function:
        target, value = ast.unparse(node.target), ast.unparse(node.value)
        plain = f"{target} = {value}"
        sign = "-" if isinstance(node.op, ast.Add) else "+"
        yield Change("set-for-added", plain, label(node.target), "=" if sign == "-" else "=+")
        yield Change("sign-of-the-step", f"{target} {sign}= {value}", label(node.target), f"{target}{sign}")
        if sign == "+":
            yield Change("set-for-added", f"{target} = -{value}", label(node.target), "=")
        if isinstance(node.target, ast.Subscript):
            array = ast.unparse(node.target.value)
            same = "+" if isinstance(node.op, ast.Add) else "-"
            yield Change("whole-array-stored", f"{array} {same}= {value}", f"`{array}`", "all")
            for index in ("- 1", "+ 1"):
                own = ast.unparse(node.target.slice)
                changed = f"{array}[({own} {index}) % len({array})] {same}= {value}"
                yield Change("neighbour-stored", changed, f"`{array}`", f"stored{index}")


def _other_family(node: ast.Assign) -> Iterator[Change]:
    """Yield the line with what belongs to the other layer, or to the other set of data, throughout."""
    target, value = ast.unparse(node.targets[0]), ast.unparse(node.value)
    for one, other in (("train", "test"), ("test", "train"), ("2", "1"), ("1", "2")):
        names = {n.id for n in ast.walk(node.value) if isinstance(n, ast.Name) and one in n.id}
        if names and (one.isalpha() or len(names) > 1):
            renamed = value
            for name in sorted(names):
                renamed = re.sub(rf"\b{name}\b", name.replace(one, other), renamed)
            yield Change("other-family", f"{target} = {renamed}", "", f"{one}>{other}")


def _stored(place: Place, node: ast.Assign) -> Iterator[Change]:
    target, value = node.targets[0], ast.unparse(node.value)
    if isinstance(target, ast.Subscript) and place.in_loop:
        array, index = ast.unparse(target.value), ast.unparse(target.slice)
        yield Change("overwritten", f"{array} = {value}", f"`{array}`", "=")
        yield Change("added-for-set", f"{array}[{index}] += {value}", f"`{array}`", "+=")
        for step in ("- 1", "+ 1"):
            changed = f"{array}[({index} {step}) % len({array})] = {value}"
            yield Change("neighbour-stored", changed, f"`{array}`", f"stored{step}")
    if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
        names = list(map(ast.unparse, target.elts))
        yield from _one_for_both(names, node.value.elts)
        parts = [ast.unparse(part).removesuffix(".copy()") for part in node.value.elts]
        if parts != list(map(ast.unparse, node.value.elts)):
            yield Change("copy-missing", f"{ast.unparse(target)} = {', '.join(parts)}", "", "copies")
        turned = f"{', '.join(reversed(names))} = {value}"
        yield Change("results-exchanged", turned, " and ".join(f"`{n}`" for n in names), "turned")
    elif isinstance(target, ast.Tuple):
        turned = f"{', '.join(ast.unparse(part) for part in reversed(target.elts))} = {value}"
        yield Change("results-exchanged", turned, " and ".join(f"`{ast.unparse(n)}`" for n in target.elts), "turned")


def _one_for_both(names: list[str], parts: list[ast.expr]) -> Iterator[Change]:
    """Yield one value under all names: one array that was made once, or what was read under the wrong name."""
    for name, part in zip(names, parts, strict=True):
        own = ast.unparse(part)
        if isinstance(part, ast.Call):
            told = " and ".join(f"`{n}`" for n in names)
            yield Change("one-array-for-both", f"{' = '.join(names)} = {own}", told, f"same{name}")
            continue
        for other in names:
            if other != name:
                read = [own if n == other else ast.unparse(p) for n, p in zip(names, parts, strict=True)]
                changed = f"{', '.join(names)} = {', '.join(read)}"
                yield Change("another-name", changed, f"`{name}` for `{other}`", f"{name} for {other}")


def _loop(node: ast.For) -> Iterator[Change]:
    """Yield the loop with its lines in another order, in front of it, or behind it."""
    head = f"for {ast.unparse(node.target)} in {ast.unparse(node.iter)}:\n"
    lines = [ast.unparse(line) for line in node.body]
    for i, line in enumerate(node.body):
        if not isinstance(line, SIMPLE):
            continue
        rest = lines[:i] + lines[i + 1 :]
        if rest:
            told = _told(line)
            yield Change("before-the-loop", f"{lines[i]}\n{head}{_block(rest)}", told, "before")
            yield Change("after-the-loop", f"{head}{_block(rest)}\n{lines[i]}", told, "after")
        for j in range(len(lines)) if len(lines) > 5 else ():
            if j != i:
                moved = [*rest[:j], lines[i], *rest[j:]]
                earlier = "comes earlier than it should" if j < i else "comes later than it should"
                yield Change("moved-in-the-loop", f"{head}{_block(moved)}", f"{_told(line)} {earlier}", f"{i}>{j}")
    if 2 <= len(lines) <= 5:
        for order in itertools.permutations(range(len(lines))):
            told = _first_moved(order, node.body)
            yield Change("another-order", f"{head}{_block([lines[i] for i in order])}", told, str(order))
    for i in range(len(lines)):
        inner = node.body[i]
        if isinstance(inner, ast.For):
            deeper = f"for {ast.unparse(inner.target)} in {ast.unparse(inner.iter)}:\n"
            body = [ast.unparse(line) for line in inner.body]
            others = lines[:i] + lines[i + 1 :]
            yield Change("loops-exchanged", f"{deeper}{_block([head + _block(body), *others])}", "", "exchanged")
            yield Change("loops-exchanged", f"{deeper}{_block([head + _block([*body, *others])])}", "", "exchanged2")
            if others:
                taken_in = [*lines[:i], deeper + _block(body + lines[i + 1 :])]
                yield Change("into-the-inner-loop", f"{head}{_block(taken_in)}", "", "in")
                taken_first = [deeper + _block(lines[i + 1 :] + body)]
                yield Change("into-the-inner-loop", f"{head}{_block(taken_first)}", "", "in first")


def _first_moved(order: tuple[int, ...], body: list[ast.stmt]) -> str:
    """Say which line comes too early: the first that stands where another should."""
    early = next((i for place, i in enumerate(order) if i != place), 0)
    return _told(body[early])


def _block(lines: list[str]) -> str:
    return "\n".join("    " + part for line in lines for part in line.splitlines()) or "    pass"


def _changes_itself(node: ast.AST) -> bool:
    if isinstance(node, ast.AugAssign):
        return True
    if not isinstance(node, ast.Assign):
        return False
    bound = ast.unparse(node.targets[0])
    return any(ast.unparse(part) == bound for part in ast.walk(node.value))


def _told(node: ast.stmt) -> str:
    """Say which line it is without writing it out."""
    if isinstance(node, ast.Assign):
        return f"a line for {label(node.targets[0]) or 'a value'}"
    if isinstance(node, ast.AugAssign):
        return f"the line that changes {label(node.target)}"
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        function = node.value.func
        return f"the call to `{getattr(function, 'attr', getattr(function, 'id', ''))}`"
    return "a line"
