"""Wrong answers that no table knows are told the one change that is enough, and right ones by chance are not."""

from __future__ import annotations

import pytest
from classroom import judged

from backprop.explain.one_change import ENOUGH, OR_ELSEWHERE

BACK = """def back_propogation(X, Y, parameters, cache):
    W2 = parameters["W2"]
    Z1, A1, Z2, A2 = cache["Z1"], cache["A1"], cache["Z2"], cache["A2"]
    m = Y.shape[1]
    dZ2 = (A2 - Y) / m * sigmoid_derivative(Z2)
    dW2 = np.dot(dZ2, A1.T)
    db2 = np.sum(dZ2, axis=1, keepdims=True)
    dZ1 = {dZ1}
    dW1 = {dW1}
    db1 = {db1}
    return {{"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}}
"""
LINES = {
    "dZ1": "np.dot(W2.T, dZ2) * sigmoid_derivative(Z1)",
    "dW1": "np.dot(dZ1, X.T)",
    "db1": "np.sum(dZ1, axis=1, keepdims=True)",
}
LOOP = """def train_loop(X, Y, n_h, learning_rate, max_iteration, print_cost=True):
    n_x, n_h, n_y = neural_network_structure(X, Y, n_h)
    for i in range(max_iteration):
        parameters = initialize_parameters(n_x, n_h, n_y)
        A2, cache = forward_propagation(X, parameters)
        cost = computer_cost(A2, Y)
        grads = back_propogation(X, Y, parameters, cache)
        parameters = update_parameters(parameters, grads, learning_rate)
        if print_cost:
            print(f"Epoch {i}: Loss = {cost}")
    return parameters
"""


def first(assignment: str, exercise: str, code: str):
    return judged(assignment, {exercise: code}, [exercise])[exercise][0]


@pytest.mark.parametrize(
    ("line", "wrong", "told"),
    [
        ("dZ1", "np.dot(W2.T, dZ2) * sigmoid_derivative(Z1) * Z1", "in line 8: `* Z1` does not belong there."),
        ("db1", "dZ1", f"in line 10: a sum over `dZ1`.{OR_ELSEWHERE}"),
    ],
)
def test_one_slip_in_one_line_is_told(line, wrong, told):
    verdict = first("two_layer_network", "6", BACK.format(**LINES | {line: wrong}))
    assert not verdict.passed
    assert verdict.hint == f"{ENOUGH}, {told}"
    assert verdict.line == ""


def test_of_two_slips_the_first_is_told_and_that_there_are_more():
    lines = LINES | {"dZ1": LINES["dZ1"] + " * Z1", "dW1": LINES["dW1"] + " * 3"}
    verdict = first("two_layer_network", "6", BACK.format(**lines))
    assert verdict.hint == "Begin with line 8: `* Z1` does not belong there."


def test_a_slip_that_was_copied_from_line_to_line_is_told_with_all_of_them():
    lines = LINES | {name: LINES[name] + " * 2" for name in ("dZ1", "dW1", "db1")}
    verdict = first("two_layer_network", "6", BACK.format(**lines))
    assert verdict.hint.startswith(ENOUGH), "2 dZ1 would do as well"
    lines = {**LINES, "dW1": LINES["dW1"] + " * m", "db1": LINES["db1"] + " * m"}
    verdict = first("two_layer_network", "6", BACK.format(**lines))
    assert verdict.hint == f"{ENOUGH}, the same in lines 9 and 10: `* m` does not belong there."


def test_a_slip_in_several_lines_is_told_with_those_where_it_does_not_show_yet():
    code = """def cost_of_example(w1, b1, x, y):
    z = round(w1 * x + b1, 3)
    a = round(np.tanh(z), 3)
    return round((a - y) ** 2, 3)
"""
    assert "the same in lines 2, 3 and 4: `round(…)`" in first("one_neuron", "2", code).hint


def test_a_line_that_belongs_outside_its_loop_is_told():
    verdict = first("two_layer_network", "8", LOOP)
    assert verdict.misconception == "one-change-inside-a-loop"
    assert "in line 4: `parameters = initialize_parameters(n_x, n_h, n_y)` stands inside a loop" in verdict.hint


def test_a_change_is_surer_than_two_mistakes_that_give_the_same_number():
    squares = "np.sum((answers - targets) ** 2)"
    code = f"def mean_squared_error(answers, targets):\n    return {squares} / (len(targets) - 1)\n"
    verdict = first("start_here", "2", code)
    assert verdict.hint == f"{ENOUGH}, in line 2: `- 1` does not belong there."


BEAT = """n_h, learning_rate, max_iteration = 10, {rate}, {epochs}
np.random.seed(1)
heard = returned_and_printed(lambda: train_loop(X_train_binary, y_train_binary, n_h, learning_rate, max_iteration))
best_parameters, costs = heard["returned"], heard["printed"]
"""


@pytest.mark.parametrize(("rate", "epochs", "name"), [
    (0.01, 20, "crawls"), (5000, 30, "saturated"), (-5, 60, "trains-uphill"), (2, 0, "no-epochs"),
])  # fmt: skip
def test_a_training_that_reaches_too_little_is_told_by_its_own_costs(rate, epochs, name):
    verdict = first("two_layer_network", "10b", BEAT.format(rate=rate, epochs=epochs))
    assert not verdict.passed
    assert verdict.misconception == name


DELTAS = """def deltas(y, weights, z, f):
    delta = 2 * (f - y) * (1 - f**2) * 0.9
    for i in range(len(weights) - 2, -1, -1):
        delta[i] = delta[i + 1] * weights[i]
    return delta"""
GRADIENTS = """def gradients(x, y, weights):
    z, f = forward(x, weights)
    delta = deltas(y, weights, z, f)
    gradient = delta * np.concatenate([[x], f[:-1]])
    return gradient"""


def test_a_slip_in_one_of_several_entries_written_out_is_told():
    code = """def forward(x1, x2, W, b, V):
    W, b, V = np.asarray(W), np.asarray(b), np.asarray(V)
    z = np.zeros((3, 1))
    z[0][0] = W[0][0] * x1 + W[0][1] * x2 + b[0][0]
    z[1][0] = W[1][0] * x1 + W[0][1] * x2 + b[1][0]
    z[2][0] = W[2][0] * x1 + W[2][1] * x2 + b[2][0]
    a = np.maximum(z, 0)
    u = V @ a
    return {"z": z, "a": a, "u": u, "o": u}"""
    assert "in line 5: other entries than `W[0]`, or more." in first("relu_network", "1", code).hint


def test_a_slip_that_shows_on_the_second_input_alone_is_told_too():
    code = """def gradients(x1, x2, y, V, values):
    z, a, o = (np.asarray(values[name]) for name in ("z", "a", "o"))
    e = float((o - y)[0, 0])
    V = np.asarray(V)
    dV = np.array([[e * a[i, 0] for i in range(3)]])
    db = np.array([[e * V[0, i] if z[i, 0] > 1 else 0.0] for i in range(3)])
    dW = np.array([[db[i, 0] * x1, db[i, 0] * x2] for i in range(3)])
    return {"dW": dW, "db": db, "dV": dV}"""
    verdict = first("relu_network", "4", code)
    assert verdict.but.startswith("on a second input")
    assert "in line 6: another number than `1`." in verdict.hint


def test_a_rounded_e_is_told():
    code = """def sigmoid(x):
    return 1 / (1 + 2.71 ** (-x))


def sigmoid_derivative(x):
    return sigmoid(x) * (1 - sigmoid(x))"""
    assert "in line 2: another number than `2.71`." in first("two_layer_network", "3", code).hint


def test_an_entry_whose_place_is_computed_is_not_called_right():
    code = """def numerical_gradient(x, y, weights, h):
    slopes = np.zeros(len(weights))
    for i in range(len(weights)):
        right, left = np.array(weights), np.array(weights)
        right[i - 1] += h
        left[i - 1] -= h
        difference = abs(loss(x, y, right) - loss(x, y, left))
        slopes[i] = difference / (2 * h)
    return slopes"""
    assert "is right" not in first("chain_of_neurons", "9", code).line


def test_no_line_is_called_wrong_where_an_earlier_answer_is():
    verdicts = judged("chain_of_neurons", {"6": DELTAS, "8": GRADIENTS}, ["6", "8"])
    assert not verdicts["6"][0].passed
    assert not verdicts["8"][0].passed
    assert (verdicts["8"][0].line, verdicts["8"][0].misconception) == ("", "")
