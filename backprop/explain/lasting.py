"""Say what a wrong answer keeps from one call to the next: a list that was made only once, a name of the notebook's."""

from __future__ import annotations

import ast

from ..answers.attempt import Attempt
from ..answers.tables import Check
from .exceptions import asks_for
from .forms import GOES_ON, GOES_ON_ASK, KEPT, KEPT_ASK, Form
from .in_the_text import code_of, read_in, set_as_a_whole

ADDS = {"append", "extend"}
CHANGES = ADDS | {"insert", "add", "update", "setdefault", "pop", "remove", "fill"}  # what an object holds
MADE = (ast.List, ast.Dict, ast.Set, ast.ListComp, ast.DictComp, ast.Call)  # objects that can be changed


def kept_from_call_to_call(check: Check, attempt: Attempt) -> Form | None:
    """Say which list a function of the exercise adds to that was made only once, outside the call.

    Of an answer that is right at its first call, and wrong at its second, anything that lasts is said, whatever
    function of the cell changes it.
    """
    if attempt.text is None or not code_of(attempt)():
        return None
    tree = attempt.text()
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    for function in functions:
        if asks_for(check.exercise, function.name) and (name := _added_to(function, tree)):
            return Form("kept-from-call-to-call", KEPT.format(name=name), KEPT_ASK)
    if attempt.right_on_first:
        classes = {node.name for node in tree.body if isinstance(node, ast.ClassDef)}
        owners = classes | {function.name for function in functions}
        for function in functions:
            if name := _goes_on(function, _made_outside(tree, MADE), owners):
                hint, ask = (said.format(name=name) for said in (GOES_ON, GOES_ON_ASK))
                return Form("kept-from-call-to-call", hint, ask)
    return None


def _added_to(function: ast.FunctionDef, tree: ast.Module) -> str:
    """Return a list to which a function adds, and which goes into what it returns: one of notes does no harm."""
    once = _made_outside(tree, ast.List) | _by_default(function, ast.List)
    once -= _emptied(function).union(*map(set_as_a_whole, function.body))
    returned = (node.value for node in ast.walk(function) if isinstance(node, ast.Return) and node.value)
    once &= set().union(*map(read_in, returned))
    for node in ast.walk(function):
        match node:
            case ast.Call(ast.Attribute(ast.Name(name), how)) if name in once and how in ADDS:
                return name
            case ast.AugAssign(ast.Name(name)) if name in once:
                return name
    return ""


def _goes_on(function: ast.FunctionDef, outside: set[str], owners: set[str]) -> str:
    """Return what a function changes that lasts, and reads: a global name, an attribute of a function or class, an
    object that was made outside it or by default; "" where it is set anew, or emptied."""
    nodes = list(ast.walk(function))
    lasting = {name for node in nodes if isinstance(node, ast.Global | ast.Nonlocal) for name in node.names}
    own = {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    own |= {node.arg for node in nodes if isinstance(node, ast.arg)}
    objects = (outside - own) | _by_default(function, MADE)
    stored, changed, inside = set[str](), set[str](), list[str]()
    for node in nodes:
        match node:
            case ast.Attribute(ast.Name(owner), ctx=ast.Store()) if owner in owners:
                stored.add(ast.unparse(node))
                lasting.add(ast.unparse(node))
            case ast.Name(name, ast.Store()):
                stored.add(name)
            case ast.Subscript(value, ctx=ast.Store()):
                inside.append(ast.unparse(value))
            case ast.Call(ast.Attribute(value, how)) if how in CHANGES:
                inside.append(ast.unparse(value))
            case ast.AugAssign(ast.Name(name)) if name in objects:
                stored.add(name)
                changed.add(name)
    reads = [ast.unparse(node) for node in nodes
             if isinstance(node, ast.Name | ast.Attribute) and isinstance(node.ctx, ast.Load)]  # fmt: skip
    # A list of notes is read only where something is added to it.
    read = {name for name in (*lasting, *objects) if name in stored or reads.count(name) > inside.count(name)}
    at_once = (line for line in function.body if isinstance(line, ast.Assign))
    anew = _emptied(function).union(*map(set_as_a_whole, at_once))
    return min(((lasting & {*stored, *inside}) | (objects & {*changed, *inside})) & read - anew, default="")


def _emptied(function: ast.FunctionDef) -> set[str]:
    """Return what a function empties by `clear`."""
    return {ast.unparse(node.value) for node in ast.walk(function)
            if isinstance(node, ast.Attribute) and node.attr == "clear"}  # fmt: skip


def _made_outside(tree: ast.Module, kinds: type | tuple[type, ...]) -> set[str]:
    """Return the names that the cell gives an object which can be changed, outside all functions."""
    return {target.id for line in tree.body if isinstance(line, ast.Assign) and isinstance(line.value, kinds)
            for target in line.targets if isinstance(target, ast.Name)}  # fmt: skip


def _by_default(function: ast.FunctionDef, kinds: type | tuple[type, ...]) -> set[str]:
    """Return the arguments that have such an object by default, which is made only once."""
    arguments = [*function.args.posonlyargs, *function.args.args]
    given = list(zip(reversed(arguments), reversed(function.args.defaults), strict=False))
    given += zip(function.args.kwonlyargs, function.args.kw_defaults, strict=True)  # type: ignore[arg-type]
    return {argument.arg for argument, value in given if isinstance(value, kinds)}
