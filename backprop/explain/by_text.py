"""Mistakes that the answer's text shows where its values alone do not: `//`, one array under two names, no `self`.

Each needs both: what came back, or the exception, and the text of the answer's cell.
"""

from __future__ import annotations

import ast
import difflib
import re

import numpy as np

from ..answers.attempt import Attempt
from ..answers.compare import agree, as_numbers
from ..answers.steps import LIBRARIES
from ..answers.tables import Check
from .exceptions import asks_for
from .form import parts
from .forms import (
    ALIASED,
    ALIKE,
    ANOTHER_GENERATOR,
    CHANGES_A_SETTING,
    CHANGES_A_SETTING_ASK,
    COMMA,
    COMMA_ASK,
    FLATTENED,
    FLATTENED_ASK,
    FLOORED,
    HALF_POWER,
    INVERTED,
    INVERTED_BOOL,
    KEEPS_AXES,
    METHOD_NOT_CALLED,
    METHOD_NOT_CALLED_ASK,
    MISSPELT,
    MISSPELT_ASK,
    OTHER_ATTRIBUTES,
    OVERWRITTEN,
    OVERWRITTEN_ASK,
    POWER_FIRST,
    REPLACED,
    REPLACED_ASK,
    SHARED,
    SHARED_ASK,
    WHOLE_NUMBERS,
    Form,
)
from .in_the_text import changes_an_alias, code_of, functions_asked_for, read_in, set_as_a_whole
from .lasting import kept_from_call_to_call
from .same_array import one_object, one_row

# An array that is made like another, or of whole numbers, and whose entries are set.
STORES = re.compile(r"(?s)((_like|array|copy|full|\bint\b)\(|(=|, )'?(np\.)?u?int\d*\b).*\] [-+*/]?= ")

METHODS = {"any", "all", "sum", "mean", "max", "min", "prod", "copy", "item", "argmax", "argmin"}  # of an array
OF_PYTHONS = re.compile(r"~ ?\(*(any|all|bool)\(")  # Python's own, not an array's


def form_by_text(check: Check, attempt: Attempt) -> Form | None:
    """Return the mistake of a wrong answer that its text shows, or None."""
    code = code_of(attempt)
    if attempt.trouble:
        return kept_from_call_to_call(check, attempt) or _self_forgotten(attempt.trouble.missing_name, code())
    if found := method_not_called(check, attempt):
        return found
    if found := one_object(check, attempt) or one_row(check, attempt):
        return found
    got, want = as_numbers(attempt.value), as_numbers(check.want)
    if got is not None and want is not None and got.shape == want.shape and _floored(got, want) and "//" in code():
        return FLOORED
    pairs = list(parts(attempt.value, check.want))
    wrong = [(path, one, other) for path, one, other in pairs if not agree(one, other)]
    if any(_cut(as_numbers(one), as_numbers(other)) for _, one, other in wrong) and STORES.search(code()):
        return WHOLE_NUMBERS
    if "~" in code() and any(_inverted(one, other) for _, one, other in pairs):
        return INVERTED_BOOL if OF_PYTHONS.search(code()) else INVERTED
    if wrong and OF_PYTHONS.search(code()):
        return INVERTED_BOOL
    if wrong and HALF_POWER.search(code()):
        return POWER_FIRST
    another = any(path != elsewhere and agree(one, other) for path, one, _ in wrong for elsewhere, _, other in pairs)
    if len(pairs) > 1 and another and changes_an_alias(code()):
        return ALIASED
    return changes_a_setting(check, attempt)


def method_not_called(check: Check, attempt: Attempt) -> Form | None:
    """Say which method of an array stands in the exercise's function without the parentheses that call it."""
    for function in functions_asked_for(check, attempt):
        called = {id(node.func) for node in ast.walk(function) if isinstance(node, ast.Call)}
        for node in ast.walk(function):
            match node:
                case ast.Attribute(value, name) if name in METHODS and id(node) not in called:
                    if not (isinstance(value, ast.Name) and value.id in (*LIBRARIES, "self")):
                        part = ast.unparse(node)
                        ask = METHOD_NOT_CALLED_ASK.format(part=part)
                        return Form("method-not-called", METHOD_NOT_CALLED.format(part=part, line=node.lineno), ask)
    return None


def misspelt_attribute(check: Check, attempt: Attempt) -> Form | None:
    """Say which attribute a method sets that the class never reads, beside one of nearly the same name."""
    if attempt.text is None or not code_of(attempt)():
        return None
    for node in ast.walk(attempt.text()):
        if isinstance(node, ast.ClassDef):
            own = [part for part in ast.walk(node) if isinstance(part, ast.Attribute) and _is_self(part.value)]
            read = {part.attr for part in own if isinstance(part.ctx, ast.Load)}
            stored = {part.attr for part in own if isinstance(part.ctx, ast.Store)}
            read |= check.want.keys() if isinstance(check.want, dict) else set()  # by the check
            lost = sorted(stored - read)
            for name in lost:
                if other := difflib.get_close_matches(name, sorted(read & stored), 1, ALIKE):
                    return Form("misspelt-attribute", MISSPELT.format(name=name, other=other[0]), MISSPELT_ASK)
            begun, moved = _set_in(node, True), _set_in(node, False)
            if lost and begun and moved.isdisjoint(begun) and set(lost) & moved:
                names = " and ".join(f"`self.{name}`" for name in sorted(set(lost) & moved)[:3])
                return Form("other-attributes", OTHER_ATTRIBUTES.format(names=names), MISSPELT_ASK)
    return None


def changes_a_setting(check: Check, attempt: Attempt) -> Form | None:
    """Say which number that `__init__` sets, and that is not part of the result, the method of the exercise changes."""
    if attempt.text is None or not code_of(attempt)() or not isinstance(check.want, dict):
        return None
    for node in ast.walk(attempt.text()):
        if isinstance(node, ast.ClassDef):
            methods = {part.name: part for part in node.body if isinstance(part, ast.FunctionDef)}
            begun = [part for part in ast.walk(methods.pop("__init__", ast.Pass())) if isinstance(part, ast.Assign)]
            numbers = {target.attr for line in begun if isinstance(line.value, ast.Constant)
                       for target in line.targets if isinstance(target, ast.Attribute)}  # fmt: skip
            asked = (method for name, method in methods.items() if asks_for(check.exercise, name))
            for part in (part for method in asked for part in ast.walk(method) if isinstance(part, ast.Attribute)):
                own = isinstance(part.ctx, ast.Store) and _is_self(part.value) and part.attr not in check.want
                if own and part.attr in numbers:
                    told = CHANGES_A_SETTING.format(name=part.attr, line=part.lineno)
                    return Form("changes-a-setting", told, CHANGES_A_SETTING_ASK.format(name=part.attr))
    return None


def _set_in(node: ast.ClassDef, first: bool) -> set[str]:
    """Return the attributes that `__init__` sets, or that the other methods set."""
    methods = [part for part in node.body if isinstance(part, ast.FunctionDef) and (part.name == "__init__") == first]
    parts = (part for method in methods for part in ast.walk(method) if isinstance(part, ast.Attribute))
    return {part.attr for part in parts if isinstance(part.ctx, ast.Store) and _is_self(part.value)}


def _is_self(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id == "self"


def comma_too_much(check: Check, attempt: Attempt) -> Form | None:
    """Say which line makes a tuple of a single value, by a comma at its end."""
    for function in functions_asked_for(check, attempt):
        for node in ast.walk(function):
            match node:
                case ast.Assign(value=ast.Tuple([_]) as made) | ast.Return(ast.Tuple([_]) as made):
                    return Form("comma-too-much", COMMA.format(line=made.lineno), COMMA_ASK)
    return None


def flattened(attempt: Attempt) -> Form | None:
    """Return the mistake of an answer that has lost an axis, if a call in its text takes axes away."""
    code = code_of(attempt)()
    found = re.search(r"\b(ravel|flatten|squeeze)\(|\b(reshape)\(-1\)", code)
    if found:
        return Form("flattened", FLATTENED.format(name=found[1] or found[2]), FLATTENED_ASK)
    sums = re.search(r"\.(sum|mean|max|min|any|all|prod|argmax|argmin)\(", code) and "keepdims" not in code
    return Form("axis-lost", KEEPS_AXES, FLATTENED_ASK) if sums else None


def overwritten(check: Check, attempt: Attempt) -> Form | None:
    """Return the mistake of an answer that is one number, if its text replaces the array that it returns in a loop."""
    for function in functions_asked_for(check, attempt):
        returned = {node.value.id for node in ast.walk(function)
                    if isinstance(node, ast.Return) and isinstance(node.value, ast.Name)}  # fmt: skip
        before = set[str]()
        for line in function.body:
            if isinstance(line, ast.For):
                for name in returned & before & set_as_a_whole(line):
                    return Form("overwritten-in-the-loop", OVERWRITTEN.format(name=name), OVERWRITTEN_ASK)
            before |= set_as_a_whole(line)
    return None


def another_generator(attempt: Attempt) -> Form | None:
    """Return the mistake of an answer that is another one each time, if its text draws from elsewhere."""
    if re.search(r"from numpy import|numpy\.random as", code_of(attempt)()):
        return None
    drawn = re.search(r"default_rng\(|RandomState\(|(?<!np\.)(?<!numpy\.)\brandom\.\w+\(", code_of(attempt)())
    return ANOTHER_GENERATOR if drawn else None


def unused_argument(check: Check, attempt: Attempt) -> Form | None:
    """Say which argument of the exercise's function is never read, where there is one."""
    if attempt.trouble:
        return None
    for node in functions_asked_for(check, attempt):
        names = {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}
        for argument in node.args.args:
            if argument.arg not in names | {"self", *check.exercise.unread}:
                return Form(
                    "argument-not-used",
                    f"`{node.name}` never uses its argument `{argument.arg}`, so its result cannot depend on it.",
                    f"What should change in the result when `{argument.arg}` changes?",
                )
    return None


def argument_replaced(check: Check, attempt: Attempt) -> Form | None:
    """Say which argument of the exercise's function gets another object in its first use, where there is one."""
    for node in functions_asked_for(check, attempt):
        names = {argument.arg for argument in node.args.args}
        for line in node.body:
            read = {part.id for part in ast.walk(line) if isinstance(part, ast.Name) and part.id in names}
            match line:
                case ast.Assign([ast.Name(name)], value) if name in names and name not in read_in(value):
                    return Form("argument-replaced", REPLACED.format(name=name), REPLACED_ASK)
            names -= read
    return None


def _floored(got: np.ndarray, want: np.ndarray) -> bool:
    return want.dtype.kind == "f" and agree(got, np.floor(want)) and not agree(want, np.floor(want))


def _cut(got: np.ndarray | None, want: np.ndarray | None) -> bool:
    """Whether whole numbers came back where others are wanted, each of them as if its decimals were cut off."""
    if got is None or want is None:
        return False
    return got.ndim > 0 and got.dtype.kind in "iu" and want.dtype.kind == "f" and not agree(want, np.trunc(want))


def shared_by_all(attempt: Attempt) -> Form | None:
    """Say which attribute stands in the class itself, so that all objects have the same one."""
    if attempt.text is None or not code_of(attempt)():
        return None
    for node in ast.walk(attempt.text()):
        if isinstance(node, ast.ClassDef):
            for line in node.body:
                match line:
                    case ast.Assign([ast.Name(name)], ast.Call() | ast.List()):
                        return Form("shared-by-all", SHARED.format(name=name), SHARED_ASK)
    return None


def _inverted(got: object, want: object) -> bool:
    """Whether whole numbers that may come of `~` stand where True and False are wanted."""
    one, other = as_numbers(got), as_numbers(want)
    return one is not None and other is not None and other.dtype.kind == "b" and bool((one < 0).any())


def _self_forgotten(name: str, code: str) -> Form | None:
    if not name or not re.search(rf"\bself\.{re.escape(name)}\b", code):
        return None
    return Form(
        "self-forgotten",
        f"`{name}` is an attribute of the object. Inside a method, you reach it through `self`: `self.{name}`.",
        "Which names does the first line of the method give, and where do the others come from?",
    )
