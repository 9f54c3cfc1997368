"""A student follows one pass through a 2-3-1 network, and sees the line of their own code that is at work."""

from __future__ import annotations

import pytest
from stored_pictures import assert_is_a_still, assert_looks_as_stored

OWN = """
import numpy as np

def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def forward_propagation(X, parameters):
    Z1 = np.dot(parameters["W1"], X) + parameters["b1"]
    A1 = sigmoid(Z1)
    Z2 = np.dot(parameters["W2"], A1) + parameters["b2"]
    A2 = sigmoid(Z2)
    return A2, {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}

def back_propogation(X, Y, parameters, cache):
    A1, A2 = cache["A1"], cache["A2"]
    dZ2 = (A2 - Y) * A2 * (1 - A2)
    dW2 = np.dot(dZ2, A1.T)
    db2 = np.sum(dZ2, axis=1, keepdims=True)
    dZ1 = np.dot(parameters["W2"].T, dZ2) * A1 * (1 - A1)
    return {"dW1": np.dot(dZ1, X.T), "db1": np.sum(dZ1, axis=1, keepdims=True), "dW2": dW2, "db2": db2}
"""
WITH_OWN = "BackpropSteps(forward=forward_propagation, backward=back_propogation)"


def at(page, place: str):
    return page.root.locator(f'[data-at="{place}"]')


def active(page) -> str:
    """Return the line of code that is lit up."""
    return page.root.locator(".steps-code-now").inner_text().strip()


@pytest.fixture
def steps(show):
    return show("BackpropSteps()")


def test_a_sign_comes_with_the_number_that_it_judges(show):
    steps = show(WITH_OWN, OWN)
    steps.button("Show all").click()
    signs = steps.root.locator(".steps-judged")
    steps.root.locator(".steps-judged", has_text="✓").first.wait_for()
    assert signs.all_inner_texts().count("✗") >= 2
    steps.button("Reset").click()
    steps.wait_until_it_says("Step 0 of 11.")
    assert set(signs.all_inner_texts()) == {""}
    steps.button("Step").click()
    steps.wait_until_it_says("Step 1 of 11, Z1.")
    assert [sign for sign in signs.all_inner_texts() if sign] == ["✓"]


def test_step_by_step_the_numbers_appear_with_their_formula(steps):
    assert at(steps, "Z1[0, 0]").text_content() == "Z1 ?"
    steps.button("Step").click()
    steps.wait_until_it_says("Step 1 of 11, Z1.")
    assert at(steps, "Z1[0, 0]").text_content() == "Z1 −0.2"
    assert steps.root.locator(".steps-formula[aria-current]").get_attribute("data-step") == "Z1"
    assert "(3, 2) (2, 2) + (3, 1) → (3, 2)" in steps.root.locator(".steps-shapes").inner_text()
    assert steps.root.locator(".steps-sum p").all_inner_texts() == [
        "Z1[0, 0] = W1[0, 0] · X[0, 0] + W1[0, 1] · X[1, 0] + b1[0, 0]",
        "= 0.5 · 1 + (−0.4) · 2 + 0.1 = −0.2",
    ]
    lit = steps.root.locator(".steps-lit").evaluate_all("nodes => nodes.map(node => node.dataset.at)")
    assert set(lit) == {"W1[0, 0]", "W1[0, 1]", "X[0, 0]", "X[1, 0]", "b1[0, 0]"}
    steps.button("Show all").click()
    steps.wait_until_it_says("Step 11 of 11, db1.")
    assert at(steps, "dW1[0, 0]").text_content() == "d −0.0157"
    steps.python_comes_to("it.at", "db1")
    assert steps.notebook.console_errors == []


def test_the_line_of_the_own_code_is_lit_up_and_its_numbers_are_judged(show):
    steps = show(WITH_OWN, OWN)
    steps.button("Step").click()
    steps.wait_until_it_says("Step 1 of 11")
    assert active(steps) == 'Z1 = np.dot(parameters["W1"], X) + parameters["b1"]'
    steps.root.locator(".steps-own", has_text="✓ your forward_propagation says the same").wait_for()
    steps.root.locator('[data-step="dZ2"]').click()
    steps.wait_until_it_says("dZ2")
    assert active(steps) == "dZ2 = (A2 - Y) * A2 * (1 - A2)"
    steps.root.locator('[data-step="dW2"]').click()
    steps.wait_until_it_says("dW2")
    steps.root.locator(".steps-own", has_text="✗ your back_propogation says dW2[0, 0] = ").wait_for()
    steps.root.locator('[data-step="dW2"] .steps-judged', has_text="✗").wait_for()
    steps.root.locator('[data-step="cost"]').click()
    steps.wait_until_it_says("cost")
    assert steps.root.locator(".steps-listing").is_hidden(), "no cost function was given, so the formula has to do"


def test_by_keyboard_alone_every_number_can_be_reached_and_no_cell_is_lost(steps):
    steps.press(steps.control("step"), *["ArrowRight"] * 10, "d", "d")
    steps.wait_until_it_says("Step 10 of 11, dW1.")
    steps.press(steps.control("entry"), "ArrowDown", "ArrowDown")
    steps.wait_until_it_says("dW1[1, 0] = ")
    steps.press(steps.control("sample"), "ArrowRight")
    steps.python_comes_to("(it.step, it.entry, it.sample)", (10, 2, 1))
    steps.press(steps.control("turn"), "ArrowDown")
    steps.press(steps.control("to"), "ArrowRight")
    steps.python_comes_to("it.W1[0]", [0.5, -0.39])
    steps.press(steps.root.locator('[data-step="A2"]'), "Enter")
    steps.wait_until_it_says("Step 4 of 11, A2.")
    steps.press(steps.button("Reset"), "Space")
    steps.wait_until_it_says("Step 0 of 11.")
    steps.python_comes_to("(it.W1[0], it.sample)", ([0.5, -0.4], 0))
    assert steps.notebook.cells() == 2


def test_everything_has_a_name_that_a_screen_reader_speaks(show):
    steps = show(WITH_OWN.replace(")", ", step=11)"), OWN)
    names = steps.root.evaluate(
        """root => [...root.querySelectorAll('button, input, select, svg, pre, [role=group], [role=img]')]
            .map(node => node.getAttribute('aria-label') || node.labels?.[0]?.textContent || node.textContent)"""
    )
    assert len(names) > 20
    assert all(name.strip() for name in names)
    assert steps.root.locator('[aria-label="yours differs"]').count() == 4
    steps.root.locator("[role=status]", has_text="Step 11 of 11, db1.").wait_for(state="attached")


def test_dragging_a_parameter_changes_the_cost_and_python_hears_of_it(steps):
    steps.button("Show all").click()
    steps.root.locator('[data-edge="W2[0, 1]"]').click()
    before = at(steps, "cost[0, 0]").text_content()
    steps.drag(steps.control("to"), (60, 0))
    value = float(steps.control("to").input_value())
    assert value != -1.1
    steps.python_comes_to("it.W2[0][1]", value)
    assert at(steps, "cost[0, 0]").text_content() != before
    shown = at(steps, "cost[0, 0]").text_content().removeprefix("cost ")
    assert float(shown) == pytest.approx(steps.python("it.cost"), rel=1e-2)


def test_a_click_on_an_edge_explains_its_slope(show):
    steps = show("BackpropSteps(step=10)")
    steps.root.locator('[data-edge="W1[2, 1]"]').click()
    steps.wait_until_it_says("dW1[2, 1] = ")
    assert steps.root.locator(".steps-made").get_attribute("data-at") == "dW1[2, 1]"
    assert steps.control("turn").input_value() == "5"


def test_play_goes_through_the_pass_and_can_be_paused(steps):
    here = steps.play_until(r"Step ([2-9]|10) of 11")
    steps.python("it.step")  # a round trip to the kernel later it still stands
    assert steps.says() == here


def test_the_copied_line_makes_the_same_state(show):
    steps = show("BackpropSteps([[1.0], [2.0]], [[1.0]], backward=back_propogation, step=3)", OWN)
    code = steps.copied()
    assert code.startswith("BackpropSteps(X=[[1], [2]], Y=[[1]], backward=back_propogation, W1=[[0.5, -0.4], ")
    assert code.endswith("sample=0, step=3, entry=0)")
    assert steps.python("it.as_code()") == code
    assert steps.control("sample").is_hidden(), "one sample leaves nothing to choose"


def test_what_python_sets_is_shown(steps):
    steps.say_in_python("it.b2, it.step = [[-3.0]], 4")
    steps.wait_until_it_says("Step 4 of 11, A2.")
    assert at(steps, "b2[0, 0]").text_content() == "b2 −3"


def test_it_looks_as_it_did_in_light_and_dark_and_fits_a_narrow_window(show, screenshots):
    steps = show(WITH_OWN.replace(")", ", step=9)"), OWN)
    net = steps.root.locator(".steps-net")
    assert_looks_as_stored(net, "backprop-steps")
    steps.root.screenshot(path=screenshots / "backprop-steps-light.png")
    with steps.notebook.in_theme("JupyterLab Dark"):
        assert_looks_as_stored(net, "backprop-steps-dark")
        steps.root.screenshot(path=screenshots / "backprop-steps-dark.png")
    steps.assert_fits_a_narrow_window(steps.root)


def test_reopened_without_running_it_is_a_picture_with_a_sentence(steps, reopened):
    assert_is_a_still(reopened(steps), "backprop-steps-still")
