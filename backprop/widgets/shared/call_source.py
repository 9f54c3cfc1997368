"""How the arguments of a call were written in the cell that made it: `few[:, :100]`, not 78,400 numbers.

A line of code that recreates a widget has to name the notebook's own data and functions as the student did.
"""

from __future__ import annotations

import ast
import itertools
from collections.abc import Sequence
from types import FrameType

from .as_code import name_or_literal

MOST_NUMBERS = 20  # a data set with more is named, not written out


def as_written(caller: FrameType, names: Sequence[str]) -> dict[str, str]:
    """Return the source of the arguments of the call that `caller` is just making, by parameter name.

    `names` are those of the positional parameters, in order. Empty where the source is not at hand.
    """
    try:
        import executing

        node = executing.Source.executing(caller).node
    except Exception:  # it looks into bytecode, which changes with each Python; without it, names do
        return {}
    if not isinstance(node, ast.Call):
        return {}
    plain = itertools.takewhile(lambda argument: not isinstance(argument, ast.Starred), node.args)
    found = dict(zip(names, map(ast.unparse, plain), strict=False))
    by_name = {word.arg: ast.unparse(word.value) for word in node.keywords if word.arg is not None}
    return found | {name: source for name, source in by_name.items() if name in names}


def source_of(value: object, name: str, written: dict[str, str]) -> str:
    """Return how to write the argument `name`: as it was written, else by the notebook's name for it."""
    if name in written and "\n" not in written[name]:
        return written[name]
    if getattr(value, "size", 0) > MOST_NUMBERS:  # to write so much out only to throw it away would take seconds
        return name
    return name_or_literal(value, name)
