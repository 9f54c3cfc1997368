"""Statements about `describe`: a value in a few words, whatever it is."""

from __future__ import annotations

import numpy as np
import pytest

from backprop.explain.describe import describe, place


class Unspeakable:
    def __str__(self):
        raise RuntimeError("no words")

    __repr__ = __str__


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "nothing (None)"),
        (True, "True"),
        (3, "3"),
        (3.0, "3.0"),
        (-2.0, "-2.0"),
        (0.5239123456, "0.523912"),
        (np.float32(0.5), "0.5"),
        (np.int64(7), "7"),
        (float("nan"), "nan"),
        (1 + 2j, "the complex number 1+2j"),
        ("relu", "'relu'"),
        (np.str_("relu"), "'relu'"),
        (np.array(0.25), "0.25"),
        (np.array(3.0), "3.0"),
        (np.array([0.5, 1.5]), "[0.5, 1.5], shape (2,)"),
        (np.zeros((10, 2)), "an array (10, 2)"),
        (np.zeros((10, 2), object), "an array (10, 2) of object entries"),
        (np.ma.masked, "an array with masked entries"),
        ({"dW1": np.zeros((10, 2)), "db1": 0.5}, "dW1 (10, 2), db1 0.5"),
        ({"dW1": np.array(0.5)}, "dW1 0.5"),
        ({3: 1, None: 2}, "3 1, nothing (None) 2"),
        ({}, "an empty dict"),
        ((4, 7, None), "(4, 7, nothing (None))"),
        ([1.5, "a"], "[1.5, 'a']"),
        ((np.zeros((3, 5)), {"Z": np.zeros((4, 5))}), "(an array (3, 5), {Z (4, 5)})"),
        (len, "a builtin_function_or_method"),
        (Ellipsis, "an ellipsis"),
        (Unspeakable(), "an Unspeakable"),
        ({Unspeakable(): Unspeakable()}, "an Unspeakable an Unspeakable"),
    ],
    ids=lambda given: given if isinstance(given, str) else "",
)
def test_a_value_is_said_in_a_few_words(value, words):
    assert describe(value) == words


def test_a_number_that_python_refuses_to_print_is_said_by_its_length():
    assert describe(10**5000) == "a whole number of about 5000 digits"


def test_what_a_function_returned_and_printed_is_told_apart():
    heard = {"returned": {"W": np.zeros((4, 2))}, "printed": [0.5, 0.25]}
    assert describe(heard) == "W (4, 2); printed [0.5, 0.25]"


def test_long_values_are_cut():
    assert describe(list(range(1000))).endswith("11, …]")
    assert len(describe("x" * 10_000)) == 110
    assert len(describe({f"key{i}": i for i in range(10_000)})) <= 130


def test_a_value_that_holds_itself_has_an_end():
    loop = [1]
    loop.append(loop)
    assert describe(loop) == "[1, [1, [1, […, …]]]]"
    around: dict = {}
    around["cache"] = around
    assert describe(around) == "cache {cache {cache {cache {…}}}}"


def test_what_would_colour_a_terminal_or_break_a_line_is_left_out():
    assert describe({"a\n\x1b[31mb\ud800": 1}) == "a  [31mb  1"


@pytest.mark.parametrize(
    ("where", "index", "name"),
    [
        ("dW1", (3, 0), "dW1[3, 0]"),
        ("dW1", (), "dW1"),
        ("", (1,), "entry [1]"),
        ("", (), "the value"),
        ("[0]", (), "the first value"),
        ("[2]", (1, 0), "entry [1, 0] of the third value"),
        ("[9]", (), "the value number 10"),
        ("[1].Z2", (), "Z2 of the second value"),
        ("[1].Z2", (0, 4), "Z2[0, 4] of the second value"),
        ("returned.W1", (0, 1), "W1[0, 1]"),
        ("returned", (), "returned"),
        ("printed", (3,), "printed[3]"),
    ],
)
def test_a_part_has_a_name_that_a_reader_can_follow(where, index, name):
    assert place(where, index) == name
