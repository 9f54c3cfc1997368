"""Where nothing runs, a widget is a picture: on a page by nbconvert, in a notebook that JupyterLab does not trust."""

from __future__ import annotations

import nbformat
import pytest
from nbclient import NotebookClient
from nbconvert import HTMLExporter
from stored_pictures import assert_looks_as_stored
from widget_page import write_notebook


@pytest.fixture(scope="module")
def executed(tmp_path_factory, course_root):
    """A notebook that was run without a browser, and has no signature of this machine."""
    path = tmp_path_factory.mktemp("still") / "still.ipynb"
    write_notebook(path, "from backprop.widgets import CostContour\nCostContour(steps=5)")
    nb = nbformat.read(path, as_version=4)
    NotebookClient(nb, timeout=60, resources={"metadata": {"path": str(course_root)}}).execute()
    return nb


def test_a_page_by_nbconvert_shows_the_picture_and_no_error(browser, executed, tmp_path):
    (tmp_path / "page.html").write_text(HTMLExporter().from_notebook_node(executed)[0], encoding="utf-8")
    page = browser.new_page()
    try:
        page.goto((tmp_path / "page.html").as_uri(), wait_until="commit")
        still = page.locator(".lesson-static")
        still.wait_for()
        assert "run the cell to make it move" in still.inner_text()
        assert_looks_as_stored(still, "still-on-a-page")
        assert "rror" not in page.locator(".jp-OutputArea").inner_text()
    finally:
        page.close()


def test_a_notebook_that_is_not_trusted_shows_the_picture_and_no_error(widget_lab, executed):
    nbformat.write(executed, widget_lab.root / "untrusted.ipynb")
    with widget_lab.open("untrusted.ipynb") as notebook:
        output = notebook.cell(0).locator(".jp-OutputArea")
        output.locator(".lesson-static img").wait_for()
        output.locator(".lesson-static img").first.evaluate("img => img.decode()")  # in the page is not yet painted
        assert not notebook.page.evaluate("window.jupyterapp.shell.currentWidget.content.model.cells.get(0).trusted")
        assert_looks_as_stored(output.locator(".lesson-static"), "still-on-a-page")
        assert "rror" not in output.inner_text()
