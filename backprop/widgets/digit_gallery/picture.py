"""The still picture of a gallery, as SVG: the first digits, the one looked at, and the weights of a hidden unit."""

from __future__ import annotations

import base64
from html import escape

import numpy as np

from ..shared.static_svg import FAINT, INK, ORANGE, document, png

COLUMNS, ROWS = 8, 3
TILE = 54  # pixels of a digit
ACROSS, DOWN = TILE + 8, TILE + 22  # from one digit to the next
LARGE = 150
NEGATIVE, POSITIVE = (0, 114, 178), (213, 94, 0)  # BLUE and ORANGE of picture.py


def svg(shown: list[tuple[np.ndarray, float, bool]], large: np.ndarray, weights: np.ndarray, words: dict) -> str:
    """Return the picture as an SVG document.

    `shown` has (pixels (side, side), output, misclassified) of the first digits; `large` is the picture looked at,
    `weights` those of the hidden unit, both (side, side); `words` are the texts "large", "weights" and "caption".
    """
    tiles = [_tile(k, *digit) for k, digit in enumerate(shown[: COLUMNS * ROWS])]
    right = 12 + COLUMNS * ACROSS + 8
    height = 12 + ROWS * DOWN
    parts = [
        *tiles,
        _image(right, 12, LARGE, _inked(large)) + _words(right, 12 + LARGE + 18, words["large"]),
        _image(right + LARGE + 20, 12, LARGE, png(coloured(weights)))
        + _words(right + LARGE + 20, 12 + LARGE + 18, words["weights"]),
    ]
    return document(right + 2 * LARGE + 32, height, parts, words["caption"], "Digit gallery")


def _tile(k: int, pixels: np.ndarray, output: float, wrong: bool) -> str:
    x, y = 12 + k % COLUMNS * ACROSS, 12 + k // COLUMNS * DOWN
    said = f"{output:.2f}{' ✗' if wrong else ''}"
    return _image(x, y, TILE, _inked(pixels), wrong) + _words(x, y + TILE + 14, said)


def _words(x: float, y: float, text: str) -> str:
    lines = enumerate(text.split("\n"))
    return "".join(f'<text x="{x}" y="{y + 17 * k}" fill="{INK}">{escape(line)}</text>' for k, line in lines)


def _image(x: float, y: float, size: float, picture: bytes, wrong: bool = False) -> str:
    box = f'x="{x}" y="{y}" width="{size}" height="{size}"'
    frame = f'stroke="{ORANGE}" stroke-width="3"' if wrong else f'stroke="{FAINT}"'
    data = base64.b64encode(picture).decode()
    return (
        f'<image {box} style="image-rendering:pixelated" href="data:image/png;base64,{data}"/>'
        f'<rect {box} fill="none" {frame}/>'
    )


def _inked(pixels: np.ndarray) -> bytes:
    return png(255 - np.round(255 * pixels).astype(np.uint8))


def coloured(weights: np.ndarray) -> np.ndarray:
    """Return weights as colours, one more axis of 3 bytes: white for 0, blue for negative, orange for positive."""
    strength = np.abs(weights) / (np.abs(weights).max() or 1.0)
    ends = np.where((weights < 0)[..., None], np.array(NEGATIVE), np.array(POSITIVE))
    return np.round(255 + (ends - 255) * strength[..., None]).astype(np.uint8)
