"""A student's own function may do what it likes: the widget gets plain numbers or one sentence."""

from __future__ import annotations

import warnings

import numpy as np
import pytest

from backprop.errors import BackpropError
from backprop.widgets.shared.student_function import StudentFunctionError, ask, in_code, name_of, numbers


def test_what_a_function_returns_is_handed_on():
    assert ask(lambda a, b: a + b, 1, 2) == 3


def test_a_function_may_change_its_arguments_without_harm():
    def spoil(array, parameters):
        array[:] = 0
        parameters["W"][:] = 0

    array, parameters = np.ones(2), {"W": np.ones(2)}
    ask(spoil, array, parameters)
    assert array.sum() == parameters["W"].sum() == 2


def test_what_it_prints_and_warns_of_is_dropped(capsys):
    def loud():
        print("here I am")
        warnings.warn("beware", stacklevel=1)
        return np.array([1.0]) / 0

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        ask(loud)
    assert capsys.readouterr() == ("", "")


def test_what_it_raises_becomes_one_sentence():
    def fails():
        raise ValueError("shapes (2,)\nand (3,) do not fit")

    with pytest.raises(
        StudentFunctionError, match=r"^fails raises ValueError: shapes \(2,\) and \(3,\) do not fit\.$"
    ) as caught:
        ask(fails)
    assert isinstance(caught.value, BackpropError)


def test_an_exercise_that_is_not_solved_is_said_to_be_unwritten():
    def forward():
        raise NotImplementedError()

    with pytest.raises(StudentFunctionError, match="forward is not written yet"):
        ask(forward)


def test_the_interrupt_of_the_kernel_gets_through():
    def stopped():
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ask(stopped)


@pytest.mark.parametrize(
    "value",
    [[1, 2, 3], (1.0, 2.0, 3.0), np.array([1, 2, 3]), np.array([True, False, True])],
    ids=["list", "tuple", "integers", "truth values"],
)
def test_numbers_of_any_kind_are_taken(value):
    assert numbers(value, (3,), "it returns").dtype == float


@pytest.mark.parametrize("value", [None, "abc", [1, "b", 3], np.ones((3, 1)), [1, 2], np.array([1, np.nan, 2]), {}])
def test_what_is_no_such_array_is_refused_in_a_sentence_that_begins_as_asked(value):
    with pytest.raises(StudentFunctionError, match=r"^it returns .*[^.]\.$"):
        numbers(value, (3,), "it returns")


def test_functions_are_written_by_the_names_that_a_notebook_has_for_them():
    assert in_code({"forward": ask, "cost": None, "backward": lambda: 0}) == ["forward=ask"]
    assert name_of(ask) == "ask"
