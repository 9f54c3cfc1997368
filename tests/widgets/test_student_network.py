"""A student's functions are called in turn, and what is wrong with one of them is said in one sentence."""

from __future__ import annotations

import numpy as np
import pytest

from backprop.widgets.shared.student_function import StudentFunctionError
from backprop.widgets.shared.student_network import StudentNetwork


@pytest.fixture
def network(two_layers, noise):
    """A function that makes the network with some of its parts replaced."""

    def made(**other):
        parts = {"X": noise.X, "Y": noise.Y, **vars(two_layers), **other}
        parts.pop("all")
        return StudentNetwork(**parts)

    return made


def complaint(made, parameters) -> str:
    with pytest.raises(StudentFunctionError) as raised:
        made().tried(parameters)
    said = str(raised.value)
    assert said.count("\n") == 0
    assert said.endswith(".")
    return said


def test_training_takes_the_steps_that_the_students_own_loop_takes(network, two_layers, noise):
    parameters, costs = noise.parameters, []
    for _ in range(5):
        A2, cache = two_layers.forward_propagation(noise.X, parameters)
        costs.append(two_layers.computer_cost(A2, noise.Y))
        grads = two_layers.back_propogation(noise.X, noise.Y, parameters, cache)
        parameters = two_layers.update_parameters(parameters, grads, 0.5)
    training = network().training(noise.parameters, 0.5)
    assert [next(training)[0] for _ in range(5)] == costs
    assert costs[0] > costs[-1]


def test_functions_that_change_what_they_are_given_do_no_harm(network, two_layers, noise):
    before = {name: value.copy() for name, value in noise.parameters.items()}

    def in_place(parameters, grads, learning_rate):
        for name in parameters:
            parameters[name] -= learning_rate * grads[f"d{name}"]
        return parameters

    one, other = network().training(noise.parameters, 0.5), network(update_parameters=in_place)
    changed = other.training(noise.parameters, 0.5)
    assert [next(one)[0] for _ in range(4)] == pytest.approx([next(changed)[0] for _ in range(4)], rel=1e-12)
    assert all(np.array_equal(before[name], noise.parameters[name]) for name in before)


@pytest.mark.parametrize(
    ("part", "function", "words"),
    [
        ("computer_cost", lambda A2, Y: (A2 - Y) ** 2, "returns an array of shape (1, 3); a cost is one number"),
        ("computer_cost", lambda A2, Y: None, "returns nothing; a cost is one number"),
        ("computer_cost", lambda A2, Y: 1 / 0, "raises ZeroDivisionError: division by zero"),
        ("computer_cost", lambda A2: 0.0, "raises TypeError"),
        ("forward_propagation", lambda X, parameters: X, "returns an array; it should return two things: A2, cache"),
        ("forward_propagation", lambda X, parameters: (X, {}), "returns A2 of shape (2, 3), and Y has (1, 3)"),
        ("update_parameters", lambda parameters, grads, eta: {"W1": 0}, "returns W1 of shape (), and it was (10, 2)"),
        ("update_parameters", lambda parameters, grads, eta: None, "returns nothing; it should be a dictionary"),
        ("back_propogation", 3, "should be your function of that name, and is an int"),
        ("X", np.array([[1.0, np.nan, 2.0], [0, 0, 0]]), "X[0, 1] is nan"),
        ("X", np.zeros((2, 0)), "X is empty"),
        ("X", np.zeros(3), "should be an array of numbers with one column for each sample"),
        ("X", [[1, 2, 3]], "X is a list"),
        ("Y", np.zeros((1, 4)), "X has 3 samples and Y has 4"),
    ],
)
def test_what_cannot_be_used_is_named_in_one_sentence(network, noise, part, function, words):
    assert words in complaint(lambda: network(**{part: function}), noise.parameters)


def test_a_function_that_is_not_written_yet_is_called_so(network, noise):
    def computer_cost(A2, Y):
        raise NotImplementedError()

    assert complaint(lambda: network(computer_cost=computer_cost), noise.parameters) == (
        "computer_cost is not written yet."
    )


def test_functions_are_tried_on_a_few_samples_only(network, two_layers):
    seen = []

    def counted(X, parameters):
        seen.append(X.shape[1])
        return two_layers.forward_propagation(X, parameters)

    large = network(X=np.zeros((2, 5000)), Y=np.zeros((1, 5000)), forward_propagation=counted)
    large.tried_from_the_start(n_h=2)
    assert max(seen) < 10


def test_trying_leaves_the_notebooks_random_numbers_alone(network):
    np.random.seed(8)
    wanted = np.random.RandomState(8).randn(3)
    network().tried_from_the_start(n_h=2)
    assert np.array_equal(np.random.randn(3), wanted)
