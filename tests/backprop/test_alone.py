"""A notebook that is alone in its folder finds its tables in the package, or carries them; and only its own."""

from __future__ import annotations

import base64
import json
import zlib

import pytest

from backprop import check, session
from backprop.answers import alone
from backprop.answers.tables import load
from backprop.errors import CourseFileError

TABLE = {"format": 1, "exercises": {}, "checks": {}, "misconceptions": {}, "quizzes": {"1": {"question": "carried"}}}


@pytest.fixture(autouse=True)
def no_lessons(monkeypatch, tmp_path):
    monkeypatch.setattr(alone, "LESSONS", tmp_path / "lessons")
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "downloads"
    made.mkdir()
    return made


def notebook(path, assignment="numbers", table=TABLE, **more):
    metadata = {alone.KEY: alone.packed(assignment, json.dumps(table)) | more}
    path.write_text(json.dumps({"cells": [], "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}))
    return path


def question(folder, assignment="numbers") -> str:
    return load(folder, assignment).quiz("1")["question"]


def test_the_package_has_the_tables_of_what_was_given_with_it(folder, tmp_path):
    (tmp_path / "lessons").mkdir()
    (tmp_path / "lessons" / "numbers.json").write_text(json.dumps(TABLE))
    assert question(folder) == "carried"


def test_a_notebook_carries_its_tables_whatever_it_is_called(folder):
    notebook(folder / "numbers (1).ipynb")
    notebook(folder / "a letter.ipynb", "letters", TABLE | {"quizzes": {}})
    (folder / "broken.ipynb").write_text("{")
    assert question(folder) == "carried"


def test_jupyter_says_which_notebook_it_is(folder, tmp_path, monkeypatch):
    monkeypatch.setenv("JPY_SESSION_NAME", str(notebook(tmp_path / "elsewhere.ipynb")))
    assert question(folder) == "carried"


def test_tables_beside_the_notebook_come_first(folder):
    notebook(folder / "numbers.ipynb")
    (folder / "checks.json").write_text(json.dumps(TABLE | {"quizzes": {"1": {"question": "beside"}}}))
    assert question(folder) == "beside"


@pytest.mark.parametrize("name", ["letters", "", "../numbers", "/etc/passwd", ".."])
def test_no_other_name_finds_anything(folder, name):
    notebook(folder / "numbers.ipynb")
    with pytest.raises(CourseFileError, match=r"checks\.json is not in this folder .* run its first code cell"):
        load(folder, name)


@pytest.mark.parametrize("checks", ["no base64!", base64.b64encode(b"not compressed").decode(), 7, None])
def test_what_is_damaged_is_as_good_as_missing(folder, checks):
    notebook(folder / "numbers.ipynb", checks=checks)
    with pytest.raises(CourseFileError, match="is not in this folder"):
        load(folder, "numbers")


def test_a_table_that_swells_is_cut_off():
    bomb = base64.b64encode(zlib.compress(bytes(3 * alone.MOST))).decode()
    metadata = {alone.KEY: {"assignment": "numbers", "checks": bomb}}
    assert len(alone.unpacked(metadata, "numbers")) == alone.MOST


def test_the_first_cell_names_the_assignment_for_all_checks_after_it(folder, monkeypatch):
    notebook(folder / "numbers.ipynb")
    monkeypatch.chdir(folder)
    with session.use(session.Session()):
        check.assignment("numbers")
        assert session.current().quiz("1") == {"question": "carried"}
