"""How long from a key to the picture that it changes, in each widget, in a real JupyterLab? Beside it, the naive way.

Run `python bench/widgets.py`, or name widgets: `python bench/widgets.py cost-contour naive`. Each is shown as the
gallery shows it. Measured are: making and displaying it without a browser; from running the cell to a live widget; from
the key to just after the frame with the new picture, 75 keys; frames a second while its slider is dragged at 60 Hz for
3 s; and the keys once more while the kernel computes. The naive one is ipywidgets' `interact` over a matplotlib figure.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "browser")]
os.environ["BACKPROP_DATA"] = "digits"  # the same data everywhere, and no download

from lab import CHROMIUM_FLAGS, Lab, find_chromium  # noqa: E402
from playwright.sync_api import sync_playwright  # noqa: E402
from widget_page import write_notebook  # noqa: E402

KEYS, DRAG, HERTZ = 75, 3.0, 60
FORGET = 5  # keys to begin with, which find nothing warmed up
# The slider that is moved, by its label, for each widget of the gallery.
SLIDERS = {
    "activation-explorer": "z",
    "cost-contour": "w",
    "any-cost": "w",
    "chain-explorer": "input x",
    "backprop-steps": "to",
    "network-cost": "step of training",
    "learning-curves": "read at step",
    "digit-gallery": "hidden unit",
}
NAIVE = """
import matplotlib.pyplot as plt
import numpy as np
from ipywidgets import FloatSlider, interact

w_axis, b_axis = np.linspace(-4, 4, 97), np.linspace(-2, 4, 73)
heights = ((np.tanh(w_axis[None, :] + b_axis[:, None])) ** 2 + (np.tanh(b_axis[:, None]) - 1) ** 2) / 2

def draw(w):
    fig, ax = plt.subplots(figsize=(6, 4.5))
    ax.contourf(w_axis, b_axis, heights, levels=25, cmap="Greys")
    ax.contour(w_axis, b_axis, heights, levels=13, linewidths=0.8)
    ax.plot(w, -0.1, "o")
    ax.set_title(f"w = {w:.2f}")  # a dot alone that moves by less than a pixel would be the same picture
    plt.show()

interact(draw, w=FloatSlider(min=-4, max=4, step=0.01, value=1.3));
"""
BUSY = "import time\nuntil = time.time() + 12\nwhile time.time() < until:\n    sum(range(10_000))"
# What the page shows, as a text that changes with the picture: the line that says the state, or the picture's source.
SEEN = """() => {
    const said = document.querySelector('.lesson-widget .lw-says');
    return said ? said.textContent : [...document.querySelectorAll('.jp-OutputArea img')].at(-1)?.src ?? '';
}"""
WATCH = f"""(slider) => {{
    const seen = {SEEN};
    const taken = window.taken = [];
    slider.addEventListener('keydown', event => {{
        const before = seen(), start = event.timeStamp;
        const look = () => requestAnimationFrame(() => {{
            const afterFrame = new MessageChannel();
            afterFrame.port1.onmessage = () => seen() === before ? look() : taken.push(performance.now() - start);
            afterFrame.port2.postMessage(0);
        }});
        look();
    }}, true);
}}"""
COUNT = f"""() => {{
    const seen = {SEEN};
    let before = seen();
    window.changed = 0;
    window.counting = true;
    const look = () => {{
        const now = seen();
        window.changed += now !== before;
        before = now;
        if (window.counting) requestAnimationFrame(look);
    }};
    requestAnimationFrame(look);
}}"""


def gallery() -> dict[str, list[str]]:
    """Return the cells that show each widget of the gallery: its set-up, then itself."""
    cells = json.loads((ROOT / "docs" / "widgets.ipynb").read_text(encoding="utf-8"))["cells"]
    code = {cell["id"]: "".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"}
    order = list(code)
    needs = order.index("gallery-functions")
    shown = {}
    for name in SLIDERS:
        key = f"gallery-{name}"
        more = code["gallery-functions"] if order.index(key) > needs else ""
        shown[name] = [f"{code['setup']}\n{more}".replace("Course.here()", f"Course.here({str(ROOT)!r})"), code[key]]
    return shown


def headless(setup: str, source: str) -> float:
    """Return milliseconds that making and displaying take where there is no browser; the median of five."""
    import ast

    from IPython.core.displaypub import CapturingDisplayPublisher
    from IPython.core.interactiveshell import InteractiveShell

    shell = InteractiveShell.instance()
    shell.display_pub = CapturingDisplayPublisher()
    scope: dict = {"__name__": "__main__"}
    exec(setup, scope)
    tree = ast.parse(source)
    expression = compile(ast.Expression(tree.body.pop().value), "<cell>", "eval")
    exec(compile(tree, "<cell>", "exec"), scope)
    taken = []
    for _ in range(6):
        start = time.perf_counter()
        shell.display_formatter.ipython_display_formatter(eval(expression, scope))
        taken.append(1000 * (time.perf_counter() - start))
    return statistics.median(taken[1:])


class Shown:
    """One widget, shown in a notebook whose last cell keeps the kernel busy."""

    def __init__(self, lab: Lab, cells: list[str], label: str):
        write_notebook(lab.root / "bench.ipynb", *cells, BUSY)
        self.notebook = lab.open("bench.ipynb")
        self.page = self.notebook.page
        for i in range(len(cells) - 1):
            self.notebook.run(i)
        place = self.notebook.cell(len(cells) - 1)
        start = time.perf_counter()
        self.page.evaluate(
            """(i) => { const app = window.jupyterapp, notebook = app.shell.currentWidget.content;
                        notebook.activeCellIndex = i; notebook.deselectAll();
                        app.commands.execute('notebook:run-cell'); }""",
            len(cells) - 1,
        )
        live = place.locator(".lesson-widget .lw-says, .widget-slider")
        live.first.wait_for(timeout=60_000)
        self.first = 1000 * (time.perf_counter() - start)
        self.busy_cell = len(cells)
        self.rest()
        found = place.get_by_label(label, exact=True) if label else place.locator(".noUi-handle, .widget-slider input")
        self.slider = found.first
        self.slider.scroll_into_view_if_needed()

    def rest(self) -> None:
        """Wait until what is seen has not changed for a second."""
        self.notebook.wait_until_idle(timeout=120)
        before, since = None, time.monotonic()
        while time.monotonic() - since < 1:
            now = self.page.evaluate(SEEN)
            if now != before:
                before, since = now, time.monotonic()
            time.sleep(0.05)

    def keys(self) -> list[float]:
        """Return milliseconds from each key to the new picture."""
        self.slider.focus()
        self.page.evaluate("() => { window.taken && (window.taken.length = 0); }")
        self.slider.evaluate(WATCH) if not self.page.evaluate("() => Boolean(window.taken)") else None
        for i in range(KEYS):
            key = "ArrowRight" if i // 5 % 2 == 0 else "ArrowLeft"  # there and back, so that no end is reached
            self.page.keyboard.press(key)
            self.page.wait_for_function("(n) => window.taken.length > n", arg=i, timeout=30_000)
        return self.page.evaluate("() => window.taken")[FORGET:]

    def drag(self) -> float:
        """Return how many frames a second bring a new picture while the slider is dragged."""
        box = self.slider.bounding_box()
        middle = box["y"] + box["height"] / 2
        span = 200 if box["width"] < 40 else box["width"] * 0.8  # a handle alone, or the whole slider
        left = box["x"] + box["width"] / 2 - span / 2
        self.page.mouse.move(left + span / 2, middle)
        self.page.mouse.down()
        self.page.evaluate(COUNT)
        begin = time.perf_counter()
        for i in range(int(DRAG * HERTZ)):
            there = abs((2 * i / (DRAG * HERTZ) * 1.5) % 2 - 1)
            self.page.mouse.move(left + span * there, middle)
            time.sleep(max(0.0, begin + (i + 1) / HERTZ - time.perf_counter()))
        seconds = time.perf_counter() - begin
        frames = self.page.evaluate("() => { window.counting = false; return window.changed; }")
        self.page.mouse.up()
        return frames / seconds

    def keep_busy(self) -> None:
        """Let the kernel compute for a while, and return at once."""
        self.page.evaluate(
            """(i) => { const app = window.jupyterapp, notebook = app.shell.currentWidget.content;
                        notebook.activeCellIndex = i; app.commands.execute('notebook:run-cell'); }""",
            self.busy_cell,
        )
        self.page.wait_for_function(
            "window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.status === 'busy'"
        )


def p95(times: list[float]) -> float:
    return sorted(times)[int(0.95 * len(times))]


def main(names: list[str]) -> None:
    shown = gallery()
    print(f"{'':22}{'headless':>9}{'first':>8}{'key':>7}{'p95':>7}{'frames':>8}{'busy':>7}{'p95':>7}")
    print(f"{'':22}{'ms':>9}{'ms':>8}{'ms':>7}{'ms':>7}{'per s':>8}{'ms':>7}{'ms':>7}")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=CHROMIUM_FLAGS)
        with Lab(folder, browser, env={"PYTHONPATH": str(ROOT)}) as lab:
            for name in names:
                naive = name == "naive"
                cells = ["", NAIVE] if naive else shown[name]
                bare = float("nan") if naive else headless(*cells)
                widget = Shown(lab, cells, "" if naive else SLIDERS[name])
                free, frames = widget.keys(), widget.drag()
                widget.rest()
                if naive:  # it waits for the kernel, so there is nothing to be seen while that is busy
                    busy = [float("nan")]
                else:
                    widget.keep_busy()
                    busy = widget.keys()
                print(
                    f"{name:22}{bare:9.1f}{widget.first:8.0f}{statistics.median(free):7.1f}{p95(free):7.1f}"
                    f"{frames:8.0f}{statistics.median(busy):7.1f}{p95(busy):7.1f}",
                    flush=True,
                )
                widget.notebook.close()
        browser.close()


if __name__ == "__main__":
    known = [*SLIDERS, "naive"]
    wanted = sys.argv[1:] or known
    if set(wanted) - set(known):
        sys.exit(f"There is no {', '.join(set(wanted) - set(known))}. There are: {', '.join(known)}.")
    main(wanted)
