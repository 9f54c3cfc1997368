"""Statements about `optional`: TensorFlow where it is, a word where it is not, and none while grading."""

from __future__ import annotations

import os
import sys
import types

import pytest

from backprop import tensorflow


def test_where_it_is_missing_one_line_says_so(monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "tensorflow", None)  # importing it fails, as where it is not installed
    assert tensorflow() is None
    said = capsys.readouterr().out
    assert said.count("\n") == 1
    assert "pip install tensorflow" in said


def test_where_it_is_installed_the_module_comes_back_without_a_word(monkeypatch, capsys):
    stand_in = types.ModuleType("tensorflow")
    monkeypatch.setitem(sys.modules, "tensorflow", stand_in)
    assert tensorflow() is stand_in
    assert capsys.readouterr().out == ""


def test_its_notes_at_the_start_are_turned_off_unless_someone_wants_them(monkeypatch):
    monkeypatch.setitem(sys.modules, "tensorflow", types.ModuleType("tensorflow"))
    monkeypatch.setenv("TF_CPP_MIN_LOG_LEVEL", "0")
    tensorflow()
    assert os.environ["TF_CPP_MIN_LOG_LEVEL"] == "0"
    monkeypatch.delenv("TF_CPP_MIN_LOG_LEVEL")
    tensorflow()
    assert os.environ["TF_CPP_MIN_LOG_LEVEL"] == "3"


@pytest.mark.parametrize("mode", ["autograde", "validate"])
def test_while_a_notebook_is_graded_or_validated_it_is_left_out(mode, monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "tensorflow", types.ModuleType("tensorflow"))
    monkeypatch.setenv("NBGRADER_EXECUTION", mode)
    assert tensorflow() is None
    assert "nothing here earns points" in capsys.readouterr().out
