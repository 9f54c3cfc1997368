"""A student's own cost and slopes, asked for their values over the map; whatever they do, the map goes on.

A function is tried once when the widget is made, and refused in one sentence. Later, a point where it fails stays
blank, and the first such sentence is kept in `trouble`.
"""

from __future__ import annotations

import inspect
import math
from collections.abc import Callable, Iterator

import numpy as np

from ..shared.base import WidgetError
from ..shared.student_function import StudentFunctionError, ask, name_of
from .model import Neuron, Surface

STRIDES = (8, 4, 2, 1)  # the map is computed coarse first, and each round halves the distance of its points
AGREE = 1e-9
PROBES = [(0.9, -0.7), (-1.7, 1.1), (0.3, 0.8), (-0.4, -1.3), (2.2, 0.1)]


class OwnCost:
    """A function of (w, b), or of (w, b, examples), over a grid of heights that `pieces` fills, coarse points first."""

    def __init__(self, function: Callable, examples, w: np.ndarray, b: np.ndarray):
        self.function, self.w, self.b = function, w, b
        self.more = _arguments(function, "cost", {2: (), 3: (examples,)} if examples is not None else {2: ()})
        self.heights = np.full((len(b), len(w)), np.nan)
        self.known = np.zeros((len(b), len(w)), dtype=bool)
        self.trouble = ""

    def __call__(self, w: float, b: float) -> float:
        """Return the cost at a point; WidgetError where the function raises, or returns no number."""
        return _number(self.function, w, b, *self.more)

    def is_that_of(self, neuron: Neuron) -> bool:
        """Say whether the function is the cost of this neuron, as far as a few points can tell."""
        try:
            return all(math.isclose(self(*at), neuron.at(*at).cost, rel_tol=AGREE, abs_tol=AGREE) for at in PROBES)
        except WidgetError:
            return False

    def pieces(self) -> Iterator[None]:
        """Compute one height for each `next`; after each round the heights between are filled in, as flat."""
        for stride in STRIDES:
            for j in range(0, len(self.b), stride):
                for i in range(0, len(self.w), stride):
                    if not self.known[j, i]:
                        self.heights[j, i] = self._height(j, i)
                        self.known[j, i] = True
                        yield
            self._fill(stride)

    def _height(self, j: int, i: int) -> float:
        try:
            return self(float(self.w[i]), float(self.b[j]))
        except WidgetError as error:
            self.trouble = self.trouble or f"{error} That part of the map stays blank."
            return math.nan

    def _fill(self, stride: int) -> None:
        coarse = self.heights[::stride, ::stride]
        rows = np.array([np.interp(self.w, self.w[::stride], row) for row in coarse])
        between = np.array([np.interp(self.b, self.b[::stride], column) for column in rows.T]).T
        self.heights[~self.known] = between[~self.known]


class OwnSlopes:
    """A student's ∂C/∂w and ∂C/∂b, each a function of (w, b), or of (w, b, x, y) for one example."""

    def __init__(self, along_w: Callable, along_b: Callable, examples: np.ndarray | None):
        self.functions, self.trouble = [], ""
        for function, name in ((along_w, "dCdw"), (along_b, "dCdb")):
            one = (0.0, 0.0) if examples is not None else None
            each = _arguments(function, name, {2: (), 4: one} if one else {2: ()}) == one
            self.functions.append((function, examples if each else None))

    def __call__(self, w: float, b: float) -> tuple[float, float]:
        """Return both slopes of the whole cost; WidgetError where a function raises, or returns no number."""
        along_w, along_b = (_mean(function, w, b, examples) for function, examples in self.functions)
        return along_w, along_b

    def off(self, truth: Neuron | Surface, w: float, b: float) -> tuple[float, float]:
        """Return own minus true slopes at a point; NaN where a function raises, or returns no number."""
        place = truth.at(w, b)
        try:
            along_w, along_b = self(w, b)
        except WidgetError as error:
            self.trouble = self.trouble or f"{error} There your arrow is missing."
            return math.nan, math.nan
        return along_w - place.along_w, along_b - place.along_b


def _mean(function: Callable, w: float, b: float, examples: np.ndarray | None) -> float:
    if examples is None:
        return _number(function, w, b)
    return float(np.mean([_number(function, w, b, float(x), float(y)) for x, y in examples]))


def _arguments(function: Callable, what: str, known: dict[int, tuple]) -> tuple:
    """Return what else a function is called with, by how many arguments it takes; WidgetError where that fits not."""
    if not callable(function):
        raise WidgetError(f"{what} has to be a function, and is {type(function).__name__}.")
    try:
        signature = inspect.signature(function)
    except (TypeError, ValueError):  # some built-in functions have none
        return known[2]
    for count, more in known.items():
        try:
            signature.bind(*[0.0] * count)
            return more
        except TypeError:
            continue
    wanted = {2: "(w, b)", 3: "(w, b, examples)", 4: "(w, b, x, y)"}
    raise WidgetError(f"{name_of(function)} has to take {' or '.join(wanted[n] for n in known)}, and does not.")


def _number(function: Callable, *arguments) -> float:
    try:
        value = ask(function, *arguments)
    except StudentFunctionError as error:
        raise WidgetError(str(error)) from None
    if isinstance(value, np.ndarray) and value.ndim == 0:
        value = value.item()
    if isinstance(value, bool) or not isinstance(value, int | float | np.integer | np.floating):
        raise WidgetError(f"{name_of(function)} has to return one number, and returned {_what(value)}.")
    return float(value)


def _what(value) -> str:
    if value is None:
        return "None"
    if isinstance(value, np.ndarray):
        return f"an array of shape {value.shape}"
    return f"a {type(value).__name__}"
