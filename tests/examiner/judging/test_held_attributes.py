"""What a lent method reads and sets of a student's object crosses to it together, and the object ends up the same."""

from __future__ import annotations

import pytest

from examiner.judging.proxy import handed_over, of_name
from examiner.judging.reference_process import ReferenceProcess
from examiner.runner.limits import Limits
from examiner.runner.notebook_runner import NotebookRunner

CLASSES = """
import numpy as np

class Network:
    def __init__(self):
        self.W, self.rate, self._b = np.ones(3), 0.5, 1.0
        self.asked = 0

    def forward(self, x):
        return self.W * x

    @property
    def b(self):
        self.asked += 1
        return self._b

class Odd(Network):
    def __setattr__(self, name, value):
        super().__setattr__(name, 2 * value)

class Shut:
    def __init__(self):
        self.W = 3.0

    @property
    def __dict__(self):
        raise RuntimeError("nobody is to look")

network, odd, shut = Network(), Odd(), Shut()
"""


@pytest.fixture
def runner(forkserver, tmp_path):
    with NotebookRunner(forkserver, tmp_path, Limits()) as runner:
        runner.run(CLASSES)
        yield runner


@pytest.fixture
def asked(runner, monkeypatch):
    found = []
    for what in ("held", "get", "set", "call"):
        inner = getattr(runner, what)
        monkeypatch.setattr(
            runner, what, lambda *args, _inner=inner, _what=what, **kwargs: found.append(_what) or _inner(*args)
        )
    return found


def network(runner, name="network"):
    return handed_over(of_name(runner, name)[0])


def train(network, steps):
    for _ in range(steps):
        network.W = network.W - network.rate


def train_and_look(network):
    network.W = network.W + 1
    network.W[0] = 100  # of a copy, as ever
    return network.forward(2), network.b, network.asked


def set_and_fail(network):
    assert network.rate == 0.5
    network.rate = 0.25
    raise ArithmeticError("halfway")


def called(runner, function, *args):
    with ReferenceProcess(runner, {"function": function}, 5) as reference:
        return reference.call("function", *args)


def test_a_loop_that_trains_takes_two_messages(runner, asked):
    handle = network(runner)
    called(runner, train, handle, 50)
    assert asked == ["held", "set"]
    assert runner.get(handle, "W").tolist() == [-24.0] * 3


def test_code_of_the_object_sees_what_was_set_before_and_what_it_changes_is_seen(runner):
    handle = network(runner)
    for times in (1, 2):
        W, b, count = called(runner, train_and_look, handle)
        assert (W.tolist(), b, count) == ([2.0 + 2 * times] * 3, 1.0, times)


def test_what_was_set_before_a_method_failed_stays_set(runner):
    handle = network(runner)
    with pytest.raises(Exception, match="halfway"):
        called(runner, set_and_fail, handle)
    assert runner.get(handle, "rate") == 0.25


def test_an_object_with_its_own_way_to_set_is_asked_each_time(runner, asked):
    handle = network(runner, "odd")
    called(runner, train, handle, 2)
    assert asked.count("set") == 2
    assert runner.get(handle, "W").tolist() == [2 * (2 * (2 - 1) - 1)] * 3


def test_what_does_not_let_itself_be_looked_at_is_asked_for_one_by_one(runner, asked):
    assert called(runner, lambda shut: shut.W + shut.W, network(runner, "shut")) == 6.0
    assert asked.count("get") == 2
