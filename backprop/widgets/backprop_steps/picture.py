"""A 2-3-1 network with every number of one pass forward and back, as a picture for pages without a kernel."""

from __future__ import annotations

import numpy as np

from ..shared.readable_number import number
from ..shared.static_svg import BLUE, FAINT, GREEN, INK, ORANGE, PAPER, document

WIDTH, HEIGHT = 640, 410
INPUTS, HIDDEN, OUTPUT = ((44, 130), (44, 270)), ((330, 66), (330, 206), (330, 346)), (560, 206)
HALF, RADIUS = 56, 26  # half the width of a unit; the radius of an input
ALONG = {"W1": (0.34, 0.72), "W2": (0.42, 0.42, 0.42)}  # how far along its edge a number stands, by its source


def picture(X: np.ndarray, Y: np.ndarray, parameters: dict, values: dict, sample: int, caption: str) -> str:
    """Return the network with its parameters, what one sample makes of it, and the slope of each parameter, as SVG."""
    parts = []
    for name, lefts, rights, gap in [("W1", INPUTS, HIDDEN, RADIUS), ("W2", HIDDEN, (OUTPUT,), HALF)]:
        for i, right in enumerate(rights):
            for k, left in enumerate(lefts):
                ends = (left[0] + gap, left[1]), (right[0] - HALF, right[1])
                parts.append(_edge(*ends, ALONG[name][k], parameters[name][i, k], values["d" + name][i, k]))
    for k, (x, y) in enumerate(INPUTS):
        parts += [
            f'<circle cx="{x}" cy="{y}" r="{RADIUS}" fill="{PAPER}" stroke="{INK}"/>',
            _text(x, y + 5, number(X[k, sample])),
            _text(x, y - 34, f"X[{k}, {sample}]"),
        ]
    for layer, places in [("1", HIDDEN), ("2", (OUTPUT,))]:
        for i, place in enumerate(places):
            parts += _unit(layer, i, place, parameters, values, sample)
    parts += [
        _text(OUTPUT[0], OUTPUT[1] + 62, f"target Y {number(Y[0, sample])}"),
        f'<rect x="{OUTPUT[0] - HALF}" y="{OUTPUT[1] + 84}" width="{2 * HALF}" height="30" rx="6" '
        f'fill="none" stroke="{GREEN}" stroke-width="1.5"/>',
        _text(OUTPUT[0], OUTPUT[1] + 104, f"cost {number(values['cost'])}"),
    ]
    drawn = f'<g text-anchor="middle" font-size="13" fill="{INK}">{"".join(parts)}</g>'
    return document(WIDTH, HEIGHT, [drawn], caption, "A 2-3-1 network")


def _unit(layer: str, i: int, place: tuple, parameters: dict, values: dict, sample: int) -> list[str]:
    """Return one unit: its bias above, and in it what arrives, what it answers, and the error that comes back."""
    x, y = place
    z, a, dz = (values[f"{name}{layer}"][i, sample] for name in ("Z", "A", "dZ"))
    bias, slope = parameters[f"b{layer}"][i, 0], values[f"db{layer}"][i, 0]
    return [
        f'<rect x="{x - HALF}" y="{y - 30}" width="{2 * HALF}" height="60" rx="10" fill="{PAPER}"/>',
        f'<rect x="{x - HALF}" y="{y - 30}" width="{2 * HALF}" height="60" rx="10" fill="{BLUE}" fill-opacity="0.12" '
        f'stroke="{BLUE}"/>',
        _text(x, y - 12, f"Z{layer} = {number(z)}"),
        _text(x, y + 5, f"A{layer} = {number(a)}"),
        _text(x, y + 22, f"dZ{layer} = {number(dz)}"),
        f'<path d="M{x - HALF + 8},{y + 9} H{x + HALF - 8}" stroke="{ORANGE}" stroke-dasharray="4 3"/>',
        _text(x, y - 38, f"b{layer} {number(bias)}, d {number(slope)}"),
    ]


def _edge(start: tuple, end: tuple, along: float, weight: float, slope: float) -> str:
    x, y = (start[axis] + along * (end[axis] - start[axis]) for axis in (0, 1))
    halo = f'paint-order="stroke" stroke="{PAPER}" stroke-width="5"'
    return (
        f'<path d="M{start[0]},{start[1]} L{end[0]},{end[1]}" stroke="{FAINT}" stroke-width="1.5"/>'
        f'<text x="{x:.1f}" y="{y - 1:.1f}" {halo}>{number(weight)}</text>'
        f'<text x="{x:.1f}" y="{y + 13:.1f}" font-size="12" {halo}>d {number(slope)}</text>'
    )


def _text(x: float, y: float, words: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}">{words}</text>'
