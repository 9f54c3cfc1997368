"""Passes through 2-3-1 networks with one sample and with several, ordinary and saturated."""

import numpy as np

from backprop.widgets.backprop_steps.model import flatten, run, shapes


def cases() -> list:
    draw = np.random.RandomState(5)
    found = []
    for m, spread in [(1, 1.0), (2, 1.0), (3, 2.0), (6, 0.3), (1, 60.0), (4, 20.0)]:
        X, Y = draw.randn(2, m), draw.rand(1, m)
        parameters = {name: spread * draw.randn(*shape) for name, shape in shapes(2, 3, 1).items()}
        values = {name: np.atleast_2d(value) for name, value in run(X, Y, parameters).items()}
        found.append({"X": X, "Y": Y, "theta": flatten(parameters), "values": values})
    return found
