"""The gallery's own forward pass, and the order of its digits."""

import numpy as np
import pytest

from backprop.widgets.digit_gallery.model import arrange, forward, levels, quantised, shares, sigmoid


def test_the_surest_mistake_comes_first_and_the_surest_right_answer_last():
    outputs, labels = np.array([0.9, 0.4, 0.99, 0.2, 0.7]), np.array([1, 1, 0, 0, 0])
    predictions = (outputs > 0.5).astype(int)
    assert arrange(outputs, predictions, labels, "misclassified first").tolist() == [2, 4, 1, 3, 0]


def test_what_predict_says_decides_what_a_mistake_is_not_the_output():
    outputs, labels = np.array([0.9, 0.1]), np.array([1, 0])
    assert arrange(outputs, np.array([1, 1]), labels, "misclassified first").tolist() == [1, 0]


def test_least_sure_is_nearest_to_one_half():
    outputs = np.array([0.9, 0.45, 0.2])
    assert arrange(outputs, np.ones(3), np.ones(3), "least sure first").tolist() == [1, 2, 0]


def test_digits_that_tie_stay_as_they_come():
    same = np.full(5, 0.5)
    for order in ("misclassified first", "least sure first", "as they come"):
        assert arrange(same, np.zeros(5), np.zeros(5), order).tolist() == [0, 1, 2, 3, 4]


def test_the_sigmoid_neither_overflows_nor_leaves_0_to_1():
    with np.errstate(all="raise", under="ignore"):
        assert sigmoid(np.array([-800.0, 0.0, 800.0])).tolist() == [0.0, 0.5, 1.0]


def test_the_shares_and_the_bias_add_up_to_z2():
    draw = np.random.RandomState(0)
    parameters = {"W1": draw.randn(3, 4), "b1": draw.randn(3, 1), "W2": draw.randn(1, 3), "b2": draw.randn(1, 1)}
    A1, A2 = forward(draw.rand(4, 1), parameters)
    z2 = shares(A1, parameters).sum() + parameters["b2"][0, 0]
    assert sigmoid(z2) == pytest.approx(A2[0, 0])


@pytest.mark.parametrize("steps", [16, 255])
def test_pixels_that_come_in_steps_reach_the_browser_exactly(steps):
    X = np.random.RandomState(1).randint(0, steps + 1, (16, 7)) / steps
    X[0, 0] = 1 / steps
    assert levels(X) == steps
    sent = np.frombuffer(quantised(X, steps), np.uint8).reshape(7, 16)
    assert np.array_equal(sent.T / steps, X)


def test_pixels_in_no_steps_are_rounded_to_255_of_them():
    assert levels(np.random.RandomState(1).rand(16, 7)) == 255
