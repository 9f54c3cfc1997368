"""A student walks down the cost map: by mouse, by keyboard, with a prediction, and with slopes of their own."""

from __future__ import annotations

import pytest
from stored_pictures import alike, assert_is_a_still, assert_looks_as_stored, taken

LESSON = """
import numpy as np
training_set = [(1, 0), (0, 1)]
def cost_of_set(w, b, examples):
    return np.mean([(np.tanh(w * x + b) - y) ** 2 for x, y in examples])
def dCdb(w, b, x, y):
    return 2 * (np.tanh(w * x + b) - y) / np.cosh(w * x + b) ** 2
def dCdw(w, b, x, y):
    return dCdb(w, b, x, y) * x
def wrong(w, b, x, y):
    return dCdb(w, b, x, y) * y
"""


@pytest.fixture
def contour(show):
    return show("CostContour(training_set)", LESSON)


def plot(page):
    return page.root.locator(".lw-plot").first


def test_it_shows_the_map_and_says_where_the_walk_begins(contour):
    assert contour.says() == "Start: w = 1.30, b = −0.10, cost 0.952; gradient (0.254, −0.834)."
    assert_looks_as_stored(plot(contour), "cost-contour")
    assert contour.notebook.console_errors == []


def test_steps_lead_where_the_handout_says_and_back(contour):
    for _ in range(5):
        contour.button("Step").click()
    assert contour.wait_until_it_says("Step 5:").startswith("Step 5: w = 0.62, b = 0.95, cost 0.455")
    assert_looks_as_stored(plot(contour), "cost-contour-five-steps")
    contour.python_comes_to("[round(value, 4) for value in it.point]", [0.6235, 0.9456])
    contour.button("Back to the start").click()
    contour.wait_until_it_says("Start: w = 1.30")
    contour.python_comes_to("it.steps", 0)


def test_every_height_can_be_read_and_none_hides_half_behind_a_mark(contour):
    seen = contour.root.evaluate(
        """root => [...root.querySelectorAll('.lw-height')].filter(g => g.style.visibility !== 'hidden').map(g => {
            const [plate, text] = g.children, ring = root.querySelector('.lw-cc-start').getBoundingClientRect();
            const [outer, inner] = [plate.getBoundingClientRect(), text.getBoundingClientRect()];
            return {text: text.textContent, paper: getComputedStyle(plate).fill, ink: getComputedStyle(text).fill,
                fits: inner.left >= outer.left && inner.right <= outer.right,
                free: outer.right < ring.left || outer.left > ring.right
                    || outer.bottom < ring.top || outer.top > ring.bottom}; })"""
    )
    assert "0.8" in [height["text"] for height in seen]
    assert all(height["fits"] and height["free"] for height in seen)
    assert {(height["ink"], height["paper"]) for height in seen} == {("rgb(17, 17, 17)", "rgb(255, 255, 255)")}


def test_what_the_slider_and_the_sentence_call_w_are_told_apart(contour):
    contour.say_in_python("it.steps = 5")
    assert contour.wait_until_it_says("Step 5:").startswith("Step 5: w = 0.62")
    assert contour.control("start w").input_value() == "1.3"


def test_dragging_the_start_redraws_the_whole_path_and_python_hears_of_it(contour):
    contour.say_in_python("it.steps = 10")
    contour.wait_until_it_says("Step 10:")
    before = contour.root.locator(".lw-cc-path").first.get_attribute("d")
    contour.drag(contour.root.locator(".lw-cc-start"), (-110, -60))
    w, b = (float(contour.control(f"start {name}").input_value()) for name in "wb")
    assert w < 0.5
    assert b > 0.5
    assert contour.root.locator(".lw-cc-path").first.get_attribute("d") != before
    contour.python_comes_to("(it.w, it.b, it.steps)", (w, b, 10))


def test_a_finger_drags_the_start_and_the_page_stays_where_it_is(contour):
    top = contour.root.bounding_box()["y"]
    forkserver = contour.root.locator(".lw-cc-start").bounding_box()
    x, y = forkserver["x"] + forkserver["width"] / 2, forkserver["y"] + forkserver["height"] / 2
    contour.drag_with_a_finger(*((x - 10 * k, y - 6 * k) for k in range(12)))
    w, b = (float(contour.control(f"start {name}").input_value()) for name in "wb")
    assert w < 0.5
    assert b > 0.5
    assert contour.root.bounding_box()["y"] == top
    contour.python_comes_to("(it.w, it.b)", (w, b))


def test_the_keyboard_does_everything_and_never_deletes_the_cell(contour):
    contour.press(contour.control("start w"), "ArrowRight", "ArrowRight", "d", "d", "ArrowUp")
    contour.wait_until_it_says("w = 1.33")
    contour.press(contour.control("η"), "ArrowLeft")
    contour.press(contour.button("Step"), "Enter", "Space")
    contour.wait_until_it_says("Step 2:")
    assert contour.notebook.cells() == 2
    contour.python_comes_to("(it.w, it.eta, it.steps)", (1.33, 0.89, 2))
    contour.control("start at").select_option("start")
    contour.wait_until_it_says("Start: w = 1.30, b = −0.10")


def test_play_runs_until_pause(contour):
    step = int(contour.play_until(r"Step ([3-9]|\d\d)").split(":")[0].removeprefix("Step "))
    assert step < contour.python("it.most_steps")
    contour.python_comes_to("it.steps", step)


def test_a_named_start_sets_point_and_rate(contour):
    contour.control("start at").select_option("divergence")
    contour.button("Step").click()
    contour.button("Step").click()
    assert "cost 2.136" in contour.wait_until_it_says("Step 2:")
    contour.python_comes_to("it.as_code()", "CostContour(training_set, w=-1, b=1, eta=8, steps=2)")


def test_predict_first_locks_play_until_the_mark_is_set_and_then_judges_it(contour):
    contour.control("Predict first").check()
    contour.wait_until_it_says("Predict first: where will 10 steps end?")
    for name in ("Play", "Step"):
        assert contour.button(name).get_attribute("aria-disabled") == "true"
        contour.press(contour.button(name), "Enter")
    assert contour.says().startswith("Start:")
    forkserver = plot(contour).bounding_box()
    contour.page.mouse.click(forkserver["x"] + 0.5 * forkserver["width"], forkserver["y"] + 0.4 * forkserver["height"])
    contour.wait_until_it_says("Now play 10 steps.")
    contour.press(contour.control("mark b"), "ArrowUp")
    contour.button("Play").click()
    assert "away from where the walk ended" in contour.wait_until_it_says("Step 10:")
    contour.button("Play").wait_for()
    mark = contour.python("list(it.prediction)")
    contour.python_comes_to("(it.predict, it.steps)", (True, 10))
    assert contour.copied().endswith(f"steps=10, predict=True, prediction=[{mark[0]:g}, {mark[1]:g}])")


def test_right_slopes_lie_on_the_true_arrow_and_wrong_ones_do_not(show):
    right = show("CostContour(training_set, cost=cost_of_set, dCdw=dCdw, dCdb=dCdb)", LESSON)
    right.control("Your own gradient").check()
    right.wait_until_it_says("Your arrow lies on the true one.")
    wrong = show("CostContour(training_set, dCdw=wrong, dCdb=dCdb, own=True)", LESSON)
    assert "° off the true one" in wrong.wait_until_it_says("Your arrow points")
    assert wrong.root.locator(".lw-cc-own").get_attribute("d")


def test_any_function_is_mapped_as_it_comes_and_walked(show):
    page = show("CostContour(cost=lambda w, b: (w - 1) ** 2 + 3 * (b - 1) ** 2, eta=0.1, w=3, b=3)")
    page.python_comes_to("(it.share(), it.working)", (1.0, False))
    assert_looks_as_stored(plot(page), "cost-contour-bowl")
    page.button("Play").click()
    page.wait_until_it_says("cost 0.00")
    assert page.root.locator(".lw-plot").count() == 2  # there is no neuron to be shown


def test_a_cost_that_cannot_be_shown_is_one_sentence_in_its_place(show, widget_notebook):
    notebook = widget_notebook()
    notebook.set_source(0, "from backprop.widgets import CostContour\nCostContour(cost=lambda w, b: [w, b])")
    text = notebook.run(0)
    assert text == "WidgetError: <lambda> has to return one number, and returned a list."
    assert notebook.cell(0).locator(".lesson-widget, .lesson-static").count() == 0


def test_the_copied_line_makes_the_same_state(contour):
    contour.control("start w").fill("-0.5")
    contour.button("Step").click()
    code = contour.copied()
    assert code == "CostContour(training_set, w=-0.5, b=-0.1, eta=1, steps=1)"
    contour.python_comes_to("it.as_code()", code)


def test_at_1024_pixels_and_on_a_phone_nothing_sticks_out_and_targets_are_large_enough(contour):
    normal = contour.page.viewport_size
    try:
        for width in (1024, 480):
            contour.page.set_viewport_size({"width": width, "height": 900})
            wide = contour.root.evaluate("node => [node.scrollWidth, node.clientWidth]")
            assert wide[0] <= wide[1]
        low = contour.root.evaluate(
            """node => [...node.querySelectorAll('button, select, input[type=range], .lw-toggle')]
                .filter(each => each.offsetParent && each.getBoundingClientRect().height < 24)
                .map(each => each.outerHTML)"""
        )
        assert low == []
    finally:
        contour.page.set_viewport_size(normal)


def test_with_reduced_motion_play_jumps_ten_steps_at_a_time(contour):
    contour.page.emulate_media(reduced_motion="reduce")
    try:
        step = int(contour.play_until(r"Step \d").split(":")[0].removeprefix("Step "))
        assert step % 10 == 0
    finally:
        contour.page.emulate_media(reduced_motion="no-preference")


def test_in_the_dark_theme_the_words_are_light_and_the_map_stays(contour):
    before, words = taken(plot(contour)), contour.root.locator(".lw-says")
    light = words.evaluate("node => getComputedStyle(node).color")
    with contour.notebook.in_theme("JupyterLab Dark"):
        assert words.evaluate("node => getComputedStyle(node).color") != light
        dark = taken(plot(contour))
    assert not alike(before, dark)
    assert alike(before[8:36, 10:60], dark[8:36, 10:60])


def test_reopened_without_running_it_is_a_picture_with_a_sentence(contour, reopened):
    assert_is_a_still(reopened(contour), "cost-contour-still")
