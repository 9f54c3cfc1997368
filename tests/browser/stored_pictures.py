"""Hold what a widget draws against a stored picture, in a way that no font and no screen can upset.

The words are hidden, and the picture is shrunk to a small map of brightness: what is compared is where there is light
and dark, not how an edge is smoothed. `UPDATE_PICTURES=1` stores them again; they are small enough to be looked at.
"""

from __future__ import annotations

import io
import os
from pathlib import Path

import numpy as np
from PIL import Image

STORED = Path(__file__).parent / "pictures"
SIZE = (64, 48)  # across, down
MEAN, WORST = 4.0, 64.0  # of 255: differences that a person would not call another picture
NO_WORDS = ".lesson-widget text { visibility: hidden !important; }"


def brightness(png: bytes) -> np.ndarray:
    """Return the brightness of a picture on a small grid, 0 black to 255 white, shape (48, 64)."""
    grey = Image.open(io.BytesIO(png)).convert("L").resize(SIZE, Image.Resampling.BOX)
    return np.asarray(grey, dtype=float)


def difference(one: np.ndarray, other: np.ndarray) -> tuple[float, float]:
    """Return the mean and the largest difference in brightness."""
    apart = np.abs(one - other)
    return float(apart.mean()), float(apart.max())


def alike(one: np.ndarray, other: np.ndarray) -> bool:
    """Say whether two maps of brightness show the same picture."""
    mean, worst = difference(one, other)
    return mean <= MEAN and worst <= WORST


def taken(locator) -> np.ndarray:
    """Return the brightness of an element of the page, its words left out; of a still picture, without its caption."""
    page = locator.page
    if locator.evaluate("node => node.matches('.lesson-static')"):
        locator = locator.locator("img")
        locator.evaluate("node => node.decode()")  # resolved when it can be drawn
    style = page.add_style_tag(content=NO_WORDS)
    try:
        return brightness(locator.screenshot(animations="disabled"))
    finally:
        style.evaluate("node => node.remove()")


def assert_looks_as_stored(locator, name: str) -> None:
    """Fail when an element of the page no longer looks like the stored picture of this name."""
    now, path = taken(locator), STORED / f"{name}.png"
    if os.environ.get("UPDATE_PICTURES"):
        STORED.mkdir(exist_ok=True)
        Image.fromarray(now.round().astype(np.uint8)).save(path, optimize=True)
    assert path.exists(), f"There is no {path.name} yet. Look at the widget, then run this with UPDATE_PICTURES=1."
    stored = np.asarray(Image.open(path).convert("L"), dtype=float)
    mean, worst = difference(now, stored)
    assert alike(now, stored), (
        f"{name} looks otherwise than stored: brightness differs by {mean:.1f} on average, {worst:.0f} at most. "
        f"If that is meant, look at it, then run this with UPDATE_PICTURES=1."
    )


def assert_is_a_still(cell, name: str, says: str = "run the cell to make it move") -> None:
    """Fail unless a cell shows a widget's still picture, as stored under this name, its sentence, and no error."""
    output = cell.locator(".jp-OutputArea")
    output.locator(".lesson-static").wait_for()
    words = output.inner_text().replace("\n", " ")
    assert "run the cell to make it move" in words
    assert says in words
    assert "rror" not in words
    assert_looks_as_stored(output.locator(".lesson-static"), name)
