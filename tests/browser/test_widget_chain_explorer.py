"""A student walks through a chain: step by step, by mouse and by keyboard, with their own deltas, long and short."""

from __future__ import annotations

import pytest
from stored_pictures import assert_is_a_still, assert_looks_as_stored

OWN = """
import numpy as np
def deltas(y, weights, z, f):
    L = len(weights)
    delta = np.zeros(L)
    delta[L - 1] = 2 * (f[L - 1] - y) * (1 - f[L - 1] ** 2)
    for i in range(L - 2, -1, -1):
        delta[i] = (1 - f[i] ** 2) * weights[i] * delta[i + 1]
    return delta
"""


def at(page, place: str):
    return page.root.locator(f'[data-at="{place}"]')


def lit(page) -> set[str]:
    found = page.root.locator(".chain-lit").evaluate_all("nodes => nodes.map(node => node.dataset.at)")
    return set(found)


@pytest.fixture
def explorer(show):
    return show("ChainExplorer()")


def test_step_by_step_values_flow_right_and_delta_flows_left(explorer):
    assert [at(explorer, place).text_content() for place in ("z1", "loss", "delta3")] == ["?", "?", "?"]
    explorer.button("Step").click()
    explorer.wait_until_it_says("Unit 1 listens to x. z₁ = 0.6, f₁ = 0.537.")
    assert explorer.root.locator(".chain-formula p").all_inner_texts() == [
        "z₁ = x · w₁ = 0.5 · 1.2 = 0.6",
        "f₁ = tanh(z₁) = tanh(0.6) = 0.537",
    ]
    assert lit(explorer) == {"x", "w1", "z1"}
    for _ in range(4):
        explorer.button("Step").click()
    explorer.wait_until_it_says("The loss hands δ to unit 3.")
    assert explorer.root.locator(".chain-now[data-link]").get_attribute("data-link") == "backward3"
    assert at(explorer, "delta3").text_content() == "−1.93"
    assert at(explorer, "delta2").text_content() == "?"
    explorer.button("Back").click()
    explorer.wait_until_it_says("What the last unit says is compared with the target.")
    explorer.python_comes_to("(it.step, it.at.kind)", (4, "loss"))
    assert explorer.notebook.console_errors == []


def test_play_goes_to_the_end_and_stops_there(show):
    explorer = show("ChainExplorer(weights=[1.0])")
    explorer.button("Play").click()
    explorer.wait_until_it_says("Step 3 of 3.")
    explorer.button("Play").wait_for()
    explorer.python_comes_to("it.step", 3)


def test_who_wants_less_motion_sees_the_end_at_once(explorer):
    explorer.page.emulate_media(reduced_motion="reduce")
    try:
        explorer.button("Play").click()
        explorer.wait_until_it_says("Step 7 of 7.")
        assert (
            explorer.root.locator(".chain-now .chain-line").evaluate("n => getComputedStyle(n).animationName") == "none"
        )
    finally:
        explorer.page.emulate_media(reduced_motion="null")


def test_everything_has_a_name_that_a_screen_reader_speaks(explorer):
    names = explorer.root.evaluate(
        """root => [...root.querySelectorAll('button, input, select, svg, [role]:not([role=alert], [role=status])')]
            .filter(node => !node.ariaHidden)
            .map(node => node.getAttribute('aria-label') || node.labels?.[0]?.textContent || node.textContent)"""
    )
    assert len(names) > 15
    assert all(name.strip() for name in names)
    explorer.button("Step").click()
    explorer.root.locator("[role=status]", has_text="Unit 1 listens to x.").wait_for(state="attached")


def test_dragging_a_weight_changes_every_number_behind_it(explorer):
    explorer.button("Show all").click()
    explorer.wait_until_it_says("Step 7 of 7.")
    before = at(explorer, "z1").text_content()
    bar = explorer.root.locator('[data-bar="2"]')
    height = float(bar.get_attribute("height"))
    explorer.drag(explorer.control("w₂"), (40, 0))
    explorer.wait_until_it_says("Step 7 of 7.")
    assert float(explorer.control("w₂").input_value()) > 0
    assert at(explorer, "z1").text_content() == before
    assert float(bar.get_attribute("height")) != height
    explorer.python_comes_to("it.weights[1]", float(explorer.control("w₂").input_value()))
    shown = at(explorer, "loss").text_content()
    assert float(shown) == pytest.approx(explorer.python("it.loss"), rel=1e-2)


def test_by_keyboard_alone_the_chain_grows_and_no_cell_is_lost(explorer):
    explorer.press(explorer.control("units L"), "ArrowRight", "ArrowRight", "d", "d")
    explorer.python_comes_to("it.weights", [1.2, -0.7, 1.6, 1.6, 1.6])
    explorer.press(explorer.control("units L"), "Home")
    explorer.python_comes_to("it.weights", [1.2])
    explorer.press(explorer.control("units L"), "ArrowRight", "ArrowRight")
    explorer.python_comes_to("it.weights", [1.2, -0.7, 1.6])  # what was cut off is remembered
    explorer.press(explorer.control("step"), "End")
    explorer.wait_until_it_says("Step 7 of 7.")
    explorer.press(explorer.button("Back"), "Enter")
    explorer.wait_until_it_says("Step 6 of 7.")
    explorer.press(explorer.control("w₁"), "ArrowLeft")
    explorer.python_comes_to("it.weights", [1.19, -0.7, 1.6])
    explorer.press(explorer.button("Reset"), "Space")
    explorer.wait_until_it_says("Step 0 of 7.")
    explorer.python_comes_to("(it.weights, it.step)", ([1.2, -0.7, 1.6], 0))
    assert explorer.notebook.cells() == 2


def test_an_own_mistake_is_seen_at_the_unit_where_it_begins(show):
    explorer = show("ChainExplorer(deltas=deltas, step=7)", OWN)
    explorer.root.locator(".chain-legend", has_text="your deltas: δ₂ is 1.18, and should be −2.69").wait_for()
    assert explorer.root.locator('[data-own="3"]').get_attribute("d") != ""
    explorer.control("all weights").fill("1")  # now it makes no difference which weight is taken
    explorer.root.locator(".chain-legend", has_text="every δ agrees").wait_for()


def test_a_long_chain_keeps_the_active_unit_in_view(show):
    explorer = show("ChainExplorer(weights=[2.0] * 20, log_bars=True)")
    scroller = explorer.root.locator(".lw-scroller")
    assert scroller.evaluate("node => node.scrollLeft") == 0
    explorer.press(explorer.control("step"), *["ArrowRight"] * 20)
    explorer.wait_until_it_says("Unit 20 listens to unit 19.")
    seen = scroller.bounding_box()
    unit = at(explorer, "z20").bounding_box()
    assert seen["x"] <= unit["x"]
    assert unit["x"] + unit["width"] <= seen["x"] + seen["width"]
    explorer.button("Show all").click()
    explorer.wait_until_it_says("it has vanished")


def test_the_bars_of_a_long_chain_stand_below_its_units_and_keys_scroll_both(show):
    explorer = show("ChainExplorer(weights=[-1.37] * 20, step=41)")
    middles = explorer.root.evaluate(
        """root => Array.from({length: 20}, (_, i) => [`[data-at="z${i + 1}"] rect`, `[data-bar="${i + 1}"]`].map(
            name => { const box = root.querySelector(name).getBoundingClientRect(); return box.x + box.width / 2; }))"""
    )
    assert all(abs(unit - bar) < 1 for unit, bar in middles)
    wide = explorer.root.evaluate(
        """root => [...root.querySelectorAll('.chain-value')]
            .filter(place => place.lastChild.getBBox().width > place.firstChild.getBBox().width)
            .map(place => place.textContent)"""
    )
    assert wide == []  # no digit lies on an edge
    scroller = explorer.root.locator(".lw-scroller")
    before = scroller.evaluate("node => node.scrollLeft")
    explorer.press(scroller, "ArrowRight")
    explorer.page.wait_for_function("([node, was]) => node.scrollLeft > was", arg=[scroller.element_handle(), before])
    assert explorer.root.locator(".chain-small .chain-bar").count() == 20  # all of them, at a glance


def test_nothing_is_judged_before_it_is_computed(show):
    explorer = show("ChainExplorer(deltas=deltas)", OWN)
    explorer.button("Show all").click()
    explorer.root.locator(".chain-legend", has_text="δ₂ is 1.18").wait_for()
    explorer.control("step").fill("5")  # the last unit's δ is right
    explorer.root.locator(".chain-legend", has_text="every δ so far agrees").wait_for()
    explorer.button("Reset").click()
    explorer.wait_until_it_says("Step 0 of 7.")
    assert explorer.root.locator(".chain-legend").inner_text() == ""


def test_a_state_that_the_lesson_asks_for_can_be_reached_and_checked(show):
    explorer = show("ChainExplorer(0.5, -0.2, [2.0] * 20, step=41, log_bars=True)")
    factor = "abs(it.delta[0] / it.delta[-1])"
    assert explorer.python(f"float({factor})") < 1e-10
    explorer.control("all weights").fill("1")
    explorer.control("w₁").fill("0.01")
    explorer.python_comes_to(f"bool(0.5 <= {factor} <= 2)", True)
    assert "vanished" not in explorer.says()


def test_the_copied_line_makes_the_same_state(explorer):
    explorer.button("Step").click()
    explorer.control("input x").fill("-0.75")
    explorer.control("logarithmic bars").check()
    code = explorer.copied()
    assert code == "ChainExplorer(x=-0.75, y=0.8, weights=[1.2, -0.7, 1.6], step=1, log_bars=True)"
    explorer.python_comes_to("it.as_code()", code)


def test_what_python_sets_is_shown(explorer):
    explorer.say_in_python("it.weights, it.step = [0.5, 2.0], 5")
    explorer.wait_until_it_says("Step 5 of 5. Unit 2 hands δ to unit 1.")
    assert at(explorer, "w2").text_content() == "2"


def test_it_looks_as_it_did_in_light_and_dark_and_in_a_narrow_window(show, screenshots):
    explorer = show("ChainExplorer(step=6)")
    assert_looks_as_stored(explorer.root.locator(".lw-scroller .chain").first, "chain-explorer")
    assert_looks_as_stored(explorer.root.locator(".chain-bars"), "chain-explorer-bars")
    explorer.root.screenshot(path=screenshots / "chain-explorer-light.png")
    with explorer.notebook.in_theme("JupyterLab Dark"):
        assert_looks_as_stored(explorer.root.locator(".lw-scroller .chain").first, "chain-explorer-dark")
        explorer.root.screenshot(path=screenshots / "chain-explorer-dark.png")
    explorer.assert_fits_a_narrow_window(explorer.root.locator(".lw-scroller"))


def test_reopened_without_running_it_is_a_picture_with_a_sentence(explorer, reopened):
    assert_is_a_still(reopened(explorer), "chain-explorer-still")
