"""Train a student's network and map its cost, one small piece at a time: the work behind `NetworkCost`.

It knows nothing of browsers or notebooks. Training comes first, since the map is laid out so that it shows the whole
path; then the cost of each point of the map, coarse points first. What is done once is kept.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from ..shared.student_network import Parameters, StudentNetwork, finite
from . import model as model

MOST_POSITIONS = 300  # a path with more points looks the same
MOST_NUMBERS = 8_000_000  # 64 MB: all parameters at all positions kept
LEAST = {"parameters": 2.0, "random": 1.0, "path": 0.01}  # half the width of a map of a path that hardly moves


@dataclass(frozen=True)
class View:
    """Which map is asked for; two equal views are the same map."""

    directions: str = "parameters"  # or "random", "path"
    across: str = ""
    up: str = ""
    seed: int = 1
    around: int = -1  # the step at which all other parameters are taken; -1 is the last
    zoom: float = 1.0


@dataclass
class Map:
    """A square map of size × size costs, as far as they are computed, and the path (k, 2) seen on it."""

    plane: model.Plane
    window: tuple[float, float, float]
    path: np.ndarray
    size: int
    costs: list[float] = field(default_factory=list)  # in the order of `model.order`

    @property
    def done(self) -> bool:
        return len(self.costs) == self.size**2

    def grid(self) -> np.ndarray:
        """Return the costs as (size, size), the lowest row first, with coarse ones where fine ones are to come."""
        return model.filled(self.costs, self.size)


class Survey:
    """The training of a network from `parameters`, and maps of its cost."""

    def __init__(self, network: StudentNetwork, parameters: Parameters, learning_rate: float, steps: int, size: int):
        self.network = network
        self.parameters = {name: value.copy() for name, value in parameters.items()}
        self.steps = steps if network.can_train else 0
        self.size = size
        self.costs: list[float] = []  # before the first step, after it, …
        self.recorded: list[int] = []  # the steps after which the position was kept
        self._positions: list[np.ndarray] = []
        most = min(MOST_POSITIONS, max(2, MOST_NUMBERS // model.flat(parameters).size))
        self.every = max(1, math.ceil(self.steps / most))
        self._maps: dict[View, Map] = {}
        self._training = network.training(self.parameters, learning_rate) if self.steps else None
        self.trained = False
        self._trouble: Exception | None = None  # what ended the training before its time

    def train(self) -> Iterator[None]:
        """Train on, one step for each `next`, to the last step or to the first cost that is no finite number."""
        while not self.trained:
            cost, parameters = self._next_cost()
            step = len(self.costs)
            if finite(parameters):
                self.costs.append(cost)
                if step % self.every == 0 or step == self.steps:
                    self.recorded.append(step)
                    self._positions.append(model.flat(parameters))
            self.trained = step >= self.steps or not math.isfinite(cost) or not finite(parameters)
            yield

    def _next_cost(self) -> tuple[float, Parameters]:
        if self._trouble is not None:
            raise self._trouble  # a generator that has failed once would only say that it has ended
        try:
            if self._training is None:
                return self.network.cost(self.parameters), self.parameters
            return next(self._training)
        except Exception as error:
            self._trouble = error
            raise

    @property
    def positions(self) -> np.ndarray:
        """The parameters at the recorded steps: (k, n)."""
        return np.stack(self._positions)

    def map(self, view: View) -> Map:
        """Return the map of a view, begun or done; training has to have ended. ValueError where there is none."""
        if view not in self._maps:
            around = len(self.recorded) - 1 if view.around < 0 else self.nearest(view.around)
            center = model.unflat(self._positions[around], self.parameters)
            if view.directions == "random":
                plane = model.plane_of_random_directions(center, view.seed)
            elif view.directions == "path":
                plane = model.plane_of_path(self.positions, around)
            else:
                plane = model.plane_of_entries(center, view.across, view.up)
            path = plane.coordinates(self.positions)
            window = model.window(path, LEAST[view.directions], view.zoom)
            self._maps[view] = Map(plane, window, path, self.size)
        return self._maps[view]

    def begun(self, view: View) -> int:
        """Return how many costs of a view's map are computed."""
        return len(self._maps[view].costs) if view in self._maps else 0

    def nearest(self, step: int) -> int:
        """Return the index of the recorded step nearest to `step`."""
        return int(np.argmin(np.abs(np.array(self.recorded) - step)))

    def survey(self, map_: Map) -> Iterator[None]:
        """Compute the costs of a map that are not there yet, one for each `next`."""
        places = model.order(self.size)
        middle_a, middle_b, half = map_.window
        steps = np.linspace(-half, half, self.size)
        while not map_.done:
            row, column = places[len(map_.costs)]
            map_.costs.append(self.cost_at(map_, middle_a + steps[column], middle_b + steps[row]))
            yield

    def cost_at(self, map_: Map, a: float, b: float) -> float:
        """Return the cost at a point of a map, by the student's own functions."""
        return self.network.cost(self.parameters_at(map_, a, b))

    def parameters_at(self, map_: Map, a: float, b: float) -> Parameters:
        """Return all parameters at a point of a map."""
        return model.unflat(map_.plane.at(a, b), self.parameters)
