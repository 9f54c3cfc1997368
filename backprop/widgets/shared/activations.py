"""The activations that the widgets know, each with its slope; `shared/activations.js` holds the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Activation:
    """A function φ of z, and its slope φ′; both take numbers or arrays."""

    name: str
    value: Callable
    slope: Callable


def _sigmoid(z):
    # Written so that no exponential overflows, for either sign of z.
    small = np.exp(-np.abs(z))
    return np.where(np.asarray(z) >= 0, 1 / (1 + small), small / (1 + small))


def _sigmoid_slope(z):
    small = np.exp(-np.abs(z))
    return small / (1 + small) ** 2


def _is_positive(z):
    return np.where(np.asarray(z) > 0, 1.0, 0.0)


ACTIVATIONS = {
    "sigmoid": Activation("sigmoid", _sigmoid, _sigmoid_slope),
    "tanh": Activation("tanh", np.tanh, lambda z: 1 - np.tanh(z) ** 2),
    "relu": Activation("ReLU", lambda z: np.maximum(z, 0.0), _is_positive),
    "step": Activation("step", _is_positive, lambda z: np.zeros(np.shape(z))),
    "identity": Activation("identity", lambda z: np.asarray(z, dtype=float), lambda z: np.ones(np.shape(z))),
}
