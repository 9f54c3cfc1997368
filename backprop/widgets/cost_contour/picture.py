"""The still picture of the cost map: heights, contour lines, the path with its arrow, and the neuron beside it."""

from __future__ import annotations

import numpy as np
from contourpy import contour_generator

from ..shared import static_svg as svg
from ..shared.activations import ACTIVATIONS
from .model import Neuron
from .problem import Problem

MAP = (56, 30, 370, 278)


def document(problem: Problem, path: np.ndarray, caption: str) -> str:
    """Return the picture as an SVG document; `path` has shape (steps + 1, 2)."""
    parts = [_map(problem, path)]
    if problem.neuron is not None:
        parts.append(_neuron(problem.neuron, *path[-1]))
    return svg.document(460 if len(parts) == 1 else 740, 356, parts, caption, "Map of the cost over w and b")


def _map(problem: Problem, path: np.ndarray) -> svg.Plot:
    heights = problem.heights
    plot = svg.Plot(MAP, problem.w_range, problem.b_range)
    known = heights[np.isfinite(heights)]
    if known.size:
        low, high = float(known.min()), float(known.max())
        plot.heat(heights, low, high)
        lines = contour_generator(problem.w[::2], problem.b[::2], np.ma.masked_invalid(heights[::2, ::2]))
        for share in svg.LEVEL_SHARES if high > low else ():
            colour = svg.BLUE if share <= svg.DARK_UP_TO else "#9bd8ff"
            for line in lines.lines(low + share * (high - low)):
                x, y = np.asarray(line).T
                plot.line(x, y, colour, 0.8)
    plot.axes("weight w", "bias b", "cost: white low, black high")
    if len(path) > 1:
        w, b = path.T
        plot.line(w, b, "#fff", 4).line(w, b, svg.ORANGE, 2)
    (first_w, first_b), (last_w, last_b) = path[0], path[-1]
    return plot.dot(first_w, first_b, "#fff", 4).dot(last_w, last_b)


def _neuron(neuron: Neuron, w: float, b: float) -> svg.Plot:
    low, high = reach(neuron.x, 0.4)
    x = np.linspace(low, high, 61)
    answers = ACTIVATIONS[neuron.activation].value(w * x + b)
    plot = svg.Plot((504, 30, 216, 278), (low, high), reach(np.append(neuron.y, [-1, 1]), 0.15))
    plot.axes("input x", "answer and target", "the neuron")
    plot.line(x, answers, svg.BLUE)
    for at, target, answer in zip(neuron.x[:60], neuron.y, neuron.answers(w, b), strict=False):
        plot.line([at, at], [answer, target], svg.ORANGE, 1.5, "3 3")
        plot.dot(at, answer, svg.ORANGE, 4.5).dot(at, target, svg.GREEN, 4.5)
    return plot


def reach(values: np.ndarray, room: float) -> tuple[float, float]:
    """Return a range around the values, with so much of their span left on both sides, and never empty."""
    low, high = float(np.min(values)), float(np.max(values))
    span = high - low or 2.0
    return low - room * span, high + room * span
