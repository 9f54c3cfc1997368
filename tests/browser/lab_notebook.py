"""A notebook that is open in JupyterLab: edit it, run it, look at it, and validate it, as a student would.

Every wait is on a condition of the page, the kernel or the server; one that fails says what was awaited, which dialog
stood in the way, and what the server logged last.
"""

from __future__ import annotations

import contextlib
import math
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

if TYPE_CHECKING:
    from lab import Lab
    from playwright.sync_api import Locator, Page

ANSI = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]")
PANEL = "window.jupyterapp.shell.currentWidget"
NO_SPLASH = "!document.querySelector('#jupyterlab-splash')"
KERNEL_IS_IDLE = "window.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel?.status === 'idle'"


class LabError(RuntimeError):
    """JupyterLab did not do what it was asked to; the message says what was awaited and what was there instead."""


class Notebook:
    """A notebook open in JupyterLab's simple mode.

    Cells are counted from 0. `page` is playwright's page, for what this class has no word for; `console_errors` holds
    what the page has complained of so far. Timeouts are in seconds. Methods raise `LabError` when JupyterLab does not
    do what it is asked to, or shows a dialog instead.
    """

    def __init__(self, lab: Lab, page: Page, path: str):
        self.lab = lab
        self.page = page
        self.path = path
        self.console_errors: list[str] = []
        page.on("console", self._on_console)
        page.on("pageerror", lambda error: self.console_errors.append(f"uncaught: {error}"))

    def _on_console(self, message) -> None:
        if message.type == "error":
            self.console_errors.append(f"{message.text} ({message.location.get('url', '')})")

    # Waiting

    def _load(self, timeout: float) -> None:
        self.page.goto(f"{self.lab.url}/lab/tree/{quote(self.path)}?reset&token={self.lab.token}", wait_until="commit")
        self._wait(KERNEL_IS_IDLE, f"the kernel of {self.path} to be idle", timeout)
        shown = f"{self.path} to be shown"
        self._do("await panel.revealed; await app.restored; app.shell.collapseLeft();", shown, timeout)
        self._wait(NO_SPLASH, shown, timeout)

    def _wait(self, condition: str, what: str, timeout: float, arg: Any = None) -> Any:
        """Wait until the JavaScript expression `condition`, of `arg`, is true; return its value."""
        from playwright.sync_api import Error, TimeoutError

        try:
            # A dialog blocks whatever is awaited, so it ends the wait at once.
            seen = self.page.wait_for_function(
                f"(arg) => document.querySelector('.jp-Dialog') ? 'dialog' : ({condition}) && {{value: {condition}}}",
                arg=arg,
                timeout=timeout * 1000,
            ).json_value()
        except TimeoutError:
            raise LabError(f"Waited {timeout:g} s for {what}, in vain.\n{self._state()}") from None
        except Error as error:
            raise LabError(f"Could not wait for {what}: {error}\n{self._state()}") from error
        if seen == "dialog":
            raise LabError(f"Waited for {what}, but a dialog came up.\n{self._state()}")
        return seen["value"]

    def _do(self, body: str, what: str, timeout: float, arg: Any = None) -> Any:
        """Run JavaScript that may await, with `app`, `panel`, `notebook` and `arg` at hand, and wait for its value."""
        # page.evaluate would await the promise too, but without an end when a kernel hangs.
        self.page.evaluate(
            f"""(arg) => {{
                const app = window.jupyterapp, panel = app.shell.currentWidget, notebook = panel.content;
                const outcome = window.labOutcome = {{settled: false}};
                (async () => {{ {body} }})().then(
                    value => Object.assign(outcome, {{settled: true, value}}),
                    error => Object.assign(outcome, {{settled: true, error: String(error)}}));
            }}""",
            arg,
        )
        self._wait("window.labOutcome.settled", what, timeout)
        outcome = self.page.evaluate("() => window.labOutcome")
        if "error" in outcome:
            raise LabError(f"Asked for {what}, but: {outcome['error']}\n{self._state()}")
        return outcome.get("value")

    def _state(self) -> str:
        """Describe what a person would look at first when the page hangs."""
        from playwright.sync_api import Error

        try:
            kernel, dialog = self.page.evaluate(
                """() => [window.jupyterapp?.shell.currentWidget?.sessionContext?.kernelDisplayStatus ?? 'none yet',
                          document.querySelector('.jp-Dialog')?.innerText ?? 'none']"""
            )
        except Error as error:  # the page is gone, or between two addresses
            kernel = dialog = f"unknown ({error})"
        errors = "; ".join(self.console_errors[-3:]) or "none"
        return f"Kernel: {kernel}. Dialog: {dialog}. Console errors: {errors}.\n{self.lab.log_tail()}"

    def wait_until_idle(self, timeout: float = 90) -> None:
        """Wait until the kernel has nothing to do."""
        self._wait(KERNEL_IS_IDLE, "the kernel to be idle", timeout)

    # Cells and their sources

    def cells(self) -> int:
        """Return the number of cells."""
        return self.page.evaluate(f"() => {PANEL}.content.model.sharedModel.cells.length")

    def index_of(self, text: str) -> int:
        """Return the index of the first cell whose source contains `text`; LookupError where there is none."""
        return self._index("cell => cell.getSource().includes(arg)", text, f"No cell of {self.path} contains {text!r}.")

    def index_of_id(self, cell_id: str) -> int:
        """Return the index of the cell with this id; LookupError where there is none."""
        return self._index("cell => cell.getId() === arg", cell_id, f"No cell of {self.path} has the id {cell_id!r}.")

    def _index(self, predicate: str, arg: str, complaint: str) -> int:
        index = self.page.evaluate(f"(arg) => {PANEL}.content.model.sharedModel.cells.findIndex({predicate})", arg)
        if index < 0:
            raise LookupError(complaint)
        return index

    def cell(self, i: int) -> Locator:
        """Return playwright's locator of a cell, for clicking and looking inside it."""
        return self.page.locator(f'.jp-Notebook .jp-Notebook-cell[data-windowed-list-index="{self._checked(i)}"]')

    def _checked(self, i: int) -> int:
        count = self.cells()
        if not 0 <= i < count:
            raise IndexError(f"{self.path} has cells 0 to {count - 1}, and no cell {i}.")
        return i

    def source(self, i: int) -> str:
        """Return the source of a cell."""
        return self.page.evaluate(f"(i) => {PANEL}.content.model.sharedModel.getCell(i).getSource()", self._checked(i))

    def set_source(self, i: int, text: str) -> None:
        """Replace the source of a cell through the model, locked or not."""
        self.page.evaluate(
            f"([i, text]) => {PANEL}.content.model.sharedModel.getCell(i).setSource(text)", [self._checked(i), text]
        )

    def type_into(self, i: int, text: str) -> None:
        """Replace the source of a cell with the keyboard; LabError where the cell cannot be edited."""
        cell = self.cell(i)
        if self.page.evaluate(f"(i) => {PANEL}.content.widgets[i].readOnly", i):
            raise LabError(f"Cell {i} of {self.path} is locked: it cannot be typed into.")
        if "jp-mod-rendered" in (cell.get_attribute("class") or ""):
            cell.dblclick()
        cell.locator(".cm-content").click()
        self.page.keyboard.press("ControlOrMeta+A")
        self.page.keyboard.press("Delete")
        self.page.keyboard.insert_text(text)
        source = f"{PANEL}.content.model.sharedModel.getCell(arg[0]).getSource()"
        self._wait(f"{source} === arg[1]", f"cell {i} to hold what was typed", 90, [i, text])

    # Running

    def run(self, i: int, timeout: float = 90) -> str:
        """Run one cell, wait for its end, and return its `output_text`."""
        self._do(
            """notebook.activeCellIndex = arg; notebook.deselectAll();
               await app.commands.execute('notebook:run-cell');""",
            f"cell {i} to finish",
            timeout,
            self._checked(i),
        )
        self._wait(
            f"""{KERNEL_IS_IDLE} && (cell => cell.type !== 'code' || !cell.sharedModel.getSource().trim()
                || cell.executionCount !== null)({PANEL}.content.model.cells.get(arg))""",
            f"the kernel to have counted cell {i}",
            timeout,
            i,
        )
        return self.output_text(i)

    def run_all(self, timeout: float = 300) -> None:
        """Run all cells with JupyterLab's command.

        Cells after one that fails may run or not: JupyterLab sends all requests at once, and the kernel drops only
        those that have arrived by then. Where that matters, `run` the cells one by one.
        """
        self._do("await app.commands.execute('notebook:run-all-cells');", "all cells to finish", timeout)
        self.wait_until_idle(timeout)

    def restart_kernel(self, timeout: float = 90) -> None:
        """Restart the kernel and wait until it answers."""
        self._do(
            """await panel.sessionContext.restartKernel();
               await panel.sessionContext.session.kernel.requestKernelInfo();""",
            "the kernel to restart",
            timeout,
        )
        self.wait_until_idle(timeout)

    # Outputs

    def output_text(self, i: int) -> str:
        """Return what a cell printed, displayed and raised, as plain text; "" for a cell without outputs."""
        outputs = f"(i) => {PANEL}.content.model.cells.get(i).outputs?.toJSON() ?? []"
        return "\n".join(
            _as_text(output).removesuffix("\n") for output in self.page.evaluate(outputs, self._checked(i))
        )

    def output_html(self, i: int, timeout: float = 90) -> str:
        """Return the HTML of a cell's output area, once every output has been drawn."""
        cell = f"{PANEL}.content.widgets[arg]"
        self._wait(
            f"""[...{cell}.node.querySelectorAll('.jp-OutputArea-output:not(.jp-RenderedJavaScript)')]
                .every(output => output.innerHTML !== '')""",
            f"the outputs of cell {i} to be drawn",
            timeout,
            self._checked(i),
        )
        return self.page.evaluate(f"(arg) => {cell}.outputArea?.node.innerHTML ?? ''", i)

    def screenshot(self, path: str | Path, cell: int | None = None, height: int | None = None) -> Path:
        """Write a PNG and return its path.

        Without `cell`, the window; with it, that cell alone, however high. `height` makes the window so many pixels
        high; with both, the picture is the window, scrolled to show the cell at its top.
        """
        path = Path(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        normal = self.page.viewport_size["height"]
        wanted = height or (normal if cell is None else self._height_for(cell))
        try:
            self._resize(wanted)
            if cell is not None:
                self.cell(cell).evaluate("node => node.scrollIntoView({block: 'start'})")
            self._wait("[...document.images].every(image => image.complete)", "the images to be drawn", 90)
            (self.page if cell is None or height else self.cell(cell)).screenshot(path=path)
        finally:
            self._resize(normal)
        return path

    def _height_for(self, i: int) -> int:
        """Return the height at which the window shows all of a cell, and never less than the present one."""
        window = self.page.viewport_size["height"]
        visible = self.page.locator(".jp-WindowedPanel-outer").evaluate("node => node.clientHeight")
        needed = self.cell(i).evaluate("node => node.offsetHeight")
        return max(window, window - visible + math.ceil(needed) + 20)

    def _resize(self, height: int) -> None:
        size = self.page.viewport_size
        if height == size["height"]:
            return
        outer = "document.querySelector('.jp-WindowedPanel-outer').clientHeight"
        expected = self.page.evaluate(f"() => {outer}") + height - size["height"]
        self.page.set_viewport_size({**size, "height": height})
        self._wait(f"Math.abs({outer} - arg) <= 1", f"the window to be {height} pixels high", 90, expected)

    # Commands

    def validate(self, timeout: float = 180) -> str:
        """Press nbgrader's Validate, wait for the dialog with the result, dismiss it, and return its title and text."""
        from playwright.sync_api import TimeoutError

        dialog = self.page.locator(".jp-Dialog")
        try:
            self.page.locator(".validate-button").get_by_text("Validate", exact=True).click(timeout=90_000)
            dialog.wait_for(timeout=timeout * 1000)
        except TimeoutError:
            raise LabError(f"Validate showed no result within {timeout:g} s.\n{self._state()}") from None
        title, body = dialog.locator(".jp-Dialog-header"), dialog.locator(".jp-Dialog-body")
        text = f"{title.inner_text()}\n{body.inner_text()}".replace("\xa0", " ").strip()
        dialog.locator(".jp-mod-accept").click()
        dialog.wait_for(state="detached")
        return text

    def save(self, timeout: float = 90) -> None:
        """Save the notebook to its file, again where a late output or a redrawn cell changed it meanwhile."""
        again = "do { await panel.context.save(); } while (panel.context.model.dirty);"
        self._do(again, f"{self.path} to be saved", timeout)

    @contextlib.contextmanager
    def in_theme(self, name: str):
        """Change the theme, e.g. to "JupyterLab Dark", and back at the end: else it stays for every later notebook."""
        before = self.page.evaluate("() => document.body.dataset.jpThemeName")
        self._change_theme(name)
        try:
            yield
        finally:
            self._change_theme(before)

    def _change_theme(self, name: str) -> None:
        self._do("await app.commands.execute('apputils:change-theme', {theme: arg});", f"theme {name}", 90, name)
        self._wait(f"document.body.dataset.jpThemeName === arg && {NO_SPLASH}", f"theme {name}", 90, name)

    def close(self) -> None:
        """Close the page without saving, and end the kernel, so that the notebook opens with a new one."""
        self._close_page()
        self.lab.end_sessions(self.path)

    def _close_page(self) -> None:
        if self in self.lab.notebooks:
            self.lab.notebooks.remove(self)
            self.page.context.close()

    def __enter__(self) -> Notebook:
        return self

    def __exit__(self, *_) -> None:
        self.close()


def _as_text(output: dict) -> str:
    """Return one output of a cell as plain text, without the colours of a terminal."""
    match output["output_type"]:
        case "stream":
            text = output["text"]
        case "error":
            text = output["traceback"] or [f"{output['ename']}: {output['evalue']}"]
            text = "\n".join(text)
        case _:
            text = output["data"].get("text/plain", "")
    return ANSI.sub("", text if isinstance(text, str) else "".join(text))
