"""The order in which a map is computed, maps begun and done, and costs between the points of a map."""

import numpy as np

from backprop.widgets.network_cost.model import filled, interpolated, order


def cases() -> dict:
    draw = np.random.RandomState(3)
    maps = []
    for size, known in [(9, 0), (9, 1), (9, 30), (9, 81), (17, 9), (17, 140), (17, 289)]:
        costs = draw.uniform(0, 2, known)
        if known > 20:
            costs[[3, 17]] = np.nan, np.inf
        maps.append({"size": size, "costs": costs, "grid": filled(costs.tolist(), size).ravel()})
    size, window = 9, (0.5, -1.25, 2.0)
    grid = draw.uniform(0, 1, (size, size))
    corners = [(-1.5, -3.25), (2.5, 0.75), (2.5, -3.25), (2.6, 0), (0, 0.7500001), (0.5, -1.25), (1.0, -0.75)]
    points = corners + [tuple(point) for point in draw.uniform([-1.6, -3.3], [2.6, 0.8], (40, 2))]
    return {
        "orders": [{"size": n, "order": order(n)} for n in (9, 17)],
        "maps": maps,
        "grid": grid.ravel(),
        "size": size,
        "window": window,
        "points": [{"a": a, "b": b, "cost": interpolated(grid, window, a, b)} for a, b in points],
    }
