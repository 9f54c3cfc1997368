"""Values, slopes and steps of learning for each activation, at random places, at 0, and far out."""

import numpy as np

from backprop.widgets.activation_explorer.model import learn
from backprop.widgets.shared.activations import ACTIVATIONS


def cases() -> dict:
    draw = np.random.RandomState(1)
    z = [0.0, 1e-9, -1e-9, 40.0, -40.0, 800.0, -800.0, *draw.uniform(-6, 6, 20)]
    targets = draw.uniform(-1, 2, len(z))
    return {
        name: [
            {"z": at, "target": aim, "value": phi.value(at), "slope": phi.slope(at), "next": learn(name, at, aim, 0.7)}
            for at, aim in zip(z, targets, strict=True)
        ]
        for name, phi in ACTIVATIONS.items()
    }
