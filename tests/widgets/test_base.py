"""What every widget promises: all seven are there, cheap to import, quick to make, and shown without a kernel."""

from __future__ import annotations

import re
import subprocess
import sys
import xml.etree.ElementTree as ET

import pytest
from IPython.core.displaypub import CapturingDisplayPublisher
from IPython.core.interactiveshell import InteractiveShell

import backprop.widgets
from backprop import BackpropError
from backprop.widgets import ActivationExplorer
from backprop.widgets.shared.base import STILL, VIEW, LessonWidget, WidgetError


@pytest.fixture
def published(monkeypatch):
    """What is displayed, as a list of dicts."""
    shell = InteractiveShell.instance()
    publisher = CapturingDisplayPublisher()
    monkeypatch.setattr(shell, "display_pub", publisher)
    return publisher.outputs


def test_importing_the_package_imports_no_widget_library():
    code = "import sys, backprop.widgets; print([m for m in sys.modules if m.startswith(('anywidget', 'ipywidgets'))])"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert ran.stdout.strip() == "[]"


def test_a_widget_that_there_is_not_is_an_attribute_error_and_the_others_are_listed():
    with pytest.raises(AttributeError, match="Contours"):
        _ = backprop.widgets.Contours
    assert "CostContour" in dir(backprop.widgets)
    assert len(backprop.widgets.__all__) == 7


def test_showing_gives_a_still_picture_and_a_live_view_of_it(published):
    ActivationExplorer()._ipython_display_()
    still, live = (output["data"] for output in published)
    assert still["image/svg+xml"].startswith("<svg")
    assert STILL in still["text/html"]
    assert "lesson-static" in still["text/html"]
    assert live[VIEW]["model_id"]
    assert live["text/plain"] == ""


def test_words_that_are_shown_alone_speak_of_no_picture(published):
    widget = ActivationExplorer()
    widget._ipython_display_()
    assert published[0]["data"]["text/plain"] == f"ActivationExplorer: {widget.described()}"


def test_the_bundle_of_types_holds_view_picture_and_words_for_whoever_asks():
    data, _ = ActivationExplorer()._repr_mimebundle_()
    assert {VIEW, "image/svg+xml", "text/html", "text/plain"} <= data.keys()


def test_the_still_picture_is_a_sound_document_with_its_sentence_and_of_moderate_size():
    svg = ActivationExplorer(activation="relu", z=-1).static_svg()
    root = ET.fromstring(svg)
    words = " ".join(text.text for text in root.iter("{http://www.w3.org/2000/svg}text"))
    assert "ReLU at z = −1" in words
    assert "run the cell" in words
    assert len(svg) < 30_000


def test_the_script_is_one_module_without_imports():
    script = ActivationExplorer()._esm
    assert not re.search(r"^import\b", script, re.MULTILINE)
    assert script.count("export default") == 1


def test_the_state_is_synced_without_an_echo_and_the_data_is_no_state():
    widget = ActivationExplorer()
    assert set(widget.traits(echo_update=False)) == {"activation", "z", "target"}
    assert widget.traits()["reach"].metadata.get("code") is None


def test_an_argument_that_there_is_not_is_refused_in_one_sentence():
    with pytest.raises(TypeError, match="zoom"):
        ActivationExplorer(zoom=3)


def test_a_complaint_is_a_value_error_and_one_line_in_a_notebook():
    complaint = WidgetError("z is 9, and has to be a number from −5 to 5.")
    assert isinstance(complaint, ValueError)
    assert isinstance(complaint, BackpropError)
    assert complaint._render_traceback_() == ["WidgetError: z is 9, and has to be a number from −5 to 5."]


def test_a_trait_that_refuses_a_value_is_a_complaint_as_well():
    with pytest.raises(WidgetError, match="cannot be made"):
        LessonWidget.__init__(ActivationExplorer.__new__(ActivationExplorer), z="far")
    with pytest.raises(WidgetError, match="no argument `zoom`"):
        LessonWidget.__init__(ActivationExplorer.__new__(ActivationExplorer), zoom=1)
