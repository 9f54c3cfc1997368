"""Pages that show students' work run nothing of theirs and call nobody, even where a filter lets everything through."""

from __future__ import annotations

import base64
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import nbgrader.server_extensions.formgrader as formgrader
import pytest
from nbconvert.exporters import HTMLExporter
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from traitlets.config import Config

from examiner.pipeline.safe_page import MATHJAX, SafePage

HOLES = """
<script>seen("a script")</script> <img src="x" onerror="seen('a handler')">
<a id="link" href="javascript:seen('a link')">x</a>
<script src="HERE/script"></script> <img src="HERE/image"> <iframe src="HERE/frame"></iframe>
<object data="HERE/object"></object><embed src="HERE/embed"><link rel="stylesheet" href="HERE/link">
<style>@import url(HERE/import); body {
background: url(HERE/style) } @font-face { font-family: x; src: url(HERE/font) } p { font-family: x }</style><p>x</p>
<video src="HERE/video" poster="HERE/poster"></video> <base href="HERE/"> <iframe srcdoc="<script>parent.seen('a frame')
</script>"></iframe> <script type="text/x-mathjax-config">seen("a configuration")</script>
<svg onload="seen('a drawing')">
<image href="HERE/svg"/></svg> <form id="form" action="HERE/form"><input name="x"></form>
"""
# What such a page does at the least, and whom it calls, where nothing forbids it.
ACTS = {"a script", "a handler", "a link", "a frame", "a drawing"}
CALLS = {"/script", "/image", "/frame", "/import"}


@pytest.fixture
def listener():
    """A server on loopback, and what was asked of it."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path.split("?")[0])
            self.send_response(404)
            self.end_headers()

        def log_message(self, *_): ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    server.server_close()


def config(**filters) -> Config:
    made = Config()
    made.HTMLExporter.template_name = "feedback"
    made.HTMLExporter.extra_template_basedirs = [str(Path(formgrader.__file__).parent / "templates")]
    css = "static/node_modules/bootstrap/dist/css"
    made.HTMLExporter.extra_template_paths = [str(Path(formgrader.__file__).parent / css)]
    made.HTMLExporter.filters = filters
    return made


def page_of(exporter: HTMLExporter, text: str, shown: str = "") -> str:
    outputs = [new_output("display_data", data={"text/html": shown})] if shown else []
    nb = new_notebook(cells=[new_markdown_cell(text), new_code_cell("1", outputs=outputs)])
    said = {"nbgrader": {"notebook": "n", "score": 1, "max_score": 2, "late_penalty": 0}}
    return exporter.from_notebook_node(nb, said)[0]


def opened(browser, path: Path, html: str, mathjax: str = ""):
    """Open a page with a stand-in for MathJax, and return it with what ran in it."""
    path.write_text(html, encoding="utf-8")
    ran: list[str] = []
    page = browser.new_page()
    page.expose_function("seen", lambda what: ran.append(what))
    page.route(f"{MATHJAX}**", lambda route: route.fulfill(body=mathjax, content_type="text/javascript"))
    page.goto(path.as_uri(), wait_until="load")
    page.wait_for_timeout(300)
    return page, ran


def raw(source: str) -> str:
    return source


def tried(browser, listener, exporter: type[HTMLExporter], path: Path, patience: float) -> tuple[list[str], list[str]]:
    """Return what ran and what was asked for on a page whose filters let everything through.

    Waits until all of `ACTS` and `CALLS` came, for at most `patience` seconds.
    """
    here, asked = listener
    holes = HOLES.replace("HERE", here)
    html = page_of(exporter(config=config(markdown2html=raw, clean_html=raw)), holes, holes)
    page, ran = opened(browser, path, html)
    page.locator("#link").first.evaluate("link => link.click()")
    page.wait_for_timeout(200)
    page.locator("#form").first.evaluate("form => form.submit()")
    until = time.monotonic() + patience
    while not {*ran, *asked} >= ACTS | CALLS and time.monotonic() < until:
        page.wait_for_timeout(100)
    page.close()
    return ran, asked


def test_behind_a_hole_in_the_filters_nothing_runs_and_nobody_is_called(browser, listener, tmp_path):
    assert tried(browser, listener, SafePage, tmp_path / "page.html", patience=1) == ([], [])


def test_without_the_policy_the_same_page_would_act(browser, listener, tmp_path):
    ran, asked = tried(browser, listener, HTMLExporter, tmp_path / "page.html", patience=60)
    assert set(ran) >= ACTS
    assert set(asked) >= CALLS


def test_formulas_are_set_by_mathjax_which_finds_its_settings_there(browser, tmp_path):
    page, _ = opened(
        browser,
        tmp_path / "page.html",
        page_of(SafePage(config=config()), "$x$"),
        "document.title = [MathJax.displayAlign, MathJax.tex2jax.inlineMath[0][0], MathJax.Safe.allow.URLs].join(' ');"
        "const part = document.createElement('script'); part.text = 'window.more = 1'; document.head.append(part)",
    )
    assert page.title() == "center $ none"
    assert page.evaluate("window.more") == 1  # MathJax loads its parts in this way
    page.close()


def test_pictures_in_a_page_and_beside_it_are_shown(browser, tmp_path):
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><circle r="9"/></svg>'
    (tmp_path / "beside.svg").write_text(drawing)
    pasted = base64.b64encode(drawing.encode()).decode()
    text = f"![a](beside.svg) ![b](data:image/svg+xml;base64,{pasted})"
    page, _ = opened(browser, tmp_path / "page.html", page_of(SafePage(config=config()), text))
    assert page.evaluate("[...document.images].map(image => image.naturalWidth)") == [9, 9]
    page.close()


def test_each_page_has_a_word_of_its_own():
    exporter = SafePage(config=config())
    first, second = page_of(exporter, "x"), page_of(exporter, "x")
    words = {page.partition("'nonce-")[2].partition("'")[0] for page in (first, second)}
    assert len(words) == 2
    assert all(len(word) >= 20 for word in words)
    assert first.count("<script") == first.count("<script nonce=") == 2
