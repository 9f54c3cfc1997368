"""Statements about `lasting`: what an answer keeps from one call to the next is named where it shows."""

from __future__ import annotations

import ast
from dataclasses import replace

import pytest

from backprop.answers import json_values
from backprop.answers.attempt import Attempt
from backprop.answers.tables import Check, Exercise
from backprop.explain.lasting import kept_from_call_to_call

CHECK = Check("1", Exercise("1", "One", "one", 1, "holds", "hint", "ask"), "one(x)", {"want": json_values.encode(1.5)})


@pytest.mark.parametrize(("code", "name"), [
    ("found = []\n\n\ndef one(x):\n    found.append(x)\n    return found", "found"),
    ("def one(x, found=[]):\n    found.append(x)\n    return found", "found"),
    ("def one(x, found=[]):\n    found += [x]\n    return found", "found"),
    ("found = []\n\n\ndef one(x):\n    found = []\n    found.append(x)\n    return found", ""),
    ("def one(x, found=[]):\n    return [*found, x]", ""),
    ("costs = []\n\n\ndef one(x):\n    costs.append(x)\n    return 2 * x", ""),
    ("found = []\n\n\ndef other(x):\n    found.append(x)\n\n\ndef one(x):\n    return x", ""),
])  # fmt: skip
def test_a_list_that_is_made_once_and_never_emptied_is_named(code, name):
    form = kept_from_call_to_call(CHECK, Attempt(1.0, text=lambda: ast.parse(code)))
    assert (form.hint.startswith(f"`{name}` is made once")) if form else not name


@pytest.mark.parametrize(("code", "name"), [
    ("speed = 0\n\n\ndef one(x):\n    global speed\n    speed = 0.9 * speed - x\n    return speed", "speed"),
    ("def one(x):\n    one.speed = 0.9 * one.speed - x\n    return one.speed\n\n\none.speed = 0", "one.speed"),
    ("def one(x, found={}):\n    found[0] = found.get(0, x)\n    return found[0]", "found"),
    ("def add(x, box=[]):\n    box.append(x)\n    return box\n\n\ndef one(x):\n    return add(x)[0]", "box"),
    ("seen = {}\n\n\ndef one(x):\n    seen[0] = seen.get(0, x)\n    return seen[0]", "seen"),
    ("def one(x, *, sums=np.zeros(3)):\n    sums += x\n    return sums", "sums"),
    ("class Sum:\n    total = 0\n\n\ndef one(x):\n    Sum.total += x\n    return Sum.total", "Sum.total"),
    ("seen = []\n\n\ndef one(x):\n    seen.clear()\n    seen.append(x)\n    return seen[0]", ""),
    ("def one(x):\n    speed = 0.9 * x\n    return speed", ""),
    ("def one(x, found={}):\n    return found.get(0, x)", ""),
    ("def one(x):\n    global z\n    z = 2 * x\n    return z\n\n\nz = 0", ""),
    ("def one(x):\n    global z\n    if not z:\n        z = 2 * x\n    return z\n\n\nz = 0", "z"),
    ("def one(x):\n    x = x - 1\n    return x\n\n\nx = np.zeros(2)\nx[0] = one(3)", ""),
    ("def one(w):\n    for x in w:\n        x[0] = 1\n    return w\n\n\nx = list('a')", ""),
    ("notes = []\n\n\ndef one(x):\n    notes.append(x)\n    return 2 * x", ""),
])  # fmt: skip
def test_what_lasts_from_call_to_call_is_named_where_the_second_input_shows_it(code, name):
    tried = Attempt(1.0, text=lambda: ast.parse(code))
    form = kept_from_call_to_call(CHECK, replace(tried, right_on_first=True))
    assert (form.hint.startswith(f"`{name}` lasts from call to call")) if form else not name
    assert kept_from_call_to_call(CHECK, tried) is None, "it may do no harm"
