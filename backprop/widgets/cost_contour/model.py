"""The mathematics of the cost map: the cost of one neuron, or a surface through a grid of heights; and descent on it.

Both give the cost and its gradient at (w, b), and `walk` goes downhill on either. `model.js` holds the
same; a golden file proves that they agree. Whole paths are not compared: at large rates one bit grows to a new path.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np

from ..shared.activations import ACTIVATIONS

FAR = 1e6  # a path that goes as far as this has diverged


class Place(NamedTuple):
    """The cost at a point, and its slopes along w and b."""

    cost: float
    along_w: float
    along_b: float


class Landscape(Protocol):
    """What can be descended."""

    def at(self, w: float, b: float) -> Place: ...


@dataclass(frozen=True)
class Neuron:
    """The mean of (φ(w x + b) − y)² over the examples; x and y have shape (N,)."""

    activation: str
    x: np.ndarray
    y: np.ndarray

    def answers(self, w: float, b: float) -> np.ndarray:
        """Return the neuron's answer to each x: shape (N,)."""
        return np.asarray(ACTIVATIONS[self.activation].value(w * self.x + b))

    def at(self, w: float, b: float) -> Place:
        phi = ACTIVATIONS[self.activation]
        z = w * self.x + b
        error = phi.value(z) - self.y
        blame = 2 * error * phi.slope(z)
        return Place(float(np.mean(error**2)), float(np.mean(blame * self.x)), float(np.mean(blame)))

    def heights(self, w: np.ndarray, b: np.ndarray) -> np.ndarray:
        """Return the cost over a grid: shape (len(b), len(w))."""
        phi = ACTIVATIONS[self.activation]
        total = np.zeros((len(b), len(w)))
        for x, y in zip(self.x, self.y, strict=True):  # one example at a time: all at once could fill the memory
            total += (phi.value(w[None, :] * x + b[:, None]) - y) ** 2
        return total / len(self.x)


@dataclass(frozen=True)
class Surface:
    """A smooth surface through heights on a grid, shape (len(b), len(w)): cubic between them, with their slopes."""

    heights: np.ndarray
    w: tuple[float, float]
    b: tuple[float, float]

    def at(self, w: float, b: float) -> Place:
        """Return cost and slopes; NaN outside the grid, or where one of the heights around is not finite."""
        rows, columns = self.heights.shape
        across = (w - self.w[0]) / (self.w[1] - self.w[0]) * (columns - 1)
        up = (b - self.b[0]) / (self.b[1] - self.b[0]) * (rows - 1)
        if not (0 <= across <= columns - 1 and 0 <= up <= rows - 1):
            return Place(math.nan, math.nan, math.nan)
        i, j = min(int(across), columns - 2), min(int(up), rows - 2)
        near_w, slope_w = _weights(across - i)
        near_b, slope_b = _weights(up - j)
        cost = along_w = along_b = 0.0
        for row in range(4):
            value = slope = 0.0
            for column in range(4):
                height = self._height(j + row - 1, i + column - 1)
                value += near_w[column] * height
                slope += slope_w[column] * height
            cost += near_b[row] * value
            along_w += near_b[row] * slope
            along_b += slope_b[row] * value
        scale_w = (columns - 1) / (self.w[1] - self.w[0])
        scale_b = (rows - 1) / (self.b[1] - self.b[0])
        return Place(cost, along_w * scale_w, along_b * scale_b)

    def _height(self, row: int, column: int) -> float:
        """Return a height; one step outside the grid, the surface goes on as straight as it ended."""
        rows, columns = self.heights.shape
        if row < 0 or row >= rows:
            inside, further = (0, 1) if row < 0 else (rows - 1, rows - 2)
            return 2 * self._height(inside, column) - self._height(further, column)
        if column < 0 or column >= columns:
            inside, further = (0, 1) if column < 0 else (columns - 1, columns - 2)
            return 2 * self._height(row, inside) - self._height(row, further)
        return float(self.heights[row, column])


def _weights(t: float) -> tuple[list[float], list[float]]:
    """Return how much four neighbours count at `t` between the middle two (Catmull and Rom), and the slopes of that."""
    value = [
        ((-t + 2) * t - 1) * t / 2,
        ((3 * t - 5) * t * t + 2) / 2,
        ((-3 * t + 4) * t + 1) * t / 2,
        (t - 1) * t * t / 2,
    ]
    slope = [
        ((-3 * t + 4) * t - 1) / 2,
        (9 * t - 10) * t / 2,
        ((-9 * t + 8) * t + 1) / 2,
        (3 * t - 2) * t / 2,
    ]
    return value, slope


def step(landscape: Landscape, w: float, b: float, eta: float) -> tuple[float, float]:
    """Return the point after one step of steepest descent."""
    place = landscape.at(w, b)
    return w - eta * place.along_w, b - eta * place.along_b


def walk(landscape: Landscape, w: float, b: float, eta: float, steps: int) -> np.ndarray:
    """Return the points of descent, the start first: shape (steps + 1, 2), or fewer where the path ends before.

    It ends where a step leads off a surface, or further than `FAR`.
    """
    points = [(w, b)]
    for _ in range(steps):
        w, b = step(landscape, w, b, eta)
        if not (abs(w) <= FAR and abs(b) <= FAR and math.isfinite(landscape.at(w, b).cost)):
            break
        points.append((w, b))
    return np.array(points)


def blend(samples: np.ndarray, w_range: tuple, b_range: tuple, w: float, b: float) -> np.ndarray:
    """Return samples on a grid, shape (rows, columns, k), at a point between, as flat between neighbours: shape (k,).

    Outside the grid the nearest point of its edge counts.
    """
    rows, columns = samples.shape[:2]
    across = min(max((w - w_range[0]) / (w_range[1] - w_range[0]), 0.0), 1.0) * (columns - 1)
    up = min(max((b - b_range[0]) / (b_range[1] - b_range[0]), 0.0), 1.0) * (rows - 1)
    i, j = min(int(across), columns - 2), min(int(up), rows - 2)
    s, t = across - i, up - j
    low = samples[j, i] * (1 - s) + samples[j, i + 1] * s
    high = samples[j + 1, i] * (1 - s) + samples[j + 1, i + 1] * s
    return low * (1 - t) + high * t
