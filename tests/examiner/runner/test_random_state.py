"""A state of `np.random` is taken over only if it is one: NumPy itself would believe anything."""

from __future__ import annotations

import numpy as np
import pytest

from examiner.runner.random_state import after, checked, current
from examiner.wire import WireError, decode, encode


def test_a_state_survives_the_way_and_draws_the_same_numbers():
    generator = np.random.RandomState(4)
    generator.randn(3)  # an odd number, so that one more is kept
    state = checked(decode(encode(tuple(generator.get_state()))))
    other = np.random.RandomState()
    other.set_state(state)
    assert np.array_equal(other.randn(5), generator.randn(5))


def changed(**parts) -> tuple:
    state = dict(zip(("name", "key", "position", "has_more", "more"), current(), strict=True))
    return tuple({**state, **parts}.values())


@pytest.mark.parametrize(
    "state",
    [
        None,
        (),
        changed(name="PCG64"),
        changed(name=np.array(["MT19937"])),
        changed(key=np.zeros(624, np.uint32)),  # draws for ever
        changed(key=np.ones(623, np.uint32)),
        changed(key=np.ones(624, np.int64)),
        changed(key=[1] * 624),
        changed(position=625),  # reads what lies behind it in memory
        changed(position=-1),
        changed(position=3.0),
        changed(has_more=2),
        changed(more=float("nan")),
        changed(more=1e300),
    ],
    ids=lambda state: "",
)
def test_what_is_not_a_state_is_refused(state):
    with pytest.raises(WireError):
        checked(state)


@pytest.mark.parametrize("draws", [0, 1, 5, 623, 624, 625, 20_000])
def test_what_drawing_leads_to_is_taken_over(draws):
    generator = np.random.RandomState(4)
    generator.rand(7)
    sent = tuple(generator.get_state())
    generator.rand(draws)
    came = tuple(generator.get_state())
    assert after(sent, came) is came


def test_any_other_state_is_a_seed():
    sent = tuple(np.random.RandomState(4).get_state())
    zeros_next = np.zeros(624, np.uint32)
    zeros_next[-1] = 1
    drawn = np.random.RandomState(4)
    drawn.rand(3)
    sent_later = tuple(drawn.get_state())
    for sent_first, came in (
        (sent, ("MT19937", zeros_next, 0, 0, 0.0)),
        (sent_later, ("MT19937", drawn.get_state()[1], 1, 0, 0.0)),
    ):
        found = after(sent_first, came)
        generator = np.random.RandomState()
        generator.set_state(checked(found))
        assert len(set(generator.rand(5))) == 5
        assert np.array_equal(found[1], after(sent_first, came)[1])
        assert not np.array_equal(found[1], came[1])
