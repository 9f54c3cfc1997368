"""Chains of every length: ordinary, saturated, with a silent first weight, with an input of 0, and on target."""

from dataclasses import asdict

import numpy as np

from backprop.widgets.chain_explorer.model import run, steps
from backprop.widgets.chain_explorer.picture import bar_heights, bar_top
from backprop.widgets.shared.readable_number import number


def cases() -> dict:
    draw = np.random.RandomState(4)
    chains = [
        (0.5, 0.8, [1.2, -0.7, 1.6]),
        (0.0, 0.3, [1.0, 2.0]),
        (2.0, -2.0, [3.0] * 20),
        (0.5, -0.2, [1e-6, *[2.0] * 19]),
    ]
    chains += [(*draw.uniform(-2, 2, 2), draw.uniform(-3, 3, L)) for L in (1, 1, 2, 3, 5, 8, 13, 20)]
    numbers = [0.0, 1.0, -0.376, 0.5370495, 87.3, 354.2, -2361.0, 0.00123456, -4.26e-9, 1e-6, 999.6, 3.0e5]
    return {
        "chains": [_case(x, y, weights) for x, y, weights in chains],
        "walks": [[asdict(step) for step in steps(L)] for L in (1, 3)],
        "numbers": [{"value": v, "digits": d, "text": number(v, d)} for v in numbers for d in (1, 2, 3)],
    }


def _case(x, y, weights) -> dict:
    chain = run(x, y, weights)
    bars = [
        {"log": log, "top": bar_top(chain.delta, log), "heights": bar_heights(chain.delta, log)}
        for log in (False, True)
    ]
    return {"x": x, "y": y, "weights": weights, "chain": asdict(chain), "bars": bars}
