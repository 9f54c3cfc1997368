"""Statements about `listen`: what a function prints is heard as numbers, and not shown."""

from __future__ import annotations

import math

import pytest

from backprop.listen import returned_and_printed


def heard(*lines: str) -> list[float]:
    return returned_and_printed(lambda: [print(line) for line in lines])["printed"]


def test_the_value_comes_back_with_the_last_number_of_each_line(capsys):
    def train():
        for i in range(3):
            print(f"Epoch {i}: Loss = {1 / (i + 1)}")
        return "trained"

    assert returned_and_printed(train) == {"returned": "trained", "printed": [1, 0.5, 1 / 3]}
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("0.5", 0.5),
        ("1e-05", 1e-5),
        ("loss: 2.5E+3", 2500),
        ("loss=-.25", -0.25),
        ("loss=3.", 3),
        ("loss (0.125)", 0.125),
        ("[[0.75]]", 0.75),
        ("epoch 3, cost np.float64(0.5)", 0.5),
        ("cost 0.5s", 0.5),
        ("cost inf", math.inf),
        ("cost -inf", -math.inf),
    ],
)
def test_numbers_are_heard_in_the_ways_python_prints_them(line, number):
    assert heard(line) == [number]


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("Epoch 3: Loss = 0.25 (50 %)", 0.25),
        ("loss: 0.25 - 3ms/step", 0.25),
        ("5/5 - 0s 3ms/step - loss: 0.25 - accuracy: 0.9", 0.25),
        ("Loss = 0.25, lr = 0.5", 0.25),
        ("loss=0.25, accuracy=0.9", 0.25),
        ("Cost 0.25 at epoch 1", 0.25),
        ("the cost is now 0.25 after 7 steps", 0.25),
        ("loss_value -> -0.25 | 12", -0.25),
        ("loss tensor(0.25, dtype=float64)", 0.25),
        ("Loss: 0.25: good", 0.25),
        ("\x1b[32mLoss = 0.25\x1b[0m", 0.25),
        ("\x1b[1;31mLoss\x1b[0m = \x1b[38;5;4m0.25\x1b[0m", 0.25),
    ],
)
def test_the_number_that_follows_the_word_is_the_loss(line, number):
    assert heard(line) == [number]


@pytest.mark.parametrize(
    "line",
    [
        "Cost after iteration 3: 0.25",
        "Cost after iteration 3: 0.25 (lr = 0.1)",
        "Loss (epoch 3) = 0.25",
        "losses[3] = 0.25",
        "Loss 3: 0.25",
        "Loss 3/10: 0.25",
        "Loss at epoch 3 is 0.25",
        "Loss at epoch 3 0.25",
        "0.25 is the loss",
    ],
)
def test_the_number_of_an_epoch_is_no_loss(line):
    assert heard(line) == [0.25]


def test_nan_is_heard_as_nan():
    assert math.isnan(heard("cost nan")[0])


@pytest.mark.parametrize("line", ["", "training begins", "finance, banana, information", "W1 and dW2", "b1.shape"])
def test_words_are_no_numbers(line):
    assert heard(line) == []


def test_where_lines_speak_of_a_loss_only_they_count():
    assert heard("shape (3, 4)", "Loss 0.5", "step 7", "the COST is 0.25") == [0.5, 0.25]
    assert heard("0.5", "0.25") == [0.5, 0.25]


def test_where_only_costs_are_asked_for_nothing_else_counts():
    def train():
        print("W1 has shape (3, 2)")
        print("cost: 0.5")

    assert returned_and_printed(train, only_costs=True)["printed"] == [0.5]
    assert returned_and_printed(lambda: print("trained 7 times"), only_costs=True)["printed"] == []


def test_an_exception_passes_through_and_printing_works_again(capsys):
    with pytest.raises(ZeroDivisionError):
        returned_and_printed(lambda: 1 / 0)
    print("heard")
    assert capsys.readouterr().out == "heard\n"
