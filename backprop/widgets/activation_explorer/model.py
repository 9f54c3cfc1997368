"""One step of learning with an activation; `model.js` holds the same."""

from __future__ import annotations

from ..shared.activations import ACTIVATIONS

SHOWN = ("sigmoid", "tanh", "relu", "step")


def learn(activation: str, z: float, target: float, eta: float) -> float:
    """Return z after one step of descent on the cost (φ(z) − target)²."""
    phi = ACTIVATIONS[activation]
    return float(z - eta * 2 * (phi.value(z) - target) * phi.slope(z))
