"""What our own code does with a student's values can be ended, whatever it does."""

from __future__ import annotations

import pytest

from examiner.judging import killable


def _endless():
    while True:
        pass


def _fails():
    raise ValueError("no")


def test_what_runs_in_a_fork_is_ended_after_its_time_and_else_returns():
    assert killable.within(5, sum, [1, 2]) == 3
    with pytest.raises(killable.Overdue):
        killable.within(1, _endless)
    with pytest.raises(RuntimeError, match="ValueError: no"):
        killable.within(5, _fails)
    with pytest.raises((killable.Overdue, RuntimeError)):
        killable.within(5, bytearray, 1 << 40)
