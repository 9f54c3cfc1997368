"""A state of `np.random` is taken over only if it is one: NumPy itself would believe anything."""

from __future__ import annotations

import numpy as np
import pytest

from examiner.runner.random_state import checked, current
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
