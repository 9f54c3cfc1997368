"""`hand_in()` writes one file with a receipt, or says what is missing."""

from __future__ import annotations

import hashlib
import json
import zipfile

import pytest

from backprop import hand_in, session
from backprop.answers import alone
from backprop.hand_in import RECEIPT, HandInError

TABLE = {
    "format": 1,
    "exercises": {
        key: {"title": "Double", "function": "", "points": 4, "holds": "", "hint": "", "ask": ""} for key in "12"
    },
    "checks": {},
    "misconceptions": {},
}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    for name in ("JPY_SESSION_NAME", "NBGRADER_EXECUTION"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "checks.json").write_text(json.dumps(TABLE))
    (tmp_path / "numbers.ipynb").write_text('{"cells": []}')
    monkeypatch.chdir(tmp_path)
    with session.use(session.Session()):
        session.current().assignment = "numbers"
        session.current().passed = {"1"}
        yield tmp_path


def test_the_file_holds_the_notebook_and_a_receipt_and_says_so(folder, capsys):
    made = hand_in("  Ada Lovelace ")
    assert made == folder / "numbers-Ada-Lovelace.zip"
    with zipfile.ZipFile(made) as archive:
        assert set(archive.namelist()) == {"numbers.ipynb", RECEIPT}
        content, receipt = archive.read("numbers.ipynb"), json.loads(archive.read(RECEIPT))
    assert content == b'{"cells": []}'
    assert receipt["student"] == "Ada-Lovelace"
    assert receipt["assignment"] == "numbers"
    assert receipt["digest"] == hashlib.sha256(content).hexdigest()
    assert receipt["checks"] == {"1": "right", "2": "not checked"}
    printed = capsys.readouterr().out
    for part in (
        "numbers-Ada-Lovelace.zip",
        "Ada-Lovelace",
        receipt["time"],
        receipt["digest"][:16],
        "1 of 2 exercises",
    ):
        assert part in printed


def test_without_a_name_nothing_is_written(folder, capsys):
    assert hand_in("") is None
    assert "Put your name" in capsys.readouterr().out
    assert list(folder.glob("*.zip")) == []


@pytest.mark.parametrize("name", ["../ada", "a/b", ".ada", "ada\\b", "a" * 81, "-ada", "_"])
def test_a_name_that_is_no_folder_is_refused(folder, name):
    with pytest.raises(HandInError, match="cannot be the name of a folder"):
        hand_in(name)


def test_the_notebook_that_runs_is_taken_whatever_it_is_called(folder, monkeypatch):
    (folder / "numbers (1).ipynb").write_text('{"cells": [1]}')
    monkeypatch.setenv("JPY_SESSION_NAME", str(folder / "numbers (1).ipynb"))
    with zipfile.ZipFile(hand_in("ada")) as archive:
        assert archive.read("numbers.ipynb") == b'{"cells": [1]}'


def test_where_it_cannot_be_told_it_is_asked_for(folder):
    (folder / "numbers.ipynb").rename(folder / "one.ipynb")
    (folder / "two.ipynb").write_text("{}")
    with pytest.raises(HandInError, match="Name it: hand_in"):
        hand_in("ada")
    assert hand_in("ada", notebook="two.ipynb")
    with pytest.raises(HandInError, match="There is no file three"):
        hand_in("ada", notebook="three.ipynb")


def test_before_the_first_cell_it_says_to_run_it(folder):
    session.current().assignment = ""
    with pytest.raises(HandInError, match="from its first cell"):
        hand_in("ada")


@pytest.mark.parametrize("mode", ["autograde", "validate"])
def test_while_it_is_graded_nothing_is_handed_in(folder, mode, monkeypatch):
    monkeypatch.setenv("NBGRADER_EXECUTION", mode)
    assert hand_in("ada") is None
    assert list(folder.glob("*.zip")) == []
    assert alone.KEY == "backprop"
