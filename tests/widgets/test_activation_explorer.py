"""The activation explorer: its arguments, what follows from its state, and its line of code."""

from __future__ import annotations

import math

import numpy as np
import pytest

from backprop.widgets import ActivationExplorer
from backprop.widgets.shared.base import WidgetError


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"activation": "softmax"}, "no activation 'softmax'.*sigmoid, tanh, relu, step"),
        ({"z": math.nan}, "z is nan"),
        ({"z": 7}, "from -5 to 5"),
        ({"target": "high"}, "target is 'high'"),
    ],
)
def test_what_cannot_be_shown_is_refused_in_one_sentence(arguments, words):
    with pytest.raises(WidgetError, match=words):
        ActivationExplorer(**arguments)


@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "relu"])
def test_the_slope_is_what_two_values_beside_each_other_say(activation):
    little = 1e-6
    left, right = ActivationExplorer(activation, 1.1 - little), ActivationExplorer(activation, 1.1 + little)
    measured = (right.answer - left.answer) / (2 * little)
    assert ActivationExplorer(activation, 1.1).slope == pytest.approx(measured, rel=1e-6)


def test_learning_with_tanh_comes_nearer_to_the_target_and_with_a_step_stays():
    widget = ActivationExplorer("tanh", 1.2, 0.0)
    assert abs(np.tanh(widget.next_z)) < widget.answer
    widget.activation = "step"
    assert widget.next_z == widget.z


def test_the_line_of_code_makes_the_same_widget():
    widget = ActivationExplorer("relu", -0.25, 0.5)
    assert widget.as_code() == 'ActivationExplorer(activation="relu", z=-0.25, target=0.5)'
    assert eval(widget.as_code()).as_code() == widget.as_code()
    assert repr(widget) == widget.as_code()


def test_it_is_described_in_a_sentence():
    assert ActivationExplorer().described() == "tanh at z = 1.2: the answer is 0.834 and its slope 0.305."
