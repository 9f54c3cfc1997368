"""One pass through a small two-layer network as numbers, quantity by quantity, forward and then backward.

The letters are those of the lesson on a two-layer network; columns are samples, and φ is the logistic sigmoid:

    Z1 = W1 X + b1,  A1 = φ(Z1),  Z2 = W2 A1 + b2,  A2 = φ(Z2),  cost = 1/(2m) Σ (A2 - Y)²,
    dZ2 = (1/m)(A2 - Y) ⊙ φ′(Z2),  dW2 = dZ2 A1ᵀ,  db2 = row sums of dZ2,
    dZ1 = (W2ᵀ dZ2) ⊙ φ′(Z1),      dW1 = dZ1 Xᵀ,   db1 = row sums of dZ1.

`model.js` says the same in JavaScript, and a golden file proves that both agree. Nothing is drawn here.
"""

from __future__ import annotations

from typing import Any

import numpy as np

FORWARD = ("Z1", "A1", "Z2", "A2", "cost")
BACKWARD = ("dZ2", "dW2", "db2", "dZ1", "dW1", "db1")
STEPS = ("start", *FORWARD, *BACKWARD)  # a step is named after the quantity that it computes
PARAMETERS = ("W1", "b1", "W2", "b2")

Values = dict[str, Any]  # arrays by the lesson's names, and under "cost" a number


def sigmoid(x: np.ndarray) -> np.ndarray:
    """Return the logistic sigmoid of x, entry by entry."""
    return 1 / (1 + np.exp(-np.maximum(x, -700)))  # below that, exp overflows and says so; the result is 0 either way


def sigmoid_derivative(x: np.ndarray) -> np.ndarray:
    """Return the slope of the sigmoid at x, entry by entry."""
    return sigmoid(x) * (1 - sigmoid(x))


def run(X: np.ndarray, Y: np.ndarray, parameters: dict[str, np.ndarray]) -> Values:
    """Return every quantity of one pass forward and one pass back, by its name; `cost` is a number."""
    W1, b1, W2, b2 = (parameters[name] for name in PARAMETERS)
    m = Y.shape[1]
    Z1 = W1 @ X + b1
    A1 = sigmoid(Z1)
    Z2 = W2 @ A1 + b2
    A2 = sigmoid(Z2)
    cost = float(np.sum((A2 - Y) ** 2) / (2 * m))
    dZ2 = (A2 - Y) / m * sigmoid_derivative(Z2)
    dW2 = dZ2 @ A1.T
    db2 = np.sum(dZ2, axis=1, keepdims=True)
    dZ1 = (W2.T @ dZ2) * sigmoid_derivative(Z1)
    dW1 = dZ1 @ X.T
    db1 = np.sum(dZ1, axis=1, keepdims=True)
    return {
        "Z1": Z1,
        "A1": A1,
        "Z2": Z2,
        "A2": A2,
        "cost": cost,
        "dZ2": dZ2,
        "dW2": dW2,
        "db2": db2,
        "dZ1": dZ1,
        "dW1": dW1,
        "db1": db1,
    }


def shapes(n_x: int, n_h: int, n_y: int) -> dict[str, tuple[int, int]]:
    """Return the shape of each parameter, in the order in which `flatten` lays them out."""
    return {"W1": (n_h, n_x), "b1": (n_h, 1), "W2": (n_y, n_h), "b2": (n_y, 1)}


def flatten(parameters: dict[str, np.ndarray]) -> list[float]:
    """Return all parameters as one list: W1 row by row, then b1, W2 and b2."""
    return [float(value) for name in PARAMETERS for value in parameters[name].ravel()]


def unflatten(theta: list[float], sizes: tuple[int, int, int]) -> dict[str, np.ndarray]:
    """Return the parameters that `flatten` made a list of; `sizes` are (n_x, n_h, n_y)."""
    parameters, start = {}, 0
    for name, shape in shapes(*sizes).items():
        end = start + shape[0] * shape[1]
        parameters[name] = np.array(theta[start:end], dtype=float).reshape(shape)
        start = end
    return parameters
