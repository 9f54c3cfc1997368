"""Turn a drawing into the picture that a network was trained on: its size, its pen, its place, in NumPy.

A drawing is a list of strokes, a stroke a list of points (x, y) on a square pad from 0 to 100, y downwards. MNIST's
digits were scaled to fit a box of 20 x 20 pixels, and laid into 28 x 28 with their centre of mass in the middle;
scikit-learn's fill the 8 rows of their picture, and 6 of its columns. The same is done here to the strokes, before
they become pixels, so that the pen is as thick as in the data however small one draws.

`digit_gallery_drawing.js` holds the same in JavaScript; a golden file keeps the two together.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

PAD = 100


@dataclass(frozen=True)
class Frame:
    """How digits lie in pictures of `side` x `side` pixels; all lengths are in pixels."""

    side: int
    width: float  # of the box that a digit fills, with its ink
    height: float
    pen: float
    middle: float  # where the centre of mass goes, from the left and from the top; measured on the data
    stretch: float = 1.0  # how many times wider than high, or higher than wide, a digit may be made to fill its box


def frame(side: int) -> Frame:
    """Return how digits lie in pictures with so many pixels a side: as in MNIST, unless they are scikit-learn's."""
    if side == 8:
        return Frame(8, width=6.0, height=8.0, pen=1.2, middle=4.0, stretch=2.0)
    unit = side / 28
    return Frame(side, width=20 * unit, height=20 * unit, pen=2.6 * unit, middle=14.5 * unit)


def to_image(strokes: list, side: int) -> np.ndarray:
    """Return the drawing as (side, side) pixels from 0 to 1, scaled and centred as the data is; zeros for no ink."""
    lines = segments(strokes)
    if not len(lines):
        return np.zeros((side, side))
    form = frame(side)
    lines, size = fitted(lines, form)
    stretch = np.clip(np.array([form.width, form.height]) / size, 1.0, form.stretch)
    first = ink(lines, form, stretch)
    # No ink is lost: a digit moves only as far as there is room around it.
    room = np.maximum((side - size * stretch) / 2, 0.0)
    shift = np.clip(form.middle - centre_of_mass(first), -room, room)
    return ink(lines + shift / stretch, form, stretch)


def segments(strokes: list) -> np.ndarray:
    """Return the straight lines of a drawing: an array (n, 2, 2) of their two ends (x, y). A dot is a line too."""
    lines: list[tuple] = []
    for stroke in strokes:
        lines += [(stroke[0], stroke[0])] if len(stroke) == 1 else pairwise(stroke)
    return np.array(lines, dtype=float).reshape(-1, 2, 2)


def fitted(lines: np.ndarray, form: Frame) -> tuple[np.ndarray, np.ndarray]:
    """Return the lines, scaled to fill the box and laid in the middle of the picture, and the size of their ink.

    One side of the box is filled; the shape of the drawing stays. The size is (width, height).
    """
    low, high = lines.min(axis=(0, 1)), lines.max(axis=(0, 1))
    extent = high - low
    free = np.array([form.width, form.height]) - form.pen
    scale = min((f / e for f, e in zip(free, extent, strict=True) if e > 0), default=1.0)
    return (lines - (low + high) / 2) * scale + form.side / 2, extent * scale + form.pen


def ink(lines: np.ndarray, form: Frame, stretch: np.ndarray) -> np.ndarray:
    """Return the picture of the lines, (side, side): 1 under the pen, and soft over one pixel at its edge.

    `stretch` says how many times wider and higher the picture is made, pen and all, from its middle outwards.
    """
    middle = form.side / 2
    across, down = (middle + (np.arange(form.side) + 0.5 - middle) / factor for factor in stretch)
    x, y = across[None, None, :], down[None, :, None]
    (ax, ay), (bx, by) = (lines[:, end, :].T[:, :, None, None] for end in (0, 1))
    dx, dy = bx - ax, by - ay
    length = dx * dx + dy * dy
    along = ((x - ax) * dx + (y - ay) * dy) / np.where(length > 0, length, 1.0)
    along = np.clip(along, 0.0, 1.0)
    away = (x - ax - along * dx) ** 2 + (y - ay - along * dy) ** 2
    return np.clip(form.pen / 2 + 0.5 - np.sqrt(away.min(axis=0)), 0.0, 1.0)


def centre_of_mass(image: np.ndarray) -> np.ndarray:
    """Return the point (x, y) on which a picture would balance, in pixels from its upper left corner."""
    centres = np.arange(len(image)) + 0.5
    return np.array([image.sum(axis=0) @ centres, image.sum(axis=1) @ centres]) / image.sum()
