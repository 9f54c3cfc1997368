"""A student maps the cost of their own network: by mouse and keyboard, stopped and going on, and without a kernel."""

from __future__ import annotations

import pytest
from stored_pictures import alike, assert_is_a_still, assert_looks_as_stored, taken
from two_layers import functions

CALL = "NetworkCost(X, Y, parameters, forward_propagation, {cost}, back_propogation, update_parameters{more})"
SLOW = """
import threading, time
gate = threading.Event()
def slow_cost(A2, Y):
    if slow_cost.count >= 110 and not gate.is_set():  # training is done, and the map has begun
        time.sleep(0.1)
    slow_cost.count += 1
    return computer_cost(A2, Y)
slow_cost.count = 0
"""


@pytest.fixture
def mapped(show, course_root):
    """A function that shows the map of the lesson's first network."""

    def shown(cost="computer_cost", setup="", **state):
        state = {"across": "W2[0, 0]", "up": "b2[0, 0]", **state}
        more = "".join(f", {name}={value!r}" for name, value in state.items())
        return show(CALL.format(cost=cost, more=more), functions(course_root) + setup)

    return shown


@pytest.fixture
def it(mapped):
    page = mapped()
    page.wait_until_it_says("The map goes from")
    page.python_comes_to("it._status['doing']", "nothing")
    return page


def cost_in(words: str, before: str) -> float:
    """Return the number that stands after these words."""
    return float(words.split(before)[1].split()[0].rstrip(".,"))


def test_it_trains_and_maps_and_says_what_it_shows(it):
    assert it.says().startswith("Step 100 of 100: cost 0.218, and 0.218 on the map beneath. The map goes from 0.213")
    assert it.python("it._status") == {"doing": "nothing", "share": 1.0}
    assert_looks_as_stored(it.root.locator(".lw-plot").first, "network-cost")
    assert it.notebook.console_errors == []


def test_the_keyboard_scrubs_the_training_and_never_deletes_the_cell(it):
    before = taken(it.root.locator(".lw-plot").first)
    it.press(it.control("step of training"), "Home", "ArrowRight", "d", "d", "ArrowUp")
    said = it.wait_until_it_says("Step 2 of 100")
    assert it.notebook.cells() == 2
    it.python_comes_to("it.step", 2)
    assert cost_in(said, "cost ") == pytest.approx(it.python("float(it.costs[2])"), rel=5e-3)
    assert not alike(before, taken(it.root.locator(".lw-plot").first))


def test_a_dragged_point_has_the_cost_that_the_students_functions_give(it):
    it.drag(it.root.locator(".lw-network-point"), (70, -60))
    said = it.wait_until_it_says("At the point")
    a, b = it.python("it.path[-1].tolist()")
    it.python_comes_to("len(it.point)", 2)
    point = it.python("it.point")
    assert point[0] > a
    assert point[1] > b
    assert cost_in(said, "about ") == pytest.approx(it.python("it.cost"), rel=0.01)
    it.press(it.control("W2[0, 0]"), "ArrowLeft", "ArrowLeft")
    it.python_comes_to(f"it.point[0] < {point[0]}", True)
    it.button("Put the point back on the path").click()
    it.python_comes_to("it.point", [])


def test_other_directions_and_other_parameters_are_mapped(it):
    it.root.get_by_label("two random directions").check()
    it.python_comes_to("(it._map['key'], it._status['doing'])", ("random|W2[0, 0]|b2[0, 0]|1|-1|1", "nothing"))
    it.control("seed").fill("4")
    it.control("seed").press("Enter")
    it.python_comes_to("it._map['key']", "random|W2[0, 0]|b2[0, 0]|4|-1|1")
    it.root.get_by_label("two parameters").check()
    it.control("across: column").fill("7")
    it.control("across: column").press("Enter")
    it.button("Wider").click()
    it.python_comes_to("it._map['key']", "parameters|W2[0, 7]|b2[0, 0]|4|-1|0.5")
    it.wait_until_it_says("The map goes from")


def test_play_walks_the_path_to_its_end(it):
    it.control("step of training").fill("90")
    it.wait_until_it_says("Step 90 of")
    it.button("Play").click()
    it.wait_until_it_says("Step 100 of 100")
    it.button("Play").wait_for()
    it.python_comes_to("it.step", 100)


def test_the_notebook_is_free_while_the_map_is_computed_and_stop_stops(mapped):
    it = mapped(cost="slow_cost", setup=SLOW)
    it.root.locator(".lw-progress").wait_for()
    assert it.python("6 * 7") == 42
    assert it.python("(it.working, it._survey.begun(it.view) < 1681)") == (True, True)
    it.button("Stop").click()
    it.button("Go on").wait_for()
    done = it.python("it._survey.begun(it.view)")
    assert it.python("(it.working, it._survey.begun(it.view))") == (False, done)
    it.say_in_python("gate.set()")
    it.button("Go on").click()
    it.python_comes_to("it._survey.begun(it.view)", 1681)
    it.wait_until_it_says("The map goes from")


def test_a_cost_that_fails_half_way_is_said_in_the_widgets_place(mapped):
    setup = """
def own_cost(A2, Y):
    if A2[0, 0] > 0.9:
        raise ValueError("too sure of itself")
    return computer_cost(A2, Y)
"""
    it = mapped(cost="own_cost", setup=setup, zoom=0.1)
    notice = it.root.locator(".lw-notice")
    notice.wait_for()
    assert notice.inner_text() == "own_cost raises ValueError: too sure of itself."


def test_the_copied_line_makes_the_same_state(it):
    it.control("step of training").fill("40")
    it.wait_until_it_says("Step 40 of")
    code = it.copied()
    assert code.startswith("NetworkCost(X, Y, parameters, forward_propagation, computer_cost, back_propogation, ")
    assert code.endswith('across="W2[0, 0]", up="b2[0, 0]", seed=1, around=-1, zoom=1, step=40, point=[])')
    it.python_comes_to("it.as_code()", code)


def test_reopened_without_running_it_is_a_picture_of_the_whole_map(it, reopened):
    assert_is_a_still(reopened(it), "network-cost-still", "white where it is 0.213 and black where it is 0.426")


def test_in_the_dark_theme_the_words_are_light(it):
    words = it.root.locator(".lw-says")
    light = words.evaluate("node => getComputedStyle(node).color")
    with it.notebook.in_theme("JupyterLab Dark"):
        assert words.evaluate("node => getComputedStyle(node).color") != light
