"""A file from `hand_in()` becomes a submission, and nothing else does."""

from __future__ import annotations

import hashlib
import json
import zipfile

import pytest

from backprop.hand_in import RECEIPT
from examiner.cli import main
from examiner.submission import hand_in
from examiner.submission.intake import SizeLimits

NOTEBOOK = b'{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}'


@pytest.fixture
def course(tmp_path):
    (tmp_path / "nbgrader_config.py").write_text("c = get_config()\n")
    (tmp_path / "source" / "numbers").mkdir(parents=True)
    (tmp_path / "source" / "numbers" / "numbers.ipynb").write_bytes(NOTEBOOK)
    return tmp_path


def written(folder, name="numbers-ada.zip", notebook=NOTEBOOK, inside="numbers.ipynb", extra=None, **changes):
    receipt = {
        "format": 1, "assignment": "numbers", "student": "ada", "time": "2026-11-28T12:00:00+00:00",
        "digest": hashlib.sha256(notebook).hexdigest(), "checks": {},
    } | changes  # fmt: skip
    with zipfile.ZipFile(folder / name, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(inside, notebook)
        archive.writestr(RECEIPT, json.dumps(receipt))
        if extra:
            archive.writestr(extra, "more")
    return folder / name


def collected(course, *files, status=0):
    assert main(["--course", str(course), "collect", *map(str, files)]) == status
    return sorted(str(path.relative_to(course / "submitted")) for path in (course / "submitted").rglob("*.*"))


def test_it_is_put_where_submissions_are_with_its_time(course, capsys):
    assert collected(course, written(course)) == ["ada/numbers/numbers.ipynb", "ada/numbers/timestamp.txt"]
    assert (course / "submitted/ada/numbers/numbers.ipynb").read_bytes() == NOTEBOOK
    assert (course / "submitted/ada/numbers/timestamp.txt").read_text() == "2026-11-28 12:00:00.000000 UTC"
    assert capsys.readouterr().out.startswith("ada: numbers, handed in 2026-11-28 12:00:00 UTC by the student's clock")


def test_a_newer_one_takes_the_place_of_an_older_one_and_not_the_other_way_round(course, capsys):
    newer = written(course, "2.zip", NOTEBOOK + b" ", time="2026-11-28T14:00:00+01:00")
    collected(course, written(course, "1.zip", time="2026-11-28T12:30:00+00:00"))
    collected(course, newer)
    assert (course / "submitted/ada/numbers/numbers.ipynb").read_bytes() == NOTEBOOK + b" "
    assert (
        "by the student's clock, which replaces what was handed in 2026-11-28 12:30:00 UTC" in capsys.readouterr().out
    )
    collected(course, course / "1.zip")
    assert "not newer than what is in submitted/" in capsys.readouterr().out
    assert (course / "submitted/ada/numbers/numbers.ipynb").read_bytes() == NOTEBOOK + b" "


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"digest": "0" * 64}, "its notebook is not the one that the receipt is for"),
        ({"extra": "../../evil.py"}, "it is not what hand_in() writes"),
        ({"student": "../bob"}, "its receipt is not one that hand_in() writes"),
        ({"student": 7}, "its receipt is not one"),
        ({"assignment": "../../x"}, "its receipt is not one"),
        ({"time": "2026-11-28T12:00:00"}, "its receipt is not one"),
        ({"time": "soon"}, "its receipt is not one"),
        ({"time": "0001-01-01T00:00:00+23:59"}, "its receipt is not one"),
        ({"time": "9999-12-31T23:59:59-23:59"}, "its receipt is not one"),
        ({"time": "1999-12-31T23:59:59+00:00"}, "its receipt is not one"),
        ({"inside": RECEIPT}, "it is not what hand_in() writes"),
        ({"format": 2}, "its receipt is not one"),
        ({"assignment": "letters"}, "letters"),
    ],
)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_what_does_not_fit_is_refused_in_one_sentence_and_the_others_are_taken(course, capsys, changes, why):
    bad = written(course, "bad.zip", **changes)
    assert collected(course, bad, written(course), status=1) == [
        "ada/numbers/numbers.ipynb",
        "ada/numbers/timestamp.txt",
    ]
    said = capsys.readouterr().out.splitlines()
    assert len(said) == 2
    assert why in said[1]


def test_the_name_inside_leads_nowhere(course):
    assert collected(course, written(course, inside="../../../evil.ipynb")) == [
        "ada/numbers/numbers.ipynb", "ada/numbers/timestamp.txt",
    ]  # fmt: skip


@pytest.mark.parametrize("content", [b"", b"PK", b"<html>", "cut"])
def test_what_is_no_zip_is_refused(course, capsys, content):
    bad = written(course, "bad.zip")
    bad.write_bytes(bad.read_bytes()[:-40] if content == "cut" else content)
    assert collected(course, bad, course / "gone.zip", course, status=1) == []
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "bad.zip was not taken: it is no whole zip file."
    assert "No such file" in said[1]
    assert "Is a directory" in said[2]


def test_a_file_s_name_does_nothing_to_the_terminal(course, capsys):
    bad = course / "\x1b[2J\x07bad.zip"
    bad.write_bytes(b"PK")
    collected(course, bad, status=1)
    assert capsys.readouterr().out.startswith("??2J?bad.zip was not taken")


@pytest.mark.parametrize("method", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_what_hand_in_does_not_write_is_not_even_unpacked(course, capsys, method):
    bad = written(course, "bad.zip")
    with zipfile.ZipFile(bad) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    with zipfile.ZipFile(bad, "w", method) as new:
        for name, data in parts.items():
            new.writestr(name, data)
    held = bad.read_bytes()
    bad.write_bytes(held[:50] + b"\xff" * 9 + held[59:])  # nor does it end with an error of that packing
    assert collected(course, bad, status=1) == []
    assert capsys.readouterr().out.startswith("bad.zip was not taken: it is not what hand_in() writes")


def test_a_bomb_is_not_unpacked(course):
    bomb = written(course, "bomb.zip", bytes(3_000_000))
    with pytest.raises(Exception, match="its notebook is larger than 1 MB"):
        hand_in.handed_in(bomb, SizeLimits(notebook=1_000_000))
