"""Every frozen gradient agrees with two oracles that share no code with the solutions, nor with each other.

One measures slopes: it nudges single parameters of a cost written in plain Python loops. The other is TensorFlow. Both
know layers of sigmoid units and half the mean squared error; a gradient is any answer with a key "d" + a parameter.
"""

from __future__ import annotations

import importlib.util
import math
from dataclasses import dataclass

import numpy as np
import pytest
from classroom import ASSIGNMENTS, tables

from backprop.answers import json_values

EPSILON = 1e-5
RTOL = 1e-6  # of the largest entry; central differences are good to about 1e-9 here


@dataclass
class Gradient:
    """A frozen gradient, what it was computed from, and the wrong ones that are frozen with it."""

    X: np.ndarray
    Y: np.ndarray
    parameters: dict[str, np.ndarray]
    want: dict[str, np.ndarray]
    known_wrong: dict[str, object]


def _slopes_of(parameters: dict) -> set[str]:
    return {"d" + name for name in parameters}


def gradients() -> dict[str, Gradient]:
    """Return all frozen gradients, by assignment and check."""
    found = {}
    for name in ASSIGNMENTS:
        for key, check in tables(name).checks.items():
            given, want = check.given(), check.want
            if not (isinstance(want, dict) and isinstance(given, tuple)):
                continue
            handed = [part for part in given if isinstance(part, dict) and _slopes_of(part) <= want.keys()]
            if handed:
                X, Y = (part for part in given if isinstance(part, np.ndarray))
                wrong = {
                    known.misconception.id: json_values.decode(known.outcome["value"])
                    for known in check.known_wrong
                    if "value" in known.outcome
                }
                found[f"{name}-{key}"] = Gradient(X, Y, handed[0], want, wrong)
    return found


GRADIENTS = gradients()
each_gradient = pytest.mark.parametrize("gradient", GRADIENTS.values(), ids=GRADIENTS)


def test_there_are_gradients_visible_and_hidden():
    assert len(GRADIENTS) >= 4
    assert any("." in key for key in GRADIENTS)
    assert any("." not in key for key in GRADIENTS)


# ------------------------------------------------------------------------------------------------ measured slopes


def cost_in_loops(X, Y, parameters) -> float:
    """Return half the squared error, averaged over the samples, one number at a time."""
    layers = len(parameters) // 2
    total = 0.0
    samples = X.shape[1]
    for sample in range(samples):
        signal = [float(number) for number in X[:, sample]]
        for layer in range(1, layers + 1):
            weights, biases = parameters[f"W{layer}"], parameters[f"b{layer}"]
            answers = []
            for unit in range(weights.shape[0]):
                z = float(biases[unit, 0])
                for source in range(weights.shape[1]):
                    z += float(weights[unit, source]) * signal[source]
                answers.append(1.0 / (1.0 + math.exp(-z)))
            signal = answers
        for output, answer in enumerate(signal):
            total += 0.5 * (answer - float(Y[output, sample])) ** 2
    return total / samples


def measured(gradient: Gradient) -> dict[str, np.ndarray]:
    """Return the slope along each single parameter, by central differences."""
    slopes = {}
    for name, value in gradient.parameters.items():
        slopes["d" + name] = np.empty(value.shape)
        for place in np.ndindex(value.shape):
            costs = []
            for step in (EPSILON, -EPSILON):
                nudged = {other: array.copy() for other, array in gradient.parameters.items()}
                nudged[name][place] += step
                costs.append(cost_in_loops(gradient.X, gradient.Y, nudged))
            slopes["d" + name][place] = (costs[0] - costs[1]) / (2 * EPSILON)
    return slopes


def disagreements(one: dict, other: dict) -> list[str]:
    """Return the names of the arrays that differ in shape, or by more than a millionth of their largest entry."""
    return [
        name
        for name, value in other.items()
        if np.shape(one[name]) != value.shape or not np.max(np.abs(one[name] - value)) <= RTOL * np.max(np.abs(value))
    ]


@each_gradient
def test_a_frozen_gradient_is_the_measured_slope(gradient):
    assert disagreements(gradient.want, measured(gradient)) == []


@each_gradient
def test_no_frozen_misconception_is_the_measured_slope(gradient):
    assert gradient.known_wrong
    slopes = measured(gradient)
    assert [id for id, wrong in gradient.known_wrong.items() if not disagreements(wrong, slopes)] == []


# --------------------------------------------------------------------------------------------------- TensorFlow


@pytest.mark.skipif(not importlib.util.find_spec("tensorflow"), reason="TensorFlow is not installed")
@each_gradient
def test_a_frozen_gradient_is_the_one_that_tensorflow_finds(gradient):
    import tensorflow as tf

    variables = {name: tf.Variable(value, dtype=tf.float64) for name, value in gradient.parameters.items()}
    with tf.GradientTape() as tape:
        signal = tf.constant(gradient.X, dtype=tf.float64)
        for layer in range(1, len(variables) // 2 + 1):
            signal = tf.math.sigmoid(tf.linalg.matmul(variables[f"W{layer}"], signal) + variables[f"b{layer}"])
        loss = tf.reduce_sum(tf.math.squared_difference(signal, gradient.Y), axis=0) / 2
        cost = tf.reduce_mean(loss)
    found = {"d" + name: slope.numpy() for name, slope in tape.gradient(cost, variables).items()}
    assert disagreements(gradient.want, found) == []
