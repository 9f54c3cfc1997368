"""A copied line names the notebook's own data, as the student wrote it."""

from __future__ import annotations

import sys

import numpy as np
import pytest
from IPython.core.interactiveshell import InteractiveShell

from backprop.widgets.shared.call_source import as_written, source_of


@pytest.fixture
def cell():
    """A function that runs a cell of a notebook in which `show(data, function)` notes how its call was written."""
    found = []

    def show(data, function=None, **others):
        found.append(as_written(sys._getframe(1), ["data", "function"]))

    shell = InteractiveShell()
    shell.user_ns.update(show=show, X=np.arange(100), np=np)

    def run(source):
        shell.run_cell(source).raise_error()
        return found[-1]

    return run


def test_slices_calls_and_keywords_are_kept_as_they_were_written(cell):
    assert cell("show(X[:50], np.sin)") == {"data": "X[:50]", "function": "np.sin"}
    assert cell("it = show(\n    X,  # all\n    function=np.cos, eta=3)") == {"data": "X", "function": "np.cos"}


def test_where_the_source_is_not_at_hand_nothing_is_known(cell):
    assert cell("exec('show(X)')") == {}
    assert cell("show(X, *[np.sin])") == {"data": "X"}


def test_a_large_array_without_a_name_is_called_by_the_parameters_name():
    assert source_of(np.zeros((784, 1000)), "X", {}) == "X"
    assert source_of(np.zeros((784, 1000)), "X", {"X": "few[:, :9]"}) == "few[:, :9]"
    assert source_of(np.array([[1.0, 2.0]]), "X", {}) == "[[1, 2]]"
