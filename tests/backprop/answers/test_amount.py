"""A giant is noticed at once, however it is built."""

from __future__ import annotations

import time

import numpy as np
import pytest

from backprop.answers.amount import MOST, amount, far_too_much


def nested(times: int, inside: list) -> list:
    """Return lists in lists that share their parts: a small value that stands for 10**times entries."""
    for _ in range(times):
        inside = [inside] * 10
    return inside


def in_itself() -> list:
    found: list = []
    found.append(found)
    return found


GIANTS = {
    "array": np.zeros(2 * MOST),
    "broadcast": np.broadcast_to(1.0, (10**6, 10**6)),
    "list": [0.0] * 2 * MOST,
    "nested": nested(12, [1.0]),
    "dict": {number: number for number in range(2 * MOST)},
    "range": range(10**30),
    "set": set(range(2 * MOST)),
    "number": 1 << 100 * MOST,
    "text": "a" * 100 * MOST,
    "texts": np.full(MOST // 10, "a" * 1000),
    "objects": np.full(2 * MOST, None),
    "tuple of arrays": (np.zeros(2 * MOST), 1),
    "in itself": in_itself(),
}


@pytest.mark.parametrize("kind", GIANTS)
def test_a_giant_is_noticed_at_once(kind):
    start = time.perf_counter()
    assert far_too_much(GIANTS[kind], 0.5)
    assert time.perf_counter() - start < 1


def test_what_is_as_large_as_what_is_wanted_is_none():
    for value in (None, 3, 0.5, "B", [[1.0] * 100] * 100, {"W": np.zeros(1000)}, np.zeros((100, 100)), 10**100):
        assert not far_too_much(value, 0.5)
    assert not far_too_much(np.zeros(2 * MOST), np.zeros(MOST))
    assert amount([1, [2, 3], {"a": np.zeros(5)}]) == 14


def test_keys_that_nobody_asked_for_do_not_count_where_only_the_wanted_do():
    got = ({"W": np.zeros(3), "X": np.zeros(2 * MOST)}, 1.0)
    want = ({"W": np.zeros(3)}, 1.0)
    assert far_too_much(got, want)
    assert not far_too_much(got, want, wanted_only=True)
    assert far_too_much({"W": np.zeros(2 * MOST)}, want[0], wanted_only=True)


def test_an_array_of_numbers_may_count_as_one():
    assert amount((np.zeros(MOST), np.full(7, None)), numbers=False) == 3 + 1 + 7
