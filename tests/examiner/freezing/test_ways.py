"""The values on the way are the same in every freezing, and an array counts by its name once it is full."""

from __future__ import annotations

import numpy as np

from backprop.explain.way import code_of
from examiner.course.source_notebook import Cell
from examiner.freezing.bench import Bench
from examiner.freezing.recording_session import Inputs
from examiner.freezing.ways import MOST, way_of

SETUP = Cell("setup", "", "import numpy as np\nfrom backprop import check, given", 0, "setup")
CHECK = Cell("check", "1", "check('1', lambda: f(given('1')))", 1, "check-1")
FILLED = """def f(x):
    z = np.zeros(3)
    z[0] = 1.5 * x
    for i in range(1, 3):
        z[i] = z[i - 1] + 0.35
    return z
"""
RESULT = [3.75, 4.1, 4.45, 12.3]  # its entries, and their sum


def way(source: str, *others: str) -> dict:
    bench = Bench([SETUP, Cell("solution", "1", source, 0, "exercise-1"), CHECK], "1", Inputs({"1": 2.5}, {}))
    return way_of(bench, source, others)


def of_z(found: dict) -> list[float]:
    return [round(found["values"][number][1], 6) for number in found["names"][code_of("z")]]


def test_an_array_that_is_filled_entry_by_entry_is_known_by_its_name_when_it_is_full():
    assert of_z(way(FILLED)) == RESULT


def test_what_lies_in_memory_where_an_empty_array_is_made_is_no_value():
    source = FILLED.replace("np.zeros(3)", "np.empty(3)")
    found = way(source)
    assert of_z(found) == RESULT
    for number in range(20):  # memory that is free again holds these
        assert np.full(3, number + 0.5).sum() > 0
        assert way(source) == found


def test_a_right_solution_that_takes_too_many_values_adds_none_and_loses_none():
    steps = f"def f(x):\n    for i in range({MOST}):\n        y = x / (i + 7)\n    z = 4.7 * x\n    return z"
    other = "def f(x):\n    y = 8.3 * x\n    return y"
    found = way(FILLED, steps, other)
    assert found == way(FILLED, other)
    assert len(found["values"]) > len(way(FILLED)["values"])
    assert way(steps) == {}
