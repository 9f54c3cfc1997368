"""The lessons' pictures: the committed files are what the script draws, and anybody can read them."""

from __future__ import annotations

import importlib
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import numpy as np
import pytest

TOOLS = Path(__file__).resolve().parents[2] / "tools"
sys.path[:0] = [str(TOOLS), str(TOOLS / "drawings")]

import pictures as tool  # noqa: E402

DRAWN = {f"{lesson}/{name}": text for lesson in tool.LESSONS for name, text in tool.drawn(lesson).items()}
OKABE_ITO = {"#0072B2", "#CC79A7", "#D55E00", "#009E73"}
NEUTRAL = {"#1F2328", "#4B535C", "#FFFFFF", "#C9CDD2", "none"}
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def written(tmp_path):
    """A folder like source/, its pictures just written."""
    tool.main([], tmp_path)
    return tmp_path


@pytest.fixture(params=DRAWN)
def drawn(request):
    return ElementTree.fromstring(DRAWN[request.param])


@pytest.fixture
def two_layer_network():
    return importlib.import_module("two_layer_network")


def test_the_committed_pictures_are_what_the_script_draws():
    command = [sys.executable, TOOLS / "pictures.py", "--check"]
    result = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert (result.returncode, result.stderr) == (0, "")


def test_pictures_just_written_are_not_stale(written):
    assert tool.main(["--check"], written) == 0


def test_a_changed_picture_is_named_with_the_command_that_mends_it(written, capsys):
    file = written / "two_layer_network" / "images" / "loop.svg"
    file.write_text(file.read_text(encoding="utf-8").replace("forward", "onward"), encoding="utf-8")
    assert tool.main(["--check"], written) == 1
    said = "two_layer_network: loop.svg differs from its drawing.\n  Run: python tools/pictures.py\n"
    assert capsys.readouterr().err == said
    assert "onward" in file.read_text(encoding="utf-8"), "a check must not write"


def test_a_missing_picture_is_named_with_the_command_that_mends_it(written, capsys):
    (written / "two_layer_network" / "images" / "shapes.svg").unlink()
    assert tool.main(["--check"], written) == 1
    assert "shapes.svg is missing.\n  Run: python tools/pictures.py\n" in capsys.readouterr().err


def test_a_picture_that_nothing_draws_is_named(written, capsys):
    (written / "one_neuron" / "images" / "old.svg").write_text("<svg/>", encoding="utf-8")
    assert tool.main(["--check"], written) == 1
    assert "old.svg has no drawing.\n  Delete it" in capsys.readouterr().err


def test_a_picture_says_in_words_what_it_shows(drawn):
    assert drawn.get("role") == "img"
    assert [part.tag for part in drawn[:2]] == [f"{SVG}title", f"{SVG}desc"]
    assert all(len(part.text) > 10 for part in drawn[:2])


def test_a_picture_stands_on_a_light_card_as_large_as_itself(drawn):
    card = drawn[2]
    assert (card.tag, card.get("fill")) == (f"{SVG}rect", "#FFFFFF")
    assert float(card.get("width")) == float(drawn.get("width")) - 2 == 718
    assert float(card.get("height")) == float(drawn.get("height")) - 2


def test_a_picture_has_no_text_below_13_px(drawn):
    sizes = [part.get("font-size") for part in drawn.iter() if part.tag == f"{SVG}text" or part.get("font-size")]
    assert min(map(float, sizes)) >= 13


def test_a_picture_keeps_to_colours_that_colour_blind_readers_tell_apart(drawn):
    used = {part.get(use) for part in drawn.iter() for use in ("fill", "stroke")} - {None}
    assert used <= OKABE_ITO | NEUTRAL


def test_a_picture_is_drawn_with_plain_shapes_and_refers_to_nothing_outside(drawn):
    assert {part.tag.removeprefix(SVG) for part in drawn.iter()} <= {
        *("svg", "title", "desc", "text", "tspan"),
        *("rect", "circle", "path", "polygon", "polyline"),
    }
    values = [value for part in drawn.iter() for value in part.attrib.values()]
    assert not [value for value in values if re.search(r"url\(|https?:|data:", value)]


def test_the_curves_are_the_sigmoid_and_its_slope(two_layer_network):
    drawn = ElementTree.fromstring(two_layer_network.sigmoid())
    curves = [line.get("points") for line in drawn.iter(f"{SVG}polyline") if line.get("stroke-width") == "3"]
    (x, phi), (_, slope) = (np.array([point.split(",") for point in curve.split()], float).T for curve in curves)
    z, pixels = np.linspace(-6, 6, len(x)), 220
    bottom = 270
    np.testing.assert_allclose((bottom - phi) / pixels, 0.5 + 0.5 * np.tanh(z / 2), atol=0.06 / pixels)
    np.testing.assert_allclose((bottom - slope) / pixels, 0.25 / np.cosh(z / 2) ** 2, atol=0.06 / pixels)


def test_the_good_rate_descends_the_small_one_crawls_and_the_large_one_climbs(two_layer_network, monkeypatch):
    valleys = []
    monkeypatch.setattr(two_layer_network, "valley", lambda *place, **_: valleys.append(place[-1]) or "")
    two_layer_network.descent()
    good, small, large = (np.array(weights) for weights in valleys)
    assert len(good) == 4
    assert (np.diff(good**2) < 0).all()
    assert small[-1] > 0.75 * small[0]
    assert (np.diff(large**2) > 0).all()
    assert (np.sign(large[1:]) == -np.sign(large[:-1])).all()
