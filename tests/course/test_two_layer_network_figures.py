"""The figures that the handout of `two_layer_network` prints, as literals, against the notebook and the frozen tables.

Only a file of figures knows an assignment by its name.
"""

from __future__ import annotations

import contextlib
import io
import re
from dataclasses import dataclass

import numpy as np
import pytest
from classroom import COURSE, alternatives_of, coding_exercises, committed, failures, judged, run, tables

from backprop import load_mnist_01, session
from examiner.course import source_notebook
from examiner.course.source_notebook import EXAMINER_TAG

NAME = "two_layer_network"

STRUCTURE = (2, 10, 1)
W1 = """-0.17633148 1.03386644 -1.45673947 -0.22798339 -0.27156744 0.80169606 -0.77774057 -0.12192515
        -0.62073964 0.02984963 0.41211259 -0.77825528 0.8094419 0.63752091 0.35531715 0.63700135
        -0.48346861 -0.08689651 -0.66168891 -0.18942548"""
W2 = """0.16771312 -0.21872233 -0.12546448 -0.21730309 -0.26727749 -0.21226666 -0.0040049 -0.35332456
        0.07412875 0.52487553"""
SIGMOID = """0.00669285 0.02005754 0.0585369 0.1588691 0.36457644 0.63542356 0.8411309 0.9414631
        0.97994246 0.99330715"""
SLOPE = """0.00664806 0.01965523 0.05511033 0.13362971 0.23166046 0.23166046 0.13362971 0.05511033
        0.01965523 0.00664806"""
MEANS = "-0.19151237249896635 0.4688525159515502 -0.3118444809339782 0.42266909957970195"
COST = "0.5239053069310721"
DW1 = """-0.00664941 0.00551946 0.00666033 -0.00568816 0.00529232 -0.00427319 0.01028577 -0.00799248
        0.01305662 -0.0099341 0.008174 -0.0066037 0.00021912 -0.00017832 0.02062341 -0.01630933
        -0.004029 0.00306173 -0.02714012 0.02102039"""
DB1 = """4.00223279e-04 -2.71719312e-03 -3.78546949e-04 -1.13124221e-03 -1.15711387e-03
        -9.91044386e-04 -1.93340979e-06 8.46922963e-04 1.30854178e-04 1.60536914e-03"""
DW2 = """0.04935606 0.05904166 0.04547199 0.0361181 0.03417343 -0.05364016 -0.01991294 0.00616847
        0.02248469 0.02777064"""
DB2 = "-0.0032622"
STEPPED = {"W1": "-0.17626499 1.03381124", "W2": "0.16721956 -0.21931275 -0.1259192", "b2": "3.262196e-05"}
COSTS = """0.5413416581298806 0.5411639794561593 0.5409863314471564 0.540808715111546 0.5406311314554088
        0.5404535814821864 0.5402760661926396 0.5400985865848044 0.5399211436539499 0.5397437383925353"""
MNIST_COSTS = """0.15423868236507246 0.1538372075502308 0.1534339482553399 0.15302893320861544 0.15262219214320855
        0.15221375579440194 0.15180365589554054 0.15139192517266983 0.15097859733785732 0.1505637070811758"""
ALWAYS_ONE = "0.5323332017370707 0.5366430260047281"  # for n_h = 30 and 60 too
ALWAYS_ZERO = "0.46766679826292934 0.46335697399527187"  # for n_h = 5 and 20
TUNING = {  # what the handout's code gives; its printed table is not what it gives
    5: ALWAYS_ZERO,
    10: "0.7437031188314251 0.7342789598108747",
    20: ALWAYS_ZERO,
    30: ALWAYS_ONE,
    40: "0.5110935649427556",
    50: "0.46450848795894195",  # 5883 of 12665
    60: ALWAYS_ONE,
    70: "0.4558231346229767",
    80: "0.7407027240426372",
    90: "0.5324121594946704",
    100: "0.545992893801816",
}

DECIMAL = re.compile(r"(?<![\w.])-?\d+\.\d+(?:e-?\d+)?")
EXACT = 15  # figures printed with so many digits or more are compared within 1e-12
BLAS = 1e-12


def assert_prints(values, printed: str) -> None:
    """Assert that `values` are the printed numbers, to the last printed digit.

    An array is printed with as many decimals as its longest number needs: a short number has zeros that are not shown.
    """
    figures = printed.split()
    values = np.asarray(values, dtype=float).ravel()
    assert len(values) == len(figures)
    last = min(_last_place(figure) for figure in figures if "e" not in figure) if "e" not in printed else None
    for value, figure in zip(values, figures, strict=True):
        if len(re.sub(r"\D", "", figure).lstrip("0")) >= EXACT:
            room = BLAS * abs(float(figure))
        else:
            room = 0.5001 * (last or _last_place(figure))
        assert abs(value - float(figure)) <= room, f"{value!r} is not {figure}"


def _last_place(figure: str) -> float:
    mantissa, _, exponent = figure.partition("e")
    return 10.0 ** (int(exponent or 0) - len(mantissa.partition(".")[2]))


@dataclass
class Ran:
    """A notebook that ran from its top: its names as each cell left them, and what each cell printed."""

    names: dict[str, dict]
    printed: dict[str, list[float]]


def ran_until(last: str, data: str, left_out: tuple[str, ...] = ()) -> Ran:
    """Run the notebook with its solutions, in order, up to the cell with the id `last`."""
    names, printed, scope = {}, {}, {"__name__": "__main__", "In": [""]}
    with committed(NAME, data), session.use(session.Session(COURSE.source(NAME))):
        for cell in source_notebook.read(COURSE.notebook(NAME)).cells:
            if cell.cell_type != "code" or EXAMINER_TAG in cell.metadata.get("tags", []) or cell.id in left_out:
                continue
            out = io.StringIO()
            with contextlib.redirect_stdout(out):
                run(cell.id, cell.source, scope)
            names[cell.id] = dict(scope)
            printed[cell.id] = [float(number) for number in DECIMAL.findall(out.getvalue())]
            if cell.id == last:
                return Ran(names, printed)
    raise AssertionError(f"the notebook has no cell {last!r}")


@pytest.fixture(scope="module")
def noise() -> Ran:
    """The notebook up to exercise 8: three samples of random numbers."""
    return ran_until("check-8", data="digits")


@pytest.fixture(scope="module")
def mnist() -> Ran:
    """The notebook up to exercise 9, on MNIST."""
    return ran_until("figures-9", data="")


# ---------------------------------------------------------------------------------------------- on random numbers


def test_exercise_1_gives_the_printed_structure(noise):
    names = noise.names["figures-1"]
    assert names["neural_network_structure"](names["X"], names["Y"], 10) == STRUCTURE


def test_exercise_2_gives_the_printed_start(noise):
    start = noise.names["figures-2"]["parameters"]
    assert_prints(start["W1"], W1)
    assert_prints(start["W2"], W2)
    assert start["W1"].shape == (10, 2)
    assert start["W2"].shape == (1, 10)
    assert start["b1"].tolist() == [[0.0]] * 10
    assert start["b2"].tolist() == [[0.0]]


def test_exercise_3_gives_the_printed_curve_and_slope(noise):
    names = noise.names["figures-3"]
    assert_prints(names["sigmoid"](np.linspace(-5, 5, 10)), SIGMOID)
    assert_prints(names["sigmoid_derivative"](np.linspace(-5, 5, 10)), SLOPE)
    assert_prints(noise.printed["figures-3"], f"{SIGMOID} {SLOPE}")


def test_exercise_4_gives_the_printed_means(noise):
    cache = noise.names["figures-4"]["cache"]
    assert_prints([np.mean(cache[name]) for name in ("Z1", "A1", "Z2", "A2")], MEANS)
    assert_prints(noise.printed["figures-4"], MEANS)


def test_exercise_5_gives_the_printed_cost(noise):
    names = noise.names["figures-5"]
    assert_prints(names["computer_cost"](names["A2"], names["Y"]), COST)
    assert_prints(noise.printed["figures-5"], COST)


def assert_printed_gradients(grads) -> None:
    assert_prints(grads["dW1"], DW1)
    assert_prints(grads["db1"], DB1)
    assert_prints(grads["dW2"], DW2)
    assert_prints(grads["db2"], DB2)
    assert [grads[name].shape for name in ("dW1", "db1", "dW2", "db2")] == [(10, 2), (10, 1), (1, 10), (1, 1)]


def test_exercise_6_gives_the_printed_gradients(noise):
    assert_printed_gradients(noise.names["figures-6"]["grads"])


def test_exercise_7_gives_the_printed_step(noise):
    names = noise.names["figures-7"]
    before = {name: value.copy() for name, value in names["parameters"].items()}
    stepped = names["update_parameters"](before, names["grads"], 0.01)
    assert_prints(stepped["W1"][0], STEPPED["W1"])
    assert_prints(stepped["W2"][0, :3], STEPPED["W2"])
    assert_prints(stepped["b2"], STEPPED["b2"])
    np.testing.assert_allclose(stepped["b1"], -0.01 * names["grads"]["db1"], rtol=BLAS)
    assert_prints(noise.printed["figures-7"], " ".join(STEPPED.values()))


def test_exercise_8_prints_the_printed_costs(noise):
    assert_prints(noise.printed["figures-8"], COSTS)


def test_one_seed_at_the_top_gives_all_figures_as_in_the_handout(noise):
    solved = noise.names["figures-8"]
    np.random.seed(1)
    X, Y = np.random.randn(2, 3), np.random.randn(1, 3)
    start = solved["initialize_parameters"](2, 10, 1)
    assert_prints(start["W1"], W1)
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        solved["train_loop"](X, Y, 10, 0.01, 10)
    assert_prints(re.findall(r"Loss = (\S+)", out.getvalue()), COSTS)
    assert [line.split(":")[0] for line in out.getvalue().splitlines()] == [f"Epoch {i}" for i in range(10)]


# ----------------------------------------------------------------------------------------- in the frozen tables


def test_a_hidden_check_of_exercise_6_has_the_inputs_and_the_answer_of_the_handout():
    check = tables(NAME).check("6.4")
    X, Y, parameters, cache = check.given()
    draw = np.random.RandomState(1)
    np.testing.assert_allclose(X, draw.randn(2, 3), rtol=BLAS)
    np.testing.assert_allclose(Y, draw.randn(1, 3), rtol=BLAS)
    assert_prints(parameters["W1"], W1)
    assert_prints(parameters["W2"], W2)
    assert_prints([np.mean(cache[name]) for name in ("Z1", "A1", "Z2", "A2")], MEANS)
    assert_printed_gradients(check.want)


def test_the_frozen_inputs_and_answer_of_check_3_are_the_handouts():
    check = tables(NAME).check("3")
    assert check.given().tolist() == np.linspace(-5, 5, 10).tolist()
    assert_prints(check.want, SIGMOID)


# ------------------------------------------------------------------------------------------- the original homework


def test_solutions_for_the_original_homework_pasted_in_as_they_are_get_full_points():
    pasted = {a.exercise: a.solution for a in alternatives_of(NAME) if a.style == "the homework's own"}
    assert list(pasted) == coding_exercises(NAME) == [str(number) for number in range(1, 11)]
    assert all("### START CODE HERE ###" in solution for solution in pasted.values())
    verdicts = judged(NAME, pasted, pasted, times=2)
    assert failures(verdicts) == {}


def test_there_are_at_least_fifty_misconceptions():
    known = {w.misconception.id for check in tables(NAME).checks.values() for w in check.known_wrong}
    assert len(known) >= 50


# ----------------------------------------------------------------------------------------------------- on MNIST


@pytest.mark.needs_mnist
def test_the_lesson_by_hand_gives_what_load_mnist_01_gives(mnist):
    names = mnist.names["binary-digits"]
    by_hand = [names[name] for name in ("X_train_binary", "y_train_binary", "X_test_binary", "y_test_binary")]
    for found, wanted in zip(by_hand, load_mnist_01(), strict=True):
        np.testing.assert_array_equal(found, wanted)
    assert str(np.unique(names["y_train_binary"])) == "[0 1]"


@pytest.mark.needs_mnist
def test_training_on_mnist_prints_the_printed_costs(mnist):
    assert_prints(mnist.printed["train"], MNIST_COSTS)


@pytest.mark.needs_mnist
def test_five_pictures_are_chosen_where_the_handout_chose_them(mnist):
    names = mnist.names["pictures"]
    np.random.seed(1)
    np.random.randn(2, 3), np.random.randn(1, 3)
    for _ in range(2):  # the starts of exercises 2 and 8
        names["initialize_parameters"](2, 10, 1)
    assert names["chosen"].tolist() == np.random.choice(12665, size=5, replace=False).tolist()


@pytest.mark.needs_mnist
def test_exercise_9_prints_the_printed_accuracies(mnist):
    train, test, ones, ones_of_test, *_ = mnist.printed["figures-9"]
    assert_prints([train, test], ALWAYS_ONE)
    assert_prints([ones, ones_of_test], ALWAYS_ONE)  # they are the shares of ones: nothing is learned yet


@pytest.mark.needs_mnist
@pytest.mark.slow
def test_exercise_10_gives_what_the_handouts_code_gives():
    ran = ran_until("exercise-10", data="", left_out=("pictures", "train", "figures-9"))
    tuning = ran.names["exercise-10"]["tuning"]
    assert list(tuning) == list(TUNING)
    for n_h, printed in TUNING.items():
        assert_prints(tuning[n_h][: len(printed.split())], printed)


# ------------------------------------------------------------------------------------------- these tests can fail


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        pytest.param(0.005, "0.5", id="another number"),
        pytest.param([0.1677132, 0.5], "0.16771312 0.5", id="the last printed digit"),
        pytest.param([0.05853694, 0.00669285], "0.0585369 0.00669285", id="a zero that is not shown"),
        pytest.param(4.0022329e-04, "4.00223279e-04", id="the last printed digit of a small number"),
        pytest.param(0.5239053069310721 * (1 + 2e-12), COST, id="the twelfth digit"),
    ],
)
def test_another_figure_is_refused(value, printed):
    with pytest.raises(AssertionError, match="is not"):
        assert_prints(value, printed)


def test_another_number_of_figures_is_refused():
    with pytest.raises(AssertionError):
        assert_prints([0.5], "0.5 0.5")
