"""The state of `np.random`, which travels with a call, so that a seed set in a test cell governs the student's code.

NumPy believes whatever it is given: a wrong position reads beyond the state, and an empty state draws for ever. The
five parts are those of `numpy.random.RandomState.get_state`: the name, 624 words of MT19937 (Matsumoto and Nishimura,
1998), the position in them, and a second normal number that one draw has left over.
"""

from __future__ import annotations

import math

import numpy as np

from ..wire import WireError

LENGTH = 624  # words of the Mersenne twister


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
