"""One training run of a student's network, a step at a time, and its results: the work behind `LearningCurves`."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np

from ..shared.student_function import StudentFunctionError
from ..shared.student_network import Parameters, StudentNetwork, finite
from .model import Verdict, short, verdict

MOST_RATE = 1e6
MOST_UNITS = 1000
MOST_STEPS = 10_000
SETTINGS = ("learning_rate", "n_h", "steps", "seed")


@dataclass
class Run:
    """A run of `steps` steps at `learning_rate` with `n_h` hidden units, from the random start of `seed`.

    `costs` holds the cost before the first step, after it, and so on, as far as the run has gone; `parameters` those
    after the last of them.
    """

    learning_rate: float
    n_h: int
    steps: int = 100
    seed: int = 1
    costs: list[float] = field(default_factory=list, repr=False)
    parameters: Parameters | None = field(default=None, repr=False)
    trouble: str = ""  # what one of the functions did wrong
    stopped: bool = False  # by the user, before it was done
    _training: Iterator | None = field(default=None, repr=False)

    @property
    def done(self) -> bool:
        """Whether there is nothing left to do: all steps are done, or the cost is no number any more."""
        over = bool(self.costs) and not math.isfinite(self.costs[-1])
        return bool(self.trouble) or over or len(self.costs) > self.steps

    @property
    def cost(self) -> float:
        """The last cost; NaN before the first."""
        return self.costs[-1] if self.costs else math.nan

    @property
    def verdict(self) -> Verdict:
        """What the curve does, in a name and a sentence."""
        return Verdict("failed", self.trouble) if self.trouble else verdict(self.costs)

    @property
    def key(self) -> str:
        """The settings as a text, by which the browser knows the run."""
        return key(vars(self))

    def train(self, network: StudentNetwork) -> Iterator[None]:
        """Train on from where the run stands, one step for each `next`."""
        while not self.done:
            try:
                if self._training is None:
                    np.random.seed(self.seed)
                    self._training = network.training(network.start(self.n_h), self.learning_rate)
                cost, parameters = next(self._training)
            except StudentFunctionError as error:
                self.trouble = str(error)
                return
            self.costs.append(cost if finite(parameters) else math.nan)
            self.parameters = parameters
            yield


def key(settings: Mapping) -> str:
    """Return settings as a text, the same in the browser: "0.5|10|100|1"."""
    return "|".join(f"{settings[name]:.12g}" for name in SETTINGS)


def settings(given: object) -> dict:
    """Return the settings of a run, complete and within bounds; ValueError where they are not."""
    if not isinstance(given, Mapping):
        raise ValueError(f"A run is {given!r}; write it as {{'learning_rate': 0.5, 'n_h': 10}}.")
    for name in given:
        if name not in (*SETTINGS, "hidden"):
            raise ValueError(f"A run has no {name!r}; it has {', '.join(SETTINGS)}.")
    full = {"learning_rate": 0.5, "n_h": 10, "steps": 100, "seed": 1} | dict(given)
    rate = full["learning_rate"]
    if not _is_number(rate) or not 0 < rate <= MOST_RATE:
        raise ValueError(f"learning_rate is {rate!r}; it should be a number greater than 0, at most {MOST_RATE:,.0f}.")
    for name, low, high in (("n_h", 1, MOST_UNITS), ("steps", 1, MOST_STEPS), ("seed", 0, 2**32 - 1)):
        value = full[name]
        if not _is_number(value) or value != int(value) or not low <= value <= high:
            raise ValueError(f"{name} is {value!r}; it should be a whole number from {low} to {high:,}.")
        full[name] = int(value)
    full["learning_rate"] = float(rate)
    if not full.pop("hidden", False):
        return full
    return full | {"hidden": True}


def table(runs: list[Run]) -> str:
    """Return runs as lines of text: settings, steps done, last cost, verdict."""
    if not runs:
        return "There is no run yet: choose η and the number of hidden units, and press Train."
    lines = [f"{'η':>10} {'n_h':>5} {'steps':>6} {'cost':>10}   what the curve does"]
    for run in runs:
        done = max(len(run.costs) - 1, 0)
        cost = short(run.cost) if run.costs else "–"
        lines.append(f"{run.learning_rate:>10g} {run.n_h:>5} {done:>6} {cost:>10}   {run.verdict.sentence}")
    return "\n".join(lines)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float | np.number) and not isinstance(value, bool) and math.isfinite(value)
