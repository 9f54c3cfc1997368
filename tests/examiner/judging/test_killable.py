"""What our own code does with a student's values can be ended, whatever it does."""

from __future__ import annotations

import os

import pytest

from examiner.errors import Overdue
from examiner.judging import killable


def _endless():
    while True:
        pass


def _fails():
    raise ValueError("no")


def test_what_runs_in_a_fork_is_ended_after_its_time_and_else_returns():
    assert killable.within(5, sum, [1, 2]) == 3
    with pytest.raises(Overdue):
        killable.within(1, _endless)
    with pytest.raises(RuntimeError, match="ValueError: no"):
        killable.within(5, _fails)
    with pytest.raises((Overdue, RuntimeError)):
        killable.within(5, bytearray, 1 << 40)


def test_a_warm_fork_serves_many_and_is_replaced_when_it_ends():
    warm = killable.Warm()
    try:
        first, again = warm.within(5, _number), warm.within(5, _number)
        assert first == again != os.getpid()
        with pytest.raises(RuntimeError, match="ValueError"):
            warm.within(5, _do, "fail")
        same = warm.within(5, _do, "number")
        with pytest.raises(Overdue):
            warm.within(1, _do, "endless")
        other = warm.within(5, _do, "number")
        with pytest.raises(Overdue):
            warm.within(5, _do, "die")
        assert len({same, other, warm.within(5, _do, "number")}) == 3
        with pytest.raises((Overdue, RuntimeError)):
            warm.within(5, _do, "fill")
        assert warm.within(5, _do, "number")
    finally:
        warm.end()


def _number() -> int:
    return os.getpid()


def _do(what: str):
    if what == "fail":
        raise ValueError(what)
    if what == "die":
        os._exit(3)
    if what == "fill":
        return bytearray(1 << 40)
    while what == "endless":
        pass
    return os.getpid()
