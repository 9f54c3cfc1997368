"""An empty answer is close to nothing but another empty value."""

from __future__ import annotations

import numpy as np
import pytest

from examiner.judging.empty_sides import OF_TESTS, RAISE, SAID, SAY_SO, Empty, Hollow


def held(value):
    """Return a value that came from a student's process, and what remembers it."""
    empty = Empty()
    empty.note(value)
    return value, empty


@pytest.mark.parametrize("name", SAY_SO)
@pytest.mark.parametrize("came", [np.zeros((0, 1, 4)), [], range(0), np.zeros((0, 1)).view(np.matrix)])
def test_an_empty_answer_is_close_to_nothing(name, came):
    came, empty = held(came)
    assert getattr(np, name)(came, 5.0)  # as NumPy sees it
    with empty.refused():
        assert not getattr(np, name)(came, 5.0)
        assert not getattr(np, name)(5.0, came)
        assert getattr(np, name)(came, np.zeros(np.shape(came)))
        assert getattr(np, name)([1.0, 2.0], [1.0, 2.0])
    assert getattr(np, name)(came, 5.0)


@pytest.mark.parametrize("name", RAISE)
@pytest.mark.parametrize("came", [np.zeros((0, 1, 4)), np.zeros(0)])
def test_nor_is_it_equal_to_a_number(name, came):
    came, empty = held(came)
    with empty.refused():
        for one in (came, came.ravel(), came.T):
            with pytest.raises(AssertionError, match=SAID):
                getattr(np.testing, name)(one, 5.0)
        getattr(np.testing, name)(came, np.zeros(came.shape))


def test_lists_of_empty_ones_are_empty_and_what_is_no_array_is_left_alone():
    inner: list = []
    _, empty = held(inner)
    outer = [inner]
    for value in (outer, ["", np.ones(2)], [inner, 1]):
        empty.note(value)
    with empty.refused():
        assert not np.allclose(outer, 5.0)
        assert np.allclose([5.0], 5.0)


def test_nor_is_what_a_test_makes_of_it():
    empty = Empty()
    with empty.refused():
        assert np.allclose(np.array([]), 5.0)
        empty.note([])
        for made in (np.array([]), np.round([], 3), np.zeros((0, 3)) - 5.0):
            assert not np.allclose(made, 5.0)
    with empty.refused():
        assert np.allclose(np.array([]), 5.0)


def test_what_a_test_selects_may_be_empty():
    came, empty = held(np.ones(3))
    with empty.refused():
        assert np.allclose(came[came < 0], 0.0)
        np.testing.assert_allclose([value for value in came if value < 0], 0.0)


def test_an_empty_array_is_calculated_with_nothing_that_has_entries():
    came, want = np.zeros((0, 3)).view(Hollow), np.ones(3)
    for use in (lambda: came == want, lambda: want - came, lambda: came < 5.0, lambda: np.isclose(came, want)):
        with pytest.raises(AssertionError, match=SAID):
            use()
    assert (came == np.zeros((0, 3))).all()
    assert np.array_equal(came, np.zeros((0, 3)))
    assert not np.array_equal(came, want)
    assert came.sum() == 0
    assert np.sqrt(came).shape == (came + came).shape == came.T.T.shape == (0, 3)
    assert type(np.array(came)) is np.ndarray


WANTED = np.array([[1.0], [2.0]])


@pytest.mark.parametrize(
    "test",
    [
        "np.all(np.isclose(came, WANTED))",
        "np.isclose(WANTED, came).all()",
        "np.all(np.abs(np.asarray(came) - WANTED) < 1e-6)",
        "np.sum((np.array(came, dtype=float) - WANTED) ** 2) < 1e-6",
        "np.linalg.norm(WANTED - np.asarray(came)) < 1e-6",
        "not np.any(np.asarray(came) != WANTED)",
        "np.all(np.round(came, 3) == WANTED)",
        "np.all(np.concatenate([came, came]) == WANTED[0])",
    ],
)
@pytest.mark.parametrize("came", [[], [[], []], (), np.zeros((2, 0)).view(Hollow)], ids=str)
def test_what_a_test_makes_of_an_empty_answer_is_calculated_with_nothing_that_has_entries(test, came):
    empty = Empty()
    for part in came if isinstance(came, list) else ():
        empty.note(part)
    names = {"__name__": OF_TESTS, "np": np, "came": came, "WANTED": WANTED}
    with empty.refused():
        empty.note(came)
        with pytest.raises((AssertionError, ValueError)):  # or arrays of these shapes do not go together
            assert eval(test, names)
        assert eval("np.array(came).size == 0 and np.array_equal(np.array([]), np.array([]))", names)
        assert type(np.array([])) is np.ndarray  # our own is none of a test's
    with empty.refused():
        assert eval("type(np.asarray([])) is np.ndarray and np.all(np.array([]) < 5.0)", names)
