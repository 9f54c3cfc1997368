"""The formulas and keys of the handout on the chain, and every figure that the lesson prints or states, as literals.

Gradients are checked against two oracles: differences of a loss written here in plain Python, and TensorFlow.
"""

from __future__ import annotations

import contextlib
import importlib.util
import io
import math
import re
from dataclasses import dataclass
from types import SimpleNamespace

import numpy as np
import pytest
from classroom import COURSE, calls_of, committed, run, source, tables

from backprop import session
from backprop.answers import json_values
from examiner.course import source_notebook
from examiner.course.source_notebook import EXAMINER_TAG

NAME = "chain_of_neurons"

# The handout's keys, in its own order: the right options, then the wrong ones.
SGD = ({r"w_1 - \eta\,\nabla_{w_1}\text{loss}"}, {
    r"w_1 + \eta\,\nabla_{w_1}\text{loss}",
    r"\eta\,\nabla_{w_1}\text{loss}",
    r"-\eta\,\nabla_{w_1}\text{loss}",
})  # fmt: skip
FIRST_WEIGHT = ({
    r"\dfrac{\partial z_1}{\partial w_1} \cdot \dfrac{\partial\,\text{loss}}{\partial z_1}",
    r"x \cdot \delta_1",
}, {
    r"\dfrac{\partial w_1}{\partial z_1} \cdot \dfrac{\partial\,\text{loss}}{\partial z_1}",
    r"x + \delta_1",
})  # fmt: skip
DELTA = ({r"\delta_1 = (1 - f_1^2) \cdot w_2 \cdot \delta_2"}, {
    r"\delta_1 = (1 - f_1^2) \cdot w_1 \cdot \delta_2",
    r"\delta_1 = (1 - f_2^2) \cdot w_2 \cdot \delta_2",
    r"\delta_2 = (1 - f_1^2) \cdot w_2 \cdot \delta_1",
})  # fmt: skip
UNROLLED = ({r"x\,(1 - f_1^2)(1 - f_2^2) \cdots (1 - f_L^2)\;w_2 w_3 \cdots w_L\;2(f_L - y)"}, {
    r"x\,(1 - f_2^2) \cdots (1 - f_L^2)\;w_2 w_3 \cdots w_L\;2(f_L - y)",
    r"x\,(1 - f_1^2)(1 - f_2^2) \cdots (1 - f_L^2)\;w_1 w_2 w_3 \cdots w_L\;2(f_L - y)",
    r"x\;w_2 w_3 \cdots w_L\;2(f_L - y)",
})  # fmt: skip

# Printed by the lesson for its chain of three: x = 0.5, y = 0.8, weights 1.2, −0.7, 1.6.
Z, F = "0.6 -0.3759347 -0.57467486", "0.53704957 -0.35917179 -0.51878424"
LOSS = "1.7391918777"
DELTAS = "1.33812299 -2.68643059 -1.92770098"
GRADIENT = "0.66906149 -1.44274639 0.69237581"
CENTRAL_DIFFERENCE = "0.66933786 -1.4400524 0.69206175"  # with h = 0.1
STEPPED, LOSS_AFTER = "1.13309385 -0.55572536 1.53076242", "1.4423359844"

LENGTHS = [1, 2, 3, 7, 30]


def numbers(printed: str) -> list[float]:
    return [float(number) for number in printed.split()]


def assert_prints(values, printed: str) -> None:
    """Assert that `values` are the printed numbers, to the eighth decimal."""
    np.testing.assert_allclose(values, numbers(printed), rtol=0, atol=0.51e-8)


@pytest.fixture(scope="module")
def lesson() -> dict[str, dict]:
    """The notebook's names as each of its cells left them, up to TensorFlow; "printed" is what the cell printed."""
    import matplotlib.pyplot as plt

    left, scope = {}, {"__name__": "__main__", "In": [""]}
    with committed(NAME), session.use(session.Session(COURSE.source(NAME))):
        for cell in source_notebook.read(COURSE.notebook(NAME)).cells:
            if cell.cell_type != "code" or EXAMINER_TAG in cell.metadata.get("tags", []):
                continue
            if cell.id == "tape":
                break
            out = io.StringIO()
            with contextlib.redirect_stdout(out):
                run(cell.id, cell.source, scope)
            left[cell.id] = scope | {"printed": out.getvalue()}
            plt.close("all")
    return left


@pytest.fixture(scope="module")
def solved(lesson) -> SimpleNamespace:
    """The functions of the notebook."""
    names = lesson["exercise-11"]
    wanted = ("forward", "loss", "deltas", "gradients", "numerical_gradient", "sgd_step")
    return SimpleNamespace(**{name: names[name] for name in wanted})


def stated(cell_id: str) -> str:
    """Return the text of a cell."""
    return next(cell.source for cell in source_notebook.read(COURSE.notebook(NAME)).cells if cell.id == cell_id)


# ------------------------------------------------------------------------------------------------ the handout's keys


@pytest.mark.parametrize(
    ("exercise", "kind", "key"),
    [("1", "one", SGD), ("4", "several", FIRST_WEIGHT), ("5", "one", DELTA), ("7", "one", UNROLLED)],
)
def test_the_four_questions_of_the_handout_have_its_options_and_its_key(exercise, kind, key):
    quiz = next(quiz for quiz in source(NAME).written.quizzes if quiz["key"] == exercise)
    options = [(option["text"].strip("$"), bool(option.get("right"))) for option in quiz["option"]]
    right, wrong = key
    assert quiz["kind"] == kind
    assert len(options) == 4
    assert {text for text, is_right in options if is_right} == right
    assert {text for text, is_right in options if not is_right} == wrong


# --------------------------------------------------------------------------------------------- the handout's formulas


def drawn(L: int) -> tuple[float, float, list[float]]:
    draw = np.random.RandomState(L)
    return float(draw.uniform(-1, 1)), float(draw.uniform(-1, 1)), draw.uniform(-1.5, 1.5, L).tolist()


def chain_in_loops(x: float, weights) -> list[float]:
    """Return what each unit passes on, one number at a time."""
    f = []
    for w in weights:
        f.append(math.tanh((f[-1] if f else x) * w))
    return f


@pytest.mark.parametrize("L", LENGTHS)
def test_the_forward_pass_is_the_handouts(solved, L):
    x, y, w = drawn(L)
    z, f = solved.forward(x, np.array(w))
    want = chain_in_loops(x, w)
    np.testing.assert_allclose(f, want, rtol=1e-12)
    np.testing.assert_allclose(z, [before * weight for before, weight in zip([x, *want], w, strict=False)], rtol=1e-12)
    assert solved.loss(x, y, np.array(w)) == pytest.approx((y - want[-1]) ** 2, rel=1e-12)


@pytest.mark.parametrize("L", LENGTHS)
def test_the_deltas_are_the_handouts_recursion(solved, L):
    x, y, w = drawn(L)
    f = chain_in_loops(x, w)
    delta = solved.deltas(y, np.array(w), *solved.forward(x, np.array(w)))
    assert delta[-1] == pytest.approx(2 * (f[-1] - y) * (1 - f[-1] ** 2), rel=1e-12)
    for i in range(L - 1):
        assert delta[i] == pytest.approx((1 - f[i] ** 2) * w[i + 1] * delta[i + 1], rel=1e-12)


@pytest.mark.parametrize("L", LENGTHS)
def test_the_first_gradient_is_the_handouts_product_and_x_times_the_first_delta(solved, L):
    x, y, w = drawn(L)
    f = chain_in_loops(x, w)
    unrolled = x * math.prod(1 - each**2 for each in f) * math.prod(w[1:]) * 2 * (f[-1] - y)
    first = solved.gradients(x, y, np.array(w))[0]
    assert first == pytest.approx(unrolled, rel=1e-12)
    assert first == pytest.approx(x * solved.deltas(y, np.array(w), *solved.forward(x, np.array(w)))[0], rel=1e-12)


@pytest.mark.parametrize("L", LENGTHS)
def test_a_step_is_the_handouts_update(solved, L):
    x, y, w = drawn(L)
    weights = np.array(w)
    stepped = solved.sgd_step(x, y, weights.copy(), 0.3)
    np.testing.assert_allclose(stepped, weights - 0.3 * solved.gradients(x, y, weights), rtol=1e-12)


# ------------------------------------------------------------------------------- what the lesson prints and states


@pytest.mark.parametrize(
    ("cell_id", "printed"),
    [
        ("figures-2-words", Z), ("figures-2-words", F), ("figures-2-words", LOSS), ("figures-6-words", DELTAS),
        ("figures-8-words", GRADIENT), ("figures-9-words", GRADIENT), ("figures-9-words", CENTRAL_DIFFERENCE),
        ("figures-11-words", STEPPED), ("figures-11-words", LOSS_AFTER),
    ],
)  # fmt: skip
def test_the_figures_stand_in_the_lesson(cell_id, printed):
    assert f"`{printed}`" in stated(cell_id)


def test_the_figures_are_what_the_functions_give(solved):
    x, y, weights = 0.5, 0.8, np.array([1.2, -0.7, 1.6])
    z, f = solved.forward(x, weights)
    assert_prints(z, Z)
    assert_prints(f, F)
    assert_prints([solved.loss(x, y, weights)], LOSS)
    assert_prints(solved.deltas(y, weights, z, f), DELTAS)
    assert_prints(solved.gradients(x, y, weights), GRADIENT)
    assert_prints(solved.numerical_gradient(x, y, weights, 0.1), CENTRAL_DIFFERENCE)
    stepped = solved.sgd_step(x, y, weights, 0.1)
    assert_prints(stepped, STEPPED)
    assert_prints([solved.loss(x, y, stepped)], LOSS_AFTER)


def test_the_pushes_agree_with_the_deltas_to_about_three_digits(lesson):
    pushes = [float(number) for number in re.findall(r"or ([-+][\d.]+) times", lesson["push"]["printed"])]
    np.testing.assert_allclose(pushes, numbers(DELTAS), rtol=2e-3)
    assert np.abs(np.array(pushes) / numbers(DELTAS) - 1).max() > 1e-4


class Counted(float):
    """A number that counts how often it or what came of it was multiplied."""

    times = 0

    def __mul__(self, other):
        Counted.times += 1
        return Counted(float(self) * float(other))


@pytest.mark.parametrize("L", [1, 2, 4, 10, 100])
def test_the_stated_counts_are_the_multiplications_that_are_made(lesson, L):
    slopes, weights, f = ([Counted(0.9) for _ in range(L)] for _ in range(3))

    def made(compute) -> int:
        Counted.times = 0
        compute()
        return Counted.times

    def each_by_itself():
        for i in range(L):
            product = f[i] * slopes[i]
            for k in range(i + 1, L):
                product = product * weights[k] * slopes[k]
            product * Counted(2.0)

    def backwards():
        delta = slopes[-1] * Counted(2.0)
        delta * f[-1]
        for i in range(L - 2, -1, -1):
            delta = slopes[i] * weights[i + 1] * delta
            delta * f[i]

    names = lesson["count"]
    assert names["each_row_by_itself"](L) == made(each_by_itself) == L * (L + 1)
    assert names["backwards"](L) == made(backwards) == 3 * L - 1
    assert "$L(L+1)$" in stated("count-meaning")
    assert "$3L - 1$" in stated("count-meaning")


def test_the_error_of_the_central_difference_is_a_u_with_its_bottom_where_the_key_says(solved):
    x, y, weights = 0.5, 0.8, np.array([1.2, -0.7, 1.6])
    true = solved.gradients(x, y, weights)

    def error(h: float) -> float:
        return np.max(np.abs(solved.numerical_gradient(x, y, weights, h) - true)) / np.max(np.abs(true))

    offered = {label: error(h) for label, h in {"A": 1e-16, "B": 1e-10, "C": 1e-5, "D": 0.1}.items()}
    assert min(offered, key=offered.get) == "C"
    assert offered["A"] == pytest.approx(1)
    assert 1e-8 < offered["B"] < 1e-4  # about six digits are left; which ones is chance
    assert offered["C"] < 1e-9
    assert 1e-3 < offered["D"] < 1e-2
    assert error(0.01) / error(0.001) == pytest.approx(100, rel=0.01)
    steps = 10.0 ** np.arange(-16, 0.1, 0.25)
    assert 1e-6 < steps[np.argmin([error(h) for h in steps])] < 1e-4


def test_sixty_steps_teach_the_chain_and_turn_the_sign_of_one_weight(lesson):
    names = lesson["train"]
    losses, paths = np.array(names["losses"]), np.array(names["paths"])
    assert losses[0] == pytest.approx(float(LOSS))
    assert losses[-1] < 0.01 * losses[0]
    assert (np.sign(paths[0]) != np.sign(paths[-1])).tolist() == [False, True, False]


def delta_sizes(solved, chain) -> np.ndarray:
    return np.abs(solved.deltas(-0.2, chain, *solved.forward(0.5, chain)))


def test_even_chains_vanish_whatever_the_weight(lesson, solved):
    for w, most in [(0.5, 1e-5), (1.0, 0.3), (1.5, 1e-5), (2.0, 1e-12)]:
        sizes = delta_sizes(solved, lesson["delta-plot"]["even_chain"](w, 20))
        assert sizes[0] < most * sizes[-1]
    ends = delta_sizes(solved, np.full(20, 0.5))
    np.testing.assert_allclose(ends[4:15] / ends[5:16], 0.5, rtol=0.01)  # each link halves the message


def test_with_a_tiny_first_weight_large_weights_explode(lesson, solved):
    even_chain = lesson["delta-plot"]["even_chain"]
    growth = {w: delta_sizes(solved, even_chain(w, 20, 1e-6)) for w in (0.5, 1.0, 1.5, 2.0)}
    assert growth[0.5][0] < 1e-5
    assert growth[1.0][0] == pytest.approx(growth[1.0][-1], rel=1e-3)
    assert growth[1.5][0] > 1e3 * growth[1.5][-1]
    assert growth[2.0][0] > 3e5 * growth[2.0][-1]


def test_the_gradient_of_long_chains_turns_where_the_signal_has_grown_up(lesson, solved):
    even_chain = lesson["delta-plot"]["even_chain"]
    sizes = [abs(solved.gradients(0.5, -0.2, even_chain(2, L, 1e-6))[0]) for L in range(1, 41)]
    assert abs(1 + int(np.argmax(sizes)) - 22) <= 1
    np.testing.assert_allclose(np.array(sizes[1:15]) / sizes[:14], 2, rtol=0.03)
    cut_off, starved = (np.abs(solved.gradients(0.5, -0.2, np.full(20, w))) for w in (2.0, 0.5))
    assert cut_off[0] < 1e-12 * cut_off[-1]
    np.testing.assert_allclose(starved, starved.mean(), rtol=1)
    assert starved.max() < 1e-5


def test_one_step_on_an_exploding_chain_makes_the_loss_ten_times_larger_and_stops_the_first_weight(lesson):
    found = re.findall(r"w_1 =\s+(\S+)\s+loss (\S+)\s+size of its slope (\S+)", lesson["leap"]["printed"])
    weights, losses, slopes = np.array(found, dtype=float).T
    assert len(weights) == 3
    assert slopes[0] > 100
    assert losses[1] / losses[0] == pytest.approx(10, rel=0.15)
    assert slopes[1:].tolist() == [0, 0]
    assert weights[1] == weights[2] < -10


def test_the_number_of_the_last_question_has_forty_nine_factors():
    quiz = next(quiz for quiz in source(NAME).written.quizzes if quiz["key"] == "12")
    ratio = math.prod([0.9] * 49)
    assert f"{ratio:.4f}" == f"{quiz['answer']:.4f}" == "0.0057"
    assert quiz["answer"] == pytest.approx(ratio, abs=0.5e-6)
    known = sorted(wrong["answer"] for wrong in quiz["wrong"])
    for wrong in (0.9**50, 0.9**48, 0.9**-49, 0.9**-50, 49 * 0.9, 50 * 0.9, 0.9, 100 * ratio):
        assert any(abs(wrong - answer) < 0.5e-4 for answer in known), wrong


# ------------------------------------------------------------------------------------------- oracles of the tables


@dataclass
class Slopes:
    """Frozen slopes of the loss, and the loss as a function of what they are slopes of."""

    at: np.ndarray
    loss: object
    want: np.ndarray
    known_wrong: dict[str, object]


def _by_weights(x, y, weights) -> tuple:
    return np.array(weights, dtype=float), lambda w: (y - chain_in_loops(x, w)[-1]) ** 2


def _by_values(y, weights, z, f) -> tuple:
    """Return what arrives at each unit, and the loss after pushes of these values, all of them taken by themselves."""

    def loss(pushed) -> float:
        moved = [i for i in range(len(z)) if pushed[i] != z[i]]
        i = moved[0] if moved else 0
        return (y - [math.tanh(pushed[i]), *chain_in_loops(math.tanh(pushed[i]), weights[i + 1 :])][-1]) ** 2

    return np.array(z, dtype=float), loss


def frozen_slopes() -> dict[str, Slopes]:
    """Return the frozen gradients (exercise 8) and δ (exercise 6), by check."""
    found = {}
    for key, check in tables(NAME).checks.items():
        make = {"8": _by_weights, "6": _by_values}.get(check.exercise.key)
        if make:
            wrong = {
                known.misconception.id: json_values.decode(known.outcome["value"])
                for known in check.known_wrong
                if "value" in known.outcome
            }
            calls = calls_of(check)
            for number, (given, want) in enumerate(calls):
                name = key if number == 0 else f"{key}, call {number + 1}"
                found[name] = Slopes(*make(*given), want, wrong if len(calls) == 1 else {})
    return found


FROZEN = frozen_slopes()
each_slope = pytest.mark.parametrize("slopes", FROZEN.values(), ids=FROZEN)


def measured(slopes: Slopes, h: float = 1e-5) -> np.ndarray:
    found = []
    for i in range(len(slopes.at)):
        ends = []
        for step in (h, -h):
            moved = slopes.at.copy()
            moved[i] += step
            ends.append(slopes.loss(moved.tolist()))
        found.append((ends[0] - ends[1]) / (2 * h))
    return np.array(found)


def agree(one, other) -> bool:
    return np.shape(one) == np.shape(other) and np.max(np.abs(one - other)) <= 1e-6 * np.max(np.abs(other))


def test_there_are_frozen_slopes_visible_and_hidden_and_of_a_single_unit():
    assert {"6", "8"} <= FROZEN.keys()
    assert len(FROZEN) >= 8
    assert {len(slopes.at) for slopes in FROZEN.values()} >= {1, 2, 7, 12}


@each_slope
def test_frozen_slopes_are_the_measured_ones(slopes):
    assert agree(slopes.want, measured(slopes))


@pytest.mark.parametrize("slopes", [slopes for slopes in FROZEN.values() if slopes.known_wrong])
def test_no_frozen_misconception_is_the_measured_slope(slopes):
    found = measured(slopes)
    assert [id for id, wrong in slopes.known_wrong.items() if agree(wrong, found)] == []


@pytest.mark.skipif(not importlib.util.find_spec("tensorflow"), reason="TensorFlow is not installed")
@pytest.mark.parametrize("key", FROZEN)
def test_frozen_slopes_are_the_ones_that_tensorflow_finds(key):
    import tensorflow as tf

    key, _, number = key.partition(", call ")
    given, want = calls_of(tables(NAME).checks[key])[int(number or 1) - 1]
    if key.startswith("8"):
        x, y, weights = given
    else:
        y, weights, z, _ = given
        x = z[0] / weights[0]
    variables = [tf.Variable(float(w), dtype=tf.float64) for w in weights]
    with tf.GradientTape() as tape:
        signal, arrived = tf.constant(float(x), dtype=tf.float64), []
        for variable in variables:
            arrived.append(signal * variable)
            signal = tf.math.tanh(arrived[-1])
        loss = tf.math.squared_difference(signal, tf.constant(float(y), dtype=tf.float64))
    found = tape.gradient(loss, variables if key.startswith("8") else arrived)
    assert agree(want, np.array([slope.numpy() for slope in found]))
