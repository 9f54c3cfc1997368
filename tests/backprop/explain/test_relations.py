"""Statements about `relations`: which relation between a wrong array and the right one is recognised, and which not."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from backprop.explain.relations import relation, shape_relation

few = settings(max_examples=60, derandomize=True, deadline=None)

X = np.random.RandomState(0).randn(3, 4)
SQUARE = np.random.RandomState(1).randn(3, 3)
LINE = np.array([0.9, 0.7, 0.4, 0.35, 0.1])
LABELS = np.array([[0, 1, 1, 0, 1.0]])


@few
@given(st.integers(3, 60), st.sampled_from(["m", "n_h", "k"]), st.booleans())
def test_a_factor_that_is_a_size_of_the_exercise_is_called_by_its_name(size, letter, smaller):
    got = X / size if smaller else X * size
    way = "small" if smaller else "large"
    assert relation(got, X, {letter: size}) == f"every entry is {size} times too {way}, and {letter} is {size}"


@few
@given(st.floats(-50, 50, allow_nan=False))
def test_any_factor_of_a_whole_array_is_found(factor):
    assume(abs(factor) > 0.01)
    assume(min(abs(factor - special) for special in (-1, 0.5, 1, 2)) > 1e-3)
    found = relation(factor * X, X, {})
    size = max(abs(factor), 1 / abs(factor))
    assert found.startswith(f"every entry is {size:.6g} times too {'large' if abs(factor) > 1 else 'small'}")
    assert found.endswith("of the opposite sign") == (factor < 0)


@pytest.mark.parametrize(
    ("factor", "words"),
    [
        (2, "every entry is twice as large as it should be"),
        (0.5, "every entry is half as large as it should be"),
        (-1, "every entry is of the opposite sign"),
        (-3, "every entry is 3 times too large and of the opposite sign, and m is 3"),
        (6, "every entry is 6 times too large, and 2m is 6"),
        (9, "every entry is 9 times too large, and m² is 9"),
        (3**-0.5, "every entry is 1.73205 times too small, and √m is 1.73205"),
    ],
)
def test_telling_factors_are_put_in_words(factor, words):
    assert relation(factor * X, X, {"m": 3}) == words


def test_two_sizes_that_are_alike_are_both_named():
    assert relation(3 * X, X, {"m": 3, "n_h": 3}).endswith(", and m and n_h are 3")


def test_a_ratio_of_two_single_numbers_says_nothing_unless_it_is_telling():
    assert relation(np.array(0.4), np.array(0.3), {"m": 5}) is None
    assert relation(np.array([[0.4]]), np.array([[0.3]]), {}) is None
    assert relation(np.array(0.6), np.array(0.3), {}) == "it is twice as large as it should be"
    assert relation(np.array(1.5), np.array(0.3), {"m": 5}) == "it is 5 times too large, and m is 5"
    assert relation(np.array(30.0), np.array(0.3), {}) == "it is 100 times too large"


def test_a_count_that_is_wrong_has_no_relation_to_the_right_one():
    for got in (10, 6, -5, 4):
        assert relation(np.array(float(got)), np.array(5.0), {"m": 2}) is None


def test_an_array_of_the_same_number_everywhere_is_seen():
    assert relation(np.zeros((3, 4)), X) == "every entry is 0, but the entries should differ"
    X_with = np.array([[0.25, 1.0], [2.0, 3.0]])  # a number that is asked for is not said
    assert relation(np.full((2, 2), 0.25), X_with) == "every entry is the same, but the entries should differ"


def test_a_square_array_that_lies_on_its_side_is_seen():
    assert relation(SQUARE.T.copy(), SQUARE) == "the array is the transpose of what is expected"


def test_the_right_values_in_another_order_are_seen():
    assert relation(LINE[::-1], LINE) == "the right values come in reverse order"
    assert relation(LINE[[1, 0, 2, 4, 3]], LINE) == "the right values come in a different order"
    assert "column by column" in relation(X.T.ravel().reshape(3, 4), X)


def test_zeros_and_ones_in_another_order_are_just_wrong():
    assert relation(LABELS[:, [1, 0, 2, 3, 4]], LABELS) is None


def test_a_list_that_is_a_step_late_or_early_is_seen():
    assert relation(np.array([1.0, *LINE[:-1]]), LINE) == "each value comes one step too late"
    assert relation(np.array([*LINE[1:], 0.01]), LINE) == "each value comes one step too early"
    assert relation(np.array([9.0, 1, 1, 1]), np.ones(4)) is None


def test_one_minus_the_right_value_is_seen():
    assert relation(1 - LINE, LINE) == "every entry is 1 minus what it should be"
    assert relation(1 - LABELS, LABELS) == "every 0 should be a 1, and every 1 a 0"


def test_rounded_numbers_are_seen():
    assert relation(np.round(X, 1), X) == "the numbers look rounded to 1 decimal"
    assert relation(np.round(X, 4), X) == "the numbers look rounded to 4 decimals"
    assert relation(np.round(20 * X), 20 * X) == "the numbers look rounded to whole numbers"
    assert relation(np.array(0.3333), np.array(1 / 3)) == "it looks rounded to 4 decimals"


def test_neither_zero_nor_a_threshold_is_called_rounding():
    assert relation(np.array(0.0), np.array(1e-9)) is None
    assert relation(np.array(0.3), np.array(0.29)) is None
    assert relation((LINE > 0.5) * 1.0, LINE) is None


def test_a_shift_is_seen():
    assert relation(X + 0.25, X) == "every entry is 0.25 too large"
    assert relation(X - 0.25, X) == "every entry is 0.25 too small"


def test_what_has_no_relation_gets_none():
    assert relation(np.cos(7 * X), X, {"m": 3}) is None


def test_the_largest_numbers_there_are_raise_no_warning(recwarn):
    relation(np.full((2, 2), 1e308), np.array([[1e-308, 1.0], [1e308, -1e308]]), {"m": 3})
    relation(np.array([1e308, -1e308, 5.0]), np.array([-1e308, 1e308, 0.0]))
    assert not recwarn.list


@pytest.mark.parametrize(
    ("got", "want", "says"),
    [
        (X.T, X, "It is the transpose of what is expected; the numbers themselves are right."),
        (X.T + 1, X, "Rows and columns are swapped."),
        (X[:1], X[:1].T, "It is the transpose"),
        (X[:1] + 1, X[:1].T, "Rows and columns are swapped, and the numbers differ too."),
        (X.sum(axis=1), X.sum(axis=1, keepdims=True), "An axis was lost."),
        (X.sum(axis=0, keepdims=True), X.sum(axis=1, keepdims=True), "A sum seems to run along the wrong axis"),
        (X.sum(axis=0), X.sum(axis=1, keepdims=True), ""),
        (X.sum(), X.sum(axis=1, keepdims=True), "Everything was added up into one number"),
        (X, X.sum(axis=1, keepdims=True), "It has 4 columns where one is expected."),
        (X[:1], np.ones((1, 1)), "It has 4 columns where one is expected."),
        (np.ones((5, 1)), np.ones((1, 1)), ""),
        (np.ones((4, 8)), np.ones((1, 8)), ""),
        (np.ones((2, 2, 2)), X, ""),
    ],
)
def test_a_wrong_shape_gets_the_likeliest_way_back(got, want, says):
    found = shape_relation(np.asarray(got), want)
    assert says in found
    assert bool(says) == bool(found)


def test_a_single_number_is_called_a_sum_only_where_it_is_one():
    assert "added up into one number" in shape_relation(X.sum().reshape(1, 1), X)
    assert shape_relation(np.zeros((1, 1)), X) == ""
    assert shape_relation(np.zeros((1, 1)), np.zeros((3, 1))) == ""
    assert shape_relation(np.array(True), np.array([True, False])) == ""


def test_an_axis_is_called_lost_only_where_the_numbers_are_there():
    assert "An axis was lost" in shape_relation(X[0], X[:1])
    assert shape_relation(X[0] + 1, X[:1]) == ""


def test_a_factor_next_to_one_is_no_factor():
    assert relation(X * 1.00001, X) is None


def test_a_few_numbers_that_never_moved_are_not_called_rounded():
    start = np.array([[0.1], [-0.2], [0.3]])
    assert relation(start, start + np.array([[0.012], [0.031], [-0.027]])) is None


def test_a_single_number_that_ends_in_a_zero_may_have_been_rounded_further_on():
    assert relation(np.array(1.23), np.array(1.23004)) == "it looks rounded to 2 decimals or more"
    assert relation(np.array(1.23), np.array(1.2345)) == "it looks rounded to 2 decimals"
