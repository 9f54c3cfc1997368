"""Every widget on every page: wide, middling and narrow; in colours of its own, and in those that a reader forces."""

from __future__ import annotations

import pytest
from test_widget_digit_gallery import CALL as GALLERY
from test_widget_digit_gallery import SETUP as DIGITS
from two_layers import functions

CONTOUR = "slopes = dict(dCdw=lambda w, b, x, y: y, dCdb=lambda w, b, x, y: x)"
RUNS = "runs=[dict(learning_rate=5.0, n_h=10, steps=100, seed=1)]"
NETWORK = "forward_propagation, computer_cost, back_propogation, update_parameters"
WIDGETS = {
    "ActivationExplorer": ("ActivationExplorer()", ""),
    "BackpropSteps": ("BackpropSteps(step=10)", ""),
    "ChainExplorer": ("ChainExplorer(weights=[-1.37] * 20, step=41)", ""),
    "CostContour": ("CostContour([(1, 0), (0, 1)], **slopes, steps=5, own=True)", CONTOUR),
    "DigitGallery": (GALLERY, DIGITS),
    "LearningCurves": (f"LearningCurves(X, Y, initialize_parameters, {NETWORK}, {RUNS})", None),
    "NetworkCost": (f"NetworkCost(X, Y, initialize_parameters(2, 4, 1), {NETWORK}, steps=20)", None),
}
STICKS_OUT = """root => {
    const edge = root.getBoundingClientRect().right + 1;
    return [...root.querySelectorAll('*')]
        .filter(node => !node.parentElement.closest('.lw-scroller, svg, .lw-spoken') && !node.matches('.lw-spoken'))
        .filter(node => node.getBoundingClientRect().right > edge).map(node => node.outerHTML.slice(0, 100)); }"""
NAMELESS = "root => [...root.querySelectorAll('th')].filter(th => !th.textContent.trim()).length"
UNREACHED = """root => [...root.querySelectorAll('*')]
    .filter(node => node.scrollWidth > node.clientWidth + 1 && getComputedStyle(node).overflowX === 'auto')
    .filter(node => node.tabIndex < 0).map(node => node.className)"""
# Words that stand on a plate or a picture of their own have that behind them, and not the page.
FAINT = """root => {
    const light = colour => colour.match(/[\\d.]+/g).slice(0, 3).map(c => c / 255)
        .map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
        .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
    const paper = light(getComputedStyle(root).backgroundColor);
    const words = [...root.querySelectorAll('text, p, span, label, th, td, button')].filter(
        node => node.textContent.trim()
        && node.checkVisibility() && !node.closest('.lw-height, .dg-label, [aria-disabled=true], .lw-spoken'));
    return words.map(node => [light(getComputedStyle(node)[node.matches('text') ? 'fill' : 'color']), node])
        .filter(([ink]) => (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05) < 4.5)
        .map(([ink, node]) => `${node.textContent.slice(0, 30)} ${ink.toFixed(2)} ${paper.toFixed(2)}`); }"""


@pytest.mark.parametrize("name", WIDGETS)
def test_it_fits_every_window_and_can_be_read_in_forced_colours(show, course_root, name, screenshots):
    call, setup = WIDGETS[name]
    widget = show(call, functions(course_root) if setup is None else setup)
    page, normal = widget.page, widget.page.viewport_size
    assert widget.root.evaluate(NAMELESS) == 0
    try:
        for width in (1024, 700, 390):
            page.set_viewport_size({**normal, "width": width})
            root = widget.root.element_handle()
            page.wait_for_function("([root, most]) => root.clientWidth < most", arg=[root, width])
            widget.drawn()
            assert widget.root.evaluate(STICKS_OUT) == [], f"at {width} pixels"
            assert widget.root.evaluate(UNREACHED) == [], f"at {width} pixels"
        page.set_viewport_size(normal)
        for scheme in ("light", "dark"):
            page.emulate_media(forced_colors="active", color_scheme=scheme)
            widget.drawn()
            assert widget.root.evaluate(FAINT) == [], scheme
            widget.root.screenshot(path=screenshots / f"{name}-forced-{scheme}.png")
    finally:
        page.set_viewport_size(normal)
        page.emulate_media(forced_colors="none", color_scheme="light")


def test_in_forced_colours_a_legend_has_the_colour_of_its_arrow(show):
    widget = show(*WIDGETS["CostContour"])
    widget.page.emulate_media(forced_colors="active")
    try:
        for arrow, key in ((".lw-cc-arrow", ".lw-cc-line:not(.lw-cc-line-own)"), (".lw-cc-own", ".lw-cc-line-own")):
            drawn = widget.root.locator(arrow).evaluate("node => getComputedStyle(node).stroke")
            assert widget.root.locator(key).evaluate("node => getComputedStyle(node).borderTopColor") == drawn
    finally:
        widget.page.emulate_media(forced_colors="none")


def test_the_line_of_the_target_has_its_name_beside_it(show):
    widget = show("ActivationExplorer()")
    name = widget.root.locator(".lw-aim-name")
    frame = widget.root.locator(".lw-plot").first.bounding_box()
    for target in ("-1.25", "0", "1", "2.25"):
        widget.control("target").fill(target)
        widget.drawn()
        box, line = name.bounding_box(), widget.root.locator(".lw-aim").bounding_box()
        assert name.inner_html() == "target"
        assert abs(box["y"] + box["height"] / 2 - line["y"] - line["height"] / 2) < 25
        assert frame["y"] < box["y"] < frame["y"] + frame["height"]
