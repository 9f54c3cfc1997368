"""Drawings as pictures of several sizes, passes through networks, and the order of digits that tie."""

import numpy as np

from backprop.widgets.digit_gallery.drawing import to_image
from backprop.widgets.digit_gallery.model import ORDERS, arrange, forward, shares


def drawings() -> dict:
    draw = np.random.RandomState(5)
    round_trip = np.linspace(0, 2 * np.pi, 30)
    zero = np.round(np.stack([50 + 20 * np.cos(round_trip), 50 + 30 * np.sin(round_trip)], axis=1))
    return {
        "nothing": [],
        "zero": [zero.tolist()],
        "one": [[[30, 25], [50, 10], [50, 90]], [[30, 90], [70, 90]]],
        "upright": [[[50, 5], [50, 95]]],
        "flat": [[[5, 50], [95, 50]]],
        "small, in a corner": [[[2, 3], [9, 1], [4, 12]]],
        "heavy at the foot": [[[10, 0], [10, 100], [90, 100], [90, 95], [10, 95]]],
        "dot": [[[100, 0]]],
        "dot twice": [[[40, 40], [40, 40]]],
        "scribble": [draw.randint(0, 101, (12, 2)).tolist() for _ in range(3)],
    }


def cases() -> dict:
    draw = np.random.RandomState(6)
    passes = []
    for n_h, scale in [(1, 1.0), (4, 1.0), (7, 60.0)]:
        parameters = {
            "W1": draw.randn(n_h, 64) * scale,
            "b1": draw.randn(n_h, 1),
            "W2": draw.randn(1, n_h) * scale,
            "b2": draw.randn(1, 1),
        }
        x = draw.randint(0, 17, (64, 1)) / 16
        A1, A2 = forward(x, parameters)
        flat = {name: value.ravel() for name, value in parameters.items()}
        passes.append(
            {"parameters": flat, "x": x.ravel(), "a1": A1[:, 0], "a2": A2[0, 0], "shares": shares(A1, parameters)}
        )
    outputs = draw.randint(0, 11, 60) / 10  # many tie
    labels, predictions = draw.randint(0, 2, 60), draw.randint(0, 2, 60)
    return {
        "drawings": [
            {"name": name, "strokes": strokes, "side": side, "image": to_image(strokes, side).ravel()}
            for name, strokes in drawings().items()
            for side in (28, 8, 12)
        ],
        "passes": passes,
        "digits": {"outputs": outputs, "predictions": predictions, "labels": labels},
        "orders": {order: arrange(outputs, predictions, labels, order) for order in ORDERS},
    }
