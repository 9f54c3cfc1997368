"""Write a widget's state as one line of Python; `shared/code.js` writes the very same line in the browser."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping

import numpy as np

MOST_LETTERS = 200  # a data set that is longer as a literal is named, not written out


def literal(value) -> str:
    """Return `value` as Python source: numbers to 12 digits, texts, lists, tuples, dictionaries, None."""
    if value is None or isinstance(value, bool | np.bool_):
        return str(value)
    if isinstance(value, int | float | np.integer | np.floating):
        return f"{value:.12g}"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{literal(key)}: {literal(item)}" for key, item in value.items()) + "}"
    if isinstance(value, tuple):
        return f"({', '.join(map(literal, value))}{',' * (len(value) == 1)})"
    if isinstance(value, np.ndarray):
        value = value.tolist()
    return f"[{', '.join(map(literal, value))}]"


def name_or_literal(value, otherwise: str) -> str:
    """Return the name that a notebook has for `value`, else its literal where that is short, else `otherwise`."""
    named = _name(value)
    if named:
        return named
    if callable(value):
        return otherwise
    try:
        text = literal(value)
    except (TypeError, ValueError):
        return otherwise
    return text if len(text) <= MOST_LETTERS else otherwise


def _name(value) -> str | None:
    if callable(value) or isinstance(value, list | dict | np.ndarray):
        names = vars(sys.modules["__main__"])
        own = getattr(value, "__name__", "")
        if own and names.get(own) is value:
            return own
        return next((n for n, v in list(names.items()) if v is value and n.isidentifier() and n[0] != "_"), None)
    return None
