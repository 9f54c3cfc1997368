"""ChainExplorer keeps its promises in Python: the lesson's numbers, sentences for bad arguments, a still picture."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import numpy as np
import pytest

from backprop.errors import BackpropError
from backprop.widgets import ChainExplorer
from backprop.widgets.chain_explorer.model import run, steps
from backprop.widgets.chain_explorer.picture import bar_heights, bar_top
from backprop.widgets.shared.readable_number import number

SVG = "{http://www.w3.org/2000/svg}"


def forward(x, weights):
    z, f = [], []
    for w in weights:
        z.append((f[-1] if f else x) * w)
        f.append(np.tanh(z[-1]))
    return np.array(z), np.array(f)


def deltas(y, weights, z, f):
    delta = np.zeros(len(weights))
    delta[-1] = 2 * (f[-1] - y) * (1 - f[-1] ** 2)
    for i in range(len(weights) - 2, -1, -1):
        delta[i] = (1 - f[i] ** 2) * weights[i + 1] * delta[i + 1]
    return delta


# --------------------------------------------------------------------------------- the numbers


def test_it_has_the_figures_that_the_lesson_prints():
    it = ChainExplorer()
    np.testing.assert_allclose(it.chain.f, [0.53704957, -0.35917179, -0.51878424], rtol=1e-7)
    np.testing.assert_allclose(it.loss, 1.7391918777, rtol=1e-9)
    np.testing.assert_allclose(it.delta, [1.33812299, -2.68643059, -1.92770098], rtol=1e-8)
    np.testing.assert_allclose(it.gradient, [0.66906149, -1.44274639, 0.69237581], rtol=1e-8)


@pytest.mark.parametrize("L", [1, 2, 5, 20])
def test_the_gradient_is_what_turning_each_weight_a_little_measures(L):
    draw = np.random.RandomState(L)
    x, y, weights, h = 0.7, -0.4, draw.uniform(-1.5, 1.5, L), 1e-6
    measured = [(run(x, y, weights + h * e).loss - run(x, y, weights - h * e).loss) / (2 * h) for e in np.eye(L)]
    np.testing.assert_allclose(run(x, y, weights).gradient, measured, rtol=1e-6, atol=1e-9)


def test_delta_is_what_pushing_z_measures():
    weights, h = np.array([1.2, -0.7, 1.6]), 1e-6

    def loss_from(z_2):
        return run(np.tanh(z_2), 0.8, weights[2:]).loss

    chain = run(0.5, 0.8, weights)
    measured = (loss_from(chain.z[1] + h) - loss_from(chain.z[1] - h)) / (2 * h)
    np.testing.assert_allclose(chain.delta[1], measured, rtol=1e-7)


def test_what_python_reads_follows_what_the_user_changes():
    it = ChainExplorer(step=7)
    it.weights = [0.4, 0.9]
    np.testing.assert_array_equal(it.delta, run(0.5, 0.8, [0.4, 0.9]).delta)
    assert it.at == steps(2)[5], "a walk that was longer ends at the last step of the shorter one"
    it.step = 3
    assert (it.at.kind, it.at.unit) == ("loss", 0)


# --------------------------------------------------------------------------------- arguments


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ({"x": float("nan")}, "`x` has to be a number between −2 and 2; it is nan."),
        ({"y": "much"}, "`y` has to be a number; it is 'much'."),
        ({"weights": []}, "has to hold 1 to 20 numbers"),
        ({"weights": np.ones(21)}, "it holds 21"),
        ({"weights": [[1.0], [2.0]]}, "its shape is (2, 1)"),
        ({"weights": [1, float("inf")]}, "`weights[1]` has to be a number between −3 and 3"),
        ({"weights": ["a"]}, "has to be a list of numbers"),
        ({"step": 8}, "a whole number from 0 to 7; it is 8"),
        ({"step": 1.5}, "a whole number from 0 to 7"),
        ({"deltas": np.ones(3)}, "`deltas` has to be a function"),
        ({"forward": forward}, "Give `deltas` as well"),
    ],
)
def test_a_bad_argument_gives_one_sentence(arguments, sentence):
    with pytest.raises(ValueError, match=re.escape(sentence)) as caught:
        ChainExplorer(**arguments)
    assert isinstance(caught.value, BackpropError)
    assert len(caught.value._render_traceback_()) == 1


def test_a_bad_value_later_is_refused_and_leaves_the_state_as_it_was():
    it = ChainExplorer()
    with pytest.raises(ValueError, match="between −3 and 3"):
        it.weights = [1.0, 9.0]
    assert it.weights == [1.2, -0.7, 1.6]


# --------------------------------------------------------------------------------- the student's own functions


def test_own_functions_are_asked_for_the_present_state():
    it = ChainExplorer(forward=forward, deltas=deltas)
    np.testing.assert_allclose(it.own["delta"], it.delta)
    it.x = -1.0
    np.testing.assert_allclose(it.own["delta"], it.delta)
    assert it.own["of"] == [-1.0, 0.8, 1.2, -0.7, 1.6]


def test_without_an_own_forward_deltas_gets_the_right_z_and_f():
    it = ChainExplorer(deltas=lambda y, weights, z, f: f)
    np.testing.assert_allclose(it.own["delta"], it.chain.f)


@pytest.mark.parametrize(
    ("own", "sentence"),
    [
        ({"deltas": lambda y, weights, z, f: 1 / 0}, "<lambda> raises ZeroDivisionError: division by zero."),
        ({"deltas": lambda y, weights, z, f: None}, "<lambda> returns nothing (None)."),
        ({"deltas": lambda y, weights, z, f: z[:, None]}, "<lambda> returns shape (3, 1), not (3,)."),
        ({"deltas": lambda y, weights, z, f: z * np.nan}, "<lambda> returns a number that is not finite."),
        ({"deltas": deltas, "forward": lambda x, weights: weights}, "<lambda> does not return two things, z and f."),
        ({"deltas": deltas, "forward": lambda x, weights: (weights, 1)}, "<lambda> returns f of shape (), not (3,)."),
    ],
)
def test_an_own_function_that_fails_becomes_a_sentence(own, sentence):
    it = ChainExplorer(**own)
    assert it.own["delta"] is None
    assert it.own["said"] == sentence


def test_an_unsolved_exercise_is_said_to_be_unwritten():
    def deltas(y, weights, z, f):
        raise NotImplementedError()

    assert ChainExplorer(deltas=deltas).own["said"] == "deltas is not written yet."


def test_an_own_function_may_print_and_change_what_it_gets(capsys):
    def loud(y, weights, z, f):
        print("here")
        weights[:] = 0
        return f

    it = ChainExplorer(deltas=loud)
    assert it.weights == [1.2, -0.7, 1.6]
    assert capsys.readouterr().out == ""


# --------------------------------------------------------------------------------- code, picture, speed


def test_the_line_of_code_makes_the_same_state():
    it = ChainExplorer(x=-1.25, weights=[0.1, 1e-6], step=5, log_bars=True)
    again = eval(it.as_code(), {"ChainExplorer": ChainExplorer})
    assert again.as_code() == it.as_code()
    np.testing.assert_array_equal(again.delta, it.delta)


def test_the_line_of_code_names_own_functions():
    assert "deltas=deltas" in ChainExplorer(deltas=deltas).as_code()
    assert "lambda" not in ChainExplorer(deltas=lambda y, weights, z, f: f).as_code()


@pytest.mark.parametrize("L", [1, 3, 20])
def test_the_still_picture_has_every_unit_and_is_whole(L):
    it = ChainExplorer(weights=[0.9] * L, log_bars=L > 8)
    svg = it.static_svg()
    root = ET.fromstring(svg)
    words = [node.text for node in root.iter(f"{SVG}text")]
    assert words.count("0.9") >= L
    assert "run the cell to make it move" in " ".join(words)
    width = float(root.get("width"))
    assert all(0 <= float(node.get("x")) <= width for node in root.iter(f"{SVG}text"))
    bars = [node for node in root.iter(f"{SVG}rect") if node.get("fill") == "#D55E00"]
    assert len(bars) == L


def test_it_says_in_words_what_the_picture_shows():
    assert ChainExplorer().described() == (
        "A chain of 3 tanh units with x = 0.5, y = 0.8 and the weights 1.2, −0.7, 1.6. Its loss is 1.74; "
        "δ is 1.34, −2.69, −1.93."
    )
    assert "δ is 4.26e−9 at unit 1, …, 0.0308 at unit 20" in ChainExplorer(weights=[1.5] * 20).described()


def test_bars_reach_from_nothing_to_the_top():
    assert bar_top(np.array([2.7, -1.3]), log=False) == 3
    assert bar_top(np.array([2.7, -1.3]), log=True) == 10
    assert bar_top(np.zeros(2), log=True) == 1
    np.testing.assert_allclose(bar_heights(np.array([1.5, -3.0, 0.0]), log=False), [0.5, 1, 0])
    np.testing.assert_allclose(bar_heights(np.array([1.0, 1e-5, 1e-12, 0.0]), log=True), [1, 0.5, 0, 0], atol=1e-12)


def test_a_number_is_short_and_has_a_true_minus():
    assert [number(v) for v in (-0.3759, 1e-6, -4.256e-9, 999.6, -0.0)] == ["−0.376", "1e−6", "−4.26e−9", "1000", "0"]


def test_there_is_a_picture_and_a_text_for_those_without_a_kernel():
    still = ChainExplorer().still()
    assert {"text/plain", "image/svg+xml", "text/html"} <= still.keys()
    assert still["text/plain"].startswith("ChainExplorer: A chain of 3")
