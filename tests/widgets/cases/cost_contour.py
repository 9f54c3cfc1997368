"""Costs, gradients and single steps for each activation and for a surface, at random points and at the lesson's."""

import numpy as np

from backprop.widgets.cost_contour.model import Neuron, Surface, blend, step, walk
from backprop.widgets.shared.activations import ACTIVATIONS

LESSON = [(1.3, -0.1), (2.5, -0.4), (0.0, 0.0), (-20.0, 20.0), (800.0, -800.0)]
W, B = (-4.0, 4.0), (-2.0, 4.0)


def case(landscape, w, b, eta) -> dict:
    return {"w": w, "b": b, "eta": eta, "place": list(landscape.at(w, b)), "next": list(step(landscape, w, b, eta))}


def cases() -> dict:
    draw = np.random.RandomState(7)
    x, y = draw.randn(6), draw.uniform(-1, 1, 6)
    points = [*LESSON, *zip(draw.uniform(*W, 12), draw.uniform(*B, 12), strict=True)]
    neurons = {name: [case(Neuron(name, x, y), w, b, 0.3) for w, b in points] for name in ACTIVATIONS}
    lesson = Neuron("tanh", np.array([1.0, 0.0]), np.array([0.0, 1.0]))
    heights = lesson.heights(np.linspace(*W, 13), np.linspace(*B, 10))
    heights[2, 3] = np.nan
    surface = Surface(heights, W, B)
    # The corners, the edges, the nodes, a place beside the hole, and one outside.
    special = [(-4.0, -2.0), (4.0, 4.0), (4.0, 0.3), (-3.9, 3.99), (0.0, 0.0), (-2.0, -0.6), (4.1, 0.0)]
    samples = draw.randn(10, 13, 2)
    return {
        "x": x,
        "y": y,
        "neurons": neurons,
        "lesson": {"place": list(lesson.at(1.3, -0.1)), "path": walk(lesson, 1.3, -0.1, 1.0, 5)},
        "surface": {
            "w": W,
            "b": B,
            "heights": heights,
            "at": [case(surface, w, b, 0.3) for w, b in [*special, *points[5:]]],
        },
        "blend": {"samples": samples, "at": [[w, b, *blend(samples, W, B, w, b)] for w, b in points]},
    }
