"""Run the mutants of each solution on the frozen inputs, and keep those that the checks take for right."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from functools import partial
from types import FunctionType

import numpy as np

from backprop.answers import json_values
from backprop.answers.attempt import Attempt
from backprop.answers.compare import agree

from ..freezing.bench import Bench
from ..freezing.recording_session import SECOND, Inputs
from ..freezing.running import fallback_data, run_solutions
from ..freezing.source import Source
from .mutants import Mutant, mutants_of

SECONDS = 1.0  # for one check of a mutant: a right answer takes milliseconds, and a mutant may never end
DRAWS = 12  # other inputs on which what passes is compared with the solution


Known = Collection[tuple[str, str, str]]  # (exercise, before, after) of changes that an author says are none


@dataclass
class Holes:
    """What became of the mutants of one exercise."""

    exercise: str
    made: int = 0
    skipped: str = ""  # why no mutant of it says anything
    pass_everything: list[Mutant] = field(default_factory=list)  # and are another function: holes
    equal: list[Mutant] = field(default_factory=list)  # give what the solution gives, on other inputs too
    pass_the_visible: list[Mutant] = field(default_factory=list)  # which a hidden test catches


def holes(source: Source, known: Known = ()) -> Iterator[Holes]:
    """Yield what became of the mutants of every exercise that is judged by frozen values."""
    with fallback_data():
        inputs = Inputs()
        run_solutions(source, inputs)
        quizzes = {quiz["key"] for quiz in source.written.quizzes}
        for exercise, words in source.written.exercises.items():
            solution = source.solution(exercise)
            if solution and exercise in quizzes:
                yield Holes(exercise, skipped="a quiz: each option is right or wrong")
            elif solution and words.get("at_least") is not None:
                yield Holes(exercise, skipped=f"any way to reach {words['at_least']:g} is right")
            elif solution:
                yield _of_exercise(source, exercise, solution.source, inputs, known)


def _of_exercise(source: Source, exercise: str, solution: str, inputs: Inputs, known: Known) -> Holes:
    bench = Bench(source.cells, exercise, inputs, SECONDS)
    want = bench.run(solution) or {}
    found = Holes(exercise)
    passed = []
    for mutant in mutants_of(solution):
        found.made += 1
        got = bench.run(mutant.source)
        right = _right(got, want)
        if got and all(right.values()):
            passed.append(mutant)
        elif right.get(exercise) and right.get(exercise + SECOND, True):
            found.pass_the_visible.append(mutant)
    for mutant in passed:
        said = (exercise, mutant.before, mutant.after) in known
        equal = said or _equal(source, exercise, solution, mutant, inputs)
        (found.equal if equal else found.pass_everything).append(mutant)
    return found


def _right(got: dict[str, Attempt] | None, want: dict[str, Attempt]) -> dict[str, bool]:
    """Return of each check whether it would pass."""
    return {
        key: not attempt.trouble and not attempt.change and agree(attempt.value, want[key].value)
        for key, attempt in (got or {}).items()
        if key in want
    }


def _equal(source: Source, exercise: str, solution: str, mutant: Mutant, inputs: Inputs) -> bool:
    """Whether a mutant gives what the solution gives on inputs that nobody chose.

    What its functions return is compared, and not only what the checks look at.
    """
    functions = [name.strip().split(".")[0] for name in source.written.exercises[exercise]["function"].split(",")]
    for seed in range(DRAWS):
        bench = Bench(source.cells, exercise, redrawn(inputs, seed), SECONDS)
        returned: list[list] = [[], []]
        want = bench.run(solution, before_checks=partial(_listen, functions, returned[0]))
        got = bench.run(mutant.source, before_checks=partial(_listen, functions, returned[1]))
        if want is None or any(attempt.trouble for attempt in want.values()):
            continue  # the solution itself cannot work with these
        if got is None or not all(_right(got, want).values()) or len(returned[0]) != len(returned[1]):
            return False
        if not all(agree(mine, others) for others, mine in zip(*returned, strict=True)):
            return False
    return True


def _listen(functions: list[str], returned: list, scope: dict) -> None:
    """Have the functions keep what they return."""

    def heard(function: Callable, *args, **kwargs):
        value = function(*args, **kwargs)
        returned.append(value)
        return value

    for name in functions:
        if isinstance(scope.get(name), FunctionType):
            scope[name] = partial(heard, scope[name])


def redrawn(inputs: Inputs, seed: int) -> Inputs:
    """Return inputs of the same form with other numbers; whole numbers stay, since they may be sizes."""
    draw = np.random.RandomState(seed)
    other = {key: json_values.encode(_other(json_values.decode(value), draw)) for key, value in inputs.stored.items()}
    return Inputs(other, inputs.sizes)


def _other(value, draw: np.random.RandomState):
    if isinstance(value, dict):
        return {key: _other(part, draw) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(_other(part, draw) for part in value)
    if isinstance(value, float):
        return float(value * draw.uniform(0.5, 0.95))
    if isinstance(value, np.ndarray) and value.dtype.kind == "f":
        both = (value < 0).any() and (value > 0).any()
        return value * draw.uniform(0.5, 0.95, value.shape) * (draw.choice([-1, 1], value.shape) if both else 1)
    return value
