"""A student scrubs along the activations: by mouse, by keyboard, in the dark, with and without a kernel."""

from __future__ import annotations

import pytest
from stored_pictures import alike, assert_is_a_still, assert_looks_as_stored, taken


@pytest.fixture
def explorer(show):
    return show("ActivationExplorer()")


def test_it_shows_the_tangent_and_says_the_slope(explorer):
    assert explorer.says().startswith("tanh at z = 1.20: answer 0.834, slope 0.305.")
    assert_looks_as_stored(explorer.root.locator(".lw-plot").first, "activation-explorer")
    assert explorer.notebook.console_errors == []


def test_dragging_moves_the_point_and_python_hears_of_it(explorer):
    before = taken(explorer.root.locator(".lw-plot").first)
    explorer.drag(explorer.root.locator(".lw-handle").first, (-120, 0))
    said = explorer.says()
    z = float(explorer.control("z").input_value())
    assert z < 0
    assert f"z = {z:.2f}".replace("-", "−") in said
    explorer.python_comes_to("it.z", z)
    assert not alike(before, taken(explorer.root.locator(".lw-plot").first))


def test_the_keyboard_moves_it_and_never_deletes_the_cell(explorer):
    explorer.press(explorer.control("z"), "ArrowRight", "ArrowRight", "d", "d", "ArrowUp")
    explorer.wait_until_it_says("z = 1.23")
    assert explorer.notebook.cells() == 2
    explorer.python_comes_to("it.z", 1.23)
    explorer.press(explorer.root.get_by_label("tanh", exact=True), "ArrowRight")
    explorer.wait_until_it_says("ReLU at z")
    explorer.python_comes_to("it.activation", "relu")


def test_a_step_does_not_learn_and_tanh_does(explorer):
    explorer.button("Play").click()
    explorer.wait_until_it_says("The target is reached.")
    explorer.button("Play").wait_for()  # it has stopped by itself
    explorer.root.get_by_label("step", exact=True).check()
    explorer.control("z").fill("2")
    explorer.wait_until_it_says("It cannot learn")
    explorer.button("Learn one step").click()
    explorer.python_comes_to("(it.z, it.next_z)", (2.0, 2.0))


def test_the_copied_line_makes_the_same_state(explorer):
    explorer.control("z").fill("-0.75")
    code = explorer.copied()
    assert code == 'ActivationExplorer(activation="tanh", z=-0.75, target=0)'
    explorer.python_comes_to("it.as_code()", code)


def test_what_python_sets_is_shown(explorer):
    explorer.say_in_python('it.activation, it.z = "sigmoid", 0.0')
    assert "answer 0.500, slope 0.250" in explorer.wait_until_it_says("sigmoid at z = 0.00")


def test_in_the_dark_theme_the_words_are_light(explorer):
    words = explorer.root.locator(".lw-says")
    light = words.evaluate("node => getComputedStyle(node).color")
    with explorer.notebook.in_theme("JupyterLab Dark"):
        assert words.evaluate("node => getComputedStyle(node).color") != light


def test_reopened_without_running_it_is_a_picture_with_a_sentence(explorer, reopened):
    assert_is_a_still(reopened(explorer), "activation-explorer-still")
