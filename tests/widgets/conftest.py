"""Fixtures for the tests of the widgets: the functions that a student has by exercise 8, and a small data set."""

from __future__ import annotations

import sys
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parent))  # helpers of these tests

from examiner.course import source_notebook
from examiner.course.folders import Course

NAMES = ("initialize_parameters", "forward_propagation", "computer_cost", "back_propogation", "update_parameters")


@pytest.fixture(scope="session")
def two_layers(course_root) -> SimpleNamespace:
    """The functions of the lesson `two_layer_network`, as its solutions have them; `all` is the five of training."""
    cells = source_notebook.cells(source_notebook.read(Course.here(course_root).notebook("two_layer_network")))
    scope: dict = {"np": np}
    for cell in cells:
        if cell.role == "solution" and cell.exercise in tuple("12345678"):
            exec(cell.source, scope)
    return SimpleNamespace(**{name: scope[name] for name in NAMES}, all=[scope[name] for name in NAMES])


@pytest.fixture(scope="session")
def noise() -> SimpleNamespace:
    """The lesson's first network: X (2, 3) and Y (1, 3) of random numbers, and parameters of 10 hidden units."""
    draw = np.random.RandomState(1)
    X, Y = draw.randn(2, 3), draw.randn(1, 3)
    W1, W2 = draw.randn(10, 2) / np.sqrt(2), draw.randn(1, 10) / np.sqrt(10)
    return SimpleNamespace(X=X, Y=Y, parameters={"W1": W1, "b1": np.zeros((10, 1)), "W2": W2, "b2": np.zeros((1, 1))})
