"""What a two-layer network makes of digits, and in which order a gallery shows them, in NumPy.

`model.js` holds the same in JavaScript; a golden file keeps the two together. Non-goals: drawing,
training, and more than one output.
"""

from __future__ import annotations

import numpy as np

PAGE = 100
ORDERS = ("misclassified first", "least sure first", "as they come")


def sigmoid(z: np.ndarray) -> np.ndarray:
    """Return the logistic sigmoid of `z`, entry by entry, without overflow."""
    small = np.exp(-np.abs(z))
    return np.where(z >= 0, 1.0, small) / (1.0 + small)


def forward(X: np.ndarray, parameters: dict) -> tuple[np.ndarray, np.ndarray]:
    """Return A1 (n_h, m) and A2 (n_y, m) of the network with the sigmoid in both layers, for X (n_x, m)."""
    A1 = sigmoid(parameters["W1"] @ X + parameters["b1"])
    return A1, sigmoid(parameters["W2"] @ A1 + parameters["b2"])


def arrange(outputs: np.ndarray, predictions: np.ndarray, labels: np.ndarray, order: str) -> np.ndarray:
    """Return the indices of the m digits in the order in which they are shown; all three arrays have the shape (m,).

    "misclassified first" begins with the surest mistake, and goes on with the right answer that was nearest to wrong.
    Digits that tie stay as they come.
    """
    if order == "misclassified first":
        wrong = predictions != labels
        return np.lexsort((-np.abs(outputs - labels), ~wrong))
    if order == "least sure first":
        return np.argsort(np.abs(outputs - 0.5), kind="stable")
    return np.arange(len(outputs))


def levels(X: np.ndarray) -> int:
    """Return the number of steps between 0 and 1 with which X is a whole number; 255 where there is none.

    MNIST's pixels come in steps of 1/255, scikit-learn's in steps of 1/16. A hundred pictures are looked at.
    """
    some = X[:, :: max(1, X.shape[1] // 100)]
    return next((steps for steps in (255, 16) if np.array_equal(np.round(some * steps) / steps, some)), 255)


def quantised(X: np.ndarray, steps: int) -> bytes:
    """Return the pictures of X (n_x, m) one after the other, a byte a pixel; `steps` stands for 1."""
    return (X * steps + 0.5).astype(np.uint8).T.tobytes()


def shares(A1: np.ndarray, parameters: dict) -> np.ndarray:
    """Return what each hidden unit adds to Z2 of one picture, (n_h,): its weight to the output times its activation."""
    return parameters["W2"][0] * A1[:, 0]
