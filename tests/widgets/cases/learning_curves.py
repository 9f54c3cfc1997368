"""What curves of every kind are said to do, and costs as they are written."""

import numpy as np

from backprop.widgets.learning_curves.model import short, verdict


def cases() -> dict:
    draw = np.random.RandomState(4)
    steps = np.arange(120)
    curves = {
        "none": [],
        "one": [0.5],
        "nine": [0.5 - 0.01 * i for i in range(9)],
        "falling": 0.05 + 0.5 * np.exp(-steps / 60),
        "level": 0.19 + 0.36 * np.exp(-steps / 4),
        "crawling": 0.15 - 3e-5 * steps,
        "standing": np.full(40, 0.25),
        "stuck": [0.14, 0.2427, *np.full(60, 0.2483)],
        "stuck from the start": [0.2517, *np.full(60, 0.2517)],
        "stuck, then free": [0.14, *np.full(60, 0.2483), *(0.001 + 0.2 * np.exp(-steps))],
        "growing": 0.2 * 1.01**steps,
        "zigzagging": 0.12 + 0.06 * (-1.0) ** steps,
        "overflowing": [0.3, 5.0, 1e200, np.inf, np.nan],
        "lost": [*np.linspace(0.5, 0.4, 30), np.nan],
        "zero": np.zeros(20),
    }
    for i in range(40):
        wild = np.abs(np.cumsum(draw.normal(draw.uniform(-0.02, 0.02), draw.uniform(0, 0.05), 60)) + draw.uniform(0, 2))
        curves[f"random {i}"] = wild
    said = {name: verdict(list(map(float, curve))) for name, curve in curves.items()}
    numbers = [0.0, 1.0, 0.5239, 0.0012345, 0.000976, 0.0000123, 9.4e-7, 999.9, 1000.0, 123456.7, 3.2e150]
    return {
        "curves": [
            {"name": name, "costs": curve, "verdict": said[name].name, "sentence": said[name].sentence}
            for name, curve in curves.items()
        ],
        "numbers": [{"number": number, "text": short(number)} for number in numbers],
    }
