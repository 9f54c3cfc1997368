"""Mistakes that an answer to any exercise can show: nothing is returned, another container, other keys, one row short.

Each is told from what came back and what is wanted alone, and proves itself: the numbers that it speaks of are right.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from itertools import islice

import numpy as np

from ..answers.compare import agree, as_numbers
from ..answers.plain import Described
from ..answers.tables import Check
from .describe import describe, place
from .forms import (
    COUNTED,
    GENERATOR,
    GENERATOR_ASK,
    GIVES_ONE,
    HALF,
    LAST_LINE,
    MAKES_A_LIST,
    MORE,
    NOT_A_NUMBER,
    NOT_CALLED,
    OVERFLOW,
    SIDES,
    TEXT,
    Form,
)

Evidence = tuple[Check, object, bool]
ONE_BY_ONE = ("a generator", "a map", "a filter", "a zip")
MOST_TRIED = 100  # parts of a value, each of which may be what is asked for


def form_of(check: Check, value, evidence: Sequence[Evidence] = ()) -> Form | None:
    """Return the mistake of form that a wrong `value` shows, or None."""
    want = check.want
    if isinstance(want, Described) or isinstance(value, Described):  # whose parts are no keys of the student's
        return None
    for other, before, _ in evidence:
        if other.key != check.key and _tells(value) and agree(value, before) and not agree(other.want, want):
            return Form(
                "same-for-every-input",
                "The same comes back for every input: the result is written out, or the arguments are not used.",
                "Which of your lines would notice that the arguments have changed?",
            )
    if value is None or (isinstance(value, list | tuple) and len(value) and all(part is None for part in value)):
        return Form(
            "returns-nothing",
            "`print` shows a value to you; only `return` gives it to the caller. A function that ends without "
            "`return`, as where none of its `if`s applies, gives nothing.",
            LAST_LINE,
        )
    found = _container(value, want) or _its_argument(check, value)
    if found:
        return found
    for path, got, wanted in parts(value, want):
        if got is None:
            told = "nothing comes back (None): a function ends without `return`."
            return Form("returns-nothing", _in(path, told), LAST_LINE)
        if not agree(got, wanted) and (found := _part(path, got, wanted)):
            return found
    return None


def _its_argument(check: Check, value) -> Form | None:
    """Recognise an argument that comes back as it was handed out."""
    got = as_numbers(value) if not isinstance(value, tuple | dict) else value
    called = check.call.partition("(")[0]
    if called not in re.findall(r"\w+", check.exercise.function):  # it is the argument of something around that
        return None
    if check.stored.get("given") is None or got is None or (isinstance(got, np.ndarray) and got.size < 2):
        return None
    given = check.given()
    for number, argument in enumerate(given if isinstance(given, tuple) else (given,)):
        if type(argument) in (dict, list, np.ndarray) and agree(value, argument):
            name = argument_named(check.call, number)
            told = f"`{name}` comes back" if name else "One of the arguments comes back"
            return Form(
                "returns-its-argument",
                f"{told} exactly as it was passed in. Usually what your lines compute goes into another object, or "
                "into names that are lost when the function ends, or a later line puts the old values back.",
                LAST_LINE,
            )
    return None


def argument_named(call: str, place: int) -> str:
    """Return the name of an argument of a call, or "" where the call does not say it."""
    try:
        body = ast.parse(call, mode="eval").body
    except SyntaxError:
        return ""
    arguments = body.args if isinstance(body, ast.Call) else []
    name = arguments[place] if place < len(arguments) else None
    return name.id if isinstance(name, ast.Name) else ""


def _tells(value) -> bool:
    numbers = as_numbers(value) if not isinstance(value, tuple | dict) else None
    return isinstance(value, tuple | dict) or (numbers is not None and bool(np.asarray(numbers != 0).any()))


def parts(value, want, path: str = "") -> Iterator[tuple[str, object, object]]:
    """Yield the parts of an answer beside those that are wanted, where both are built alike."""
    if isinstance(want, dict) and isinstance(value, dict):
        for key in want:
            if key in value:
                yield from parts(value[key], want[key], f"{path}.{key}".lstrip("."))
    elif isinstance(want, tuple) and isinstance(value, tuple | list) and len(value) == len(want):
        for i, (one, other) in enumerate(zip(value, want, strict=True)):
            yield from parts(one, other, f"{path}[{i}]")
    elif isinstance(want, list) and isinstance(value, list | tuple) and any(part is None for part in value):
        yield path, None, want
    else:
        yield path, value, want


def _container(value, want) -> Form | None:
    if isinstance(want, dict):
        return _for_dictionary(value, want)
    if isinstance(want, tuple):
        return _for_tuple(value, want)
    if isinstance(value, str) and not isinstance(want, str):
        return Form("text", TEXT, LAST_LINE)
    if isinstance(value, dict) and any(agree(part, want) for part in islice(value.values(), MOST_TRIED)):
        return Form("dictionary", "The right value is in a dictionary; return the value alone.", LAST_LINE)
    if isinstance(value, tuple | list) and not agree(value, want):
        return _several(list(value), want)
    return None


def _for_dictionary(value, want: dict) -> Form | None:
    keys = ", ".join(map(str, want))
    if isinstance(value, tuple | list) and len(value) == len(want):
        right = all(agree(got, wanted) for got, wanted in zip(value, want.values(), strict=True))
        begins = "The right values come back" if right else "Values come back"
        told = f"{begins} one after the other; the exercise asks for a dictionary with the keys {keys}."
        return Form("no-dictionary", told, LAST_LINE)
    if not isinstance(value, dict):
        held = [key for key, wanted in want.items() if agree(value, wanted)]
        wanted_keys = f"the exercise asks for a dictionary with the keys {keys}."
        hint = f"Only {' or '.join(held)} comes back; {wanted_keys}" if held else ""
        return Form("no-dictionary", hint, LAST_LINE if held else "")
    missing = [key for key in want if key not in value]
    others = list(islice((key for key in value if key not in want), MOST_TRIED))
    if not missing:
        return None
    renamed: dict[str, str | None] = {}
    for key in missing:
        free = [other for other in others if other not in renamed.values()]
        renamed[key] = next((other for other in [*free, *others] if agree(value[other], want[key])), None)
    if all(renamed.values()):
        told = ", ".join(f"`{other}` for `{key}`" for key, other in list(renamed.items())[:4])
        return Form("other-keys", f"The values are right, but some are under other keys than asked for: {told}.")
    if not others and all(agree(value[key], want[key]) for key in value):
        told = ", ".join(f"`{key}`" for key in missing)
        return Form("key-forgotten", f"What you return is right, but something is missing: {told}.")
    return None


def _for_tuple(value, want: tuple) -> Form | None:
    if isinstance(value, str):
        return Form("text", TEXT, LAST_LINE)
    if isinstance(value, dict):
        right = len(value) == len(want) and all(agree(a, b) for a, b in zip(value.values(), want, strict=True))
        hint = f"The right values come back in a dictionary; return the {len(want)} values one after the other."
        return Form("dictionary", hint if right else "", LAST_LINE if right else "")
    if isinstance(value, tuple | list):
        if len(value) != len(want):
            return None
        agreeing = [[i for i, wanted in enumerate(want) if agree(got, wanted)] for got in value]
        if all(agreeing) and {places[0] for places in agreeing} == set(range(len(want))):
            return Form(
                "another-order",
                "The results are right, but in a different order from the one the exercise asks for.",
                "In what order will the caller unpack them?",
            )
        return None
    held = [i for i, wanted in enumerate(want) if agree(value, wanted)]
    told = f"Only one of the {len(want)} results comes back. It is right, but the exercise asks for all of them."
    hint = told if held else ""
    return Form("one-of-several", hint, LAST_LINE) if held else None


def _several(value: list, want) -> Form | None:
    """Recognise one value among several that came back."""
    single = not want.ndim if isinstance(want, np.ndarray) else not isinstance(want, list | dict)
    few = single and len(value) < 4
    right = any((few or not isinstance(part, float | int)) and agree(part, want) for part in value[:MOST_TRIED])
    return MORE if right else None


def _part(path: str, value, want) -> Form | None:
    for part in value[:MOST_TRIED] if isinstance(value, list) and isinstance(want, list) else [value]:
        if not isinstance(part, list | tuple | dict | np.ndarray) and (told := describe(part)) in ONE_BY_ONE:
            single = "generator" in told and not isinstance(want, dict | tuple | list) and not np.ndim(want)
            hint = f"{GENERATOR.format(what=told)} {GIVES_ONE if single else MAKES_A_LIST}"
            return Form("one-by-one", _in(path, hint), GENERATOR_ASK)
    if isinstance(want, dict | tuple):
        return _container(value, want)
    if isinstance(value, str) and not isinstance(want, str):
        return Form("text", _in(path, "there is a string where a value is expected."))
    if isinstance(want, np.ndarray) and _are_texts(value):
        return Form("text", _in(path, "the entries are strings, and numbers are expected."))
    if isinstance(want, np.ndarray) and _holds_a_function(value):
        return Form("not-called", _in(path, "a function is stored, and not its result: it is not called."), NOT_CALLED)
    if isinstance(want, list) and isinstance(value, list):
        if any(isinstance(part, str) for part in value) and not any(isinstance(part, str) for part in want):
            return Form("text", _in(path, "there are strings where True or False, or numbers, are expected."))
        pairs = zip(value, want, strict=False)
        if any(isinstance(one, list | tuple) and not isinstance(other, list | tuple) for one, other in pairs):
            return Form("list-for-one", _in(path, "there is a list where one value for all is expected."), LAST_LINE)
        pairs = zip(value, want, strict=False)
        if any(isinstance(other, list) and isinstance(one, int | float | np.number | np.bool_) for one, other in pairs):
            return Form("one-number", _in(path, "there is one number where a list is expected."), LAST_LINE)
    got, wanted = as_numbers(value), as_numbers(want)
    if got is not None and got.dtype == np.float16:
        return Form("half-precision", HALF, "How many digits does `float16` keep?")
    if got is None or wanted is None:
        return None
    if got.shape != wanted.shape:
        return _shape(path, got, wanted)
    if got.dtype.kind not in "fc" or np.isfinite(got).all() or not np.isfinite(wanted).all():
        return None
    return OVERFLOW if np.isinf(got).any() else NOT_A_NUMBER


def _holds_a_function(value: object) -> bool:
    """Whether one of the first entries of an array or a list is a function."""
    if isinstance(value, Described):
        entries = value.get("entries", ())
    elif isinstance(value, np.ndarray) and value.dtype == object:
        entries = value.ravel()
    else:
        entries = value if isinstance(value, list) else ()
    return any(map(callable, islice(entries, MOST_TRIED)))


def _are_texts(value: object) -> bool:
    """Whether the entries of an array or a list are strings."""
    if isinstance(value, np.ndarray):
        return value.dtype.kind in "US"
    return isinstance(value, list) and bool(value) and all(isinstance(one, str) for one in value)


def _shape(path: str, got: np.ndarray, want: np.ndarray) -> Form | None:
    if got.ndim == want.ndim == 2 and got.shape == want.shape[::-1] and agree(got.T, want):
        return Form("transposed", _in(path, "the numbers are right, but rows and columns are swapped."), SIDES)
    if got.size == want.size and got.ndim > want.ndim and agree(got.ravel(), want.ravel()):
        return Form(
            "axis-too-many",
            ""
            if not want.ndim
            else _in(path, "the numbers are right, but each has its own brackets: an axis too many."),
        )
    if got.size == want.size and got.ndim < want.ndim and agree(got.ravel(), want.ravel()):
        return Form("axis-lost")
    if got.ndim == want.ndim and got.ndim and got.shape[1:] == want.shape[1:]:
        return _rows(path, got, want)
    if got.size == 1 and got.ndim == 0 and want.size > 1:
        return Form("one-number", _in(path, f"there is one number where {want.size} are expected."))
    if want.ndim and got.ndim == want.ndim + 1:
        if got.shape[0] == got.shape[1] and agree(np.einsum("ii...->i...", got), want):
            told = "every entry is combined with every other; the right numbers are on the diagonal."
            return Form("each-with-each", _in(path, told))
        if any(agree(part, want) for part in got[:MOST_TRIED]):
            return MORE
    return None


def _rows(path: str, got: np.ndarray, want: np.ndarray) -> Form | None:
    """Recognise the right rows, of which some are missing or to which others were added."""
    if not len(got):
        return Form("empty", _in(path, "there is nothing: it is empty."), "What should it hold, and how many of them?")
    few, many = (got, want) if len(got) < len(want) else (want, got)
    if not many.any():  # of nothing but zeros, none can be said to be missing
        return None
    off = len(many) - len(few)
    if agree(few, many[: len(few)]):
        if few is got:
            told = f"what is there is right, but it ends too early: {len(got)} of {len(want)}."
            return Form("ends-early", _in(path, told), COUNTED)
        more = "one more follows" if off == 1 else f"{off} more follow"
        return Form("goes-on", _in(path, f"the first {len(want)} are right, but {more}."), COUNTED)
    if agree(few, many[-len(few) :]):
        if few is got:
            first = "first" if off == 1 else f"first {off}"
            told = f"what is there is right, but the {first} of {len(want)} {'is' if off == 1 else 'are'} missing."
            return Form("start-missing", _in(path, told), COUNTED)
        more = "there is one more" if off == 1 else f"there are {off} more"
        return Form("before-the-first", _in(path, f"{more} before the right ones."), COUNTED)
    return None


def _in(path: str, sentence: str) -> str:
    return f"In {place(path)}, {sentence}" if path else sentence[:1].upper() + sentence[1:]
