"""A chain and its δ as a picture that needs neither a browser's script nor a kernel: for saved pages and feedback."""

from __future__ import annotations

import math

import numpy as np

from ..shared.readable_number import number
from ..shared.static_svg import BLUE, GREEN, INK, ORANGE, PURPLE, document
from .model import Chain

MARGIN, COLUMN, ROOMY, NARROWEST = (
    84,
    46,
    120,
    520,
)  # pixels: for the names of the rows, for a unit at least and at most, in all at least
ROWS = {"weight w": 26, "z, f": 78, "δ": 142, "∂loss/∂w": 182}
BARS, FLOOR, HEIGHT = 212, 312, 334
DECADES = 10  # powers of ten that a logarithmic scale of bars shows


def bar_top(delta: np.ndarray, log: bool) -> float:
    """Return the number at the top of the bars: a power of ten, on a plain scale also 2, 3 or 5 times one."""
    largest = float(np.max(np.abs(delta)))
    if largest == 0:
        return 1.0
    ten = 10.0 ** math.floor(math.log10(largest))
    return next(ten * step for step in ([1, 10] if log else [1, 2, 3, 5, 10]) if largest <= ten * step * (1 + 1e-9))


def bar_heights(delta: np.ndarray, log: bool) -> np.ndarray:
    """Return how high the bar of each |δ| stands, from 0 to 1; with `log`, ten powers of ten below the top are 0."""
    shares = np.abs(delta) / bar_top(delta, log)
    return np.maximum(0, 1 + np.log10(np.maximum(shares, 1e-300)) / DECADES) if log else shares


def picture(x: float, y: float, weights: list[float], chain: Chain, log_bars: bool, caption: str) -> str:
    """Return the chain with all its numbers, bars of |δ| below it and the caption, as SVG."""
    L = len(weights)
    column = min(ROOMY, max(COLUMN, 760 / (L + 2)))
    width = max(NARROWEST, round(MARGIN + column * (L + 2) + 12))
    at = [MARGIN + column * (i + 0.5) for i in range(L + 2)]  # the input, each unit, the loss
    digits = 3 if column > 70 else 1
    half = min(0.36 * column, 40)
    parts = [_text(6, y_ + 4, name, "start") for name, y_ in ROWS.items()]
    parts += _ends(x, y, number(chain.loss, max(digits, 2)), at, half)
    for i in range(L):
        parts += _unit(at[i : i + 3], half, weights[i], chain.z[i], chain.f[i], digits)
        parts += [
            _arrow(at[i + 2] - half, at[i + 1] + half, ROWS["δ"], ORANGE, dashes="6 4"),
            _text(at[i + 1], ROWS["δ"] + 5, number(chain.delta[i], digits)),
            _text((at[i] + at[i + 1]) / 2, ROWS["∂loss/∂w"] + 4, number(chain.gradient[i], digits)),
        ]
    parts += _bars(chain.delta, at, half, log_bars)
    size = 13 if column > 70 else 10.5
    drawn = f'<g text-anchor="middle" font-size="{size}" fill="{INK}">{"".join(parts)}</g>'
    return document(width, HEIGHT, [drawn], caption, f"A chain of {L} {'unit' if L == 1 else 'units'}")


def _unit(at: list[float], half: float, weight: float, z: float, f: float, digits: int) -> list[str]:
    """Return one unit, with the weight and the arrow on its left; `at` are the places of its neighbours and its own."""
    left, here, _ = at
    between, row = (left + here) / 2, ROWS["z, f"]
    return [
        _text(between, ROWS["weight w"] + 4, number(weight, max(digits, 2))),
        f'<path d="M{between:.1f},{ROWS["weight w"] + 12} V{row}" stroke="{PURPLE}" stroke-width="2"/>',
        _arrow(left + half, here - half, row, BLUE),
        f'<rect x="{here - half:.1f}" y="{row - 22}" width="{2 * half:.1f}" height="44" rx="10" '
        f'fill="{BLUE}" fill-opacity="0.13" stroke="{BLUE}"/>',
        _text(here, row - 4, number(z, max(digits, 2))),
        _text(here, row + 15, number(f, max(digits, 2))),
    ]


def _ends(x: float, y: float, loss: str, at: list[float], half: float) -> list[str]:
    """Return the input at the left end, and the target and the loss at the right one."""
    row = ROWS["z, f"]
    return [
        _text(at[0], row - 14, "x"),
        _text(at[0], row + 5, number(x)),
        _arrow(at[-2] + half, at[-1] - 0.75 * half, row, BLUE),
        _text(at[-1], row - 38, f"y = {number(y)}"),
        _text(at[-1], row - 14, "loss"),
        _text(at[-1], row + 5, loss),
        f'<path d="M{at[-1]:.1f},{row + 12} V{ROWS["δ"]} H{at[-1] - half:.1f}" fill="none" stroke="{GREEN}"/>',
    ]


def _bars(delta: np.ndarray, at: list[float], half: float, log: bool) -> list[str]:
    top = bar_top(delta, log)
    parts = [_text(6, (BARS + FLOOR) / 2, "|δ|", "start")]
    for y, value, dashes in [(BARS, top, "1 4"), (FLOOR, top / 10**DECADES if log else 0, "none")]:
        parts += [
            _text(MARGIN - 4, y + 4, number(value, 1), "end"),
            f'<path d="M{MARGIN},{y} H{at[-1]:.1f}" stroke="{INK}" stroke-dasharray="{dashes}"/>',
        ]
    for i, height in enumerate((FLOOR - BARS) * bar_heights(delta, log)):
        box = f'x="{at[i + 1] - half:.1f}" y="{FLOOR - height:.1f}" width="{2 * half:.1f}" height="{height:.1f}"'
        parts += [f'<rect {box} fill="{ORANGE}"/>', _text(at[i + 1], FLOOR + 18, str(i + 1))]
    return parts


def _text(x: float, y: float, words: str, anchor: str = "") -> str:
    extra = f' text-anchor="{anchor}"' if anchor else ""
    return f'<text x="{x:.1f}" y="{y:.1f}"{extra}>{words}</text>'


def _arrow(start: float, end: float, y: float, colour: str, dashes: str = "none") -> str:
    back = 6 if end > start else -6
    return (
        f'<path d="M{start:.1f},{y} H{end:.1f}" stroke="{colour}" stroke-width="1.5" stroke-dasharray="{dashes}"/>'
        f'<path d="M{end:.1f},{y} l{-back},-4 v8 z" fill="{colour}"/>'
    )
