"""The still picture of `NetworkCost`: the map with the path of training, and the cost of each step beside it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from contourpy import contour_generator

from ..shared import static_svg
from .survey import Map, Survey, View

NOT_YET = "Nothing is computed yet: that begins when the notebook is open and this cell is run."


def labels(view: View) -> tuple[str, str]:
    """Return what stands at the two axes."""
    if view.directions == "parameters":
        return view.across, view.up
    what = "random direction" if view.directions == "random" else "direction of the path"
    return f"first {what}", f"second {what}"


def described(survey: Survey, view: View) -> str:
    """Return what the picture shows, in words."""
    n = sum(value.size for value in survey.parameters.values())
    over = {
        "parameters": f"{view.across} and {view.up}",
        "random": "two random directions",
        "path": "the two directions in which training moved most",
    }
    what = f"The cost of a network of {n} parameters over {over[view.directions]}"
    shown = _shown(survey, view)
    if shown is None:
        return f"{what}. {NOT_YET}"
    finite = np.array([cost for cost in shown.costs if np.isfinite(cost)])
    words = f"{what}, white where it is {_short(finite.min())} and black where it is {_short(finite.max())}."
    if survey.steps:
        words += (
            f" The line is the path of {len(survey.costs) - 1} steps of training, "
            f"which brought the cost from {_short(survey.costs[0])} to {_short(survey.costs[-1])}."
        )
    return words


def svg(survey: Survey, view: View, point: Sequence[float], caption: str) -> str:
    """Return the picture, with a caption below, as an SVG document."""
    across, up = labels(view)
    shown = _shown(survey, view)
    a, b, half = shown.window if shown else (0.0, 0.0, 1.0)
    map_ = static_svg.Plot((64, 30, 300, 300), (a - half, a + half), (b - half, b + half))
    if shown:
        finite = [cost for cost in shown.costs if np.isfinite(cost)]
        map_.heat(shown.grid(), min(finite), max(finite))
        if shown.done:
            _contours(map_, shown, min(finite), max(finite))
    map_.axes(across, up, "cost: white low, black high")
    if shown:
        x, y = shown.path.T
        map_.line(x, y, "#fff", 5).line(x, y, static_svg.ORANGE, 2.5)
        map_.dot(*(point or shown.path[-1]))
    curve = _curve(survey)
    return static_svg.document(720, 378, (map_, curve), caption, "Cost of a network")


def _contours(map_: static_svg.Plot, shown: Map, low: float, high: float) -> None:
    a, b, half = shown.window
    steps = np.linspace(-half, half, shown.size)
    found = contour_generator(a + steps, b + steps, np.ma.masked_invalid(shown.grid()))
    for dark in (False, True):
        shares = [share for share in static_svg.LEVEL_SHARES if (share > static_svg.DARK_UP_TO) == dark and high > low]
        gap = np.full((1, 2), np.nan)  # breaks the line
        lines = [np.asarray(line) for share in shares for line in found.lines(low + share * (high - low))]
        pieces = [piece for line in lines for piece in (line[::2], line[-1:], gap)]
        if pieces:
            x, y = np.concatenate(pieces).T
            map_.line(x, y, "#9bd8ff" if dark else static_svg.BLUE, 0.8)


def _curve(survey: Survey) -> static_svg.Plot:
    costs = np.array(survey.costs or [np.nan])
    top = np.nanmax(np.where(np.isfinite(costs), costs, np.nan)) if np.any(np.isfinite(costs)) else 1.0
    plot = static_svg.Plot((440, 30, 250, 300), (0, max(len(costs) - 1, 1)), (0, 1.05 * top or 1.0))
    return plot.axes("step", "cost", "training").line(np.arange(len(costs)), costs, static_svg.BLUE, 2.5)


def _shown(survey: Survey, view: View) -> Map | None:
    """Return the map as far as it can be shown: where at least one cost is a number."""
    if not survey.begun(view):
        return None
    present = survey.map(view)
    return present if any(map(np.isfinite, present.costs)) else None


def _short(cost: float) -> str:
    return static_svg.number(float(f"{cost:.3g}"))
