"""Runs that are asked for, trained in the kernel and compared; curves that diverge are named."""

from __future__ import annotations

import asyncio
import re

import numpy as np
import pytest
from kernel_work import live

from backprop.widgets import LearningCurves
from backprop.widgets.learning_curves.model import verdict
from backprop.widgets.learning_curves.run import key, settings
from backprop.widgets.shared.base import WidgetError


@pytest.fixture
def made(two_layers, noise):
    """A function that makes the widget over the lesson's first network; `functions` replaces some by name."""

    def make(functions=None, **state):
        five = {**vars(two_layers), **(functions or {})}
        names = (
            "initialize_parameters",
            "forward_propagation",
            "computer_cost",
            "back_propogation",
            "update_parameters",
        )
        return LearningCurves(noise.X, noise.Y, *(five[name] for name in names), **state)

    return make


def run(learning_rate=0.5, n_h=10, steps=30, seed=1, **more):
    return {"learning_rate": learning_rate, "n_h": n_h, "steps": steps, "seed": seed, **more}


# ----------------------------------------------------------------------------------------------- what a curve does


@pytest.mark.parametrize(
    ("rate", "n_h", "name"),
    [(0.0001, 10, "still"), (0.01, 10, "crawls"), (0.5, 10, "falls"), (5.0, 10, "level"), (500.0, 10, "stuck")],
)
def test_a_learning_rate_is_seen_in_what_the_curve_does(made, rate, n_h, name):
    (result,) = made(runs=[run(rate, n_h, steps=120)]).finish()
    assert result.verdict.name == name
    assert result.verdict.diverges == (name == "stuck")


def test_growth_zigzags_and_numbers_that_are_none_are_told_apart():
    assert verdict([0.2 * 1.02**i for i in range(50)]).name == "grows"
    assert verdict([0.2 + 0.1 * (-1) ** i for i in range(50)]).name == "zigzags"
    lost = verdict([0.5, 0.4, float("inf"), float("nan")])
    assert lost.name == "not a number"
    assert "from step 2 on" in lost.sentence
    assert lost.diverges


def test_nine_costs_are_too_few_to_judge():
    assert verdict([1.0] * 9).name == "early"
    assert verdict([1.0] * 10).name == "still"


# --------------------------------------------------------------------------------------------------------- the runs


def test_a_run_is_what_the_students_own_loop_would_do(made, two_layers, noise):
    (result,) = made(runs=[run(0.5, 4, steps=6, seed=7)]).finish()
    np.random.seed(7)
    parameters, costs = two_layers.initialize_parameters(2, 4, 1), []
    for _ in range(7):
        A2, cache = two_layers.forward_propagation(noise.X, parameters)
        costs.append(two_layers.computer_cost(A2, noise.Y))
        grads = two_layers.back_propogation(noise.X, noise.Y, parameters, cache)
        last, parameters = parameters, two_layers.update_parameters(parameters, grads, 0.5)
    assert result.costs == costs
    assert np.array_equal(result.parameters["W1"], last["W1"])


def test_the_best_run_is_the_one_with_the_lowest_last_cost(made):
    it = made(runs=[run(0.01), run(2.0), run(500.0)])
    assert (it.cost, it.best) == (float("inf"), None)
    it.finish()
    assert it.best.learning_rate == 2.0
    assert it.cost == it.best.costs[-1] == min(result.cost for result in it.results)


def test_a_cost_that_is_no_number_ends_its_run_and_is_named(made, two_layers):
    def update_parameters(parameters, grads, learning_rate):
        return {name: value * 1e200 for name, value in parameters.items()}

    def computer_cost(A2, Y):
        return float(np.sum(A2)) * np.inf if np.any(A2 > 0.999) else 0.5

    it = made({"update_parameters": update_parameters, "computer_cost": computer_cost}, runs=[run(steps=40)])
    (result,) = it.finish()
    assert result.done
    assert len(result.costs) < 10
    assert result.verdict.name == "not a number"


def test_a_function_that_fails_ends_its_own_run_only(made, two_layers):
    def initialize_parameters(n_x, n_h, n_y):
        if n_h == 3:
            raise ValueError("three is not enough")
        return two_layers.initialize_parameters(n_x, n_h, n_y)

    it = made({"initialize_parameters": initialize_parameters}, runs=[run(n_h=3), run(n_h=4)])
    failed, well = it.finish()
    assert failed.verdict.sentence == "initialize_parameters raises ValueError: three is not enough."
    assert (failed.done, len(well.costs)) == (True, 31)


def test_the_table_names_settings_cost_and_verdict(made):
    it = made()
    assert "There is no run yet" in it.table()
    it.runs = [run(500.0, steps=60)]
    it.finish()
    head, line = it.table().splitlines()
    assert head.split()[:4] == ["η", "n_h", "steps", "cost"]
    assert line.split()[:3] == ["500", "10", "60"]
    assert "Diverges: the cost leapt up" in line


def test_settings_left_out_have_their_usual_values():
    assert settings({"learning_rate": 5}) == run(5.0, 10, 100, 1)
    assert key(run(0.5)) == "0.5|10|30|1"


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"learning_rate": 0.0}, "learning_rate is 0.0"),
        ({"learning_rate": float("nan")}, "learning_rate is nan"),
        ({"n_h": 0}, "n_h is 0"),
        ({"steps": 20_000}, "whole number from 1 to 10,000"),
        ({"seed": -1}, "seed is -1"),
        ({"runs": [run(n_h=2.5)]}, "n_h is 2.5"),
        ({"runs": [{"rate": 3}]}, "A run has no 'rate'"),
        ({"runs": [run(), run()]}, "Two of the runs are the same"),
        ({"runs": [run(seed=seed) for seed in range(9)]}, "at most 8 curves"),
        ({"runs": 3}, "runs"),
        ({"rate": 3}, "takes no argument `rate`"),
    ],
)
def test_an_argument_that_cannot_be_used_is_named_in_one_sentence(made, wrong, words):
    with pytest.raises(WidgetError, match=re.escape(words)) as raised:
        made(**wrong)
    assert "\n" not in str(raised.value)


def test_a_cost_function_that_returns_an_array_is_refused(made):
    with pytest.raises(WidgetError, match=re.escape("returns an array of shape (1, 3); a cost is one number.")):
        made({"computer_cost": lambda A2, Y: (A2 - Y) ** 2})


# ------------------------------------------------------------------------------------------- the work in the kernel


async def begun(it, place=0):
    """Wait until a run has a cost."""
    while len(it.results) <= place or not it.results[place].costs:
        await asyncio.sleep(0)


def test_headless_nothing_is_trained(made):
    async def notebook():
        it = made(runs=[run(steps=10_000)])
        await asyncio.sleep(0.02)
        return it.results[0].costs

    assert asyncio.run(notebook()) == []


def test_runs_asked_for_in_the_browser_are_trained_one_after_the_other(made):
    async def train(it):
        it.set_state({"runs": [run(0.5)]})
        await begun(it)
        it.set_state({"runs": [run(0.5), run(2)]})
        await begun(it, 1)

    it = live(made, train)
    assert [len(result.costs) for result in it.results] == [31, 31]
    assert [curve["key"] for curve in it._curves] == ["0.5|10|30|1", "2|10|30|1"]
    assert np.frombuffer(it._curves[1]["costs"]).tolist() == it.results[1].costs
    assert it._status == {"doing": "nothing", "share": 1.0}


def test_a_stopped_run_keeps_its_curve_and_is_not_taken_up_by_the_next_one(made):
    async def train(it):
        await begun(it)
        it._handle_custom_msg({"do": "stop"}, [])
        while it.working:
            await asyncio.sleep(0)
        it.set_state({"runs": [run(steps=10_000), run(2)]})
        await begun(it, 1)

    it = live(lambda: made(runs=[run(steps=10_000)]), train)
    stopped, other = it.results
    assert 0 < len(stopped.costs) < 10_001
    assert (stopped.stopped, len(other.costs)) == (True, 31)
    assert [curve["stopped"] for curve in it._curves] == [True, False]


def test_a_stopped_run_goes_on_where_it_stood_and_ends_as_if_it_had_never_stopped(made):
    async def train(it):
        await begun(it)
        it._handle_custom_msg({"do": "stop"}, [])
        while it.working:
            await asyncio.sleep(0)
        it._handle_custom_msg({"do": "resume", "run": it.results[0].key}, [])
        while not it.results[0].done:
            await asyncio.sleep(0.001)

    it = live(lambda: made(runs=[run(steps=900)]), train)
    (whole,) = made(runs=[run(steps=900)]).finish()
    assert it.results[0].costs == whole.costs


def test_a_run_that_is_removed_while_it_trains_is_forgotten(made):
    async def train(it):
        await begun(it)
        it.set_state({"runs": []})

    it = live(lambda: made(runs=[run(steps=10_000)]), train)
    assert it.results == []
    assert it._curves == []


def test_training_leaves_the_notebooks_random_numbers_alone(made):
    np.random.seed(6)
    made(runs=[run(), run(2)]).finish()
    assert np.array_equal(np.random.randn(2), np.random.RandomState(6).randn(2))


# ----------------------------------------------------------------------------------- code, and the still picture


def test_the_copied_line_makes_the_same_state(two_layers, noise):
    X, Y, own = noise.X, noise.Y, two_layers
    it = LearningCurves(
        X[:, :2], Y[:, :2], own.initialize_parameters, own.forward_propagation, own.computer_cost,
        own.back_propogation, own.update_parameters, runs=[run(5.0, hidden=True), run(0.01, n_h=3)], logarithmic=True,
    )  # fmt: skip
    code = it.as_code()
    assert code.startswith("LearningCurves(X[:, :2], Y[:, :2], own.initialize_parameters, own.forward_propagation, ")
    again = eval(code, {"LearningCurves": LearningCurves, "X": X, "Y": Y, "own": own})
    assert again.runs == it.runs
    assert again.logarithmic
    assert [result.cost for result in again.finish()] == [result.cost for result in it.finish()]


def test_the_still_picture_shows_the_curves_and_says_what_they_do(made):
    it = made(runs=[run(0.5), run(500.0), run(2.0, hidden=True)])
    assert "no run yet" in it.described()
    it.finish()
    said = it.described()
    assert "η = 500, n_h = 10: Diverges" in said
    assert "η = 2," not in said
    svg = it.static_svg()
    assert svg.count('fill="none" stroke="#0072B2"') == 1  # the line; its sample beside the legend is drawn otherwise
    assert "η = 500, n_h = 10" in svg
    it.logarithmic = True
    assert "log₁₀ cost" in it.static_svg()
