"""BackpropSteps keeps its promises in Python: right numbers, the student's functions read and asked, a picture."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import numpy as np
import pytest

from backprop.errors import BackpropError
from backprop.widgets import BackpropSteps
from backprop.widgets.backprop_steps.model import PARAMETERS, STEPS, flatten, run, sigmoid, unflatten

SVG = "{http://www.w3.org/2000/svg}"


def forward_propagation(X, parameters):
    Z1 = parameters["W1"] @ X + parameters["b1"]
    A1 = sigmoid(Z1)
    Z2 = parameters["W2"] @ A1 + parameters["b2"]
    A2 = sigmoid(Z2)
    return A2, {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}


def computer_cost(A2, Y):
    return np.sum((A2 - Y) ** 2) / (2 * Y.shape[1])


def back_propogation(X, Y, parameters, cache):
    A1, A2 = cache["A1"], cache["A2"]
    dZ2 = (A2 - Y) / Y.shape[1] * A2 * (1 - A2)
    dZ1 = parameters["W2"].T @ dZ2 * A1 * (1 - A1)
    return {
        "dW1": dZ1 @ X.T,
        "db1": np.sum(dZ1, axis=1, keepdims=True),
        "dW2": dZ2 @ A1.T,
        "db2": np.sum(dZ2, axis=1, keepdims=True),
    }


OWN = {"forward": forward_propagation, "cost": computer_cost, "backward": back_propogation}


# --------------------------------------------------------------------------------- the numbers


@pytest.mark.parametrize("m", [1, 3, 6])
def test_the_slopes_are_what_turning_each_parameter_a_little_measures(m):
    draw = np.random.RandomState(m)
    X, Y, h = draw.randn(2, m), draw.rand(1, m), 1e-6
    it = BackpropSteps(X, Y)
    theta = np.array(flatten(it.parameters))
    measured = [
        (
            run(X, Y, unflatten(theta + h * e, (2, 3, 1)))["cost"]
            - run(X, Y, unflatten(theta - h * e, (2, 3, 1)))["cost"]
        )
        / (2 * h)
        for e in np.eye(len(theta))
    ]
    slopes = [value for name in PARAMETERS for value in it.grads["d" + name].ravel()]
    np.testing.assert_allclose(slopes, measured, rtol=1e-6, atol=1e-9)


def test_it_computes_what_the_functions_of_the_lesson_compute():
    it = BackpropSteps()
    A2, cache = forward_propagation(it.X, it.parameters)
    for name, value in cache.items():
        np.testing.assert_allclose(it.cache[name], value)
    np.testing.assert_allclose(it.cost, computer_cost(A2, it.Y))
    for name, value in back_propogation(it.X, it.Y, it.parameters, cache).items():
        np.testing.assert_allclose(it.grads[name], value)


def test_a_saturated_network_makes_no_warning():
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        it = BackpropSteps(W1=np.full((3, 2), -100.0), X=[[100.0], [100.0]], Y=[[1.0]])
        assert np.all(it.values["A1"] < 1e-300)


def test_what_python_reads_follows_what_the_user_changes():
    it = BackpropSteps()
    before = it.cost
    it.b2 = [[1.5]]
    assert it.parameters["b2"][0, 0] == 1.5
    assert it.cost != before
    it.step = 6
    assert it.at == "dZ2"


# --------------------------------------------------------------------------------- arguments


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ({"X": [[1], [2]]}, "Give X and Y together: `Y` is missing."),
        ({"Y": [[1]]}, "Give X and Y together: `X` is missing."),
        ({"X": [[1, 2]], "Y": [[1, 2]]}, "`X` has to have the shape (2, m) with m from 1 to 6"),
        ({"X": np.zeros((2, 0)), "Y": np.zeros((1, 0))}, "it has (2, 0)"),
        ({"X": np.zeros((2, 7)), "Y": np.zeros((1, 7))}, "it has (2, 7)"),
        ({"X": np.zeros((2, 2)), "Y": np.zeros((1, 3))}, "X has 2 samples and Y has 3"),
        ({"X": [[1], [np.nan]], "Y": [[1]]}, "`X[1, 0]` has to be a number between −100 and 100; it is nan."),
        ({"X": [["a"], ["b"]], "Y": [[1]]}, "`X` has to be an array of numbers"),
        ({"W1": np.ones((2, 3))}, "`W1` has to have the shape (3, 2), hidden units by inputs; it has (2, 3)."),
        ({"b1": np.ones(3)}, "`b1` has to have the shape (3, 1)"),
        ({"parameters": {"W1": np.ones((3, 2))}}, "`parameters` has no 'b1'"),
        ({"parameters": np.ones(13)}, "has to be a dictionary"),
        ({"W3": 1}, "takes no argument `W3`"),
        ({"step": 12}, "`step` has to be a whole number from 0 to 11; it is 12."),
        ({"sample": 2}, "`sample` has to be a whole number from 0 to 1; it is 2."),
        ({"backward": {"dW1": 0}}, "`backward` has to be one of your functions"),
    ],
)
def test_a_bad_argument_gives_one_sentence(arguments, sentence):
    with pytest.raises(ValueError, match=re.escape(sentence)) as caught:
        BackpropSteps(**arguments)
    assert isinstance(caught.value, BackpropError)
    assert len(caught.value._render_traceback_()) == 1


def test_a_bad_value_later_is_refused_and_leaves_the_state_as_it_was():
    it = BackpropSteps()
    with pytest.raises(ValueError, match="shape"):
        it.b1 = [[1.0]]
    assert len(it.b1) == 3


def test_single_parameters_go_before_the_dictionary():
    parameters = {"W1": np.ones((3, 2)), "b1": np.ones((3, 1)), "W2": np.ones((1, 3)), "b2": np.ones((1, 1))}
    it = BackpropSteps(parameters=parameters, b2=[[7.0]])
    assert (it.W1[0][0], it.b2[0][0]) == (1.0, 7.0)


# --------------------------------------------------------------------------------- the student's own functions


def test_right_functions_say_what_the_widget_says():
    it = BackpropSteps(**OWN)
    for quantity in ("Z1", "A1", "Z2", "A2", "dW1", "db1", "dW2", "db2"):
        np.testing.assert_allclose(it._own["values"][quantity], it.values[quantity])
    assert it._own["values"]["cost"] == [[pytest.approx(it.cost)]]
    assert it._own["said"] == {}


def test_they_are_asked_again_when_a_parameter_is_turned():
    it = BackpropSteps(**OWN)
    it.W2 = [[2.0, 0.0, -1.0]]
    assert it._own["of"][2] == [[2.0, 0.0, -1.0]]
    np.testing.assert_allclose(it._own["values"]["dW1"], it.grads["dW1"])


def test_a_wrong_forward_does_not_make_the_backward_wrong():
    it = BackpropSteps(**{**OWN, "forward": lambda X, parameters: (X, {"A2": X})})
    np.testing.assert_allclose(it._own["values"]["dW1"], it.grads["dW1"])
    assert it._own["said"]["Z1"] == "<lambda> returns no Z1."
    assert it._own["said"]["A2"] == "<lambda> returns A2 as shape (2, 2), not (1, 2)."


@pytest.mark.parametrize(
    ("backward", "sentence"),
    [
        (lambda X, Y, parameters, cache: None, "<lambda> does not return a dictionary."),
        (lambda X, Y, parameters, cache: {"dW2": 1}, "<lambda> returns no dW1."),
        (
            lambda X, Y, parameters, cache: {"dW1": parameters["W1"].T},
            "<lambda> returns dW1 as shape (2, 3), not (3, 2).",
        ),
        (lambda X, Y, parameters, cache: cache["Z3"], "<lambda> raises KeyError: 'Z3'."),
    ],
)
def test_an_own_function_that_fails_becomes_a_sentence(backward, sentence):
    assert BackpropSteps(backward=backward)._own["said"]["dW1"] == sentence


def test_an_unsolved_exercise_is_said_to_be_unwritten():
    def back_propogation(X, Y, parameters, cache):
        dZ2 = cache["A2"] - Y
        raise NotImplementedError(dZ2)

    it = BackpropSteps(backward=back_propogation)
    assert it._own["said"]["dW1"] == "back_propogation is not written yet."
    assert it._code[0]["marks"].keys() == {"dZ2"}


def test_the_code_of_own_functions_is_shown_with_the_lines_of_each_step():
    shown = {one["function"]: one for one in BackpropSteps(**OWN)._code}
    assert shown.keys() == {"forward_propagation", "computer_cost", "back_propogation"}
    for name, found in shown.items():
        for quantity, lines in found["marks"].items():
            assert any(quantity in found["lines"][line] or quantity == "cost" for line in lines), (name, quantity)
    marked = {quantity for one in shown.values() for quantity in one["marks"]}
    assert marked == set(STEPS) - {"start"}


# --------------------------------------------------------------------------------- code, picture


def test_the_line_of_code_makes_the_same_state():
    it = BackpropSteps([[1.0, 2.0], [0.5, -1.0]], [[0.0, 1.0]], W2=[[0.25, -0.5, 1.0]], step=10, sample=1, entry=3)
    again = eval(it.as_code(), {"BackpropSteps": BackpropSteps})
    assert again.as_code() == it.as_code()
    np.testing.assert_array_equal(again.grads["dW1"], it.grads["dW1"])


def test_the_line_of_code_names_own_functions():
    code = BackpropSteps(**OWN).as_code()
    assert "forward=forward_propagation, cost=computer_cost, backward=back_propogation" in code


def test_the_still_picture_has_a_number_on_every_edge_and_node():
    it = BackpropSteps()
    svg = it.static_svg()
    root = ET.fromstring(svg)
    words = [node.text for node in root.iter(f"{SVG}text")]
    assert len([word for word in words if word.startswith("d ")]) == 9, "one slope on each edge"
    assert len([word for word in words if word.startswith(("Z1 =", "Z2 ="))]) == 4
    assert "run the cell to make it move" in " ".join(words)


def test_it_says_in_words_what_the_picture_shows():
    assert "A2 is 0.52, the target 1, the cost 0.12; the largest slope is in dW1." in BackpropSteps().described()
