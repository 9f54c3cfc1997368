"""The state of `np.random`, which travels with a call, so that a seed set in a test cell governs the student's code.

NumPy believes whatever it is given: a wrong position reads beyond the state, and an empty state draws for ever. The
five parts are those of `numpy.random.RandomState.get_state`: the name, 624 words of MT19937 (Matsumoto and Nishimura,
1998), the position in them, and a second normal number that one draw has left over.
"""

from __future__ import annotations

import hashlib
import math

import numpy as np

from ..wire import WireError

LENGTH = 624  # words of the Mersenne twister
BLOCKS = (1, 32, 1000)  # of so many words, that an answer may have drawn


def current() -> tuple:
    """Return the state of this process as plain data."""
    return tuple(np.random.get_state())


def checked(state) -> tuple:
    """Return `state` if it is one; raises `WireError` if it is not."""
    if not isinstance(state, tuple) or len(state) != 5:
        raise WireError("a state of random numbers has five parts")
    name, key, position, has_more, more = state
    sound = (
        type(name) is str
        and name == "MT19937"
        and isinstance(key, np.ndarray)
        and key.dtype == np.uint32
        and key.shape == (LENGTH,)
        and bool((key[0] & 0x80000000) or key[1:].any())
        and type(position) is int
        and 0 <= position <= LENGTH
        and type(has_more) is int
        and has_more in (0, 1)
        and type(more) is float
        and math.isfinite(more)
        and abs(more) < 40
    )
    if not sound:
        raise WireError("a state of random numbers is damaged")
    return state


def after(sent: tuple, came: tuple) -> tuple:
    """Return the state with which a test goes on, after it has sent one and another came back.

    It is what came if drawing numbers leads to it. Any other could be made up, so that zeros come next, say, of which
    twice as much is the same: such a state is taken as a seed.
    """
    if _leads_to(sent, came):
        return came
    said = hashlib.sha512(came[1].tobytes() + repr(came[2:]).encode()).digest()
    return tuple(np.random.RandomState(np.frombuffer(said, np.uint32)).get_state())


def _leads_to(sent: tuple, came: tuple) -> bool:
    if np.array_equal(sent[1], came[1]):
        return came[2] >= sent[2]
    twister = np.random.MT19937()
    twister.state = {"bit_generator": "MT19937", "state": {"key": sent[1], "pos": LENGTH}}
    wanted = _drawn(came[1])
    return any((twister.random_raw((count, LENGTH)) == wanted).all(axis=1).any() for count in BLOCKS)


def _drawn(key: np.ndarray) -> np.ndarray:
    """Return the numbers that are drawn from the words of a state."""
    words = key.copy()
    words ^= words >> np.uint32(11)
    words ^= (words << np.uint32(7)) & np.uint32(0x9D2C5680)
    words ^= (words << np.uint32(15)) & np.uint32(0xEFC60000)
    return words ^ (words >> np.uint32(18))
