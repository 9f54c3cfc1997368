"""Statements about `compare`: which values count as right, and in what kind the others are wrong."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from backprop.answers.compare import agree, as_numbers, differences

few = settings(max_examples=60, derandomize=True, deadline=None)

WANT = np.array([[0.25], [1.5], [-2.0]])
finite = st.floats(-1e9, 1e9, allow_nan=False)
numbers = st.one_of(st.booleans(), st.integers(-(2**53), 2**53), finite)
arrays = st.one_of(
    npst.arrays(float, npst.array_shapes(max_dims=3, max_side=3, min_side=0), elements=finite),
    npst.arrays(np.int64, npst.array_shapes(max_dims=2, max_side=3), elements=st.integers(-1000, 1000)),
    npst.arrays(bool, npst.array_shapes(max_dims=2, max_side=3)),
)
plain = st.recursive(
    st.one_of(st.none(), st.text(max_size=4), numbers, arrays),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.lists(inner, max_size=3).map(tuple),
        st.dictionaries(st.text(max_size=4), inner, max_size=3),
    ),
    max_leaves=6,
)


class HasArray:
    """Something that becomes an array when asked, as a TensorFlow tensor does."""

    def __init__(self, value):
        self.value = value

    def __array__(self, dtype=None, copy=None):
        return np.asarray(self.value, dtype=dtype)


class RefusesArray:
    def __array__(self, dtype=None, copy=None):
        raise RuntimeError("on another device")


class AlwaysEqual(np.ndarray):
    def __eq__(self, other):
        return np.ones(self.shape, bool)

    def __sub__(self, other):
        return np.zeros(self.shape)

    def __abs__(self):
        return np.zeros(self.shape)

    def astype(self, *args, **kwargs):
        return WANT.copy()


def only(got, want):
    found = differences(got, want)
    assert len(found) == 1, found
    return found[0]


@few
@given(plain)
def test_a_value_has_no_difference_from_itself(value):
    assert differences(value, value) == []


@few
@given(st.lists(st.floats(0.01, 100), min_size=1, max_size=30), st.randoms(use_true_random=False))
def test_repeating_a_sum_in_another_order_is_not_a_mistake(terms, random):
    shuffled = random.sample(terms, len(terms))
    assert agree(sum(shuffled), sum(terms))
    assert agree(np.array([sum(shuffled), terms[0]]), np.array([sum(terms), terms[0]]))


@pytest.mark.parametrize(
    "got",
    [
        WANT.tolist(),
        tuple(map(tuple, WANT.tolist())),
        WANT.view(np.matrix),
        WANT.astype(np.float32),
        WANT.astype(np.longdouble),
        HasArray(WANT),
        np.ma.array(WANT),
        WANT * (1 + 1e-9),
        np.asfortranarray(WANT),
    ],
    ids=["list", "tuples", "matrix", "float32", "longdouble", "tensor", "unmasked", "rounding error", "order"],
)
def test_what_a_user_would_call_the_same_array_is_right(got):
    assert differences(got, WANT) == []


@pytest.mark.parametrize("got", [0.5, np.float64(0.5), np.float32(0.5), np.float16(0.5), np.array(0.5), HasArray(0.5)])
def test_numpy_scalars_and_arrays_without_axes_count_as_numbers(got):
    assert agree(got, 0.5)


def test_whole_numbers_may_stand_for_floats_and_truth_values_for_zeros_and_ones():
    assert agree(np.array([1, 2]), np.array([1.0, 2.0]))
    assert agree(3, 3.0)
    assert agree(np.array([[True, False]]), np.array([[1, 0]]))
    assert agree([1.0, 0.0], np.array([1, 0]))
    assert agree(np.int64(3), 3)


def test_a_list_may_stand_for_a_tuple_and_the_reverse():
    assert agree([1, 2], (1, 2))
    assert agree(np.array([1, 2]), (1, 2))
    assert agree((0.5, 1.5), [0.5, 1.5])


def test_extra_keys_are_welcome():
    assert agree({"a": 1.0, "b": "anything", 3: None}, {"a": 1.0})


def test_a_missing_key_is_told_with_the_keys_that_there_are():
    found = only({"DW": 1.0, 2: 0, object: 1}, {"dW": 1.0})
    assert found.kind == "missing"
    assert found.where == "dW"
    assert found.got == ["2", "DW", "a type"]


def test_a_float_for_a_whole_number_is_refused_with_the_division_that_makes_it():
    for got in (3.0, np.float64(3.0), np.array(3.0)):
        found = only(got, 3)
        assert found.kind == "type"
        assert "`//`" in found.reason


def test_half_precision_is_refused_and_called_by_its_name():
    found = only(np.array([[0.3], [1.1]], np.float16), np.array([[0.3], [1.1]]))
    assert found.kind == "value"
    assert "float16" in found.reason
    assert only(np.array([7.0], np.float16), np.array([0.3])).reason == ""  # so far off for some other reason


def test_single_precision_excuses_its_own_error_and_no_larger_one():
    assert agree(np.float32(1 + 5e-5), 1.0)
    assert not agree(np.float32(1.001), 1.0)
    assert not agree(1 + 5e-5, 1.0)


@pytest.mark.parametrize("got", [WANT.ravel(), WANT.T, WANT[:2], WANT[..., None], WANT.ravel().tolist(), 1.5])
def test_another_shape_is_never_broadcast(got):
    found = only(got, WANT)
    assert found.kind == "shape"
    assert found.got.shape == np.shape(got)


@pytest.mark.parametrize(("got", "way"), [
    ([0.5], "[0]"), (np.array([[0.5]]), ".item()"), (np.array([[0.5]]).view(np.matrix), ".item()"),
])  # fmt: skip
def test_one_number_inside_an_array_is_refused_with_the_way_to_take_it_out(got, way):
    found = only(got, 0.5)
    assert found.kind == "shape"
    assert f"`{way}` takes it out" in found.reason


def test_a_tuple_for_a_number_is_called_a_tuple():
    assert "tuple of 2 values" in only((0.5, 1.0), 0.5).reason


@pytest.mark.parametrize("want", [1.5, WANT, (1, 2), {"a": 1}], ids=["number", "array", "tuple", "dict"])
def test_none_is_asked_for_its_return(want):
    found = only(None, want)
    assert found.kind == "type"
    assert found.reason == "Is there a `return`?"


@pytest.mark.parametrize(
    "got",
    [
        "0.25, 1.5, -2",
        ["0.25", "1.5", "-2"],
        WANT.astype(object),
        [[0.25], [1.5, 0], [-2.0]],
        WANT + 0j,
        np.ma.masked_array(WANT, WANT > 1),
        RefusesArray(),
        [[10**400], [0], [0]],
        np.array(["2020-01-01"], "datetime64[D]"),
        {0.25, 1.5},
        (x for x in (1, 2)),
        len,
        Ellipsis,
        {"dW": WANT},
    ],
    ids=lambda got: type(got).__name__,
)
@pytest.mark.parametrize("want", [WANT, 0.25], ids=["array", "number"])
def test_what_is_no_array_of_numbers_is_of_the_wrong_type_and_raises_nothing(got, want):
    assert only(got, want).kind == "type"


def test_an_entry_under_a_mask_is_no_number():
    assert as_numbers(np.ma.masked) is None
    assert not agree(np.ma.masked, 0.0)


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_the_first_entry_that_is_not_finite_is_named(bad):
    got = np.zeros((2, 3))
    got[1, 0] = got[1, 2] = bad
    found = only(got, np.ones((2, 3)))
    assert (found.kind, found.index) == ("not finite", (1, 0))
    assert only(bad, 0.5).index == ()


def test_a_known_wrong_output_with_infinities_agrees_only_with_the_same():
    known = np.array([np.inf, -np.inf, np.nan, 2.0])
    assert agree(known.copy(), known)
    for got in ([0, 0, 0, 2.0], [-np.inf, np.inf, np.nan, 2.0], [np.inf, -np.inf, np.nan, 3.0], [np.inf] * 4):
        assert not agree(np.array(got), known)


def test_the_largest_error_is_named():
    got = WANT.copy()
    got[0] += 0.1
    got[2] -= 5
    assert only(got, WANT).index == (2, 0)


def test_errors_are_measured_against_the_largest_entry_and_an_array_of_zeros_against_one():
    assert agree(np.array([1e6, 0.1]), np.array([1e6, 0.0]))
    assert not agree(np.array([1e6, 10]), np.array([1e6, 0.0]))
    assert agree(np.array([1e-7]), np.zeros(1))
    assert not agree(np.array([1e-5]), np.zeros(1))


def test_numbers_at_the_end_of_the_range_raise_no_warning(recwarn):
    assert not agree(np.array([1e308, -1e308]), np.array([-1e308, 1e308]))
    assert not agree(10**300, 0.5)
    assert not recwarn.list


def test_empty_arrays_are_compared_by_their_shape():
    assert agree(np.zeros((0, 3)), np.zeros((0, 3)))
    assert not agree(np.zeros((3, 0)), np.zeros((0, 3)))


def test_the_gravest_kind_comes_first():
    want = {"a": 1.0, "b": WANT, "c": 2.0, "d": 3}
    kinds = [found.kind for found in differences({"a": 5.0, "b": WANT.T, "c": np.nan, "e": 0}, want)]
    assert kinds == ["missing", "shape", "not finite", "value"]


def test_parts_are_named_by_their_path():
    want = (WANT, {"Z": WANT, "in": {"A": 1.0}})
    got = (WANT, {"Z": WANT + 1, "in": {"A": 2.0}})
    assert [found.where for found in differences(got, want)] == ["[1].Z", "[1].in.A"]


@pytest.mark.parametrize(("got", "says"), [((1, 2), "2 values came"), ((1,), "1 value came"), ([], "0 values came")])
def test_another_number_of_values_is_counted(got, says):
    found = only(got, (1, 2, 3))
    assert found.kind == "shape"
    assert says in found.reason
    assert "3 are expected" in found.reason


def test_words_agree_only_with_the_same_words():
    assert agree("relu", "relu")
    assert agree(None, None)
    assert only("tanh", "relu").kind == "value"
    assert only(3, "relu").kind == "type"
    assert only(0, None).kind == "type"


def test_a_value_that_claims_to_equal_everything_is_judged_by_its_numbers():
    assert not agree(np.zeros((3, 1)).view(AlwaysEqual), WANT)
    assert agree(WANT.view(AlwaysEqual), WANT)


def test_containers_that_answer_otherwise_than_they_hold_are_judged_by_what_they_hold():
    class Says(dict):
        def __getitem__(self, key):
            return 1.0

        def __contains__(self, key):
            return True

    class Long(tuple):
        def __len__(self):
            return 2

        def __iter__(self):
            return iter((1, 2))

    class Word(str):
        def __eq__(self, other):
            return True

        def __str__(self):
            return "relu"

        __hash__ = str.__hash__

    assert differences(Says(), {"a": 1.0})[0].kind == "missing"
    assert not agree(Long((1, 9)), (1, 2))
    assert not agree(Word("tanh"), "relu")


def test_a_set_of_far_too_many_is_not_looked_through():
    (found,) = differences(set(range(300_000)), {0.5, 1.5})
    assert (found.kind, found.reason) == ("value", "300000 values came back, and 2 are expected.")


@pytest.mark.parametrize("off", [100_000_000, 2**53, 2**70, [2**70, 1], [10**9, 5]])
def test_whole_numbers_are_counted_and_never_nearly_right(off):
    more = [off[0] + 1, *off[1:]] if isinstance(off, list) else off + 1
    assert agree(off, off)
    assert not agree(more, off)
    assert not agree(np.array(more), np.array(off))


def test_a_whole_number_that_is_off_by_one_is_nearly_right_where_a_float_is_expected():
    assert agree(10**9 + 1, 1e9)


def test_a_float_beside_a_large_whole_number_is_not_nearly_right():
    want = np.array([1, 10**6, 10**9])
    for kind in (np.float64, np.float32, np.longdouble):
        assert agree(want.astype(kind), want)
        assert not agree(np.array([1.9, 1e6, 1e9], kind), want)
    assert agree([1.0000001, 1e6 + 0.1, 1e9 - 0.1], want)
    assert not agree([1.0, 1e6, 1e9 + 1], want)
    assert not agree([1.1, 10.0**7], [1, 10**7])
    assert agree([True, False], [1, 0])
    assert agree([2.0**60, 1.0], [2**60, 1])


def test_fractions_and_decimals_hold_numbers_too():
    half, two = Fraction(1, 2), Decimal(2)
    for got, want in ((half, 0.5), (two, 2.0), (two, 2), (Fraction(2), 2), (Fraction(1, 3), 1 / 3)):
        assert agree(got, want)
        assert agree([got, 1.0, 7], np.array([want, 1.0, 7.0]))
        assert not agree(got, want + 1)
        assert not agree([got, 1.0, 8], np.array([want, 1.0, 7.0]))
    huge = 10**400
    for got in (half, Decimal("nan"), Decimal("inf"), Fraction(huge), Fraction(huge, huge - 1), Decimal(2**53) + 1):
        assert not agree(got, 2)
        assert not agree(got, 2**53)
    assert not agree([half, "a"], np.array([0.5, 1.0]))
    assert not agree([[half], [half, half]], np.array([0.5, 0.5]))


def test_of_a_list_with_parts_that_are_no_numbers_these_are_told():
    (second, third) = differences([1.0, None, None], [1.0, 2.0, 3.0])
    assert (second.where, second.kind, third.where) == ("[1]", "type", "[2]")
    (whole,) = differences([1.0, None], [1.0, 2.0, 3.0])
    assert (whole.where, whole.kind) == ("", "type")
