"""A student trains their own network with settings of their choice, and compares the curves."""

from __future__ import annotations

import pytest
from stored_pictures import assert_is_a_still, assert_looks_as_stored
from two_layers import functions

CALL = (
    "LearningCurves(X, Y, initialize_parameters, forward_propagation, {cost}, back_propogation, "
    "update_parameters{more})"
)
BUSY = "window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.status === 'busy'"
SLOW = """
import time
def slow_cost(A2, Y):
    time.sleep(0.05)
    return computer_cost(A2, Y)
"""


@pytest.fixture
def curves(show, course_root):
    """A function that shows the widget over the lesson's first data set."""

    def shown(cost="computer_cost", setup="", **state):
        more = "".join(f", {name}={value!r}" for name, value in state.items())
        return show(CALL.format(cost=cost, more=more), functions(course_root) + setup)

    return shown


def run(learning_rate=0.5, n_h=10, steps=100, seed=1):
    return {"learning_rate": learning_rate, "n_h": n_h, "steps": steps, "seed": seed}


def row(it, place):
    return it.root.locator(".lw-runs tbody tr").nth(place)


def trained(it, *lengths):
    """Wait until the runs have so many costs."""
    it.python_comes_to("[len(run.costs) for run in it.results]", list(lengths))


def test_training_by_keyboard_alone_gives_a_curve_and_never_deletes_the_cell(curves):
    it = curves()
    it.wait_until_it_says("No curve yet.")  # at first the kernel may still be busy with the cell that shows it
    it.press(it.control("learning rate η"), "ArrowRight", "ArrowRight", "ArrowRight", "d", "d")
    it.press(it.button("Train"), "Enter")
    trained(it, 101)
    last = it.python("float(it.cost)")
    it.wait_until_it_says(f"Cost at step 100: η = 5, n_h = 10: {last:.4f}.")
    assert it.python("it.results[0].verdict.sentence") in row(it, 0).inner_text()
    assert it.python("it.runs") == [run(5.0)]
    it.press(it.control("read at step"), "Home")
    it.wait_until_it_says("Cost at step 0: η = 5, n_h = 10: 0.5527")
    assert it.notebook.cells() == 2
    assert it.notebook.console_errors == []


def test_curves_are_compared_and_divergence_is_named(curves):
    it = curves(runs=[run(0.01), run(0.5), run(500.0)])
    trained(it, 101, 101, 101)
    it.wait_until_it_says("η = 500, n_h = 10: 0.6")
    assert "Crawls: the cost has fallen by only" in row(it, 0).inner_text()
    assert "Diverges: the cost leapt up in step 1, and is stuck" in row(it, 2).inner_text()
    assert_looks_as_stored(it.root.locator(".lw-plot").first, "learning-curves")
    assert it.python("it.best.learning_rate") == 0.5


def test_a_curve_is_hidden_and_removed(curves):
    it = curves(runs=[run(0.01), run(0.5)])
    trained(it, 101, 101)
    it.wait_until_it_says("η = 0.5")
    row(it, 0).get_by_role("checkbox").uncheck()
    it.python_comes_to("it.runs[0].get('hidden')", True)
    assert "η = 0.01" not in it.says()
    it.press(row(it, 0).get_by_role("button"), "Enter")
    row(it, 1).wait_for(state="detached")
    assert it.root.locator(":focus").inner_text() == "Remove"  # the keyboard stands on what is left
    it.page.keyboard.press("Enter")
    it.wait_until_it_says("No curve yet.")
    assert it.root.locator(":focus").inner_text() == "Train"
    it.python_comes_to("(it.runs, len(it.results))", ([], 0))


def test_the_notebook_is_free_while_it_trains_and_a_stopped_run_goes_on(curves):
    it = curves(cost="slow_cost", setup=SLOW, steps=1000)
    it.button("Train").click()
    it.wait_until_it_says("Cost at step")
    assert it.python("6 * 7") == 42
    assert it.python("(it.working, 0 < len(it.results[0].costs) < 1001)") == (True, True)
    it.button("Stop").click()
    row(it, 0).get_by_text("Stopped after").wait_for()
    stopped = it.python("len(it.results[0].costs)")
    assert it.python("(it.working, len(it.results[0].costs))") == (False, stopped)
    it.button("Train").click()
    it.python_comes_to(f"len(it.results[0].costs) > {stopped}", True)
    it.button("Stop").click()


def test_a_kernel_that_is_busy_with_a_cell_is_called_so(curves):
    it = curves()
    it.notebook.set_source(1, "import time\nuntil = time.time() + 300\nwhile it.seed == 1 < until - time.time(): pass")
    it.page.evaluate(
        """() => { const app = window.jupyterapp, panel = app.shell.currentWidget;
                   panel.content.activeCellIndex = 1; app.commands.execute('notebook:run-cell'); }"""
    )
    it.page.wait_for_function(BUSY)
    it.button("Train").click()
    it.wait_until_it_says("The kernel is busy with another cell, and begins when that has ended.")
    it.control("seed").fill("2")  # which ends the cell
    it.control("seed").press("Enter")
    it.wait_until_it_says("Cost at step 100: η = 0.5")
    trained(it, 101)


def test_the_same_curve_is_not_trained_twice(curves):
    it = curves(runs=[run(0.5)])
    trained(it, 101)
    it.button("Train").click()
    it.wait_until_it_says("This curve is there already.")
    assert it.python("len(it.runs)") == 1


def test_the_copied_line_makes_the_same_state(curves):
    it = curves()
    it.button("Train").click()
    trained(it, 101)
    it.root.get_by_label("powers of ten").check()
    code = it.copied()
    assert code == (
        "LearningCurves(X, Y, initialize_parameters, forward_propagation, computer_cost, back_propogation, "
        "update_parameters, learning_rate=0.5, n_h=10, steps=100, seed=1, "
        'runs=[{"learning_rate": 0.5, "n_h": 10, "steps": 100, "seed": 1}], step=-1, logarithmic=True)'
    )
    it.python_comes_to("it.as_code()", code)


def test_reopened_without_running_it_is_a_picture_of_the_curves(curves, reopened):
    it = curves(runs=[run(0.01), run(5.0)])
    trained(it, 101, 101)
    it.python_comes_to("it._status['doing']", "nothing")
    assert_is_a_still(reopened(it), "learning-curves-still", "η = 0.01, n_h = 10: Crawls")


def test_in_the_dark_theme_the_words_are_light(curves):
    it = curves()
    words = it.root.locator(".lw-says")
    light = words.evaluate("node => getComputedStyle(node).color")
    with it.notebook.in_theme("JupyterLab Dark"):
        assert words.evaluate("node => getComputedStyle(node).color") != light
