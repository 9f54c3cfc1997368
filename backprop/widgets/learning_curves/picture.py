"""The still picture of `LearningCurves`: the curves, each in a colour and dashes of its own, with its settings."""

from __future__ import annotations

import math

import numpy as np

from ..shared import static_svg
from .run import Run

# Okabe and Ito's colours, and dashes for those who see none; `learning_curves.css` names the same.
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#7F7F7F", "#A6761D")
DASHES = ("", "9 4", "2 3", "9 3 2 3", "5 2", "14 4", "2 6", "9 3 2 3 2 3")


def described(runs: list[Run]) -> str:
    """Return what the picture shows, in words."""
    begun = [run for run in runs if run.costs or run.trouble]
    if not begun:
        return "Learning curves of your network; no run yet: they are trained when the notebook is open."
    said = [f"η = {run.learning_rate:g}, n_h = {run.n_h}: {run.verdict.sentence}" for run in begun]
    return "Learning curves of your network. " + " ".join(said)


def svg(runs: list[Run], logarithmic: bool, caption: str) -> str:
    """Return the picture, with a caption below, as an SVG document."""
    begun = [run for run in runs if run.costs]
    costs = [cost for run in begun for cost in run.costs if math.isfinite(cost) and (cost > 0 or not logarithmic)]
    longest = max((len(run.costs) - 1 for run in begun), default=100)
    low, high = (min(costs), max(costs)) if costs else (0.0, 1.0)
    if logarithmic and costs:
        bottom = math.floor(math.log10(low))
        y = (float(bottom), float(max(math.ceil(math.log10(high) + 1e-9), bottom + 1)))
    else:
        y = (0.0, 1.05 * high or 1.0)
    plot = static_svg.Plot((64, 30, 400, 280), (0, max(longest, 1)), y)
    plot.axes("step", "log₁₀ cost" if logarithmic and costs else "cost", "cost after each step")
    for i, run in enumerate(begun):
        values = np.array(run.costs)
        if logarithmic:
            values = np.log10(np.where(values > 0, values, np.nan))
        plot.line(np.arange(len(values)), values, COLOURS[i % len(COLOURS)], 2.5, DASHES[i % len(DASHES)])
        down = 44 + 22 * i
        dash = f' stroke-dasharray="{DASHES[i % len(DASHES)]}"' if DASHES[i % len(DASHES)] else ""
        colour = COLOURS[i % len(COLOURS)]
        plot.parts.append(f'<path d="M484 {down - 4}h36" stroke="{colour}" stroke-width="2.5"{dash}/>')
        plot.text((528, down), f"η = {run.learning_rate:g}, n_h = {run.n_h}")
    return static_svg.document(720, 358, (plot,), caption, "Learning curves")
