"""Look for inputs on which two mistakes give different values that a visible check takes for one mistake."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from backprop.answers import json_values
from backprop.answers.attempt import Attempt
from backprop.answers.compare import agree
from backprop.answers.generated import identity

from ..course.source_notebook import Cell
from ..freezing.bench import Bench
from ..freezing.edits.found import apply, edits_of
from ..freezing.edits.inlined import inlined
from ..freezing.generated import helpers_of, world_of
from ..freezing.recording_session import SECOND, Inputs, exercise_of
from ..freezing.source import Source
from .coincidences import Coincidence
from .holes import redrawn

DRAWS = 12
LONGEST = 160  # characters of a sentence with a call in it
MANY = " Other numbers of the same form can."


def advice(source: Source, one: Coincidence, inputs: Inputs) -> str:
    """Return what to do about two mistakes that look alike; "" where other numbers tell them no better apart."""
    solution = source.solution(one.exercise)
    written = next((mistake for mistake in source.written.misconceptions if mistake.id == one.written), None)
    generated = next(_made(source.cells, one, solution.source), None) if solution else None
    visible = one.exercise in inputs.stored
    # Numbers that a check has written in it stay as they are: whether others would help is seen on the hidden ones.
    keys = [one.exercise] if visible else [key for key in inputs.stored if exercise_of(key) == one.exercise]
    if not solution or not written or generated is None or not keys:
        return one.todo
    for seed in range(DRAWS):
        other = redrawn(inputs, seed)
        for key in keys:
            other.stored[key] = json_values.encode(_rounded(json_values.decode(other.stored[key])))
        bench = Bench(source.cells, one.exercise, other)
        ran = [
            bench.run(code, only_visible=visible) or {}
            for code in (solution.source, written.apply(solution.source), generated)
        ]
        if any(_apart(*(_value(attempts, key) for attempts in ran)) for key in keys):
            return f"{one.todo}{_call(one.exercise, other) if visible else ''}"
    return ""


def _value(attempts: dict[str, Attempt], key: str) -> Attempt | None:
    attempt = attempts.get(key)
    return None if attempt is None or attempt.trouble else attempt


def _apart(right: Attempt | None, first: Attempt | None, second: Attempt | None) -> bool:
    return right is not None and first is not None and second is not None and not agree(first.value, second.value)


def _made(cells: list[Cell], one: Coincidence, solution: str) -> Iterator[str]:
    """Yield the solution with the generated mistake made, or made where the helpers are written out."""
    world = world_of(cells, one.exercise)
    for code in filter(None, (solution, inlined(solution, helpers_of(cells, one.exercise)))):
        for edit in edits_of(code, world):
            if identity(edit.kind, edit.at, edit.what) == one.generated:
                yield apply(code, edit)


def _call(exercise: str, inputs: Inputs) -> str:
    """Return a sentence with the inputs as one would freeze them, where they are plain numbers and not many."""
    values = json_values.decode(inputs.stored[exercise])
    said = ", ".join(map(repr, values if isinstance(values, tuple | list) else (values,)))
    try:
        ast.literal_eval(f"[{said}]")
    except (SyntaxError, ValueError):
        return MANY
    sentence = f' These can, for example: freeze_inputs("{exercise}{SECOND}", {said}).'
    return sentence if len(sentence) <= LONGEST else MANY


def _rounded(value):
    """Return inputs with numbers that can be written down, which are then the ones that are tried."""
    if isinstance(value, list | tuple):
        return type(value)(map(_rounded, value))
    return float(f"{value:.3g}") if isinstance(value, float) else value
