"""What a cost map is made of: examples and activation, or a function, over a range of (w, b).

Every argument that cannot be used is refused in one sentence. The heights of the map are computed at once where that
takes a moment, else piece by piece.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from functools import cached_property

import numpy as np

from ..shared.activations import ACTIVATIONS
from ..shared.base import WidgetError
from .model import Neuron, Surface
from .student_cost import OwnCost, OwnSlopes

NOT = ((1, 0), (0, 1))
NODES = (97, 73)  # of the map, across and up: multiples of 8, and 1
OWN_NODES = (49, 37)  # at which a student's own slopes are computed
AT_ONCE = 1_500_000  # answers of a neuron that fit into a moment


class Problem:
    """A landscape over (w, b), and beside it, perhaps, a student's own slopes.

    `neuron` is None for a function without examples; `is_neuron` says whether the landscape is that of the neuron.
    """

    def __init__(
        self,
        examples,
        activation: str,
        cost: Callable | None,
        slopes: tuple[Callable | None, Callable | None],
        w_range,
        b_range,
    ):
        if activation not in ACTIVATIONS:
            raise WidgetError(f"There is no activation {activation!r} here: take one of {', '.join(ACTIVATIONS)}.")
        self.w_range, self.b_range = _range("w_range", w_range), _range("b_range", b_range)
        self.w, self.b = np.linspace(*self.w_range, NODES[0]), np.linspace(*self.b_range, NODES[1])
        pairs = _pairs(NOT if examples is None else examples) if cost is None or examples is not None else None
        neuron = None if pairs is None else Neuron(activation, pairs[:, 0], pairs[:, 1])
        self.neuron = neuron
        self._cost: OwnCost | None = None
        if cost is not None:
            self._cost = OwnCost(cost, examples, self.w, self.b)
        elif neuron is not None and neuron.x.size * self.w.size * self.b.size > AT_ONCE:
            self._cost = OwnCost(lambda w, b: neuron.at(w, b).cost, None, self.w, self.b)
        own = self._cost if cost is not None else None
        self.is_neuron = neuron is not None and (own is None or own.is_that_of(neuron))
        self.slopes = _slopes(*slopes, pairs)
        self.off = np.full((OWN_NODES[1], OWN_NODES[0], 2), np.nan)  # own minus true slopes
        self._off_done = 0 if self.slopes else self.off.shape[0] * self.off.shape[1]

    @property
    def is_lesson(self) -> bool:
        """Whether this is the neuron that learns NOT, for whose places the lesson has names."""
        neuron = self.neuron
        if neuron is None or not self.is_neuron or neuron.activation != "tanh":
            return False
        return sorted(zip(neuron.x.tolist(), neuron.y.tolist(), strict=True)) == sorted(NOT)

    def try_at(self, w: float, b: float) -> None:
        """Call a student's own functions once; WidgetError where one of them cannot be used."""
        if self._cost is not None and not math.isfinite(self._cost(w, b)):
            raise WidgetError(f"The cost at w = {w:g}, b = {b:g} is not a finite number: begin elsewhere, by w and b.")
        if self.slopes is not None:
            self.slopes(w, b)

    # The map, and what is still to be computed of it

    @cached_property
    def _heights(self) -> np.ndarray:
        assert self.neuron is not None  # else there is a cost function of the student's
        return self.neuron.heights(self.w, self.b)

    @property
    def heights(self) -> np.ndarray:
        """The costs over the map as far as they are known, shape (len(b), len(w)); NaN where they are not."""
        return self._heights if self._cost is None else self._cost.heights

    @property
    def landscape(self) -> Neuron | Surface:
        """What is descended: the neuron by its formulas, or a surface through the heights."""
        if self.neuron is not None and self.is_neuron:
            return self.neuron
        return Surface(self.heights, self.w_range, self.b_range)

    @property
    def trouble(self) -> str:
        """A sentence on the first point at which a student's own function failed, or ""."""
        return (self._cost.trouble if self._cost else "") or (self.slopes.trouble if self.slopes else "")

    def pieces(self) -> Iterator[None]:
        """Compute what is still unknown, one point for each `next`."""
        if self._cost is not None:
            yield from self._cost.pieces()
        if self.slopes is not None:
            w, b = np.linspace(*self.w_range, OWN_NODES[0]), np.linspace(*self.b_range, OWN_NODES[1])
            landscape = self.landscape
            while self._off_done < len(w) * len(b):
                j, i = divmod(self._off_done, len(w))
                self.off[j, i] = self.slopes.off(landscape, float(w[i]), float(b[j]))
                self._off_done += 1
                yield

    @property
    def share(self) -> float:
        """How much of the work is done, from 0 to 1."""
        nodes = self.w.size * self.b.size
        known = nodes if self._cost is None else int(self._cost.known.sum())
        points = self.off.shape[0] * self.off.shape[1]
        return (known + self._off_done) / (nodes + points)


def number(name: str, value) -> float:
    """Return a finite number, or raise a WidgetError that says what `name` is instead."""
    is_number = isinstance(value, int | float | np.integer | np.floating) and not isinstance(value, bool)
    if not (is_number and math.isfinite(value)):
        raise WidgetError(f"{name} is {value!r}, and has to be a number.")
    return float(value)


def _range(name: str, value) -> tuple[float, float]:
    try:
        low, high = value
    except (TypeError, ValueError):
        raise WidgetError(f"{name} is {value!r}, and has to be two numbers: (from, to).") from None
    low, high = number(f"the first number of {name}", low), number(f"the second number of {name}", high)
    if low >= high:
        raise WidgetError(f"{name} goes from {low:g} to {high:g}: the first number has to be the smaller one.")
    return low, high


def _pairs(examples) -> np.ndarray:
    """Return the examples as an array of shape (N, 2)."""
    try:
        pairs = np.array(list(examples), dtype=float)
    except (TypeError, ValueError):
        raise WidgetError("examples has to be a list of pairs (x, y) of numbers, such as [(1, 0), (0, 1)].") from None
    if pairs.size == 0:
        raise WidgetError("There are no examples: a neuron needs at least one pair (x, y).")
    if pairs.ndim != 2 or pairs.shape[1] != 2:
        raise WidgetError(f"examples has the shape {pairs.shape}, and has to be a list of pairs (x, y): shape (N, 2).")
    if not np.all(np.isfinite(pairs)):
        bad = int(np.argmin(np.all(np.isfinite(pairs), axis=1)))
        raise WidgetError(f"Example number {bad} is ({pairs[bad, 0]:g}, {pairs[bad, 1]:g}): take NaN and infinity out.")
    return pairs


def _slopes(along_w: Callable | None, along_b: Callable | None, pairs: np.ndarray | None) -> OwnSlopes | None:
    if along_w is None and along_b is None:
        return None
    if along_w is None or along_b is None:
        raise WidgetError("dCdw and dCdb belong together: pass both, or neither.")
    return OwnSlopes(along_w, along_b, pairs)
