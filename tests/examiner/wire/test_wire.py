"""Statements about the wire: data arrives as it was, and whatever else arrives is refused in one way."""

from __future__ import annotations

import collections
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from examiner.wire import Callback, Frames, Handle, WireError, decode, encode, framed
from examiner.wire.kinds import DTYPES, MOST_DEPTH

sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "tools"))

import fuzz_wire

# ----------------------------------------------------------------------------------------------------- what data is
words = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
numbers = st.one_of(st.integers(-(2**4000), 2**4000), st.floats(), st.complex_numbers())
keys = st.one_of(words, st.integers(-(2**63), 2**63 - 1), st.binary(max_size=5), st.none(), st.booleans())
ranges = st.builds(range, st.integers(-9, 9), st.integers(-9, 9), st.integers(1, 5))
some_arrays = st.sampled_from([*DTYPES, np.dtype("U4")]).flatmap(
    lambda dtype: arrays.arrays(
        dtype,
        arrays.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=4),
        elements=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=4)
        if dtype.kind == "U"
        else arrays.from_dtype(dtype),
    )
)
scalars = st.sampled_from(DTYPES).flatmap(lambda dtype: arrays.arrays(dtype, 1).map(lambda array: array[0]))
leaves = st.one_of(st.none(), st.booleans(), numbers, words, st.binary(max_size=20), ranges, some_arrays, scalars)
values = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.lists(inner, max_size=4).map(tuple),
        st.dictionaries(keys, inner, max_size=4),
        st.sets(keys, max_size=4),
        st.frozensets(keys, max_size=4),
    ),
    max_leaves=12,
)


def same(one, other) -> bool:
    """Say whether two values are the same in type, in every part, and in NaN."""
    if type(one) is not type(other):
        return False
    if isinstance(one, np.ndarray):
        return one.dtype == other.dtype and one.shape == other.shape and one.tobytes() == other.tobytes()
    if isinstance(one, np.generic):
        return one.dtype == other.dtype and one.tobytes() == other.tobytes()
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict):
        return list(one) == list(other) and all(map(same, one.values(), other.values()))
    if isinstance(one, complex):
        return same(one.real, other.real) and same(one.imag, other.imag)
    if isinstance(one, float):
        return np.float64(one).tobytes() == np.float64(other).tobytes()
    return one == other


@given(values)
def test_data_arrives_as_it_was(value):
    assert same(decode(encode(value)), value)


@given(values, st.data())
def test_a_message_that_ends_early_is_refused(value, data):
    message = encode(value)
    cut = data.draw(st.integers(0, len(message) - 1))
    with pytest.raises(WireError):
        decode(message[:cut])


@given(values, st.binary(min_size=1, max_size=5))
def test_a_message_that_goes_on_is_refused(value, more):
    with pytest.raises(WireError, match="after its end"):
        decode(encode(value) + more)


@given(st.binary(max_size=200))
def test_any_bytes_are_data_or_refused(message):
    assert fuzz_wire.outcome(message) in ("data", "refused")


def test_20000_damaged_and_invented_messages_do_nothing_else():
    found = fuzz_wire.run(20_000, seed=20_000)
    assert found["data"] > 1000  # else the fuzzer would only ever knock at the door
    assert found["refused"] > 10_000
    assert sum(found.values()) == 20_000


def test_the_fuzzer_notices_a_reader_that_lets_another_error_through(monkeypatch):
    monkeypatch.setattr(fuzz_wire, "decode", lambda data: data.decode("ascii"))
    with pytest.raises(AssertionError, match="UnicodeDecodeError for"):
        fuzz_wire.run(100, seed=0)


# --------------------------------------------------------------------------------------- what is judged as plain data
class Lying(np.ndarray):
    def __eq__(self, other):
        return True


class Sneaky(list):
    def __eq__(self, other):
        return True


def test_what_makes_a_subclass_special_stays_behind():
    array = decode(encode(np.arange(3.0).view(Lying)))
    assert type(array) is np.ndarray
    assert type(decode(encode(Sneaky([1])))) is list
    point = collections.namedtuple("Point", "x y")(1, 2)
    assert type(decode(encode(point))) is tuple
    assert type(decode(encode(collections.defaultdict(int, a=1)))) is dict


def test_a_matrix_stays_a_matrix_and_a_scalar_a_scalar():
    assert type(decode(encode(np.matrix([[1, 2]])))) is np.matrix
    assert type(decode(encode(np.float32(0.5)))) is np.float32
    assert decode(encode(np.array(0.5))).shape == ()


def test_arrays_arrive_with_rows_as_they_are_read_and_may_be_written_to():
    array = decode(encode(np.arange(6.0).reshape(2, 3).T))
    assert array.tolist() == [[0, 3], [1, 4], [2, 5]]
    array[0, 0] = 9
    assert decode(encode(np.arange(3, dtype=">i4"))).tolist() == [0, 1, 2]
    assert decode(encode(np.longdouble(0.5))) == 0.5


@pytest.mark.parametrize(
    "value",
    [
        object(),
        len,
        np.array([None]),
        np.array([1, "a"], dtype=object),
        np.zeros(2, "i4,f8"),
        np.ma.masked_array([1, 2], [True, False]),
        np.datetime64("2020-01-01"),
        {2**64: 1},
        {frozenset(): 1},
        10**5000,
        Ellipsis,
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_is_not_plain_data_gets_a_handle(value):
    handle = Handle(7, "object", type(value).__name__)
    assert decode(encode([1, value], lambda found: handle if found is value else None)) == [1, handle]
    with pytest.raises(WireError, match="is not plain data"):
        encode(value)


def test_a_list_that_holds_itself_ends_in_a_handle():
    loop = []
    loop.append(loop)
    found = decode(encode(loop, lambda value: Handle(1, "object", "list")))
    for _ in range(MOST_DEPTH):
        (found,) = found
    assert found == Handle(1, "object", "list")


def test_functions_of_the_senders_cross_as_numbers():
    assert decode(encode((Callback(3, "f"),))) == (Callback(3, "f"),)


def test_a_letter_that_no_file_can_hold_is_replaced():
    assert decode(encode("a\ud800b")) == "a?b"


# ------------------------------------------------------------------------------------------------- too much of it
@pytest.mark.parametrize(
    "value",
    [
        [None] * 1_000_001,
        dict.fromkeys(range(100_001)),
        {(n,): 0 for n in range(1001)},
        np.broadcast_to(0.0, (10**6, 10**6)),
        "x" * (129 << 20),
    ],
    ids=["parts", "keys", "tuples as keys", "a huge array", "a huge text"],
)
def test_too_much_is_refused_where_it_is_written(value):
    with pytest.raises(WireError):
        framed(encode(value))


@pytest.mark.parametrize(
    "message",
    [
        b"l" * 100_000,
        b"l\xff\xff\xff\xff",
        b"l\0\0\0\1" * 100 + b"N",
        b"s\xff\xff\xff\xff",
        b"i\xff\xff",
        b"i\0\0",
        b"a\0\x0b\x02" + b"\xff" * 16,
        b"a\0\x0b\x02" + (0).to_bytes(8, "big") + (2**62).to_bytes(8, "big"),
        b"a\1\x0b\1" + (1).to_bytes(8, "big") + b"12345678",
        b"a\0\0\1" + (1).to_bytes(8, "big") + b"\2",
        b"g\0\2",
        b"a\0\x0e\0\0\0\0\1\0\0\xd8\0",
        b"a\0\x0e\0\0\0\0\1\xff\xff\xff\xff",
        b"a\0\x0f\0",
        b"d\0\0\0\1l\0\0\0\0N",
        b"e\0\0\0\1d\0\0\0\0",
        b"r" + bytes(24),
        b"s\0\0\0\1\xff",
        b"",
        b"X",
    ],
)
def test_what_claims_to_be_more_than_it_is_is_refused_at_once(message):
    start = time.process_time()
    with pytest.raises(WireError):
        decode(message)
    assert time.process_time() - start < 1
    assert fuzz_wire.memory_of(message) < 20_000_000


def test_keys_that_were_chosen_to_collide_are_refused():
    keys = (1 + n * (2**61 - 1) for n in range(20_000))  # Python gives all of them the same hash
    message = b"d" + (20_000).to_bytes(4, "big") + b"".join(encode(key) + b"N" for key in keys)
    start = time.process_time()
    with pytest.raises(WireError, match="cannot be one"):
        decode(message)
    assert time.process_time() - start < 1


# ----------------------------------------------------------------------------------------------------------- messages
@given(st.lists(st.binary(max_size=50), max_size=5), st.integers(1, 20))
@settings(max_examples=50)
def test_messages_are_told_apart_however_they_arrive(messages, piece):
    stream = b"".join(map(framed, messages))
    frames, found = Frames(), []
    for at in range(0, len(stream), piece):
        frames.feed(stream[at : at + piece])
        while (message := frames.next()) is not None:
            found.append(message)
    assert found == messages


def test_a_message_that_announces_too_much_is_refused_before_it_comes():
    frames = Frames(most_bytes=100)
    frames.feed((101).to_bytes(4, "big"))
    with pytest.raises(WireError, match="too large"):
        frames.next()
