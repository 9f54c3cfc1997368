"""A student looks through the digits, draws some, and hears what their own predict says of them."""

from __future__ import annotations

import math

import pytest
from stored_pictures import alike, assert_is_a_still, assert_looks_as_stored, taken

SETUP = """
import time
import numpy as np
from backprop.data import digits_01
X, Y, X_test, Y_test = digits_01()
draw = np.random.RandomState(1)
W1, W2, b1, b2 = draw.randn(10, 64) / 8, draw.randn(1, 10) / 3, np.zeros((10, 1)), np.zeros((1, 1))
sigmoid = lambda z: 1 / (1 + np.exp(-z))
for _ in range(60):
    A1 = sigmoid(W1 @ X + b1)
    A2 = sigmoid(W2 @ A1 + b2)
    dZ2 = (A2 - Y) / X.shape[1] * A2 * (1 - A2)
    dZ1 = (W2.T @ dZ2) * A1 * (1 - A1)
    W1, b1 = W1 - 5 * dZ1 @ X.T, b1 - 5 * dZ1.sum(axis=1, keepdims=True)
    W2, b2 = W2 - 5 * dZ2 @ A1.T, b2 - 5 * dZ2.sum(axis=1, keepdims=True)
parameters = {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
mood, pause, asked = "well", 0, 0
def predict(X, parameters):
    global asked
    asked += 1
    time.sleep(pause)
    if mood == "ill":
        raise ValueError("predict has a cold")
    return (sigmoid(parameters["W2"] @ sigmoid(parameters["W1"] @ X + parameters["b1"]) + parameters["b2"]) > 0.5) * 1
"""
CALL = "DigitGallery(X_test, Y_test, parameters, predict)"


@pytest.fixture
def gallery(show):
    return show(CALL, SETUP)


def on_pad(gallery, x, y):
    forkserver = gallery.root.locator(".dg-pad").bounding_box()
    return forkserver["x"] + forkserver["width"] * x / 100, forkserver["y"] + forkserver["height"] * y / 100


def draw(gallery, points):
    """Draw one stroke with the mouse, through points of the pad."""
    gallery.root.locator(".dg-pad").scroll_into_view_if_needed()
    gallery.page.mouse.move(*on_pad(gallery, *points[0]))
    gallery.page.mouse.down()
    for x, y in points[1:]:
        gallery.page.mouse.move(*on_pad(gallery, x, y))
    gallery.page.mouse.up()


def round_zero():
    return [(50 + 18 * math.sin(t / 4), 50 - 30 * math.cos(t / 4)) for t in range(26)]


def sheet(gallery):
    return gallery.root.get_by_role("listbox")


def selected(gallery):
    return sheet(gallery).get_by_role("option", selected=True).get_attribute("aria-label")


def test_the_misclassified_digits_come_first_with_what_the_network_says(gallery):
    wrong = gallery.python("it.misclassified.tolist()")
    options = sheet(gallery).get_by_role("option")
    assert options.count() == 72
    for k, column in enumerate(wrong):
        name = options.nth(k).get_attribute("aria-label")
        assert name.startswith(f"{column}: a ")
        assert name.endswith(", misclassified")
    assert "misclassified" not in options.nth(len(wrong)).get_attribute("aria-label")
    assert f"72 pictures, {len(wrong)} misclassified" in gallery.root.inner_text()
    assert gallery.says().startswith(f"Picture {wrong[0]} is a ")
    assert_looks_as_stored(gallery.root.locator(".dg-sheet"), "digit-gallery")
    assert gallery.notebook.console_errors == []


def test_each_picture_says_what_it_is_and_the_pad_is_in_the_same_window(gallery):
    sheet(gallery).get_by_role("option").first.click()
    label = gallery.python("int(Y_test[0, it.selected])")
    assert f", a {label}: output" in gallery.root.locator(".dg-figure").first.inner_text()
    assert sheet(gallery).get_by_role("option").first.locator(".dg-label").inner_text() == str(label)
    pad = gallery.root.locator(".dg-pad").bounding_box()
    assert pad["y"] + pad["height"] - gallery.root.bounding_box()["y"] < 700


def test_a_click_on_a_digit_shows_its_activations(gallery):
    before = gallery.root.locator(".dg-activation").evaluate_all("bars => bars.map(bar => +bar.getAttribute('height'))")
    digit = sheet(gallery).get_by_role("option").nth(40)
    column = digit.get_attribute("aria-label").split(":")[0]
    digit.click()
    gallery.python_comes_to("str(it.selected)", column)
    assert selected(gallery).startswith(f"{column}: a ")
    heights = gallery.root.locator(".dg-activation").evaluate_all(
        "bars => bars.map(bar => +bar.getAttribute('height'))"
    )
    assert heights != before
    told = gallery.python("it.activations.tolist()")
    assert max(abs(height / max(heights) - a / max(told)) for height, a in zip(heights, told, strict=True)) < 1e-9
    assert f"output {gallery.python('it.output'):.3f}" in gallery.says().lower()


def test_arrow_keys_walk_among_the_digits_and_never_delete_the_cell(gallery):
    first, last = gallery.python("(it.selected, int(it._arranged(it.order)[-1]))")
    gallery.press(sheet(gallery), "ArrowRight", "d", "d", "ArrowDown", "ArrowUp")
    gallery.python_comes_to("it.selected", gallery.python("int(it._arranged(it.order)[1])"))
    gallery.press(sheet(gallery), "End", "ArrowRight")
    gallery.wait_until_it_says(f"Picture {last} is a ")
    assert selected(gallery).startswith(f"{last}: a ")
    gallery.press(sheet(gallery), "Home")
    gallery.wait_until_it_says(f"Picture {first} is a ")
    assert gallery.notebook.cells() == 2
    gallery.control("Show").select_option("as they come")
    gallery.python_comes_to("(it.order, it.selected)", ("as they come", 0))


def test_another_hidden_unit_shows_other_weights(gallery):
    weights = gallery.root.locator(".dg-weights")
    before = taken(weights)
    gallery.press(gallery.control("hidden unit"), "End")
    gallery.wait_until_it_says("Hidden unit 9: activation")
    gallery.python_comes_to("it.unit", 9)
    assert not alike(before, taken(weights))
    forkserver = gallery.root.locator(".dg-bars").bounding_box()
    gallery.page.mouse.click(forkserver["x"] + forkserver["width"] * 0.35, forkserver["y"] + forkserver["height"] / 2)
    gallery.python_comes_to("it.unit", 3)


def test_a_zero_and_a_one_drawn_with_the_mouse_are_answered_by_the_students_predict(gallery):
    draw(gallery, round_zero())
    gallery.wait_until_it_says("Your predict says 0.")
    gallery.python_comes_to("(it.looking_at, it.prediction, it.answer['label'])", ("drawing", 0, 0))
    assert gallery.root.locator(".dg-verdict").inner_text() == "0"
    gallery.button("Clear").click()
    gallery.wait_until_it_says("Draw a 0 or a 1")
    draw(gallery, [(52, 10), (50, 50), (49, 90)])
    gallery.wait_until_it_says("Your predict says 1.")
    gallery.python_comes_to("it.drawing", [[[52, 10], [50, 50], [49, 90]]])
    gallery.python_comes_to("it.prediction", 1)
    assert f"output {gallery.python('it.output'):.3f}" in gallery.says()


def test_a_finger_draws_and_the_page_stays_where_it_is(gallery):
    gallery.root.locator(".dg-pad").scroll_into_view_if_needed()
    top = gallery.root.bounding_box()["y"]
    gallery.drag_with_a_finger(*(on_pad(gallery, 50, y) for y in range(10, 95, 5)))
    gallery.wait_until_it_says("Your predict says 1.")
    assert gallery.root.bounding_box()["y"] == top
    gallery.python_comes_to("len(it.drawing)", 1)
    assert gallery.python("it.drawing[0][0]") == [50, 10]
    assert gallery.python("it.drawing[0][-1]") == [50, 90]


def test_a_digit_can_be_drawn_by_keyboard_alone(gallery):
    pad = gallery.root.get_by_role("application", name="Draw a digit")
    gallery.press(pad, *["ArrowUp"] * 7, " ", *["ArrowDown"] * 14, " ", "ArrowRight", "Shift+ArrowRight")
    gallery.wait_until_it_says("Pen up, 56 from the left, 85 from the top.")
    gallery.python_comes_to("it.drawing", [[[50, 15 + 5 * k] for k in range(15)]])
    gallery.wait_until_it_says("Your predict says 1.")
    gallery.press(pad, " ", " ", "Backspace")
    gallery.python_comes_to("len(it.drawing)", 1)
    gallery.press(pad, "Delete")
    gallery.python_comes_to("it.drawing", [])
    assert gallery.notebook.cells() == 2


def test_a_predict_that_raises_is_told_and_drawing_goes_on(gallery):
    gallery.say_in_python('mood = "ill"')
    draw(gallery, [(50, 10), (50, 90)])
    gallery.wait_until_it_says("predict raises ValueError: predict has a cold.")
    gallery.say_in_python('mood = "well"')
    draw(gallery, [(40, 90), (60, 90)])
    gallery.wait_until_it_says("Your predict says 1.")


def test_a_slow_predict_is_not_flooded_and_the_last_drawing_is_answered(gallery):
    gallery.say_in_python("pause, asked = 1.5, 0")
    points = round_zero()
    draw(gallery, points)
    gallery.wait_until_it_says("Your predict says 0.", timeout=60)
    assert gallery.python("it.answer['revision'] == it.revision")
    assert gallery.python("len(it.drawing[0])") > 20
    assert 1 <= gallery.python("asked") < 15


def test_without_a_kernel_the_drawing_is_seen_and_said_to_be_unanswered(gallery):
    gallery.page.evaluate("() => jupyterapp.shell.currentWidget.sessionContext.shutdown()")
    draw(gallery, round_zero())
    said = gallery.wait_until_it_says("the kernel is busy, or not running")
    assert "browser's copy of the network" in said
    assert said.startswith("Your drawing: output 0.0")
    gallery.notebook.close()  # the next test gets one with a kernel


def test_the_copied_line_makes_the_same_state(gallery):
    draw(gallery, [(50, 10), (50, 90)])
    code = gallery.copied()
    assert code.startswith("DigitGallery(X_test, Y_test, parameters, predict, selected=")
    assert code.endswith('looking_at="drawing", drawing=[[[50, 10], [50, 90]]])')
    gallery.python_comes_to("it.as_code()", code)


def test_what_python_sets_is_shown(gallery):
    gallery.say_in_python("it.selected, it.unit = 7, 2")
    gallery.wait_until_it_says("Hidden unit 2")
    assert selected(gallery).startswith("7: a ")
    gallery.say_in_python('it.drawing, it.looking_at = [[[50, 10], [50, 90]]], "drawing"')
    gallery.wait_until_it_says("Your predict says 1.")


def test_in_the_dark_theme_paper_is_dark_and_ink_is_light(gallery):
    graded = gallery.root.locator(".dg-sheet")
    light = taken(graded)
    with gallery.notebook.in_theme("JupyterLab Dark"):
        dark = taken(graded)
    assert light.mean() > 180
    assert dark.mean() < 80


def test_reopened_without_running_it_is_a_picture_with_a_sentence(gallery, reopened):
    assert_is_a_still(reopened(gallery), "digit-gallery-still")
