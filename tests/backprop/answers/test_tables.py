"""Statements about `tables`: what is read from checks.json and hidden.json, and what is said when they cannot be."""

from __future__ import annotations

import json
import os

import numpy as np
import pytest

from backprop.answers.tables import CHECKS_FILE, HIDDEN_FILE, HIDDEN_VARIABLE, load
from backprop.errors import BackpropError, CourseFileError


def one_sentence(error: pytest.ExceptionInfo) -> str:
    assert isinstance(error.value, BackpropError)
    assert error.value._render_traceback_() == [f"CourseFileError: {error.value}"]  # all that a notebook shows
    return str(error.value)


def test_exercises_and_checks_are_read(folder):
    tables = load(folder)
    assert tables.exercises["2"].name == "Exercise 2 · slopes"
    assert tables.exercises["4"].name == "Exercise 4 · A quiz"
    assert tables.exercises["2"].needs == ("1",)
    check = tables.check("2")
    assert check.call == "slopes(X)"
    assert check.sizes == {"m": 3}
    assert check.want["dW"].shape == (2, 2)
    assert [known.misconception.id for known in check.known_wrong] == ["summed", "both-eighths", "crossed"]
    assert tables.check("5").at_least == 0.99
    assert tables.quiz("4")["kind"] == "several"


def test_inputs_come_as_new_copies(folder):
    check = load(folder).check("2")
    check.given()[:] = 7
    assert check.given()[0].tolist() == [0, 1, 2]


def test_several_inputs_come_as_a_tuple_and_one_as_itself(folder):
    tables = load(folder)
    assert [np.shape(value) for value in tables.check("1").given()] == [(2, 2), ()]
    assert tables.check("3").given() == 3


def test_hidden_checks_are_known_only_where_their_file_is_beside_or_named(folder, tmp_path_factory, monkeypatch):
    assert load(folder).check("1.1").hidden
    assert not load(folder).check("1").hidden
    away = (folder / HIDDEN_FILE).rename(tmp_path_factory.mktemp("away") / "kept.json")
    assert "1.1" not in load(folder).checks
    monkeypatch.setenv(HIDDEN_VARIABLE, str(away))
    assert load(folder).check("1.1").hidden


def test_the_named_file_counts_and_not_one_that_lies_beside(folder, monkeypatch):
    forged = json.loads((folder / HIDDEN_FILE).read_text())
    forged["checks"] = {}
    named = (folder / HIDDEN_FILE).rename(folder / "kept.json")
    (folder / HIDDEN_FILE).write_text(json.dumps(forged))
    monkeypatch.setenv(HIDDEN_VARIABLE, str(named))
    assert load(folder).check("1.1").hidden


def test_a_file_that_has_changed_is_read_again(folder):
    before = load(folder)
    assert load(folder) is before
    stored = json.loads((folder / CHECKS_FILE).read_text())
    stored["exercises"]["1"]["title"] = "Another"
    (folder / CHECKS_FILE).write_text(json.dumps(stored))
    os.utime(folder / CHECKS_FILE, ns=(1, 1))  # whatever the clock's resolution
    assert load(folder).exercises["1"].title == "Another"


def test_a_missing_file_is_told_with_the_folder_and_what_to_do(tmp_path):
    with pytest.raises(CourseFileError) as error:
        load(tmp_path)
    said = one_sentence(error)
    assert str(tmp_path) in said
    assert "Open the notebook from the folder it came in" in said


@pytest.mark.parametrize("damage", ["", "{", "not json", "[1, 2", b"\xff\xfe\x00", '{"format": 1, "exercises"'])
def test_a_damaged_file_is_refused_with_its_name(folder, damage):
    path = folder / CHECKS_FILE
    path.write_bytes(damage if isinstance(damage, bytes) else damage.encode())
    with pytest.raises(CourseFileError, match="cannot be read") as error:
        load(folder)
    assert str(path) in one_sentence(error)
    assert "Copy it again" in str(error.value)


@pytest.mark.parametrize(
    "stored",
    [
        [],
        "x",
        {"format": 99},
        {"exercises": {}},
        {"format": 1},
        {"format": 1, "exercises": {}, "checks": {}},
        {"format": 1, "exercises": {"1": {"name": "?"}}, "checks": {}, "misconceptions": {}},
        {"format": 1, "exercises": [], "checks": {}, "misconceptions": {}},
    ],
)
def test_a_file_of_another_version_is_refused_with_its_name(folder, stored):
    (folder / CHECKS_FILE).write_text(json.dumps(stored))
    with pytest.raises(CourseFileError, match="another version of the course") as error:
        load(folder)
    assert CHECKS_FILE in one_sentence(error)


def test_a_missing_hidden_file_is_refused_with_its_name(folder, monkeypatch):
    monkeypatch.setenv(HIDDEN_VARIABLE, str(folder / "nowhere.json"))
    with pytest.raises(CourseFileError, match=r"nowhere\.json"):
        load(folder)


def test_a_check_that_is_not_there_is_named(folder):
    with pytest.raises(CourseFileError, match="There is no check '77'") as error:
        load(folder).check("77")
    assert "examiner freeze" in one_sentence(error)


def test_a_quiz_that_is_not_there_is_named_with_those_that_are(folder):
    with pytest.raises(CourseFileError, match=r"There is no quiz '9'.*there are 4"):
        load(folder).quiz("9")
