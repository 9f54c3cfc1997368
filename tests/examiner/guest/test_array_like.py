"""What NumPy takes for an array of numbers in the notebook comes out of the student's process as that array."""

from __future__ import annotations

import numpy as np
import pytest

from examiner.errors import StudentCodeError
from examiner.wire import Handle

OWN = """import numpy as np
class Tensor:
    def __init__(self, numbers):
        self.numbers = numbers
    def __array__(self, dtype=None, copy=None):
        return np.array(self.numbers, dtype)
    def area(self):
        return 6
"""


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("import array\ndef f():\n    return array.array('d', [1.5, 2])", np.array([1.5, 2])),
        ("def f():\n    return memoryview(np.eye(2))", np.eye(2)),
        (f"{OWN}def f():\n    return Tensor([[1, 2]])", np.array([[1, 2]])),
        (f"{OWN}def f():\n    return Tensor(0.25)", np.array(0.25)),
        ("import collections\ndef f():\n    return collections.deque([1.0, 2.0])", np.array([1.0, 2.0])),
    ],
    ids=["array", "memoryview", "own", "own number", "deque"],
)
def test_what_is_like_an_array_arrives_as_one(student_process, answer, expected):
    student_process.run(f"import numpy as np\n{answer}")
    found = student_process.call("f")
    assert isinstance(found, np.ndarray)
    np.testing.assert_array_equal(found, expected)


def test_so_it_does_within_lists_and_under_a_name(student_process):
    student_process.run("import array\nnumbers = [array.array('d', [1]), 2]\nalone = array.array('d', [3])")
    first, second = student_process.kind("numbers").value
    assert (first.tolist(), second) == ([1], 2)
    assert student_process.kind("alone").value.tolist() == [3]


def test_so_it_does_where_a_cell_runs_again(student_process):
    student_process.run("import array\ndata = [1]")
    student_process.run("found = array.array('d', data)")
    assert student_process.again(("found",), {"data": [4.0]})["found"].tolist() == [4]


def test_an_object_that_a_class_made_stays_an_object_whatever_it_is_like(student_process):
    student_process.run(OWN)
    made = student_process.call("Tensor", ([1, 2],))
    assert isinstance(made, Handle)
    assert student_process.call(student_process.get(made, "area")) == 6


@pytest.mark.parametrize(
    "words",
    [
        "raise RuntimeError('no')",
        "raise SystemExit",
        "return np.array(['a'])",
        "return np.array([object()])",
        "return 3",
    ],
)
def test_what_numpy_would_not_take_for_numbers_stays_an_object(student_process, words):
    student_process.run("import numpy as np\ndef f():\n    return Odd()")
    student_process.run(f"class Odd:\n    def __array__(self, *_, **__):\n        {words}")
    assert isinstance(student_process.call("f"), Handle)


def test_an_array_without_end_is_stopped(student_process):
    student_process.run(
        "class Odd:\n    def __array__(self, *_, **__):\n        while True: pass\ndef f():\n    return Odd()"
    )
    with pytest.raises(StudentCodeError, match="stopped"):
        student_process.call("f", seconds=0.5)


@pytest.mark.slow
def test_a_tensor_is_taken_for_what_it_holds(student_process):
    student_process.run("import tensorflow as tf\ndef f():\n    return tf.constant(0.25)", seconds=200)
    assert float(student_process.call("f", seconds=60)) == 0.25
