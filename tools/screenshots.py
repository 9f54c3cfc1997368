"""Take the pictures of README and docs again: a check that explains, a map of cost, a page of feedback, a report.

    make demo && .venv/bin/python tools/screenshots.py [FOLDER]

The first two are taken in JupyterLab, the others of the class in build/demo, or of another graded one in FOLDER.
They are looked at before they are committed; nothing compares them, since fonts differ from machine to machine.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[1]
IMAGES = ROOT / "docs" / "images"
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "browser")]

from lab import CHROMIUM_FLAGS, Lab, find_chromium  # noqa: E402
from widget_page import write_notebook  # noqa: E402

from examiner.commands import report, simulate  # noqa: E402
from examiner.course import misconceptions, source_notebook  # noqa: E402
from examiner.course.folders import Course  # noqa: E402
from examiner.report.gather import Row  # noqa: E402

SHORT = "chain_of_neurons"  # whose pages are shown
ASSIGNMENT, EXERCISE, MISTAKE = "two_layer_network", "6", "missing-mean"
CONTOUR = """
import numpy as np
from backprop.widgets import CostContour

def dCdb(w, b, x, y):
    return 2 * (np.tanh(w * x + b) - y) / np.cosh(w * x + b) ** 2

CostContour([(1, 0), (0, 1)], dCdw=dCdb, dCdb=dCdb, steps=14, own=True)  # ∂z/∂w taken for 1
"""


def live_contour(path: Path, browser) -> None:
    """Show the cost map of one neuron in a real JupyterLab, with a wrong slope beside the true one; take a picture."""
    with tempfile.TemporaryDirectory() as scratch:
        write_notebook(Path(scratch, "contour.ipynb"), CONTOUR)
        with Lab(scratch, browser, env={"PYTHONPATH": str(ROOT)}) as lab, lab.open("contour.ipynb") as page:
            page.run(0)
            widget = page.cell(0).locator(".lesson-widget")
            widget.get_by_text("Your arrow points").first.wait_for()
            widget.locator(".lw-cc-busy").wait_for(state="hidden")
            widget.screenshot(path=path)


def check_that_explains(path: Path, browser) -> None:
    """Type a wrong answer into the released notebook in a real JupyterLab, run the check, and take its picture."""
    course = Course(ROOT)
    mistake = next(m for m in misconceptions.read(course.source(ASSIGNMENT)).misconceptions if m.id == MISTAKE)
    cells = source_notebook.cells(source_notebook.read(course.notebook(ASSIGNMENT)))
    answers = {cell.exercise: simulate.without_markers(cell.source) for cell in cells if cell.role == "solution"}
    answers[EXERCISE] = simulate.without_markers(
        mistake.apply(next(c.source for c in cells if c.role == "solution" and c.exercise == EXERCISE))
    )
    with tempfile.TemporaryDirectory() as scratch:
        shutil.copytree(course.release(ASSIGNMENT), Path(scratch, ASSIGNMENT))
        with Lab(scratch, browser) as lab, lab.open(f"{ASSIGNMENT}/{ASSIGNMENT}.ipynb") as page:
            page.run(page.index_of_id("imports"))
            for exercise in [str(i) for i in range(1, int(EXERCISE) + 1)]:
                page.set_source(page.index_of_id(f"exercise-{exercise}"), answers[exercise])
                page.run(page.index_of_id(f"exercise-{exercise}"))
                page.run(page.index_of_id(f"check-{exercise}"))
            page.screenshot(path, cell=page.index_of_id(f"check-{EXERCISE}"))


def explains(row: Row, most: dict[str, float]) -> bool:
    """Whether the exercise at the top of a student's page says what came out, and names the mistake."""
    if not row.mistakes:
        return False
    worst = max(row.answers, key=lambda key: most.get(key, 0.0) - row.points.get(key, 0.0))
    return bool(row.answers[worst].came_out and row.answers[worst].misconception)


def pages(course: Course, browser) -> None:
    """Take a picture of the top of a page of feedback, of a student in the middle of the class, and of the report."""
    known = report.gathered(course, SHORT)
    made, *_ = report.write(course, SHORT, known, anonymous=False)
    some = sorted((row for row in known.rows if explains(row, known.most)), key=lambda row: row.total)
    feedback = course.root / "feedback" / some[len(some) // 2].student / SHORT / f"{SHORT}.html"
    with browser.new_page() as page:
        for path, name, height in ((feedback, "feedback.png", 640), (made, "report.png", 1250)):
            page.set_viewport_size({"width": 960, "height": height})
            page.goto(path.resolve().as_uri())
            page.screenshot(path=IMAGES / name)


if __name__ == "__main__":
    IMAGES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=find_chromium(), args=CHROMIUM_FLAGS)
        live_contour(IMAGES / "contour.png", chromium)
        check_that_explains(IMAGES / "check.png", chromium)
        pages(Course(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "build" / "demo"), chromium)
        chromium.close()
    print(*sorted(path.name for path in IMAGES.glob("*.png")))
