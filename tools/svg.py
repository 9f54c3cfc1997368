"""Pieces of an SVG picture: words, formulas, lines, arrows, nodes and grids.

It answers one question: how is each of them drawn, so that all pictures of the course look alike? Every function
returns text. It knows nothing of networks, and reads and writes no files.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from xml.sax.saxutils import escape

WIDTH = 720
SANS = "system-ui, 'Segoe UI', 'Helvetica Neue', 'Liberation Sans', Arial, sans-serif"
SERIF = "'STIX Two Text', Cambria, 'Times New Roman', 'Liberation Serif', serif"
SMALLEST = 13  # px, subscripts included

# Okabe and Ito's palette. Colour only repeats what form says: a parameter has square corners, the way back is dashed.
VALUE, PARAMETER, GRADIENT, COST = "#0072B2", "#CC79A7", "#D55E00", "#009E73"
INK, QUIET, CARD, RULE = "#1F2328", "#4B535C", "#FFFFFF", "#C9CDD2"
DASHED, DOTTED = "7 4", "2 4"

# In a formula: a lowered or raised sign, letters, anything else.
TOKEN = re.compile("([_^])(−?.)|([A-Za-zα-ω]+)|([^A-Za-zα-ω_^]+)")

Point = tuple[float, float]


def number(value: float) -> str:
    """Return a coordinate rounded to a tenth of a pixel, so that every machine writes the same file."""
    return f"{round(value, 1) + 0.0:.1f}".removesuffix(".0")


def maths(formula: str, size: float) -> str:
    """Return a formula as text spans that end on the baseline: letters slanted, `_h` lowered, `^T` raised."""
    spans, offset = [], 0.0
    for shift, small, letters, rest in TOKEN.findall(formula):
        wanted = {"_": 0.24, "^": -0.36, "": 0.0}[shift] * size
        move = f' dy="{number(wanted - offset)}"' if wanted != offset else ""
        slant = ' font-style="italic"' if letters or small.lstrip("−").islower() else ""
        shrink = f' font-size="{number(max(SMALLEST, 0.7 * size))}"' if small else ""
        spans.append(f"<tspan{move}{slant}{shrink}>{escape(small or letters or rest)}</tspan>")
        offset = wanted
    if offset:  # only a character can carry the way back; this one has no width
        spans.append(f'<tspan dy="{number(-offset)}">\u200b</tspan>')
    return f'<tspan font-family="{SERIF}" font-size="{number(size)}">{"".join(spans)}</tspan>'


def label(x: float, y: float, text: str, size: float = 15, anchor: str = "middle", colour: str = INK) -> str:
    """Return a line of words at (x, y), in which `$…$` is a formula."""
    spans = "".join(maths(part, size + 2) if i % 2 else escape(part) for i, part in enumerate(text.split("$")))
    return (
        f'<text x="{number(x)}" y="{number(y)}" font-size="{number(size)}" text-anchor="{anchor}" fill="{colour}">'
        f"{spans}</text>"
    )


def line(points: Sequence[Point], colour: str = QUIET, width: float = 2, dash: str = "none") -> str:
    """Return a line through the points."""
    corners = " ".join(f"{number(x)},{number(y)}" for x, y in points)
    return (
        f'<polyline points="{corners}" fill="none" stroke="{colour}" stroke-width="{number(width)}" '
        f'stroke-linejoin="round" stroke-dasharray="{dash}"/>'
    )


def arrow(start: Point, end: Point, colour: str = QUIET, dash: str = "none", bend: float = 0) -> str:
    """Return an arrow that bulges `bend` pixels to the left of its way."""
    (x1, y1), (x2, y2), length = start, end, math.dist(start, end)
    # A quadratic curve bulges half as far as its control point lies out.
    cx, cy = (x1 + x2) / 2 + 2 * bend * (y2 - y1) / length, (y1 + y2) / 2 - 2 * bend * (x2 - x1) / length
    angle = math.atan2(y2 - cy, x2 - cx)

    def from_tip(back: float, aside: float) -> str:
        x = x2 - back * math.cos(angle) - aside * math.sin(angle)
        y = y2 - back * math.sin(angle) + aside * math.cos(angle)
        return f"{number(x)},{number(y)}"

    return (
        f'<path d="M{number(x1)},{number(y1)} Q{number(cx)},{number(cy)} {from_tip(8, 0)}" fill="none" '
        f'stroke="{colour}" stroke-width="2" stroke-dasharray="{dash}"/>'
        f'<polygon points="{from_tip(0, 0)} {from_tip(11, 5)} {from_tip(11, -5)}" fill="{colour}"/>'
    )


def box(x: float, y: float, width: float, height: float, colour: str, corner: float = 0, dash: str = "none") -> str:
    """Return a tinted rectangle with its centre at (x, y)."""
    return (
        f'<rect x="{number(x - width / 2)}" y="{number(y - height / 2)}" width="{number(width)}" '
        f'height="{number(height)}" rx="{number(corner)}" fill="{colour}" fill-opacity="0.13" stroke="{colour}" '
        f'stroke-width="2" stroke-dasharray="{dash}"/>'
    )


def node(x: float, y: float, text: str, colour: str = VALUE, square: bool = False, dash: str = "none") -> str:
    """Return a named node: a circle, or a square."""
    return box(x, y, 46, 46, colour, 4 if square else 23, dash) + label(x, y + 6, text, 16)


def dot(x: float, y: float, colour: str, radius: float = 6) -> str:
    """Return a point."""
    return f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(radius)}" fill="{colour}"/>'


def matrix(
    left: float, middle: float, rows: int, columns: int, colour: str, name: str, shape: str,
    marked: Callable[[int, int], bool] = lambda row, column: False, ghosts: int = 0, cell: int = 24,
) -> str:  # fmt: skip
    """Return a grid of cells with its name above and its shape below; the last `ghosts` columns are only outlined."""
    top, centre = middle - rows * cell / 2, left + (columns - ghosts) * cell / 2
    parts = [label(centre, top - 14, name, 17), label(centre, top + rows * cell + 24, shape)]
    for row in range(rows):
        for column in range(columns):
            ghost = column >= columns - ghosts
            dash = "3 3" if ghost else "none"  # the offset lets the dashes of neighbours fall on each other
            opacity = 0 if ghost else 0.6 if marked(row, column) else 0.13
            parts.append(
                f'<rect x="{number(left + column * cell)}" y="{number(top + row * cell)}" width="{cell}" '
                f'height="{cell}" fill="{colour}" fill-opacity="{opacity}" stroke="{colour}" '
                f'stroke-dasharray="{dash}" stroke-dashoffset="1.5"/>'
            )
    return "".join(parts)


def picture(title: str, description: str, height: int, caption: str, *parts: str) -> str:
    """Return a whole SVG file: the parts on a light card of their own, and one sentence below them."""
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" width="{WIDTH}" height="{height}" '
        f'viewBox="0 0 {WIDTH} {height}" font-family="{SANS}">',
        f"<title>{escape(title)}</title>",
        f"<desc>{escape(description)}</desc>",
        f'<rect x="1" y="1" width="{WIDTH - 2}" height="{height - 2}" rx="14" fill="{CARD}" stroke="{RULE}"/>',
        *parts,
        label(WIDTH / 2, height - 22, caption, 14, colour=QUIET),
        "</svg>\n",
    ])  # fmt: skip
