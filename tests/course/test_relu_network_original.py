"""A solution of the original project, pasted into `relu_network` as it is: it passes, and its mistakes are named."""

from __future__ import annotations

import re

import pytest
from classroom import failures, judged, source, tables
from relu_network_run import FIRST_RUN, NAME, SUM_PAIRS, SUM_RUN, assert_all_units_print

pytestmark = pytest.mark.filterwarnings("ignore::PendingDeprecationWarning")  # np.matrix

# A solution as learners of the original project have it: helpers of its own, which return whole numbers; np.matrix.
ORIGINAL = """
import numpy as np

def rectified_linear_unit(x):
    return max(0, x)

def rectified_linear_unit_derivative(x):
    if x > 0:
        return 1
    return 0

def output_layer_activation(x):
    return x

def output_layer_activation_derivative(x):
    return 1

class NeuralNetwork():

    def __init__(self):
        self.input_to_hidden_weights = np.matrix('1. 1.; 1. 1.; 1. 1.')
        self.hidden_to_output_weights = np.matrix('1. 1. 1.')
        self.biases = np.matrix('0.; 0.; 0.')
        self.learning_rate = .001

    def train(self, x1, x2, y):
        input_values = np.matrix([[x1], [x2]])
        weighted = self.input_to_hidden_weights * input_values + self.biases
        activation = np.vectorize(rectified_linear_unit)(weighted)
        output = self.hidden_to_output_weights * activation
        activated = output_layer_activation(output)
        output_error = (activated - y) * output_layer_activation_derivative(output)
        hidden_error = np.multiply(self.hidden_to_output_weights.T * output_error,
                                   np.vectorize(rectified_linear_unit_derivative)(weighted))
        self.biases = self.biases - self.learning_rate * hidden_error
        self.input_to_hidden_weights = self.input_to_hidden_weights - self.learning_rate * hidden_error * input_values.T
        self.hidden_to_output_weights = self.hidden_to_output_weights - self.learning_rate * output_error * activation.T
"""


def failing_for_whole_numbers(verdicts) -> dict:
    """Return the check that shows what `max(0, x)` does: with the first unit silent, the others lose their decimals."""
    return {key: said for key, said in failures(verdicts).items() if key == "5.4"}


@pytest.mark.parametrize("class_only", [True, False], ids=["the class alone", "with helpers that return whole numbers"])
def test_an_original_solution_with_np_matrix_passes_as_one_pasted_cell(class_only):
    pasted = ORIGINAL[ORIGINAL.index("class ") :] if class_only else ORIGINAL
    verdicts = judged(NAME, {"5": pasted}, ["5"], times=2)
    assert len(verdicts) == 6
    assert failures(verdicts) == ({} if class_only else failing_for_whole_numbers(verdicts))


def test_a_pasted_original_lets_every_other_exercise_pass():
    everything = source(NAME).written.exercises
    assert failures(judged(NAME, {"5": ORIGINAL[ORIGINAL.index("class ") :]}, everything)) == {}


def test_a_pasted_original_passes_where_nothing_else_is_written():
    nothing = {"1": "def forward(*_):\n    raise NotImplementedError()", "4": "gradients = forward"}
    assert failures(judged(NAME, nothing | {"5": ORIGINAL.replace("max(0, x)", "max(0.0, x)")}, ["5"])) == {}
    assert list(failures(judged(NAME, nothing | {"5": ORIGINAL}, ["5"]))) == ["5.4"]


def test_a_pasted_original_gives_both_printed_runs():
    scope = {}
    exec(ORIGINAL, scope)
    network = scope["NeuralNetwork"]()
    for ((x1, x2), y), row, v, b in FIRST_RUN:
        network.train(x1, x2, y)
        assert_all_units_print(network, row, v, b)
    network = scope["NeuralNetwork"]()
    network.learning_rate = 0.002
    for epoch in range(10):
        for (x1, x2), y in SUM_PAIRS:
            network.train(x1, x2, y)
        if epoch in SUM_RUN:
            assert_all_units_print(network, *SUM_RUN[epoch])


# -------------------------------------------------------------------------------------- caught by name, as asked for

FORUM = {
    "elementwise for matrix product": {"elementwise-into-hidden", "elementwise-into-output", "elementwise-in-train"},
    "matrix product for elementwise": {"matrix-product-for-elementwise", "matrix-product-in-train"},
    "missing transpose": {"activation-not-transposed", "input-not-transposed", "transpose-missing-in-train"},
    "weights replaced by the gradient": {"replaced-by-gradient", "replaced-by-step"},
    "loss that only grows": {"uphill", "target-minus-answer"},
    "softmax on the output": {"softmax-at-the-output", "softmax-in-the-error", "softmax-in-train"},
    "derivative called on an array": {"derivative-called-on-an-array", "derivative-called-on-an-array-in-train"},
}


@pytest.mark.parametrize("stuck_on", FORUM)
def test_what_the_forum_got_stuck_on_is_known_to_the_visible_checks(stuck_on):
    checks = [check for check in tables(NAME).checks.values() if not check.hidden]
    assert FORUM[stuck_on] <= {known.misconception.id for check in checks for known in check.known_wrong}


MISTAKES_IN_AN_ORIGINAL = {
    "elementwise-in-train": (
        "self.input_to_hidden_weights * input_values",
        "np.multiply(self.input_to_hidden_weights, input_values)",
    ),
    "matrix-product-in-train": (
        "np.multiply(self.hidden_to_output_weights.T * output_error,",
        "np.dot(self.hidden_to_output_weights.T * output_error,",
    ),
    "transpose-missing-in-train": ("hidden_error * input_values.T", "hidden_error @ input_values"),
    "uphill": ("(activated - y)", "(y - activated)"),
    "softmax-in-train": ("output_layer_activation(output)", "np.exp(output) / np.sum(np.exp(output))"),
    "derivative-called-on-an-array-in-train": (
        "np.vectorize(rectified_linear_unit_derivative)(weighted)",
        "rectified_linear_unit_derivative(weighted)",
    ),
    "output-weights-stay": (
        "self.hidden_to_output_weights = self.hidden_to_output_weights - self",
        "hidden_to_output_weights = self.hidden_to_output_weights - self",
    ),
}

# In an original, the slopes are computed in the line of the weights, where the mistake is told by its place.
SAID_OF_THE_LINE = {"transpose-missing-in-train": "one-change-other-way-round"}


@pytest.mark.parametrize("name", MISTAKES_IN_AN_ORIGINAL)
def test_a_mistake_in_a_pasted_original_is_caught_and_named(name):
    right, wrong = MISTAKES_IN_AN_ORIGINAL[name]
    assert ORIGINAL.count(right) == 1
    verdict, *_ = judged(NAME, {"5": ORIGINAL.replace(right, wrong)}, ["5"])["5"]
    assert not verdict.passed
    assert verdict.misconception == SAID_OF_THE_LINE.get(name, name)


def test_weights_that_are_all_replaced_in_a_pasted_original_are_named():
    replaced = re.sub(r"self\.\w+ - self\.learning_rate \* ", "", ORIGINAL)
    verdict, *_ = judged(NAME, {"5": replaced}, ["5"])["5"]
    assert verdict.misconception == "replaced-by-gradient"


def test_an_exercise_that_calls_a_method_needs_the_exercise_of_its_class():
    needs = {key: exercise.needs for key, exercise in tables(NAME).exercises.items()}
    assert needs["5"] == ("1", "4")
    assert needs["7"] == ("5", "6")


def test_a_stub_of_train_is_named_where_another_exercise_trips_over_it():
    stub = "class NeuralNetwork:\n    biases = 0\n\n    def train(self, *_):\n        raise NotImplementedError()"
    (verdict,) = judged(NAME, {"5": stub}, ["7"])["7"]
    assert verdict.but == "Exercise 5 · NeuralNetwork.train is not answered yet."
