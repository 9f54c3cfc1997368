"""A chain of tanh units as numbers: what flows forward, the δ that flow back, and the order of the steps.

The letters are those of the lesson on a chain of neurons, and so are the formulas:

    z_1 = x w_1,  z_i = f_{i-1} w_i,  f_i = tanh(z_i),  loss = (y - f_L)²,
    δ_L = 2 (f_L - y) (1 - f_L²),  δ_i = (1 - f_i²) w_{i+1} δ_{i+1},
    ∂loss/∂w_1 = x δ_1,  ∂loss/∂w_i = f_{i-1} δ_i.

`model.js` says the same in JavaScript, and a golden file proves that both agree. Nothing is drawn here.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Chain:
    """Every number of one pass forward and one pass back; arrays have one entry for each unit."""

    z: np.ndarray
    f: np.ndarray
    loss: float
    delta: np.ndarray
    gradient: np.ndarray


@dataclass(frozen=True)
class Step:
    """One step of the walk through the chain; `unit` counts from 1, and is 0 where no single unit is meant."""

    kind: str  # "start", "forward", "loss" or "backward"
    unit: int


def run(x: float, y: float, weights) -> Chain:
    """Return all numbers of the chain with these weights, of which there is at least one."""
    weights = np.asarray(weights, dtype=float)
    L = len(weights)
    z, f, delta = np.zeros(L), np.zeros(L), np.zeros(L)
    heard = x
    for i in range(L):
        z[i] = heard * weights[i]
        heard = f[i] = np.tanh(z[i])
    delta[L - 1] = 2 * (f[L - 1] - y) * (1 - f[L - 1] ** 2)
    for i in range(L - 2, -1, -1):
        delta[i] = (1 - f[i] ** 2) * weights[i + 1] * delta[i + 1]
    gradient = np.concatenate([[x], f[:-1]]) * delta
    return Chain(z, f, float((y - f[-1]) ** 2), delta, gradient)


def steps(L: int) -> list[Step]:
    """Return the walk through a chain of L units: 2L + 2 steps, forward from left to right, then back.

    A step forward computes z and f of its unit, a step back δ and the derivative by the unit's weight.
    """
    return [
        Step("start", 0),
        *(Step("forward", i) for i in range(1, L + 1)),
        Step("loss", 0),
        *(Step("backward", i) for i in range(L, 0, -1)),
    ]
