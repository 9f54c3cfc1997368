"""Take the pictures of the README anew: a check that explains, in JupyterLab, and the contour map of one neuron's cost.

    .venv/bin/python tools/screenshots.py

They are looked at before they are committed; nothing compares them, since fonts differ from machine to machine.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
import numpy as np

ROOT = Path(__file__).resolve().parents[1]
IMAGES = ROOT / "docs" / "images"
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "browser")]

from lab import CHROMIUM_FLAGS, Lab, find_chromium  # noqa: E402

from examiner import notebook, simulate, words  # noqa: E402
from examiner.course import Course  # noqa: E402

ASSIGNMENT, EXERCISE, MISTAKE = "two_layer_network", "6", "missing-mean"


def contour_map(path: Path) -> None:
    """Draw the cost of one tanh neuron that learns NOT, over its weight and bias: white low, black high."""
    w, b = np.meshgrid(np.linspace(-5, 5, 241), np.linspace(-5, 5, 241))
    cost = (np.tanh(w + b) ** 2 + (np.tanh(b) - 1) ** 2) / 2
    fig, ax = plt.subplots(figsize=(4.6, 3.9), dpi=110)
    shades = ax.contourf(w, b, cost, levels=24, cmap="gray_r")
    ax.contour(w, b, cost, levels=12, colors="#0072B2", linewidths=0.6)
    ax.plot(1.3, -0.1, "o", color="#D55E00")
    ax.annotate("start (1.3, −0.1)", (1.3, -0.1), (1.0, 0.5), bbox={"facecolor": "white", "edgecolor": "#D55E00"})
    ax.set(xlabel="weight w", ylabel="bias b", title="Cost of one neuron: a valley without a bottom")
    fig.colorbar(shades, label="cost")
    fig.tight_layout()
    fig.savefig(path)
    plt.close(fig)


def check_that_explains(path: Path) -> None:
    """Type a wrong answer into the released notebook in a real JupyterLab, run the check, and take its picture."""
    from playwright.sync_api import sync_playwright

    course = Course(ROOT)
    mistake = next(m for m in words.read(course.source(ASSIGNMENT)).mistakes if m.id == MISTAKE)
    cells = notebook.cells(notebook.read(course.notebook(ASSIGNMENT)))
    answers = {cell.exercise: simulate.without_markers(cell.source) for cell in cells if cell.role == "solution"}
    answers[EXERCISE] = simulate.without_markers(
        mistake.apply(next(c.source for c in cells if c.role == "solution" and c.exercise == EXERCISE))
    )
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        shutil.copytree(course.release(ASSIGNMENT), Path(scratch, ASSIGNMENT))
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=CHROMIUM_FLAGS)
        with Lab(scratch, browser) as lab, lab.open(f"{ASSIGNMENT}/{ASSIGNMENT}.ipynb") as page:
            page.run(page.index_of_id("imports"))
            for exercise in [str(i) for i in range(1, int(EXERCISE) + 1)]:
                page.set_source(page.index_of_id(f"exercise-{exercise}"), answers[exercise])
                page.run(page.index_of_id(f"exercise-{exercise}"))
                page.run(page.index_of_id(f"check-{exercise}"))
            page.screenshot(path, cell=page.index_of_id(f"check-{EXERCISE}"))
        browser.close()


if __name__ == "__main__":
    IMAGES.mkdir(parents=True, exist_ok=True)
    contour_map(IMAGES / "contour.png")
    check_that_explains(IMAGES / "check.png")
    print(*sorted(path.name for path in IMAGES.glob("*.png")))
