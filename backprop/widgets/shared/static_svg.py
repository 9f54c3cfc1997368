"""Draw the still pictures of the widgets as SVG, without matplotlib, which takes longer than a widget may.

Colours are those of `shared/theme.css`, named as variables: in JupyterLab they follow the theme, elsewhere they have
the values written here.
"""

from __future__ import annotations

import base64
import math
import struct
import textwrap
import zlib
from collections.abc import Iterable, Sequence
from html import escape

import numpy as np

INK = "var(--jp-ui-font-color1, #222)"
PAPER = "var(--jp-layout-color0, #fff)"
FAINT = "var(--jp-border-color2, #bdbdbd)"
# Okabe and Ito's colours, which people with any colour vision can tell apart.
BLUE, ORANGE, GREEN, PURPLE = "#0072B2", "#D55E00", "#009E73", "#CC79A7"
# For where it is an image on a page with a dark theme, which reaches no variable into it.
DARK = (
    "@media (prefers-color-scheme: dark) "
    "{ svg { --jp-ui-font-color1: #e0e0e0; --jp-layout-color0: #111; --jp-border-color2: #616161; } }"
)
LETTER = 6.6  # pixels that a letter of the caption takes


def ticks(low: float, high: float, about: int = 6) -> list[float]:
    """Return round numbers from `low` to `high`, about so many, as a reader would choose them."""
    raw = (high - low) / about
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(power * k for k in (1, 2, 5, 10) if power * k >= raw * (1 - 1e-9))
    first = math.ceil(low / step - 1e-9)
    return [round(i * step, 12) + 0.0 for i in range(first, math.floor(high / step + 1e-9) + 1)]


def short(value: float) -> str:
    """Return a coordinate with at most one decimal: a tenth of a pixel is finer than can be seen."""
    return f"{value:.1f}".removesuffix(".0")


# Where level lines are drawn, as shares of the cost between lowest and highest, nearly as in contours.js; on shares up
# to the last number the map is light enough for dark lines.
LEVEL_SHARES = (0.02, 0.04, 0.08, 0.12, 0.16, 0.2, 0.24, 0.32, 0.4, 0.48, 0.6, 0.8)
DARK_UP_TO = 0.42


def number(value: float) -> str:
    """Return a number for readers, with the sign that mathematics uses for minus."""
    return f"{value:g}".replace("-", "−")


class Plot:
    """A box with an x and a y axis, at (left, top), `width` by `height` pixels; `parts` collects what is drawn."""

    def __init__(self, box: Sequence[float], x: Sequence[float], y: Sequence[float]):
        self.left, self.top, self.width, self.height = box
        self.x, self.y = x, y
        self.parts: list[str] = []

    def at(self, x, y):
        """Return where on the picture the point (x, y) lies; arrays in, arrays out."""
        across = self.left + (np.asarray(x, float) - self.x[0]) / (self.x[1] - self.x[0]) * self.width
        down = self.top + (self.y[1] - np.asarray(y, float)) / (self.y[1] - self.y[0]) * self.height
        return across, down

    def axes(self, xlabel: str, ylabel: str, title: str = "") -> Plot:
        """Draw the frame, the ticks with their numbers, the labels, and a title above."""
        bottom, right = self.top + self.height, self.left + self.width
        box = f'x="{self.left}" y="{self.top}" width="{self.width}" height="{self.height}"'
        self.parts.append(f'<rect {box} fill="none" stroke="{FAINT}"/>')
        for value in ticks(self.x[0], self.x[1]):
            x = short(self.at(value, self.y[0])[0])
            self.parts.append(f'<path d="M{x} {bottom}v4" stroke="{FAINT}"/>')
            self.text((x, bottom + 17), number(value), anchor="middle")
        for value in ticks(self.y[0], self.y[1]):
            y = self.at(self.x[0], value)[1]
            self.parts.append(f'<path d="M{self.left} {short(y)}h-4" stroke="{FAINT}"/>')
            self.text((self.left - 7, short(y + 4)), number(value), anchor="end")
        self.text((self.left + self.width / 2, bottom + 34), xlabel, anchor="middle")
        middle = self.top + self.height / 2
        turn = f'transform="rotate(-90 {self.left - 42} {middle})"'
        self.text((self.left - 42, middle), ylabel, anchor="middle", more=turn)
        if title:
            self.text((right - self.width / 2, self.top - 9), title, anchor="middle", more='font-weight="bold"')
        return self

    def text(self, at: tuple, words: str, anchor: str = "start", colour: str = INK, more: str = "") -> Plot:
        """Write words at a place of the picture, given in pixels."""
        where = f'x="{at[0]}" y="{at[1]}"'
        self.parts.append(f'<text {where} text-anchor="{anchor}" fill="{colour}" {more}>{escape(words)}</text>')
        return self

    def line(self, x, y, colour: str = BLUE, width: float = 2, dash: str = "", marker: bool = False) -> Plot:
        """Draw a line through points; where one is not finite, the line is broken. `marker` puts a dot on each."""
        # A nested <svg> cuts off at the edge of the box what would leave it.
        box = f'x="{self.left}" y="{self.top}" width="{self.width}" height="{self.height}"'
        view = f'viewBox="{self.left} {self.top} {self.width} {self.height}"'
        look = f'fill="none" stroke="{colour}" stroke-width="{width}" stroke-linejoin="round"'
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        self.parts.append(f'<svg {box} {view}><path d="{self.path(x, y)}" {look}{dashes}/></svg>')
        if marker:
            for px, py in zip(*self.at(x, y), strict=True):
                self.parts.append(f'<circle cx="{short(px)}" cy="{short(py)}" r="2.5" fill="{colour}"/>')
        return self

    def path(self, x, y) -> str:
        """Return points as the data of an SVG path; far outside the box they are held at its edge."""
        px, py = self.at(x, y)
        finite = np.isfinite(px) & np.isfinite(py)
        px = np.clip(np.nan_to_num(px), self.left - 2 * self.width, self.left + 3 * self.width)
        py = np.clip(np.nan_to_num(py), self.top - 2 * self.height, self.top + 3 * self.height)
        words, move = [], True
        for here, across, down in zip(finite, px, py, strict=True):
            if here:
                words.append(f"{'M' if move else 'L'}{short(across)} {short(down)}")
            move = not here
        return "".join(words)

    def dot(self, x: float, y: float, colour: str = ORANGE, radius: float = 6) -> Plot:
        """Draw a dot with a rim, as the handles of the live widgets have."""
        px, py = self.at(x, y)
        self.parts.append(
            f'<circle cx="{short(px)}" cy="{short(py)}" r="{radius}" fill="{colour}" stroke="#fff" stroke-width="1.5"/>'
        )
        return self

    def heat(self, values: np.ndarray, low: float, high: float) -> Plot:
        """Fill the box with a map of `values`, row 0 at the bottom; `low` is white, `high` black, not finite blank."""
        shades = np.clip((np.asarray(values, float) - low) / ((high - low) or 1), 0, 1)
        grey = np.where(np.isfinite(shades), 255 * (1 - np.nan_to_num(shades)), 255).astype(np.uint8)[::-1]
        data = base64.b64encode(png(grey)).decode()
        box = f'x="{self.left}" y="{self.top}" width="{self.width}" height="{self.height}"'
        self.parts.append(f'<image {box} preserveAspectRatio="none" href="data:image/png;base64,{data}"/>')
        return self

    def svg(self) -> str:
        """Return what was drawn."""
        return "".join(self.parts)


def png(pixels: np.ndarray) -> bytes:
    """Return bytes, 0 black to 255 white, as a PNG file: (height, width) of greys or (height, width, 3) of colours."""
    height, width = pixels.shape[:2]
    rows = b"".join(b"\0" + row.tobytes() for row in np.ascontiguousarray(pixels))
    header = struct.pack(">IIBBBBB", width, height, 8, 2 if pixels.ndim == 3 else 0, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(rows, 6)), (b"IEND", b"")]
    written = [
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(written)


def document(width: int, height: int, parts: Iterable[Plot | str], caption: str, title: str) -> str:
    """Return a whole SVG document: the parts, and below them the caption, broken into lines."""
    lines = textwrap.wrap(caption, int((width - 24) / LETTER))
    total = height + 18 * len(lines) + 10
    words = "".join(
        f'<text x="12" y="{height + 14 + 18 * i}" fill="{INK}">{escape(line)}</text>' for i, line in enumerate(lines)
    )
    drawn = "".join(part if isinstance(part, str) else part.svg() for part in parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {total}" width="{width}" height="{total}" '
        f'font-family="system-ui, sans-serif" font-size="12.5"><title>{escape(title)}</title><style>{DARK}</style>'
        f'<rect width="{width}" height="{total}" fill="{PAPER}"/>{drawn}{words}</svg>'
    )
