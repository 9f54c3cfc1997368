"""A reference that is lent answers from a process of its own, which ends with a call that takes too long."""

from __future__ import annotations

import math
import os
from pathlib import Path

import numpy as np
import pytest

from backprop.answers.attempt import Trouble
from examiner.errors import StudentCodeError
from examiner.judging.reference_process import MOST_WITHIN, ReferenceProcess
from examiner.wire import Handle

NETWORK = Handle(7, "object", "Network", "")


class Student:
    """What stands for the student's process: one object, which has weights and no bias."""

    allowed, latest = 1.0, math.inf

    def held(self, handle):
        return {}

    def get(self, handle, attribute):
        assert handle == NETWORK
        if attribute == "W":
            return np.ones(3)
        raise StudentCodeError(Trouble("AttributeError", f"no {attribute}"))


def product_without_end(x):
    """One call in C after the other, of which none can be stopped."""
    while True:
        np.ones((1500, 1500), dtype=np.int8) @ np.ones((1500, 1500), dtype=np.int8)


def asked_too_much(network):
    return network.b


FUNCTIONS = {
    "where": lambda: os.getpid(),
    "add": lambda network, x: network.W + x,
    "draw": lambda: np.random.rand(),
    "asked_too_much": asked_too_much,
    "product_without_end": product_without_end,
    "too_large": lambda: bytearray(1 << 40),
    "read": lambda path: Path(path).read_text(),
    "load": lambda path: np.load(path).sum(),
    "written": lambda path: np.save(path, 1),
    "listed": lambda path: os.listdir(path),
    "started": lambda path: os.system(path),
    "imported": lambda name: __import__(name).__name__,
}


@pytest.fixture
def reference():
    with ReferenceProcess(Student(), FUNCTIONS, 0.5) as reference:
        yield reference


def test_it_runs_elsewhere_and_asks_the_students_process_for_what_is_no_data(reference):
    assert reference.call("where") != os.getpid()
    assert reference.call("add", NETWORK, 2.0).tolist() == [3.0, 3.0, 3.0]


def test_its_random_numbers_are_those_of_the_call(reference):
    np.random.seed(3)
    drawn = [reference.call("draw"), np.random.rand(), reference.call("draw")]
    np.random.seed(3)
    assert drawn == np.random.rand(3).tolist()


@pytest.mark.parametrize(("name", "args", "kind"), [
    ("asked_too_much", (NETWORK,), "AttributeError"), ("too_large", (), "MemoryError"), ("add", (), "TypeError"),
])  # fmt: skip
def test_what_it_raises_has_the_same_name_here(reference, name, args, kind):
    with pytest.raises(Exception, match=r"^") as raised:
        reference.call(name, *args)
    assert type(raised.value).__name__ == kind


def test_a_call_in_c_that_takes_too_long_is_ended_and_the_next_is_answered(reference):
    with pytest.raises(TimeoutError, match="product_without_end took too long"):
        reference.call("product_without_end", 1)
    assert reference.call("add", NETWORK, 1.0).tolist() == [2.0, 2.0, 2.0]


HUGE = [np.zeros((4000, 4000), dtype=np.int8), [np.zeros(7_000_000, dtype=bool)] * 2, {"x": np.zeros(13_000_000, "f2")},
        range(10**12), range(0, -(10**30), -1), "x" * 13_000_000]  # fmt: skip


@pytest.mark.parametrize("argument", HUGE, ids=["bytes", "list", "dict", "range", "range without end", "text"])
def test_more_than_any_exercise_has_is_refused_before_there_is_a_fork(argument):
    with ReferenceProcess(Student(), FUNCTIONS, 0.5) as reference:
        for call in (lambda: reference.call("add", 1, argument), lambda: reference.call("add", network=argument)):
            with pytest.raises(ValueError, match="add was called with more than 12,000,000 entries"):
                call()
        assert not reference._idle
        assert reference.call("add", NETWORK, np.zeros((1, 3))).tolist() == [[1.0, 1.0, 1.0]]


def test_so_is_a_part_of_an_argument_that_stays_with_the_student(monkeypatch):
    monkeypatch.setattr(Student, "get", lambda *_: np.zeros(13_000_000, dtype=np.int8))
    too_much = pytest.raises(Exception, match="a part of an argument has more than 12,000,000 entries")
    with ReferenceProcess(Student(), FUNCTIONS, 5) as reference, too_much:
        reference.call("add", NETWORK, 1)


@pytest.mark.parametrize("name", ["read", "load", "written", "listed", "started"])
def test_a_path_that_a_student_names_leads_nowhere(reference, tmp_path, name):
    secret = tmp_path / "secret.npy"
    np.save(secret, np.arange(3))
    with pytest.raises(Exception, match="refused while an answer is judged again") as raised:
        reference.call(name, str(tmp_path if name == "listed" else secret))
    assert type(raised.value).__name__ == "PermissionError"


def test_what_it_needs_of_pythons_libraries_is_still_found(reference):
    assert reference.call("imported", "colorsys") == "colorsys"


def test_a_function_of_the_students_that_it_calls_may_ask_it_in_turn():
    class Asking(Student):
        def call(self, handle, args, kwargs):
            return reference.call("add", NETWORK, *args)

    apply = {"apply": lambda function, x: 2 * function(x), **FUNCTIONS}
    with ReferenceProcess(Asking(), apply, 5) as reference:
        own = Handle(8, "function", "function", "own")
        assert reference.call("apply", own, 1.0).tolist() == [4.0, 4.0, 4.0]
        assert reference.call("add", NETWORK, 1.0).tolist() == [2.0, 2.0, 2.0]


def test_but_not_without_end():
    class Asking(Student):
        calls = 0

        def call(self, handle, args, kwargs):
            self.calls += 1
            return reference.call("apply", handle, *args)

    with ReferenceProcess(Asking(), {"apply": lambda function, x: function(x)}, 5) as reference:
        with pytest.raises(Exception, match="apply was called within too many other calls"):
            reference.call("apply", Handle(8, "function", "function", "own"), 1.0)
        assert reference.runner.calls == MOST_WITHIN
