"""The figures and keys of the handout on one neuron, as literals, against the notebook and the frozen tables.

Slopes are checked against two oracles: differences of a cost written here, and TensorFlow.
"""

from __future__ import annotations

import contextlib
import importlib.util
import io
import math
import re
from itertools import pairwise

import numpy as np
import pytest
from classroom import COURSE, calls_of, committed, failures, judged, run, source, tables

from backprop import session
from backprop.answers import json_values
from examiner.course import source_notebook
from examiner.course.source_notebook import EXAMINER_TAG

NAME = "one_neuron"

W1, B1 = 1.3, -0.1
NOT = [(1, 0), (0, 1)]
ANSWER, ROUNDED_EARLY, FIRST_COST = "0.834", "0.696", "0.695"
SECOND_COST, SECOND_DIGITS = 1.2, "1.20927"
VECTOR_COST, VECTOR_DIGITS = 1.8, "1.77883"
W = [[-0.94529712, -0.2667356, -0.91219181], [2.05529992, 1.21797092, 0.22914497]]
B, X, Y = [0.61273249, 1.6422662], [0.7, 0.6, 0.2], [0.9, 0.6]

RIGHT_LINKS = {
    r"\partial a_1/\partial z = \sigma'(z)",
    r"\partial z/\partial w_1 = a_0",
    r"\partial z/\partial b_1 = 1",
    r"\partial C/\partial a_1 = 2\,(a_1 - y)",
}
WRONG_LINKS = {
    r"\partial z/\partial b_1 = a_1",
    r"\partial z/\partial w_1 = w_1",
    r"\partial C/\partial a_1 = (1 - y)^2",
    r"\partial a_1/\partial z = \sigma(z)",
}
RIGHT_LAYER = {r"\sigma'(z^{(j)}) \, W^{(j)}"}
WRONG_LAYERS = {r"\sigma'(z^{(j)}) \,/\, \sigma'(z^{(j-1)})", r"W^{(j)} a^{(j)}", r"\sigma'(z^{(j)}) \, W^{(j-1)}"}

# Printed by the notebook itself: five steps with η = 1, then the same walk ten times as long each time.
FIVE_COSTS = "0.952 0.516 0.495 0.482 0.471 0.455"
WALK_COSTS = "0.0838788 0.0043276 0.0004154 0.0000409"


@pytest.fixture(scope="module")
def solved() -> dict[str, dict]:
    """The notebook's names as each of its cells left them; "printed" is what the cell printed."""
    import matplotlib.pyplot as plt

    names, scope = {}, {"__name__": "__main__", "In": [""]}
    with committed(NAME), session.use(session.Session(COURSE.source(NAME))):
        for cell in source_notebook.read(COURSE.notebook(NAME)).cells:
            if cell.cell_type != "code" or EXAMINER_TAG in cell.metadata.get("tags", []):
                continue
            out = io.StringIO()
            with contextlib.redirect_stdout(out):
                run(cell.id, cell.source, scope)
            names[cell.id] = {**scope, "printed": out.getvalue()}
    plt.close("all")
    return names


@pytest.fixture(scope="module")
def functions(solved) -> dict:
    return solved["hidden-8"]


def text_of(cell_id: str) -> str:
    return next(c.source for c in source_notebook.read(COURSE.notebook(NAME)).cells if c.id == cell_id)


def decimals(text: str) -> list[str]:
    return re.findall(r"(?<![\w.])-?\d+\.\d+", text)


def answered(key: str, answer: object):
    """Return the verdict on an answer to a quiz, as its visible check gives it."""
    return judged(NAME, {key: f"answer_{key} = {answer!r}"}, [key])[key][0]


def quiz(key: str) -> dict:
    return next(quiz for quiz in source(NAME).written.quizzes if quiz["key"] == key)


# ---------------------------------------------------------------------------------------------- costs


def test_the_first_example_costs_what_the_handout_shows(functions):
    assert f"{functions['a1'](W1, B1, 1):.3f}" == ANSWER
    assert f"{float(ANSWER) ** 2:.3f}" == ROUNDED_EARLY
    assert f"{functions['cost_of_example'](W1, B1, 1, 0):.3f}" == FIRST_COST
    assert {ANSWER, ROUNDED_EARLY, FIRST_COST} <= set(decimals(text_of("lesson-1")))


def test_the_second_example_costs_the_handouts_number(functions, solved):
    assert f"{functions['cost_of_example'](W1, B1, 0, 1):.5f}" == SECOND_DIGITS
    assert solved["check-1"]["answer_1"] == SECOND_COST
    assert decimals(solved["figures-2"]["printed"]) == [FIRST_COST, "1.209"]


@pytest.mark.parametrize("answer", [SECOND_COST, 1.21, float(SECOND_DIGITS)])
def test_the_cost_by_hand_is_accepted_with_as_many_digits_as_are_right(answer):
    assert answered("1", answer).passed


def test_the_set_costs_the_mean_of_its_examples(functions, solved):
    first, second = (math.tanh(W1 * x + B1) - y for x, y in NOT)
    assert functions["cost_of_set"](W1, B1, NOT) == pytest.approx((first**2 + second**2) / 2, rel=1e-12)
    assert decimals(solved["figures-3"]["printed"]) == ["0.952"]


def test_the_vector_form_costs_the_handouts_number(solved):
    names = solved["given-vector"]
    assert [names[name].tolist() for name in ("W", "b", "x", "y")] == [W, B, X, Y]
    z = [sum(w * x for w, x in zip(row, X, strict=True)) + b for row, b in zip(W, B, strict=True)]
    cost = sum((math.tanh(one) - y) ** 2 for one, y in zip(z, Y, strict=True))
    assert f"{cost:.5f}" == VECTOR_DIGITS
    assert solved["check-9"]["answer_9"] == VECTOR_COST
    assert answered("9", float(VECTOR_DIGITS)).passed


# ------------------------------------------------------------------------------- numbers with one step off


def _steps_off_by_hand() -> dict[str, tuple[float, str]]:
    a = math.tanh(B1)
    return {
        "the other example": (math.tanh(1.2) ** 2, "the other example"),
        "the target of the other example": (a**2, "The target is 1"),
        "the answer to the other example": ((math.tanh(1.2) - 1) ** 2, "The target is 1"),
        "no square": (1 - a, "still have to square it"),
        "no square, with its sign": (a - 1, "still have to square it"),
        "doubled": (2 * (1 - a), "doubled"),
        "the slope": (2 * (a - 1), "the slope of the cost"),
        "the bias with a plus": ((math.tanh(0.1) - 1) ** 2, "lost a sign"),
        "no bias": ((math.tanh(0) - 1) ** 2, "the bias stays"),
        "the sum of both": ((a - 1) ** 2 + math.tanh(1.2) ** 2, "the sum over both"),
        "the mean of both": (((a - 1) ** 2 + math.tanh(1.2) ** 2) / 2, "The mean of both"),
        "half": ((a - 1) ** 2 / 2, "half of the cost"),
        "twice": (2 * (a - 1) ** 2, "twice the cost"),
        "rounded up": (1.3, "rounded up"),
        "the logistic sigmoid": ((1 / (1 + math.exp(-B1)) - 1) ** 2, "the logistic sigmoid"),
    }


def _steps_off_in_vectors() -> dict[str, tuple[float, str]]:
    weights, bias, x, y = map(np.array, (W, B, X, Y))
    z = weights @ x + bias
    d = np.tanh(z) - y
    return {
        "the mean": (np.mean(d**2), "adds the squares of all components"),
        "the length": (np.linalg.norm(d), "there is no root"),
        "magnitudes": (np.sum(np.abs(d)), "without squaring them"),
        "cut off": (1.7, "instead of rounding"),
        "added, then squared": (np.sum(d) ** 2, "added the differences first"),
        "no square": (np.sum(d), "never negative"),
        "no bias": (np.sum((np.tanh(weights @ x) - y) ** 2), "The bias is missing"),
        "minus the bias": (np.sum((np.tanh(weights @ x - bias) - y) ** 2), "subtracted instead of added"),
        "no tanh": (np.sum((z - y) ** 2), "The tanh is missing"),
        "the logistic sigmoid": (np.sum((1 / (1 + np.exp(-z)) - y) ** 2), "the logistic sigmoid"),
        "the first neuron": (d[0] ** 2, "the first neuron alone"),
        "the second neuron": (d[1] ** 2, "the second neuron alone"),
        "no target": (np.sum(np.tanh(z) ** 2), "The target y is missing"),
        "plus the target": (np.sum((np.tanh(z) + y) ** 2), "The target was added"),
        "twice": (2 * np.sum(d**2), "twice the cost"),
        "targets exchanged": (np.sum((np.tanh(z) - y[::-1]) ** 2), "swapped the two targets"),
    }


STEPS_OFF = [
    pytest.param(key, round(float(wrong), 1), words, id=f"{key}: {name}")
    for key, steps in (("1", _steps_off_by_hand()), ("9", _steps_off_in_vectors()))
    for name, (wrong, words) in steps.items()
]


@pytest.mark.parametrize(("key", "wrong", "words"), STEPS_OFF)
def test_a_number_with_one_step_off_is_told_which(key, wrong, words):
    verdict = answered(key, wrong)
    assert not verdict.passed
    assert words in verdict.hint


@pytest.mark.parametrize("key", ["1", "9"])
def test_every_number_that_has_a_sentence_is_one_of_those(key):
    computed = {round(param.values[1], 1) + 0.0 for param in STEPS_OFF if param.values[0] == key}
    assert {round(wrong["answer"], 1) + 0.0 for wrong in quiz(key)["wrong"]} == computed


# ------------------------------------------------------------------------------------------- keys of the quizzes


def formulas(options: list[dict]) -> set[str]:
    return {option["text"].strip("$") for option in options}


@pytest.mark.parametrize(
    ("key", "right", "wrong"), [("5", RIGHT_LINKS, WRONG_LINKS), ("10", RIGHT_LAYER, WRONG_LAYERS)]
)
def test_the_handouts_formulas_are_the_options_and_its_key_the_right_ones(key, right, wrong):
    options = quiz(key)["option"]
    assert formulas([option for option in options if option.get("right")]) == right
    assert formulas([option for option in options if not option.get("right")]) == wrong


def test_only_the_step_at_right_angles_is_true_of_the_map():
    options = quiz("4")["option"]
    assert ["at right angles" in option["text"] for option in options if option.get("right")] == [True]
    assert len(options) == 4
    assert "b = 0" in options[0]["text"]
    assert "many separate low places" in options[1]["text"]


@pytest.mark.parametrize(("key", "wrong"), [("4", ["A"]), ("5", ["A", "B", "E"]), ("10", "D")])
def test_every_option_has_its_own_sentence_and_a_miss_shows_only_those_of_what_was_chosen(key, wrong):
    right = [option["label"] for option in quiz(key)["option"] if option.get("right")]
    verdict = answered(key, right)
    assert verdict.passed
    assert len({option["because"] for option in verdict.options}) == len(quiz(key)["option"])
    assert min(len(option["because"].split()) for option in verdict.options) >= 8
    missed = answered(key, wrong)
    assert not missed.passed
    assert [option["label"] for option in missed.options if option.get("because")] == list(wrong)


# ---------------------------------------------------------------------------------------------- slopes


def cost(w: float, b: float, examples) -> float:
    return sum((math.tanh(w * x + b) - y) ** 2 for x, y in examples) / len(examples)


def measured(w: float, b: float, examples, little: float = 1e-5) -> tuple[float, float]:
    across = cost(w + little, b, examples) - cost(w - little, b, examples)
    upwards = cost(w, b + little, examples) - cost(w, b - little, examples)
    return across / (2 * little), upwards / (2 * little)


def found_by_tensorflow(w: float, b: float, examples) -> tuple[float, float]:
    tf = pytest.importorskip("tensorflow") if importlib.util.find_spec("tensorflow") else pytest.skip("no TensorFlow")
    weight, bias = tf.Variable(w, dtype=tf.float64), tf.Variable(b, dtype=tf.float64)
    x, y = (tf.constant(side, dtype=tf.float64) for side in zip(*examples, strict=True))
    with tf.GradientTape() as tape:
        total = tf.reduce_mean((tf.tanh(weight * x + bias) - y) ** 2)
    return tuple(float(slope) for slope in tape.gradient(total, (weight, bias)))


ORACLES = pytest.mark.parametrize("oracle", [measured, found_by_tensorflow], ids=["differences", "tensorflow"])


@ORACLES
def test_every_frozen_slope_along_the_bias_is_the_oracles(functions, oracle):
    frozen = [check for check in tables(NAME).checks.values() if check.exercise.key == "6"]
    assert len(frozen) >= 4
    for check in frozen:
        given = (0.6, 0.4, -1.45, -0.3) if check.key == "6" else check.given()
        calls = given if isinstance(given, list) else [given]
        slopes = [oracle(w, b, [(x, y)]) for w, b, x, y in calls]
        upwards = [slope for _, slope in slopes] if isinstance(given, list) else slopes[0][1]
        assert check.want == pytest.approx(upwards, rel=1e-6, abs=1e-9)
        for call, (across, _) in zip(calls, slopes, strict=True):
            assert functions["dCdw"](*call) == pytest.approx(across, rel=1e-6, abs=1e-9)
        for known in check.known_wrong:
            assert "value" in known.outcome
            assert json_values.decode(known.outcome["value"]) != pytest.approx(upwards, rel=1e-6, abs=1e-9)


def test_the_calls_that_students_see_are_those_that_the_oracles_judge():
    assert tables(NAME).check("6").call == "dCdb(0.6, 0.4, -1.45, -0.3)"
    assert tables(NAME).check("6").second.call == "dCdb(-0.9, 1.3, -0.6, 0.35)"
    assert tables(NAME).check("7").call == "descend(w1, b1, examples, eta, steps)"


@ORACLES
def test_every_frozen_step_goes_against_the_oracles_slope(oracle):
    frozen = [check for check in tables(NAME).checks.values() if check.exercise.key == "7"]
    assert len(frozen) >= 3
    for check in frozen:
        for (w, b, examples, eta, steps), path in calls_of(check):
            assert path.shape == (steps + 1, 2)
            assert path[0].tolist() == [w, b]
            for here, there in pairwise(path):
                np.testing.assert_allclose((here - there) / eta, oracle(*here, examples), rtol=1e-6, atol=1e-9)


def test_the_handouts_own_code_pasted_in_as_it_is_gets_full_points():
    pasted = """
sigma = lambda z : np.tanh(z)

def a1 (w1, b1, a0) :
  z = w1 * a0 + b1
  return sigma(z)

def dCdw (w1, b1, x, y) :
  z = w1 * x + b1
  return 2 * (a1(w1, b1, x) - y) * 1/np.cosh(z)**2 * x

def dCdb (w1, b1, x, y) :
  z = w1 * x + b1
  return 2 * (a1(w1, b1, x) - y) * 1/np.cosh(z)**2 * 1
"""
    assert failures(judged(NAME, {"6": pasted}, ["6", "7"], times=2)) == {}


# ------------------------------------------------------------------------------------------ the map and the walks


def test_the_five_steps_are_those_that_the_lesson_prints(solved):
    printed = solved["figures-7"]["printed"]
    assert re.findall(r"C = ([\d.]+)", printed) == FIVE_COSTS.split()
    assert FIVE_COSTS.split() == re.search(r"cost goes `([\d. ]+)`", text_of("figures-7-words"))[1].split()
    assert np.round(solved["figures-7"]["path"][-1], 4).tolist() == [0.6235, 0.9456]
    assert {"0.6235", "0.9456"} <= set(decimals(text_of("figures-7-words")))


def test_the_named_starts_do_what_the_lesson_says(functions):
    descend, cost_of_set = functions["descend"], functions["cost_of_set"]
    stalled = descend(2.5, -0.4, NOT, 1, 1100)
    assert f"{cost_of_set(*stalled[50], NOT):.3f}" == "0.501"
    assert cost_of_set(*stalled[1000], NOT) > 0.49
    assert cost_of_set(*stalled[1100], NOT) < 0.1
    across = np.sum(descend(0, 0, NOT, 1, 50)[4:], axis=1)  # w + b: 0 along the middle of the valley
    assert (np.sign(np.diff(across[1:])) == -np.sign(np.diff(across[:-1]))).all(), "it does not zigzag"


def test_ten_times_as_many_steps_cost_a_tenth(solved):
    costs = re.findall(r"C = ([\d.]+)", solved["walk-on"]["printed"])
    assert costs == WALK_COSTS.split()
    hundred, thousand, ten_thousand = map(float, costs[1:])
    assert hundred / thousand == pytest.approx(10, rel=0.06)
    assert thousand / ten_thousand == pytest.approx(10, rel=0.06)


def test_the_map_is_white_where_the_cost_is_low_and_black_where_it_is_high(functions):
    from matplotlib.figure import Figure

    ax = Figure().subplots()
    functions["draw_map"](ax, "")
    shades = ax.collections[0]
    low, high = (sum(shades.cmap(shades.norm(height))[:3]) / 3 for height in (0.0, 2.5))
    assert low > 0.98
    assert high < 0.02
    assert "ax.plot(*start" in text_of("map")


def test_the_valley_falls_below_every_bound_and_never_reaches_zero(functions):
    for bound in np.logspace(-14, -0.4, 60):
        w, b = functions["valley_point"](bound)
        assert w + b == 0
        assert cost(w, b, NOT) == pytest.approx(bound, rel=1e-6)
    along = [2 / (1 + math.exp(2 * s)) ** 2 for s in np.linspace(0, 100, 201)]  # ½ (1 − tanh s)², without rounding
    assert along[:20] == pytest.approx([cost(-s, s, NOT) for s in np.linspace(0, 9.5, 20)], rel=1e-6)
    assert all(there < here for here, there in pairwise(along))
    assert min(along) > 0


def test_nowhere_on_the_map_is_level_ground():
    slopes = [np.hypot(*measured(w, b, NOT)) for w in np.linspace(-4, 4, 41) for b in np.linspace(-2, 4, 31)]
    assert min(slopes) > 1e-7
