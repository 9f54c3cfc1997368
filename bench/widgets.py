"""How long from a key to the picture that it changes, in each widget, in a real JupyterLab?

Run `python bench/widgets.py`, or name widgets: `python bench/widgets.py cost-contour naive`. Each is shown as the
gallery shows it. Measured are: making and displaying it without a browser; from running the cell to a live widget; from
the key to just after the frame with the new picture, 80 keys at any moment of a frame, and, of that, what is work and
not waiting for the next of the screen's 60 frames a second; frames a second that bring a new picture while its slider
is dragged for 3 s by a mouse that reports 125 times a second; and the keys once more while the kernel computes. The
bare one is a slider and a number: what that takes is the page's, the browser's and the screen's. The naive one is
ipywidgets' `interact` over a matplotlib figure.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "browser")]
os.environ["BACKPROP_DATA"] = "digits"  # the same data everywhere, and no download

import websocket  # noqa: E402
from lab import CHROMIUM_FLAGS, Lab, find_chromium  # noqa: E402
from playwright.sync_api import sync_playwright  # noqa: E402
from widget_page import write_notebook  # noqa: E402

KEYS, DRAG, HERTZ = 80, 3.0, 125  # as many keys to the right as to the left
PAUSES = (0.03, 0.08)  # seconds between a picture and the next key, drawn at random: no key waits for a frame's begin
DEBUGGING_PORT = 9222 + os.getpid() % 1000
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
DRAGGED = {"digit-gallery": ".dg-pad"}  # where the slider has few places, something else that is scrubbed
# The least that a page can do: a number beside a slider. What this takes, JupyterLab and the browser take.
BARE = """
import anywidget

class Bare(anywidget.AnyWidget):
    _esm = '''export default { render({ el }) {
        el.innerHTML = `<div class="lesson-widget"><input type="range" min="-4" max="4" step="0.01" aria-label="w">
                        <p class="lw-says">0</p></div>`;
        const [slider, said] = el.firstChild.children;
        slider.onkeydown = (event) => event.stopPropagation();
        slider.oninput = () => requestAnimationFrame(() => { said.textContent = slider.value; });
    } }'''

Bare()
"""
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
# What the page shows, as a text that changes with the picture: the line that says the state and what the pen has drawn,
# or the picture's source.
SEEN = """() => {
    const said = document.querySelector('.lesson-widget .lw-says');
    const drawn = document.querySelector('.dg-stroke')?.getAttribute('d') ?? '';
    return said ? said.textContent + drawn : [...document.querySelectorAll('.jp-OutputArea img')].at(-1)?.src ?? '';
}"""
WATCH = f"""(slider) => {{
    const seen = {SEEN};
    const taken = window.taken = [];
    // No polling: a loop of animation frames would keep the page in step, and every key would just miss a frame.
    window.arrival = (n) => new Promise((resolve, reject) => {{
        const tooLate = setTimeout(() => reject(Error(`no new picture after key ${{n}}: ${{seen()}}`)), 20_000);
        window.awaited = () => {{
            if (taken.length <= n) return;
            clearTimeout(tooLate);
            resolve();
        }};
        window.awaited();
    }});
    slider.addEventListener('keydown', event => {{
        const before = seen(), start = event.timeStamp;
        const look = () => requestAnimationFrame(() => {{
            const begin = performance.now(), afterFrame = new MessageChannel();
            afterFrame.port1.onmessage = () => {{
                if (seen() === before) return look();
                taken.push([performance.now() - start, performance.now() - begin]);
                window.awaited?.();
            }};
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
        found = place.get_by_label(label, exact=True) if label else place.locator(".noUi-handle, input")
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

    def press(self) -> list[tuple[float, float]]:
        """Return, for each key, milliseconds until after the new picture, and those from the begin of its frame."""
        self.slider.focus()
        self.page.evaluate("() => { window.taken && (window.taken.length = 0); }")
        self.slider.evaluate(WATCH) if not self.page.evaluate("() => Boolean(window.taken)") else None
        moment = random.Random(0)
        for i in range(KEYS):
            key = "ArrowRight" if i // 5 % 2 == 0 else "ArrowLeft"  # there and back, so that no end is reached
            self.page.keyboard.press(key)
            self.page.evaluate("(n) => window.arrival(n)", i)
            time.sleep(moment.uniform(*PAUSES))
        return self.page.evaluate("() => window.taken")[FORGET:]

    def drag(self, selector: str | None = None) -> float:
        """Return how many frames a second bring a new picture while the slider, or what is named, is dragged."""
        dragged = self.page.locator(selector).first if selector else self.slider
        dragged.scroll_into_view_if_needed()
        box = dragged.bounding_box()
        middle = box["y"] + box["height"] / 2
        span = 200 if box["width"] < 40 else box["width"] * 0.8  # a handle alone, or the whole slider
        left = box["x"] + box["width"] / 2 - span / 2
        self.page.mouse.move(left + span / 2, middle)
        self.page.mouse.down()
        self.page.evaluate(COUNT)
        begin = time.perf_counter()
        with contextlib.closing(websocket.create_connection(self.address(), suppress_origin=True)) as line:
            for i in range(int(DRAG * HERTZ)):
                there = abs((2 * i / (DRAG * HERTZ) * 1.5) % 2 - 1)
                move = {"type": "mouseMoved", "x": left + span * there, "y": middle, "button": "left", "buttons": 1}
                line.send(json.dumps({"id": i, "method": "Input.dispatchMouseEvent", "params": move}))
                time.sleep(max(0.0, begin + (i + 1) / HERTZ - time.perf_counter()))
            seconds = time.perf_counter() - begin
            frames = self.page.evaluate("() => { window.counting = false; return window.changed; }")
        self.page.mouse.up()
        return frames / seconds

    def address(self) -> str:
        """Return where the browser takes input for this page; playwright itself waits for each move to be answered."""
        target = self.page.context.new_cdp_session(self.page).send("Target.getTargetInfo")["targetInfo"]["targetId"]
        return f"ws://127.0.0.1:{DEBUGGING_PORT}/devtools/page/{target}"

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


def median_and_p95(times: list[float]) -> str:
    """Return two columns: the median, and what 95 of 100 stay below."""
    return f"{statistics.median(times):7.1f}{sorted(times)[int(0.95 * len(times))]:7.1f}" if times else f"{'–':>7}" * 2


def measure(lab: Lab, name: str) -> str:
    """Return the row of one widget, of the bare slider, or of the naive way."""
    course = name in SLIDERS
    cells = gallery()[name] if course else ["", {"bare": BARE, "naive": NAIVE}[name]]
    alone = f"{headless(*cells):9.1f}" if course else f"{'–':>9}"
    widget = Shown(lab, cells, SLIDERS[name] if course else "")
    keys, frames = widget.press(), widget.drag(DRAGGED.get(name))
    widget.rest()
    busy = []
    if name != "naive":  # which waits for the kernel: there is nothing to be seen while that is busy
        widget.keep_busy()
        busy = [whole for whole, _ in widget.press()]
    widget.notebook.close()
    whole, work = zip(*keys, strict=True)
    return (
        f"{name:20}{alone}{widget.first:8.0f}{median_and_p95(list(whole))}{median_and_p95(list(work))}"
        f"{frames:7.0f}{median_and_p95(busy)}"
    )


def main(names: list[str]) -> None:
    print(
        f"{'':20}{'headless':>9}{'first':>8}{'key':>7}{'p95':>7}{'work':>7}{'p95':>7}{'frames':>7}{'busy':>7}{'p95':>7}"
    )
    print(f"{'':20}{'ms':>9}{'ms':>8}{'ms':>7}{'ms':>7}{'ms':>7}{'ms':>7}{'per s':>7}{'ms':>7}{'ms':>7}")
    port = f"--remote-debugging-port={DEBUGGING_PORT}"
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=[*CHROMIUM_FLAGS, port])
        with Lab(folder, browser, env={"PYTHONPATH": str(ROOT)}) as lab:
            for name in names:
                print(measure(lab, name), flush=True)
        browser.close()


if __name__ == "__main__":
    known = [*SLIDERS, "bare", "naive"]
    wanted = sys.argv[1:] or known
    if set(wanted) - set(known):
        sys.exit(f"There is no {', '.join(set(wanted) - set(known))}. There are: {', '.join(known)}.")
    main(wanted)
