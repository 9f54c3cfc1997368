"""Fixtures for the tests that drive JupyterLab in a browser; where there is no browser, they are skipped.

`lab_at(folder)` is all that most tests need; `lab_at(folder).open("x.ipynb")` is a `Notebook`.
"""

from __future__ import annotations

import os
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))  # so that `lab` is found however pytest is told to import

from lab import CHROMIUM_FLAGS, Lab, find_chromium  # noqa: E402
from widget_page import WidgetPage, write_notebook  # noqa: E402


def pytest_configure(config):
    config.addinivalue_line("markers", "slow: takes seconds, not milliseconds; leave out with -m 'not slow'")


@pytest.hookimpl(tryfirst=True)  # before -m decides by the marks
def pytest_collection_modifyitems(items):
    ours = [item for item in items if item.path.is_relative_to(HERE)]
    for item in ours:
        item.add_marker(pytest.mark.slow)
    # Last of all: while playwright runs, its event loop counts as running, and refuses every asyncio.run() elsewhere.
    items[:] = [item for item in items if not item.path.is_relative_to(HERE)] + ours


@pytest.fixture(scope="session")
def browser():
    """A headless Chromium, shared by all tests."""
    path = find_chromium()
    if path is None:
        pytest.skip("no Chromium found; install one with: sudo apt-get install chromium")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        pytest.skip("playwright is missing: pip install playwright; and for the browser: sudo apt-get install chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def lab_at(browser):
    """A function that starts a `Lab` over a folder, or returns the one that already runs there; `env` as for `Lab`."""
    labs: dict[Path, Lab] = {}
    with ExitStack() as running:

        def start(root: str | Path, **options) -> Lab:
            root = Path(root).resolve()
            if root not in labs:
                labs[root] = running.enter_context(Lab(root, browser, **options))
            return labs[root]

        yield start


@pytest.fixture(scope="session")
def widget_lab(browser, course_root, tmp_path_factory):
    """One JupyterLab for the tests of all widgets, over a folder of its own."""
    with Lab(tmp_path_factory.mktemp("widgets"), browser, env={"PYTHONPATH": str(course_root)}) as lab:
        yield lab


@pytest.fixture(scope="session")
def widget_notebook(widget_lab):
    """A function that opens a notebook of two cells in that JupyterLab, or returns the one that is open and sound."""
    write_notebook(widget_lab.root / "widgets.ipynb", "", "")
    opened = []

    def notebook():
        if not (opened and opened[-1] in widget_lab.notebooks and opened[-1].cells() == 2):
            write_notebook(widget_lab.root / "widgets.ipynb", "", "")
            opened.append(widget_lab.open("widgets.ipynb"))  # which closes the one before
        return opened[-1]

    return notebook


@pytest.fixture
def show(widget_notebook):
    """A function that shows a widget, given as an expression after some lines of set-up, and returns its page.

    The notebook, its page and its kernel are shared by all tests that take this.
    """

    def shown(expression: str, setup: str = "") -> WidgetPage:
        notebook = widget_notebook()
        notebook.console_errors.clear()
        name = expression.split("(")[0]
        notebook.set_source(0, f"from backprop.widgets import {name}\n{setup}\nit = {expression}\nit")
        return WidgetPage(notebook)

    return shown


@pytest.fixture
def reopened(widget_lab):
    """A function that saves a widget's notebook, opens a copy, runs nothing, and returns the cell that shows it."""
    path = "reopened.ipynb"

    def cell(page: WidgetPage):
        page.notebook.save()
        (widget_lab.root / path).write_bytes((widget_lab.root / page.notebook.path).read_bytes())
        return widget_lab.open(path).cell(0)

    yield cell
    for notebook in [n for n in widget_lab.notebooks if n.path == path]:
        notebook.close()


@pytest.fixture(scope="session")
def screenshots(tmp_path_factory) -> Path:
    """Where pictures go: the folder named by SCREENSHOTS, or a temporary one."""
    folder = Path(os.environ.get("SCREENSHOTS") or tmp_path_factory.mktemp("screenshots"))
    folder.mkdir(parents=True, exist_ok=True)
    return folder
