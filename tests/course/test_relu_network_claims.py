"""What the prose and the quizzes of `relu_network` claim about training is so: it is tried out."""

from __future__ import annotations

import re

import numpy as np
import pytest
from classroom import source
from relu_network_run import NAME, SUM_PAIRS, figures_of, solved

CRITERION = 0.15

pytestmark = pytest.mark.filterwarnings("ignore::PendingDeprecationWarning")  # np.matrix


@pytest.fixture
def names() -> dict:
    return solved()[0]


@pytest.fixture
def printed() -> dict[str, str]:
    return solved()[1]


def test_the_criterion_is_under_0_15_and_not_at_it(names):
    network = names["NeuralNetwork"]()
    answer = names["predict"](network, 2, 1)
    assert not names["passes"](network, [((2, 1), answer + 0.25)], tolerance=0.25)
    assert names["passes"](network, [((2, 1), answer + 0.1499)])
    assert not names["passes"](network, [((2, 1), answer + 0.1501), ((2, 1), answer)])


def test_the_first_pairs_pass_after_345_epochs_and_the_sums_never(names, printed):
    assert "under 0.15 from epoch 345\n" in printed["curves"]
    network = names["network_with"](0.001)
    history = names["train_epochs"](network, names["first_pairs"], 345)
    assert history[-1].max() < CRITERION <= history[-2].max()
    sums = names["train_epochs"](names["network_with"](0.002), SUM_PAIRS, 200)
    negative = [j for j, (_, y) in enumerate(SUM_PAIRS) if y < 0]
    assert (sums[:, negative] == [6, 5, 1, 17, 11]).all()
    assert sums[-1, [j for j in range(10) if j not in negative]].max() < CRITERION


def test_the_rates_have_the_effect_that_the_prose_tells(printed):
    lines = printed["rates"].splitlines()
    reached = [re.search(r"from epoch (\d+)|never", line)[1] for line in lines]
    assert reached == ["657", "345", "178", "119", "227", None]
    assert figures_of(lines[-1].partition("epochs:")[2]) == [57.3, 7.3, 76.2, 59.5, 42.0, 42.0]


def test_the_three_units_stay_equal_from_the_equal_start_and_not_from_a_random_one(names):
    path, _ = names["follow"](names["network_with"](0.002), SUM_PAIRS, 30)
    assert (path == path[:, :1]).all()
    np.random.seed(12)
    network = names["random_start"](names["network_with"](0.002))
    path, history = names["follow"](network, SUM_PAIRS, 40)
    assert np.ptp(path[-1], axis=0).min() > 1
    assert history[-1].max() < CRITERION
    assert names["passes"](network, SUM_PAIRS)


def test_twenty_random_starts_end_as_the_prose_tells(printed):
    passed = [line for line in printed["luck"].splitlines() if line.endswith("passes")]
    one_sided = [line for line in printed["luck"].splitlines() if "+++" in line or "−−−" in line]
    assert (len(passed), len(one_sided)) == (11, 3)
    assert all(line.endswith(("17.00   ", "14.00   ")) for line in one_sided)


def test_the_number_of_quiz_2_and_its_wrong_ones_are_what_the_steps_give(names):
    network = names["NeuralNetwork"]()
    network.train(2, 1, 10)
    quiz = next(quiz for quiz in source(NAME).written.quizzes if quiz["key"] == "2")
    assert round(float(network.hidden_to_output_weights[0, 0]), 3) == quiz["answer"]
    rounded = [round(wrong["answer"], 3) for wrong in quiz["wrong"]]
    assert quiz["answer"] not in rounded
    assert len(set(rounded)) == len(rounded) >= 6


def test_the_lines_of_quiz_3_do_what_their_sentences_say():
    V, r, e = np.array([[0.5, -1.0, 2.0]]), np.array([[1.0], [0.0], [1.0]]), 3.0
    for option in options("3"):
        try:
            value = eval(option["text"].strip("`"), {"V": V, "r": r, "e": e, "np": np})
            right = np.shape(value) == (3, 1) and np.allclose(value, [[1.5], [0], [6]])
        except ValueError:
            right = False
            assert "refused" in option["because"]
        assert right == option.get("right", False), option["label"]


def test_the_changes_of_quiz_10_break_the_symmetry_or_not_as_it_says(names):
    starts = {
        "A": {"hidden_to_output_weights": [[1.0, 0.5, -1.0]]},
        "B": {"input_to_hidden_weights": np.full((3, 2), 0.5), "hidden_to_output_weights": np.full((1, 3), 0.5)},
        "C": {"biases": [[0.1], [0.2], [0.3]]},
        "D": {},
        "E": {},
        "F": {"input_to_hidden_weights": [[1.01, 1.0], [1.0, 1.0], [1.0, 1.0]]},
        "G": {"input_to_hidden_weights": np.zeros((3, 2)), "hidden_to_output_weights": np.zeros((1, 3))},
    }
    draw = np.random.RandomState(1)
    for option in options("10"):
        label = option["label"]
        network = names["network_with"](0.001 if label == "D" else 0.002, **starts[label])
        before = np.array(network.input_to_hidden_weights)
        for _ in range(10):
            order = draw.permutation(10) if label == "E" else range(10)
            names["train_epochs"](network, [SUM_PAIRS[j] for j in order], 1)
        rows = np.asarray(network.input_to_hidden_weights)
        moved = rows - before  # row 1 of F begins otherwise; what counts is that it moves otherwise
        assert (np.ptp(moved, axis=0).max() > 1e-9) == option.get("right", False), label
        assert (label == "G") == (not moved.any())


def test_the_statements_of_quiz_9_are_true_or_false_as_it_says(names):
    network = names["network_with"](0.002)
    names["train_epochs"](network, SUM_PAIRS, 10)
    found = names["silence"](network, SUM_PAIRS)
    assert np.array_equal(found["silent_pairs"], [y < 0 for _, y in SUM_PAIRS])  # A
    before = names["weights_of"](network)
    names["train_epochs"](network, [pair for pair in SUM_PAIRS if pair[1] < 0], 1)
    assert all(np.array_equal(value, names["weights_of"](network)[name]) for name, value in before.items())  # B
    later = names["train_epochs"](network, SUM_PAIRS, 100)[-1]
    assert later.max() == 17  # C
    for rate in (0.0005, 0.003, 0.004, 0.005):  # D
        wilder = names["network_with"](rate)
        assert names["train_epochs"](wilder, SUM_PAIRS, 30)[-1].max() >= 14
        assert names["silence"](wilder, SUM_PAIRS)["silent_pairs"].sum() == 5
    assert not found["dead_units"].any()  # F
    adder = names["adder"]()
    assert all(names["predict"](adder, x1, x2) == y for (x1, x2), y in SUM_PAIRS)  # G
    assert [option["label"] for option in options("9") if option.get("right")] == ["A", "B", "E"]


def options(key: str) -> list[dict]:
    return next(quiz["option"] for quiz in source(NAME).written.quizzes if quiz["key"] == key)
