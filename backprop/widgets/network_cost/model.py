"""The cost of a network over a plane in the space of its parameters, and the path of its training seen from there.

A plane is a point and two directions: θ(a, b) = origin + a · across + b · up, all parameters in one long vector. Three
ways lead to one: two single parameters, two random directions, or the two in which training moved most. Nothing is
drawn here, and no student's function is called. What the browser needs too stands in `model.js` once more,
and a golden file proves that both agree.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

Parameters = dict[str, np.ndarray]

STRIDES = (8, 4, 2, 1)  # the map is first computed at every eighth point of its grid
ENTRY = re.compile(r"\s*(\w+)\s*\[\s*(\d+)\s*,\s*(\d+)\s*\]\s*")


# ------------------------------------------------------------------------------------------- parameters and vectors


def flat(parameters: Parameters) -> np.ndarray:
    """Return all parameters in one vector, array after array, row after row."""
    return np.concatenate([np.asarray(value, dtype=float).ravel() for value in parameters.values()])


def unflat(vector: np.ndarray, like: Parameters) -> Parameters:
    """Return a vector as parameters of the names and shapes of `like`; every array is a new one."""
    found, start = {}, 0
    for name, value in like.items():
        found[name] = vector[start : start + value.size].reshape(value.shape).copy()
        start += value.size
    return found


def entry(text: str) -> tuple[str, int, int]:
    """Return "W1[0, 5]" as ("W1", 0, 5); ValueError where it is not written so."""
    match = ENTRY.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is not a parameter; write it as 'W1[0, 5]': name, row, column.")
    return match[1], int(match[2]), int(match[3])


def place(parameters: Parameters, text: str) -> int:
    """Return where "W1[0, 5]" stands in the vector of all parameters; ValueError where there is no such parameter."""
    name, row, column = entry(text)
    if name not in parameters:
        raise ValueError(f"There is no {name!r} among the parameters; they are {', '.join(parameters)}.")
    shape = parameters[name].shape
    if len(shape) != 2 or row >= shape[0] or column >= shape[1]:
        rows, columns = (*shape, 1)[:2]
        raise ValueError(f"{name} has {rows} rows and {columns} columns, counted from 0; it has no {text.strip()}.")
    before = list(parameters)[: list(parameters).index(name)]
    return sum(parameters[each].size for each in before) + row * shape[1] + column


# ---------------------------------------------------------------------------------------------------------- planes


@dataclass(frozen=True)
class Plane:
    """A plane in the space of all n parameters; each of its three vectors has n numbers."""

    origin: np.ndarray
    across: np.ndarray
    up: np.ndarray

    def at(self, a: float, b: float) -> np.ndarray:
        """Return the parameters, as one vector, at the coordinates (a, b)."""
        return self.origin + a * self.across + b * self.up

    def coordinates(self, positions: np.ndarray) -> np.ndarray:
        """Return where the plane comes nearest to each position: (k, n) in, (k, 2) out."""
        directions = np.stack([self.across, self.up])
        return np.linalg.solve(directions @ directions.T, directions @ (np.atleast_2d(positions) - self.origin).T).T


def plane_of_entries(parameters: Parameters, across: str, up: str) -> Plane:
    """Return the plane of two single parameters, all others as they are; the coordinates are their values."""
    first, second = place(parameters, across), place(parameters, up)
    if first == second:
        raise ValueError(f"Across and up are both {across}; choose two different parameters.")
    origin = flat(parameters)
    origin[[first, second]] = 0
    return Plane(origin, _unit(origin.size, first), _unit(origin.size, second))


def plane_of_random_directions(parameters: Parameters, seed: int) -> Plane:
    """Return the plane through the parameters along two random directions, (0, 0) being the parameters themselves.

    Each array of a direction is as long as the array of parameters to which it is added, so that a step of 1 means as
    much to a layer of large weights as to one of small weights (Li and others, 2018).
    """
    draw = np.random.RandomState(seed)
    directions = []
    for _ in range(2):
        scaled = {}
        for name, value in parameters.items():
            random = draw.standard_normal(value.shape)
            scaled[name] = random * (np.linalg.norm(value) / np.linalg.norm(random))
        directions.append(flat(scaled))
    if not all(np.any(direction) for direction in directions):
        raise ValueError("All parameters are zero, so no direction can be scaled to them.")
    return Plane(flat(parameters), *directions)


def plane_of_path(positions: np.ndarray, through: int = -1) -> Plane:
    """Return the plane through one of the positions (k, n) along the two directions in which the path moved most.

    Both have length 1 and stand at right angles, so that distances on the map are distances in parameter space.
    """
    moved = positions - positions[-1]
    sizes, mixes = np.linalg.eigh(moved @ moved.T)  # k by k: there are far fewer steps than parameters
    if sizes[-1] <= 0:
        raise ValueError("Training did not move the parameters, so its path has no directions.")
    across = mixes[:, -1] @ moved
    across /= -np.copysign(np.linalg.norm(across), moved[0] @ across)  # so that training goes to the right
    up = mixes[:, -2] @ moved if len(sizes) > 1 else np.zeros_like(across)
    up -= (up @ across) * across
    if np.linalg.norm(up) <= 1e-9 * np.sqrt(sizes[-1]):  # a straight path: any second direction will do
        up = np.random.RandomState(0).standard_normal(across.size)
        up -= (up @ across) * across
    return Plane(positions[through].copy(), across, up / np.linalg.norm(up))


def _unit(size: int, index: int) -> np.ndarray:
    vector = np.zeros(size)
    vector[index] = 1
    return vector


# ------------------------------------------------------------------------------------------------- the map's window


def window(path: np.ndarray, least: float, zoom: float = 1.0) -> tuple[float, float, float]:
    """Return the middle (a, b) and half the width of a square map that shows the whole path (k, 2), with room around.

    `least` is what half the width is at least; `zoom` divides both.
    """
    low, high = path.min(axis=0), path.max(axis=0)
    half = max(0.7 * float(np.max(high - low)), least) / zoom
    middle = (low + high) / 2
    return float(middle[0]), float(middle[1]), half


@functools.cache
def order(size: int) -> list[tuple[int, int]]:
    """Return the points (row, column) of a square grid, coarse ones first: every eighth, fourth, second, then all."""
    found: dict[tuple[int, int], None] = {}
    for stride in STRIDES:
        found |= dict.fromkeys((row, column) for row in range(0, size, stride) for column in range(0, size, stride))
    return list(found)


def filled(costs: Sequence[float], size: int) -> np.ndarray:
    """Return the map (size, size) from the first costs in the order of `order`, as far as they go.

    A point without a cost yet lies halfway between its coarser neighbours; NaN where those are not there either.
    """
    grid, known = np.full((size, size), np.nan), np.zeros((size, size), dtype=bool)
    if len(costs):
        rows, columns = np.array(order(size)[: len(costs)]).T
        grid[rows, columns], known[rows, columns] = costs, True
    for stride in STRIDES[1:]:
        finer, there = grid[::stride, ::stride], known[::stride, ::stride]
        between = finer.copy()
        between[1::2, ::2] = (finer[:-1:2, ::2] + finer[2::2, ::2]) / 2
        between[::2, 1::2] = (finer[::2, :-1:2] + finer[::2, 2::2]) / 2
        between[1::2, 1::2] = (finer[:-1:2, :-1:2] + finer[:-1:2, 2::2] + finer[2::2, :-1:2] + finer[2::2, 2::2]) / 4
        finer[~there] = between[~there]
    return grid


def interpolated(grid: np.ndarray, window: tuple[float, float, float], a: float, b: float) -> float:
    """Return the cost at (a, b) between the four points of the map around it; NaN outside of the map."""
    middle_a, middle_b, half = window
    last = grid.shape[0] - 1
    x, y = ((a - middle_a) / half + 1) / 2 * last, ((b - middle_b) / half + 1) / 2 * last
    if not (0 <= x <= last and 0 <= y <= last):
        return float("nan")
    column, row = min(int(x), last - 1), min(int(y), last - 1)
    right, above = x - column, y - row
    low = grid[row, column] * (1 - right) + grid[row, column + 1] * right
    high = grid[row + 1, column] * (1 - right) + grid[row + 1, column + 1] * right
    return float(low * (1 - above) + high * above)
