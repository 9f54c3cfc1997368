"""A page made of a notebook, where nothing runs, shows each widget as a picture with a sentence."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from IPython.core.displaypub import CapturingDisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from nbconvert import HTMLExporter
from nbgrader.server_extensions.formgrader import handlers as formgrader
from traitlets.config import Config, PyFileConfigLoader

from backprop.widgets import CostContour
from backprop.widgets.shared.base import STILL, VIEW

GRADES = {"notebook": "one", "score": 3, "max_score": 5, "late_penalty": 0}  # that pages of feedback begin with
PICTURE = "data:image/svg+xml;base64,"


@pytest.fixture
def notebook(monkeypatch):
    """A notebook that has shown a widget, with its state as nbclient stores it."""
    publisher = CapturingDisplayPublisher()
    monkeypatch.setattr(InteractiveShell.instance(), "display_pub", publisher)
    widget = CostContour(steps=3)
    widget._ipython_display_()
    outputs = [nbformat.v4.new_output("display_data", data=output["data"]) for output in publisher.outputs]
    nb = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("CostContour(steps=3)", outputs=outputs)])
    script = {"model_name": "AnyModel", "model_module": "anywidget", "state": {"_esm": "alert(1)"}}
    state = {"state": {widget.model_id or outputs[1].data[VIEW]["model_id"]: script}, "version_major": 2}
    nb.metadata["widgets"] = {"application/vnd.jupyter.widget-state+json": state}
    return nb


@pytest.fixture(scope="module")
def course_settings(course_root) -> Config:
    """The settings of the course, with the template in which nbgrader writes feedback."""
    settings = PyFileConfigLoader(str(course_root / "nbgrader_config.py")).load_config()
    settings.HTMLExporter.template_name = "feedback"
    settings.HTMLExporter.extra_template_basedirs = [formgrader.template_path]
    styles = Path(formgrader.static_path, "node_modules", "bootstrap", "dist", "css")
    settings.HTMLExporter.extra_template_paths = [str(styles)]
    return settings


def page(nb, settings: Config) -> str:
    return HTMLExporter(config=settings).from_notebook_node(nb, resources={"nbgrader": GRADES})[0]


def test_a_page_by_nbconvert_has_picture_and_sentence(notebook):
    html = page(notebook, Config())
    assert 'class="lesson-static"><img alt="Map of the cost' in html
    assert PICTURE in html
    assert STILL in html


def test_a_page_of_feedback_has_the_picture_and_never_the_live_widget(notebook, course_settings):
    html = page(notebook, course_settings)
    assert PICTURE in html
    assert f'<script type="{VIEW}">' not in html
    assert f'<script type="{VIEW}">' in page(notebook, Config())  # which would run a student's script


def test_feedback_still_shows_tables_as_tables(course_settings):
    data = {"text/html": "<table><tr><td>7</td></tr></table>", "text/plain": "7"}
    output = nbformat.v4.new_output("display_data", data=data)
    nb = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("table", outputs=[output])])
    assert "<td>7</td>" in page(nb, course_settings)
