"""Statements about `plain`: data crosses unchanged, and nothing but data crosses."""

from __future__ import annotations

import json
from datetime import UTC

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from backprop.answers.json_values import NotPlain, decode, encode
from backprop.errors import BackpropError

few = settings(max_examples=80, derandomize=True, deadline=None)

arrays = st.sampled_from([float, np.float32, np.float16, np.int64, np.int8, np.uint8, bool]).flatmap(
    lambda dtype: npst.arrays(dtype, npst.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=3))
)
others = st.one_of(
    st.complex_numbers(),
    st.binary(max_size=4),
    st.dates(),
    st.datetimes(timezones=st.none() | st.just(UTC)),
    st.times(),
    st.timedeltas(),
    st.fractions(),
    st.decimals(allow_nan=False),
    st.sets(st.integers() | st.text(max_size=2), max_size=3),
    st.frozensets(st.dates(), max_size=3),
    st.dictionaries(st.integers() | st.tuples(st.integers()), st.text(max_size=2), max_size=2),
    npst.arrays(st.sampled_from(["c8", "c16", "U3"]), npst.array_shapes(max_dims=2, max_side=3)),
)
leaves = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(), arrays, others)
data = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.lists(inner, max_size=3).map(tuple),
        st.dictionaries(st.sampled_from(["array", "tuple", "dict", "shape", "x", ""]), inner, max_size=3),
    ),
    max_leaves=8,
)


def same(one, other) -> bool:
    if type(one) is not type(other):
        return False
    if isinstance(one, np.ndarray):
        alike = np.array_equal(one, other, equal_nan=one.dtype.kind in "fc")
        return one.dtype == other.dtype and one.shape == other.shape and alike
    if isinstance(one, dict):
        return list(one) == list(other) and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(map(same, one, other))
    return one == other or one != one


@few
@given(data)
def test_what_is_stored_as_json_comes_back_the_same(value):
    assert same(decode(json.loads(json.dumps(encode(value)))), value)


def test_numpy_scalars_come_back_as_the_python_numbers_they_stand_for():
    assert same(decode(encode((np.float64(0.5), np.int32(3), np.bool_(True)))), (0.5, 3, True))


def test_a_matrix_comes_back_as_an_array():
    assert type(decode(encode(np.ones((2, 1)).view(np.matrix)))) is np.ndarray


def test_every_reading_makes_new_arrays():
    stored = encode({"W": np.ones(3)})
    first, second = decode(stored), decode(stored)
    first["W"] += 1
    assert second["W"].tolist() == [1, 1, 1]


@pytest.mark.parametrize(
    ("value", "named"),
    [
        (object(), "a object"),
        ({object()}, "a object"),
        (np.array([None]), "object"),
        (np.datetime64("2020"), "a datetime64"),
        (np.zeros(2, "V4"), "V4"),
        ([{"inside": (len,)}], "builtin_function_or_method"),
        (np.array(["2020"], "datetime64[Y]"), "datetime64"),
    ],
)
def test_anything_but_plain_data_is_refused_by_its_type(value, named):
    with pytest.raises(NotPlain, match="is not plain data") as refused:
        encode(value)
    assert named in str(refused.value)
    assert isinstance(refused.value, BackpropError)
