"""Say in a few words what a value is: "dW1 (10, 2), db1 (10, 1)", "0.5239", "nothing (None)"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

import numpy as np

from ..answers.compare import EXACT
from ..answers.plain import OBJECTS, Described

MOST_PARTS = 12
DEEPEST = 3  # a list may hold itself
LONGEST_NUMBER = 64  # bits
LONGEST_TEXT = 1000  # letters of one text, before the whole is cut
ORDINALS = ("first", "second", "third", "fourth", "fifth")


def describe(value, limit: int = 110) -> str:
    """Return `value` in at most about `limit` characters: numbers as they are, arrays by their shapes."""
    text = "".join(letter if letter.isprintable() else " " for letter in _describe(value))
    return text if len(text) <= limit else text[: limit - 1] + "…"


def _describe(value, depth: int = 0) -> str:
    if depth > DEEPEST:
        return "…"
    if value is None:
        return "nothing (None)"
    if isinstance(value, np.ma.MaskedArray) and np.ma.is_masked(value):
        return "an array with masked entries"
    if isinstance(value, np.ndarray):
        return _array(value)
    if isinstance(value, Described):
        return _described(value)
    if isinstance(value, dict):
        return _dict(value, depth)
    if isinstance(value, set | frozenset):
        return _set(value, depth)
    if isinstance(value, tuple | list):
        inside = [_braced(part, depth + 1) for part in value[:MOST_PARTS]] + ["…"] * (len(value) > MOST_PARTS)
        return f"({', '.join(inside)})" if isinstance(value, tuple) else f"[{', '.join(inside)}]"
    if isinstance(value, str):
        return repr(str.__str__(value)[:LONGEST_TEXT])
    if isinstance(value, bool | np.bool_):
        return str(value)
    if isinstance(value, int | np.integer):
        return _whole(int(value))
    if isinstance(value, float | np.floating):
        return _float(float(value))
    if isinstance(value, complex | np.complexfloating):
        return f"the complex number {value:.6g}"
    if isinstance(value, EXACT) and not isinstance(value, bytes):
        return _exact(value)
    if isinstance(value, bytes):
        return repr(bytes(value[:40])) + "…" * (len(value) > 40)
    name = type(value).__name__
    return f"{'an' if name[:1].lower() in 'aeiou' else 'a'} {name}"


def _dict(value: dict, depth: int) -> str:
    if value.keys() == {"returned", "printed"}:  # heard by `returned_and_printed`: the student wrote no such dict
        return f"{_describe(value['returned'], depth)}; printed {_describe(value['printed'], depth)}"
    shown = list(islice(value.items(), MOST_PARTS))
    keys = [key[:LONGEST_TEXT] if isinstance(key, str) else _describe(key, depth + 1) for key, _ in shown]
    parts = [f"{key} {_part(part, depth + 1)}" for key, (_, part) in zip(keys, shown, strict=True)]
    return ", ".join(parts + ["…"] * (len(value) > MOST_PARTS)) or "an empty dict"


def _set(value: set | frozenset, depth: int) -> str:
    shown = sorted(
        (_describe(part, depth + 1) for part in islice(value, 10 * MOST_PARTS)), key=lambda text: (len(text), text)
    )
    inside = shown[:MOST_PARTS] + ["…"] * (len(value) > MOST_PARTS)
    return f"{{{', '.join(inside)}}}" if inside else "an empty set"


def _exact(value) -> str:
    """Return a date or a fraction as one would write it."""
    kind = next(kind for kind in EXACT if isinstance(value, kind))
    try:
        return f"{kind.__str__(value)}" if kind.__name__ != "Fraction" else f"{value.numerator}/{value.denominator}"
    except (ValueError, ArithmeticError):  # a number too long to be printed
        return f"a {kind.__name__}"


def _described(value: Described) -> str:
    if "columns" in value:
        columns = ", ".join(str(name)[:LONGEST_TEXT] for name in value["columns"][:MOST_PARTS])
        return f"{value.noun} of {len(value['rows'])} rows, with the columns {columns}"
    if value.noun == OBJECTS:
        return f"an array {tuple(value['shape'])} of objects"
    axes = value.get("axes", [value])
    counts = {name: sum(len(each.get(name, ())) for each in axes) for name in ("lines", "points", "bars", "pictures")}
    drawn = ", ".join(f"{number} {name if number > 1 else name[:-1]}" for name, number in counts.items() if number)
    return f"{value.noun} that shows {drawn or 'nothing'}"


def _part(part, depth: int) -> str:
    if isinstance(part, np.ndarray) and part.ndim and part.dtype.kind in "biuf":
        return str(part.shape)
    return _braced(part, depth)


def _braced(part, depth: int) -> str:
    return f"{{{_describe(part, depth)}}}" if isinstance(part, dict) else _describe(part, depth)


def _whole(value: int) -> str:
    if value.bit_length() <= LONGEST_NUMBER:
        return str(value)
    return f"a whole number of about {round(value.bit_length() * np.log10(2))} digits"


def _float(value: float) -> str:
    text = f"{value:.6g}"
    return text + ".0" if text.lstrip("-").isdigit() else text  # 3.0 where a 3 is wanted should look like it


def _array(array: np.ndarray) -> str:
    if array.dtype.kind not in "biuf":
        return f"an array {array.shape} of {array.dtype} entries"
    if array.ndim == 0:
        return _describe(array.item())
    if array.size <= 6:
        numbers = np.array2string(np.asarray(array), precision=4, separator=", ").replace("\n", "")
        return f"{numbers}, shape {array.shape}"
    return f"an array {array.shape}"


def place(where: str, index: tuple[int, ...] = ()) -> str:
    """Return the name of a part, or of an entry of it, as in the lesson: "dW1[3, 0]", "Z2 of the second value"."""
    name, _, owner = _part_name(where).partition(" of ")
    owner = f" of {owner}" if owner else ""
    entry = f"[{', '.join(map(str, index))}]" if index else ""
    if not entry:
        return f"{name or 'the value'}{owner}"
    if name.startswith("the "):
        return f"entry {entry} of {name}"
    return f"{name}{entry}{owner}" if name else f"entry {entry}"


def _part_name(where: str) -> str:
    where = where.removeprefix("returned.")
    inside = re.fullmatch(r"\[(\d+)\](?:\.(.+))?", where)
    if not inside:
        return where
    number = int(inside[1])
    value = f"the {ORDINALS[number]} value" if number < len(ORDINALS) else f"the value number {number + 1}"
    return f"{inside[2]} of {value}" if inside[2] else value


def listed(names: Sequence[str]) -> str:
    """Return names as one says them: "W1", "W1 and b1", "W1, b1 and W2"."""
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))
