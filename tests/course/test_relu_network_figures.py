"""Every figure of the handout `relu_network`: literals, checked against the notebook's functions and the frozen tables.

The gradients are measured as well, by nudging single weights of a network written here in plain loops, and compared
with TensorFlow's.
"""

from __future__ import annotations

import importlib.util

import numpy as np
import pytest
from classroom import COURSE, calls_of, tables
from relu_network_run import (
    FIRST_RUN,
    NAME,
    SUM_PAIRS,
    SUM_RUN,
    assert_all_units_print,
    assert_prints,
    figures_of,
    solved,
)

from backprop.answers import json_values
from examiner.course import source_notebook

SHAPES = {"input_to_hidden_weights": (3, 2), "hidden_to_output_weights": (1, 3), "biases": (3, 1)}
SLOPES = {"dW": "input_to_hidden_weights", "db": "biases", "dV": "hidden_to_output_weights"}


@pytest.fixture
def names() -> dict:
    return solved()[0]


@pytest.fixture
def printed() -> dict[str, str]:
    return solved()[1]


# ------------------------------------------------------------------------------------------------ the class, the start


def test_a_new_network_has_the_handouts_attributes_shapes_and_start(names):
    network = names["NeuralNetwork"]()
    for name, shape in SHAPES.items():
        value = getattr(network, name)
        assert np.array_equal(value, np.full(shape, float(name != "biases")))
    assert network.learning_rate == 0.001


def test_the_helpers_take_one_number_as_in_the_handout(names):
    assert [names["rectified_linear_unit"](x) for x in (-2, 0.5, 3)] == [0, 0.5, 3]
    assert [names["rectified_linear_unit_derivative"](x) for x in (-2, 0.5, 3)] == [0, 1, 1]
    assert [names["output_layer_activation"](x) for x in (-2, 0.5)] == [-2, 0.5]
    assert names["output_layer_activation_derivative"](-2) == 1
    with pytest.raises(ValueError, match="ambiguous"):
        names["rectified_linear_unit_derivative"](np.zeros((3, 1)))


# ---------------------------------------------------------------------------------------------------- the printed runs


def test_the_first_run_gives_the_printed_figures(names):
    assert names["first_pairs"] == [pair for pair, *_ in FIRST_RUN]
    network = names["NeuralNetwork"]()
    for ((x1, x2), y), row, v, b in FIRST_RUN:
        network.train(x1, x2, y)
        assert_all_units_print(network, row, v, b)


def test_the_sums_give_the_printed_figures_at_a_rate_of_0_002(names):
    assert names["sum_pairs"] == SUM_PAIRS
    assert all(x1 + x2 == y for (x1, x2), y in SUM_PAIRS)
    network = names["NeuralNetwork"]()
    network.learning_rate = 0.002
    for epoch in range(10):
        for (x1, x2), y in SUM_PAIRS:
            network.train(x1, x2, y)
        if epoch in SUM_RUN:
            assert_all_units_print(network, *SUM_RUN[epoch])


def test_the_notebook_prints_both_runs(printed):
    lines = printed["figures-5"].splitlines()
    for line, (((x1, x2), y), *figures) in zip(lines, FIRST_RUN, strict=True):
        assert line.startswith(f"(({x1}, {x2}), {y}) ")
        assert figures_of(line.partition(") [")[2]) == figures_of(" ".join(figures))
    lines = [line for line in printed["figures-7"].splitlines() if line.startswith("epoch")]
    for line, (epoch, figures) in zip(lines, SUM_RUN.items(), strict=True):
        assert line.startswith(f"epoch {epoch}:")
        assert figures_of(line.partition(":")[2]) == figures_of(" ".join(figures))


def test_the_prose_quotes_both_runs():
    prose = " ".join(
        cell.source for cell in source_notebook.read(COURSE.notebook(NAME)).cells if cell.cell_type == "markdown"
    )
    for row in [figures for _, *figures in FIRST_RUN] + list(SUM_RUN.values()):
        assert " | ".join(row) in prose


def test_the_frozen_tables_hold_the_first_run():
    want = tables(NAME).check("5.1").want
    _, row, v, b = FIRST_RUN[-1]
    for unit in range(3):
        assert_prints(want["input_to_hidden_weights"][unit], row)
        assert_prints(want["hidden_to_output_weights"][0, unit], v)
        assert_prints(want["biases"][unit, 0], b)
    assert tables(NAME).check("5.1").given()[2] == [pair for pair, *_ in FIRST_RUN]


# ------------------------------------------------------------------------------------------------------- the gradients


def cost_in_loops(x1, x2, y, W, b, V) -> float:
    """Return ½(y − o)² of one pair, one number at a time."""
    o = 0.0
    for i in range(3):
        z = W[i][0] * x1 + W[i][1] * x2 + b[i][0]
        o += V[0][i] * (z if z > 0 else 0.0)
    return 0.5 * (y - o) ** 2


def measured(x1, x2, y, weights: dict[str, np.ndarray], epsilon: float = 1e-5) -> dict[str, np.ndarray]:
    """Return the slopes dW, db, dV by central differences; `weights` are W, b, V in this order."""
    slopes = {}
    for name in weights:
        slope = np.zeros(weights[name].shape)
        for place in np.ndindex(*slope.shape):
            costs = []
            for step in (epsilon, -epsilon):
                nudged = {other: value.copy() for other, value in weights.items()}
                nudged[name][place] += step
                costs.append(cost_in_loops(x1, x2, y, *(value.tolist() for value in nudged.values())))
            slope[place] = (costs[0] - costs[1]) / (2 * epsilon)
        slopes[f"d{name}"] = slope
    return slopes


def by_tensorflow(x1, x2, y, weights: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    import tensorflow as tf

    variables = {name: tf.Variable(value) for name, value in weights.items()}
    with tf.GradientTape() as tape:
        hidden = tf.nn.relu(variables["W"] @ np.array([[x1], [x2]], dtype=float) + variables["b"])
        cost = tf.reduce_sum((y - variables["V"] @ hidden) ** 2) / 2
    return {f"d{name}": np.asarray(slope) for name, slope in tape.gradient(cost, variables).items()}


def frozen_gradients() -> dict[str, tuple]:
    """Return (x1, x2, y, weights, slopes) of each frozen gradient, by check.

    Exercise 4 is handed the values of the forward pass, not W and b: any W and b that give its z will do.
    """
    found = {}
    for key, check in tables(NAME).checks.items():
        if check.exercise.key == "4":
            for number, ((x1, x2, y, V, values), want) in enumerate(calls_of(check)):
                W = np.array([[0.3, -0.7], [1.1, 0.2], [-0.4, 0.9]])
                weights = {"W": W, "b": values["z"] - W @ np.array([[x1], [x2]]), "V": V}
                found[key if number == 0 else f"{key}, call {number + 1}"] = (x1, x2, y, weights, want)
    return found


GRADIENTS = frozen_gradients() if NAME in COURSE.assignments() else {}
each_gradient = pytest.mark.parametrize("key", GRADIENTS)


def test_there_are_frozen_gradients_visible_and_hidden():
    assert list(GRADIENTS)[:6] == ["4", "4.1", "4.2", "4.3", "4.4", "4.5"]
    assert len(GRADIENTS) > 6, "and one check makes several calls"


@each_gradient
def test_a_frozen_gradient_is_what_nudging_single_weights_measures(key):
    x1, x2, y, weights, want = GRADIENTS[key]
    for name, slope in measured(x1, x2, y, weights).items():
        np.testing.assert_allclose(slope, want[name], rtol=1e-6, atol=1e-6 * np.abs(want[name]).max())


@each_gradient
@pytest.mark.skipif(importlib.util.find_spec("tensorflow") is None, reason="tensorflow is not installed")
def test_a_frozen_gradient_is_what_tensorflow_finds(key):
    x1, x2, y, weights, want = GRADIENTS[key]
    for name, slope in by_tensorflow(x1, x2, y, weights).items():
        np.testing.assert_allclose(slope, want[name], rtol=1e-9, atol=1e-9 * np.abs(want[name]).max())


@pytest.mark.parametrize("key", ["5", "5.2"])
def test_a_frozen_step_goes_against_the_measured_gradient(key):
    check = tables(NAME).check(key)
    named, rate, pairs = check.given()
    weights = {slope[1]: named[name] for slope, name in SLOPES.items()}
    for (x1, x2), y in pairs:
        slopes = measured(x1, x2, y, weights)
        weights = {name: value - rate * slopes[f"d{name}"] for name, value in weights.items()}
    for slope, name in SLOPES.items():
        np.testing.assert_allclose(weights[slope[1]], check.want[name], rtol=1e-6)


def test_an_oracle_refuses_every_known_wrong_gradient():
    wrong = [known for known in tables(NAME).check("4").known_wrong if "value" in known.outcome]
    assert len(wrong) >= 10
    x1, x2, y, weights, _ = GRADIENTS["4"]
    slopes = measured(x1, x2, y, weights)
    for known in wrong:
        value = json_values.decode(known.outcome["value"])
        same = [value[d].shape == slopes[d].shape and np.allclose(value[d], slopes[d], rtol=1e-5) for d in slopes]
        assert not all(same), known.misconception.id


# ------------------------------------------------------------------------------------------- these tests can fail


def test_another_figure_is_refused():
    assert_prints([1.010773971], "1.01077397")
    with pytest.raises(AssertionError):
        assert_prints([1.01077398], "1.01077397")
    with pytest.raises(AssertionError):
        assert_prints([1.002, 1.001, 1.0], "1.002 1.001")
