"""A widget in a real JupyterLab: show it, move it by mouse and keyboard, and ask Python what it knows."""

from __future__ import annotations

import ast
import re
import time
from pathlib import Path

import nbformat

KERNEL = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}


def write_notebook(path: Path, *cells: str) -> Path:
    """Write a notebook with these code cells."""
    nb = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in cells])
    nb.metadata["kernelspec"] = KERNEL
    nbformat.write(nb, path)
    return path


class WidgetPage:
    """A notebook whose first cell shows a widget, bound to the name `it`, and whose second asks for values.

    `root` is playwright's locator of the live widget, `notebook` the notebook itself.
    """

    def __init__(self, notebook):
        self.notebook, self.page = notebook, notebook.page
        notebook.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        self.root = notebook.cell(0).locator(".lesson-widget")
        self.run()

    def run(self) -> str:
        """Run the cell that shows the widget, wait until it is alive, and return what the cell says as text."""
        text = self.notebook.run(0)
        assert "Error" not in text, text
        self.root.wait_for(timeout=60_000)
        self.root.scroll_into_view_if_needed()
        return text

    # What it shows

    def says(self) -> str:
        """Return the line that says the state."""
        return self.root.locator(".lw-says").inner_text()

    def wait_until_it_says(self, words: str, timeout: float = 60) -> str:
        """Wait until the line that says the state contains these words, and return the line."""
        self.root.locator(".lw-says", has_text=words).wait_for(timeout=timeout * 1000)
        return self.says()

    def play_until(self, pattern: str) -> str:
        """Press Play, and Pause as soon as the line that says the state matches a pattern; return that line.

        The page itself watches and presses Pause: on a busy machine a state is over, and even the whole play, before
        this process looks. A state can be passed by undrawn, so the pattern has to match the later ones too.
        """
        self.root.evaluate(
            """(root, pattern) => {
                const says = root.querySelector('.lw-says'), wanted = new RegExp(pattern);
                new MutationObserver((_, watch) => {
                    const pause = [...root.querySelectorAll('button')].find(each => each.textContent === 'Pause');
                    if (pause && wanted.test(says.textContent)) { watch.disconnect(); pause.click(); }
                }).observe(root, {childList: true, characterData: true, subtree: true}); }""",
            pattern,
        )
        self.button("Play").click()
        self.root.locator(".lw-says", has_text=re.compile(pattern)).wait_for(timeout=60_000)
        self.button("Play").wait_for()
        self.drawn()
        return self.says()

    def button(self, name: str):
        return self.root.get_by_role("button", name=name, exact=True)

    def control(self, label: str):
        """Return the slider, switch or list with this label."""
        return self.root.get_by_label(label, exact=True)

    # What a person does

    def drag(self, element, by: tuple[float, float], steps: int = 8) -> None:
        """Press the mouse on the middle of an element, move it by so many pixels, and let go."""
        forkserver = element.bounding_box()
        x, y = forkserver["x"] + forkserver["width"] / 2, forkserver["y"] + forkserver["height"] / 2
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        self.page.mouse.move(x + by[0], y + by[1], steps=steps)
        self.page.mouse.up()
        self.drawn()

    def drag_with_a_finger(self, *points: tuple[float, float]) -> None:
        """Put a finger on the first of these points of the page, move it along the others, and lift it."""
        touch = self.page.context.new_cdp_session(self.page)
        touch.send("Emulation.setTouchEmulationEnabled", {"enabled": True})
        try:
            for k, (x, y) in enumerate(points):
                kind = "touchMove" if k else "touchStart"
                touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})
            touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        finally:
            touch.send("Emulation.setTouchEmulationEnabled", {"enabled": False})
        self.drawn()

    def press(self, element, *keys: str) -> None:
        """Put the focus on an element and press keys, one after the other."""
        element.focus()
        for key in keys:
            self.page.keyboard.press(key)
        self.drawn()

    def drawn(self) -> None:
        """Wait until the page shows what was done: a widget draws in the frame that follows."""
        self.page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")

    def assert_fits_a_narrow_window(self, part) -> None:
        """Fail where anything sticks out of the widget once its window, and with it `part`, is narrow."""
        size = self.page.viewport_size
        try:
            self.page.set_viewport_size({**size, "width": 700})
            self.page.wait_for_function("node => node.clientWidth < 620", arg=part.element_handle())
            assert self.root.evaluate("node => node.scrollWidth <= node.clientWidth"), "something sticks out of it"
        finally:
            self.page.set_viewport_size(size)

    def copied(self) -> str:
        """Press "Copy as code" and return what is in the clipboard then."""
        self.root.get_by_role("button", name="Copy as code").click()
        self.root.get_by_role("button", name="Copied").wait_for()
        return self.page.evaluate("() => navigator.clipboard.readText()")

    # What Python knows

    def python(self, expression: str):
        """Return the value of an expression in the kernel, where the widget is `it`; plain values only."""
        self.notebook.set_source(1, f"print(repr({expression}))")
        return ast.literal_eval(self.notebook.run(1))

    def python_comes_to(self, expression: str, wanted, timeout: float = 60) -> None:
        """Wait until an expression has this value in the kernel: what is dragged arrives when the hand rests."""
        deadline = time.monotonic() + timeout
        while (value := self.python(expression)) != wanted:
            assert time.monotonic() < deadline, f"{expression} stays {value!r} in Python, and is {wanted!r} on the page"

    def say_in_python(self, statement: str) -> None:
        """Run a statement in the kernel."""
        self.notebook.set_source(1, statement)
        assert self.notebook.run(1) == ""
