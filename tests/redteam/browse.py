"""Read the pages of some students in a browser, as an instructor would, and write down what the pages did.

    python browse.py RUN STUDENT …       in the course's folder; writes RUN/seen.json: {student: [what happened, …]}

A feedback page is opened as a file, and Formgrader's page from a real server. Each is clicked at nine places of up to
three windows of it, from top to bottom, and on what a student's text offers to click, but never on one of Formgrader's
own controls. Something happened when a script of the attack ran, when one is there at all, though it does nothing or
the page's policy refused it, when anything was asked for beyond the page's own parts, or when a score was sent.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import boxes
from playwright.sync_api import BrowserContext, Error, Page, Request, sync_playwright

FLAGS = [
    "--no-sandbox",  # the box around all of this is the sandbox
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-features=AutofillServerCommunication,OptimizationHints,MediaRouter",  # which call their maker
    "--no-first-run",
    "--no-proxy-server",
    # Strangers are the test's own listener; whatever the browser asks of its maker gets no answer.
    "--host-resolver-rules=MAP *.example 127.0.0.1:47631, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]
VIEW = {"width": 1200, "height": 800}
MATHJAX = "https://cdnjs.cloudflare.com/ajax/libs/mathjax/"
# As much of MathJax as Formgrader asks for; the real one would have to be fetched.
NO_MATHS = "window.MathJax = {Hub: {Config() {}, Queue() {}, Startup: {signal: {Interest(f) { f('End') }}}}}"
# Scripts in what a student wrote, whether they leave a trace or not, and all that the page's policy refuses to run.
WATCH = """
document.addEventListener("securitypolicyviolation", (event) => {
    if (event.effectiveDirective.startsWith("script-src")) redteamFound("has a script that is refused")
})
const acts = (element) => element.tagName?.toLowerCase() == "script"
    || [...(element.attributes ?? [])].some((one) => /^on/i.test(one.name))
new MutationObserver((changes) => {
    for (const change of changes) {
        if (!change.target.closest?.(".rendered_html, .output_subarea")) continue
        for (const node of change.addedNodes)
            if ([node, ...(node.querySelectorAll?.("*") ?? [])].some(acts)) redteamFound("has a script")
    }
}).observe(document, {childList: true, subtree: true})
"""
MOST_WINDOWS = 3  # of one page, between its top and its bottom
PATIENCE = 300  # milliseconds in which a page may act
OFFERED = "a, summary, label, button, details, area, input, math *"
# Whether at a place of the window something is that a student may have put there.
NOT_A_CONTROL = """([x, y]) => {
    const found = document.elementFromPoint(x, y)
    const theirs = found?.closest(".rendered_html, .output_subarea")
    return Boolean(found) && Boolean(theirs || !found.closest("nav, .scoring-buttons, .panel-footer, .help, input"))
}"""


class Reader:
    """One browser window in which pages are read; `seen` is what they did."""

    def __init__(self, context: BrowserContext, own: tuple[str, ...]):
        self.context, self.own = context, own
        self.seen: list[str] = []
        self.blocked: set[Request] = set()
        self.asked: list[tuple[Request, bool]] = []
        self.counts = True  # whether what is asked for now counts: not where an honest link was clicked
        context.expose_function("redteam", lambda *_: self._saw("runs a script"))
        context.expose_function("redteamFound", self._saw)
        context.add_init_script(WATCH)
        context.route(f"{MATHJAX}**", lambda route: route.fulfill(body=NO_MATHS, content_type="text/javascript"))
        context.on("request", lambda request: self.asked.append((request, self.counts)))
        context.on("requestfailed", self._failed)
        context.on("dialog", self._dialog)

    def _saw(self, what: str) -> None:
        if what not in self.seen:
            self.seen.append(what)

    def _failed(self, request: Request) -> None:
        if "csp" in str(request.failure):
            self.blocked.add(request)

    def _dialog(self, dialog) -> None:
        self._saw("opens a dialog")
        dialog.dismiss()

    def read(self, url: str) -> None:
        """Open a page, wait, and click."""
        page = self.context.new_page()
        page.goto(url, wait_until="load")
        page.wait_for_timeout(PATIENCE)
        for top in tops(page.evaluate("document.scrollingElement.scrollHeight")):
            for row in (1, 3, 5):
                for column in (1, 3, 5):
                    self._click_at(page, top, VIEW["width"] * column // 6, VIEW["height"] * row // 6)
        self.counts = False
        self._click_what_is_offered(page, url)
        self.counts = True
        page.close()
        for other in self.context.pages:
            other.close()
        self._judge()

    def _click_at(self, page: Page, top: int, x: int, y: int) -> None:
        with contextlib.suppress(Error):  # the page has gone elsewhere, which is seen by what it asked for
            page.evaluate("top => window.scrollTo(0, top)", top)
            if page.evaluate(NOT_A_CONTROL, [x, y]):
                page.mouse.click(x, y)
                page.wait_for_timeout(50)

    def _click_what_is_offered(self, page: Page, url: str) -> None:
        """Click on the first things in a student's text and outputs that can be clicked, and come back."""
        for number in range(8):
            with contextlib.suppress(Error):
                offered = page.locator(":is(.rendered_html, .output_subarea)").locator(OFFERED)
                if number >= offered.count():
                    return
                offered.nth(number).click(timeout=500, force=True)
                page.wait_for_timeout(100)
                if page.url.split("#")[0].split("?")[0] != url.split("?")[0]:
                    page.goto(url, wait_until="load")

    def _judge(self) -> None:
        called = []
        for request, counts in self.asked:
            if request in self.blocked:
                continue
            if request.method != "GET":
                self._saw("changes a score" if "/api/" in request.url else f"sends {request.url[:80]}")
            elif counts and not request.url.startswith(("data:", "blob:", "about:", MATHJAX, *self.own)):
                called.append(request.url.split("?")[0][:60])
        if called:  # the first tells enough
            self._saw(f"calls {called[0]}")
        self.asked.clear()


def tops(height: int) -> list[int]:
    """Return where windows begin that together cover a page of this height, as far as so many can."""
    last = max(height - VIEW["height"], 0)
    count = min(-(-height // VIEW["height"]), MOST_WINDOWS)
    return [last * number // max(count - 1, 1) for number in range(max(count, 1))]


def main(run: Path, students: list[str]) -> int:
    """Read the pages of all `students`."""
    notebooks = submitted()
    seen = {}
    with served() as (server, token), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=boxes.chromium(), args=FLAGS)
        for student in students:
            found = seen[student] = []
            for graded in sorted(Path("autograded", student).glob("*/*.ipynb")):
                page = Path("feedback", *graded.parts[1:]).with_suffix(".html").resolve()
                if not page.is_file():  # a file of the student's own, such as `..ipynb`, which nobody graded
                    continue
                found += read(browser, page.as_uri(), (page.parent.as_uri() + "/",), "feedback")
            for notebook in notebooks.get(student, []):
                place = f"{server}/formgrader/submissions/{notebook}/"
                own = (place, f"{server}/formgrader/static/", f"{server}/formgrader/api/")
                found += read(browser, place, own, "Formgrader", f"{server}/api/status?token={token}")
        browser.close()
    (run / "seen.json").write_text(json.dumps(seen))
    return 0


def read(browser, url: str, own: tuple[str, ...], where: str, first: str = "") -> list[str]:
    """Return what one page did, in words; `first` is opened before, to sign in."""
    with contextlib.closing(browser.new_context(viewport=VIEW)) as context:
        if first:
            page = context.new_page()
            page.goto(first)
            page.close()
        reader = Reader(context, own)
        reader.read(url)
        return [f"{what} in {where}" for what in reader.seen]


def submitted() -> dict[str, list[str]]:
    """Return the numbers under which Formgrader shows the notebooks of each student."""
    found: dict[str, list[str]] = {}
    with closing(sqlite3.connect("file:gradebook.db?mode=ro", uri=True)) as db:
        for student, notebook in db.execute(
            "SELECT s.student_id, n.id FROM submitted_notebook n JOIN submitted_assignment s ON n.assignment_id = s.id"
        ):
            found.setdefault(student, []).append(notebook)
    return found


@contextlib.contextmanager
def served() -> Iterator[tuple[str, str]]:
    """Have a Jupyter server with Formgrader in this folder; gives its address and its token."""
    token = secrets.token_hex(16)
    with tempfile.TemporaryDirectory(prefix="server-") as home:
        os.environ["HOME"] = os.environ["XDG_CONFIG_HOME"] = os.environ["XDG_CACHE_HOME"] = home  # the browser's too
        environment = os.environ | {
            name: f"{home}/{name}" for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR")
        }
        command = [sys.executable, "-P", "-m", "jupyter_server", "--allow-root", "--no-browser", "--ip=127.0.0.1"]
        command += ["--port=47700", "--ServerApp.port_retries=0", f"--IdentityProvider.token={token}"]
        server = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL)
        try:
            address = "http://127.0.0.1:47700"
            wait_for(f"{address}/api/status?token={token}", server)
            yield address, token
        finally:
            server.terminate()
            server.wait(20)


def wait_for(url: str, server: subprocess.Popen, seconds: float = 60) -> None:
    """Wait until something answers."""
    end = time.monotonic() + seconds
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    while time.monotonic() < end and server.poll() is None:
        with contextlib.suppress(OSError):
            direct.open(url, timeout=10).close()
            return
        time.sleep(0.1)
    raise TimeoutError(f"the server does not answer: {server.poll()}")


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2:]))
