"""The cost map: what it takes and refuses, the mathematics of the walk, a student's own functions, and its line."""

from __future__ import annotations

import asyncio
import math
import sys

import numpy as np
import pytest

from backprop.widgets import CostContour
from backprop.widgets.cost_contour.model import Neuron, Surface, walk
from backprop.widgets.shared.base import WidgetError

NOT = [(1, 0), (0, 1)]


def bowl(w, b):
    return (w - 1) ** 2 + 2 * (b - 0.5) ** 2


def own_cost(w, b, examples):
    return np.mean([(np.tanh(w * x + b) - y) ** 2 for x, y in examples])


def own_dCdw(w, b, x, y):
    return own_dCdb(w, b, x, y) * x


def own_dCdb(w, b, x, y):
    return 2 * (np.tanh(w * x + b) - y) / np.cosh(w * x + b) ** 2


# ------------------------------------------------------------------------------------------------- what is refused


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"examples": []}, "no examples"),
        ({"examples": [(1, 0), (math.nan, 1)]}, r"Example number 1 is \(nan, 1\)"),
        ({"examples": [(1, 0, 2)]}, r"shape \(1, 3\)"),
        ({"examples": "ab"}, "list of pairs"),
        ({"examples": 5}, "list of pairs"),
        ({"activation": "softmax"}, "no activation 'softmax'"),
        ({"w_range": (2, 1)}, "the first number has to be the smaller one"),
        ({"b_range": 3}, "two numbers"),
        ({"w_range": (0, math.inf)}, "second number of w_range is inf"),
        ({"w": math.nan}, "w is nan"),
        ({"b": "high"}, "b is 'high'"),
        ({"eta": 0}, "more than 0"),
        ({"steps": 1.5}, "whole number from 0 to 1000"),
        ({"steps": 1001}, "whole number from 0 to 1000"),
        ({"prediction": [1]}, r"a point \(w, b\)"),
        ({"starts": {"hill": (1, 2)}}, "'hill'.*three numbers"),
        ({"cost": 3}, "cost has to be a function"),
        ({"cost": lambda w: w}, r"has to take \(w, b\), and does not"),
        ({"cost": lambda w, b: 1 / 0}, "raises ZeroDivisionError"),
        ({"cost": lambda w, b: np.array([w, b])}, r"returned an array of shape \(2,\)"),
        ({"cost": lambda w, b: None}, "returned None"),
        ({"cost": lambda w, b: "low"}, "returned a str"),
        ({"cost": lambda w, b: math.nan}, "not a finite number"),
        ({"dCdw": own_dCdw}, "belong together"),
        ({"dCdw": own_dCdw, "dCdb": lambda w, b, x, y: [1, 2]}, "returned a list"),
        ({"dCdw": own_dCdw, "dCdb": lambda w, b, x: 1.0}, r"\(w, b\) or \(w, b, x, y\)"),
    ],
)
def test_what_cannot_be_shown_is_refused_in_one_sentence(arguments, words):
    with pytest.raises(WidgetError, match=words) as refused:
        CostContour(**arguments)
    assert "\n" not in str(refused.value)


def test_a_function_that_is_not_written_yet_is_called_that():
    def cost(w, b):
        raise NotImplementedError

    with pytest.raises(WidgetError, match=r"^cost is not written yet\.$"):
        CostContour(cost=cost)


# ------------------------------------------------------------------------------------------------------ the walk


def test_the_lessons_five_steps_lead_where_the_handout_says():
    widget = CostContour(NOT, steps=5)
    assert widget.path.shape == (6, 2)
    assert np.round(widget.point, 4).tolist() == [0.6235, 0.9456]
    assert " ".join(f"{cost:.3f}" for cost in widget.costs) == "0.952 0.516 0.495 0.482 0.471 0.455"
    assert widget.cost == widget.costs[-1]
    assert widget.answers == pytest.approx(np.tanh([widget.point[0] + widget.point[1], widget.point[1]]))


def test_the_named_starts_do_what_they_are_named_for():
    made = {name: CostContour(w=w, b=b, eta=eta, steps=50) for name, (w, b, eta) in CostContour().starts.items()}
    assert made["plateau"].cost == pytest.approx(0.501, abs=0.0005)
    turns = np.sign(np.diff(made["zigzag"].path[:12], axis=0)[:, 1])
    assert np.sum(turns[1:] != turns[:-1]) >= 4
    early = made["divergence"].costs[:3]
    assert early[0] < early[1] < early[2]


@pytest.mark.parametrize("activation", ["tanh", "sigmoid", "relu", "identity"])
def test_the_gradient_is_what_costs_beside_each_other_say(activation):
    draw = np.random.RandomState(3)
    examples = np.stack([draw.randn(9), draw.uniform(-1, 1, 9)], axis=1)
    little = 1e-6
    widget = CostContour(examples, activation, w=0.6, b=0.3)

    def cost(w, b):
        return CostContour(examples, activation, w=w, b=b).cost

    across = (cost(0.6 + little, 0.3) - cost(0.6 - little, 0.3)) / (2 * little)
    upwards = (cost(0.6, 0.3 + little) - cost(0.6, 0.3 - little)) / (2 * little)
    assert widget.gradient == pytest.approx((across, upwards), rel=1e-5)


def test_a_walk_that_diverges_ends_and_what_is_left_is_finite():
    path = walk(Neuron("identity", np.array([1.0, 2.0]), np.array([0.0, 1.0])), 1, 1, 3.0, 200)
    assert 1 < len(path) < 201
    assert np.all(np.isfinite(path))


def test_a_state_can_be_asked_for():
    widget = CostContour(NOT)
    assert widget.cost > 0.05
    widget.w, widget.b = -2, 2  # what a browser does when the point is dragged
    assert widget.cost < 0.05


# ------------------------------------------------------------------------------------------ a student's own functions


def test_an_own_cost_that_is_that_of_the_neuron_is_walked_by_its_formulas():
    widget = CostContour(NOT, cost=own_cost, steps=5)
    assert widget.is_neuron
    assert widget.point == CostContour(NOT, steps=5).point


def test_any_other_cost_is_walked_on_a_surface_through_its_heights():
    widget = CostContour(cost=bowl, w=3, b=2, eta=0.1, steps=60)
    assert not widget.is_neuron
    assert widget.answers is None
    assert widget.cost == pytest.approx(bowl(*widget.point), abs=1e-6)
    assert widget.point == pytest.approx((1, 0.5), abs=1e-3)
    assert widget.gradient == pytest.approx((0, 0), abs=1e-3)


def test_a_surface_is_smooth_and_close_to_the_function():
    w, b = np.linspace(-4, 4, 97), np.linspace(-2, 4, 73)
    surface = Surface(np.sin(w)[None, :] * np.cos(b)[:, None], (-4, 4), (-2, 4))
    for at in [(0.31, 0.77), (-3.99, 3.99), (2.5, -1.2)]:
        place = surface.at(*at)
        assert place.cost == pytest.approx(np.sin(at[0]) * np.cos(at[1]), abs=1e-3)
        assert place.along_w == pytest.approx(np.cos(at[0]) * np.cos(at[1]), abs=2e-2)
    assert math.isnan(surface.at(4.01, 0).cost)


def test_own_slopes_are_compared_with_the_true_ones():
    right = CostContour(NOT, dCdw=own_dCdw, dCdb=own_dCdb)
    assert right.own_gradient == pytest.approx(right.gradient)
    forgot_the_mean = CostContour(
        NOT,
        dCdw=lambda w, b: sum(own_dCdw(w, b, x, y) for x, y in NOT),
        dCdb=lambda w, b: sum(own_dCdb(w, b, x, y) for x, y in NOT),
    )
    assert forgot_the_mean.own_gradient == pytest.approx(2 * np.array(right.gradient))
    assert CostContour().own_gradient is None


def test_making_it_asks_for_one_cost_only_and_drops_what_is_printed(capsys):
    asked = []

    def cost(w, b):
        asked.append((w, b))
        print("here")
        return bowl(w, b)

    widget = CostContour(cost=cost)
    assert asked == [(1.3, -0.1)]
    assert widget.share() < 1
    assert capsys.readouterr().out == ""


def in_a_kernel(make):
    """Make a widget on an event loop, as a notebook does, tell it that a browser shows it, and await its work."""

    async def session():
        widget = make()
        widget._hear(widget, {"do": "here", "view": "1"}, [])
        while widget.share() < 1:
            await asyncio.sleep(0.01)
        while widget.working:
            await asyncio.sleep(0.01)
        return widget

    return asyncio.run(asyncio.wait_for(session(), 60))


def test_when_a_browser_shows_it_the_whole_map_is_computed():
    widget = in_a_kernel(lambda: CostContour(NOT, cost=own_cost, dCdw=own_dCdw, dCdb=own_dCdb))
    heights = np.frombuffer(widget.heights).reshape(73, 97)
    neuron = Neuron("tanh", np.array([1, 0]), np.array([0, 1]))
    assert heights == pytest.approx(neuron.heights(np.linspace(-4, 4, 97), np.linspace(-2, 4, 73)))
    assert np.abs(np.frombuffer(widget.own_off)).max() < 1e-12
    assert widget.notice == ""


def test_where_an_own_function_fails_the_map_stays_blank_and_says_so():
    widget = in_a_kernel(lambda: CostContour(cost=lambda w, b: math.sqrt(w + 2) + b**2, w=0, b=0))
    heights = np.frombuffer(widget.heights).reshape(73, 97)
    assert np.all(np.isnan(heights[:, 0]))
    assert np.all(np.isfinite(heights[:, -1]))
    assert "ValueError" in widget.notice
    assert "stays blank" in widget.notice


def test_a_large_data_set_is_mapped_piece_by_piece():
    examples = np.random.RandomState(2).randn(3000, 2)
    widget = CostContour(examples)
    assert widget.share() < 0.5
    assert widget.is_neuron
    assert len(widget.pairs) == 3000 * 2 * 8


# ------------------------------------------------------------------------------------------------ words and pictures


def test_the_line_of_code_names_what_the_notebook_has_names_for(monkeypatch):
    monkeypatch.setattr(sys.modules["__main__"], "training_set", NOT, raising=False)
    monkeypatch.setattr(sys.modules["__main__"], "own_cost", own_cost, raising=False)
    widget = CostContour(NOT, cost=own_cost, w=0.5, steps=3, b_range=(-1, 3))
    line = "CostContour(training_set, cost=own_cost, b_range=(-1, 3), w=0.5, b=-0.1, eta=1, steps=3)"
    assert widget.as_code() == line
    again = eval(line, {"CostContour": CostContour, "training_set": NOT, "own_cost": own_cost})
    assert again.as_code() == line


def test_the_line_of_code_has_prediction_and_arrow_only_where_they_are_set():
    assert CostContour().as_code() == "CostContour(w=1.3, b=-0.1, eta=1, steps=0)"
    widget = CostContour(activation="sigmoid", predict=True, prediction=[0.5, 1])
    assert widget.as_code() == (
        'CostContour(activation="sigmoid", w=1.3, b=-0.1, eta=1, steps=0, predict=True, prediction=[0.5, 1])'
    )


def test_the_still_picture_says_where_the_walk_is():
    widget = CostContour(NOT, steps=5)
    assert "At w = 0.62, b = 0.95 after 5 steps from (1.3, −0.1) with η = 1 the cost is 0.455." in widget.described()
    assert len(widget.static_svg()) < 40_000


def test_the_home_is_on_the_map_whatever_the_map_shows():
    assert CostContour(w_range=(5, 9)).home == [7, -0.1]
    assert CostContour(cost=bowl).starts == {"start": (1.3, -0.1, 1.0)}
