"""Look for inputs on which two mistakes give different values that a visible check takes for one mistake."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from backprop.answers import json_values
from backprop.answers.attempt import Attempt
from backprop.answers.compare import agree
from backprop.answers.generated import identity

from ..freezing.bench import Bench
from ..freezing.edits.found import apply, edits_of
from ..freezing.edits.inlined import inlined
from ..freezing.generated import helpers_of, world_of
from ..freezing.recording_session import SECOND, Inputs
from ..freezing.source import Source
from .coincidences import Coincidence
from .holes import redrawn

DRAWS = 12
LONGEST = 160  # letters of a call that is shown


def advice(source: Source, one: Coincidence, inputs: Inputs) -> str:
    """Return what to do about two mistakes that look alike; "" where other numbers tell them no better apart."""
    solution = source.solution(one.exercise)
    written = next((mistake for mistake in source.words.misconceptions if mistake.id == one.written), None)
    generated = next(_made(source, one), None)
    if not solution or not written or generated is None:
        return one.todo
    for seed in range(DRAWS):
        other = redrawn(inputs, seed)
        bench = Bench(source.cells, one.exercise, other)
        right, first, second = (
            _value(bench.run(code, only_visible=True), one.exercise)
            for code in (solution.source, written.apply(solution.source), generated)
        )
        if right and first and second and not agree(first.value, second.value):
            return f"{one.todo}{_call(one.exercise, other)}"
    return ""


def _value(attempts: dict[str, Attempt] | None, key: str) -> Attempt | None:
    attempt = (attempts or {}).get(key)
    return None if attempt is None or attempt.trouble else attempt


def _made(source: Source, one: Coincidence) -> Iterator[str]:
    """Yield the solution with the generated mistake made, or made where the helpers are written out."""
    solution = source.solution(one.exercise)
    assert solution
    world = world_of(source.cells, one.exercise)
    written_out = inlined(solution.source, helpers_of(source.cells, one.exercise))
    for code in filter(None, (solution.source, written_out)):
        for edit in edits_of(code, world):
            if identity(edit.kind, edit.at, edit.what) == one.generated:
                yield apply(code, edit)


def _call(exercise: str, inputs: Inputs) -> str:
    """Return the inputs as one would freeze them; "" where they are no plain numbers, or many."""
    values = json_values.decode(inputs.stored.get(exercise))
    values = values if isinstance(values, tuple | list) else (values,)
    said = f' These do, say: freeze_inputs("{exercise}{SECOND}", {", ".join(map(_short, values))}).'
    try:
        ast.literal_eval(f"[{', '.join(map(_short, values))}]")
    except (SyntaxError, ValueError):
        return " Other numbers of the same form do."
    return said if len(said) <= LONGEST else " Other numbers of the same form do."


def _short(value: object) -> str:
    return f"{value:.3g}" if isinstance(value, float) else repr(value)
