"""Class lists, as Canvas, Moodle and spreadsheets write them."""

from __future__ import annotations

import pytest

from examiner.errors import ExaminerError
from examiner.lms import roster, tables
from examiner.lms.people import Person

MOODLE = "First name;Last name;ID number;Email address\nZoë;Müller;;zoe@example.org\nAda;Lovelace;u1;ada@example.org\n"
FULL = "Identifier,Full name,Email address,Status\nParticipant 5,Ada Ann Lovelace,ada@example.org,\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_a_file_is_read_however_it_was_written(tmp_path, encoding, sign):
    path = tmp_path / "list.csv"
    path.write_bytes(MOODLE.replace(";", sign).replace("\n", "\r\n").encode(encoding))
    found, odd = roster.people(tables.read(path), "list.csv")
    assert found == [
        Person("zoe@example.org", "Zoë", "Müller", "zoe@example.org"),
        Person("u1", "Ada", "Lovelace", "ada@example.org"),
    ]
    assert odd == []


def test_a_full_name_is_split(tmp_path):
    (one,), _ = roster.people(tables.rows(FULL, "x"), "x")
    assert one == Person("ada@example.org", "Ada Ann", "Lovelace", "ada@example.org")


def test_a_line_for_excel_is_no_row():
    assert tables.rows("sep=;\nStudent;ID\n", "x") == [["Student", "ID"]]


def test_what_stands_there_twice_is_one_and_what_cannot_be_is_said():
    table = tables.rows("Username,First name,Last name\nada,Ada,L\nada,Ada,L\nada,Eve,M\n../x,A,B\n,C,D\n", "x")
    found, odd = roster.people(table, "x")
    assert [one.id for one in found] == ["ada"]
    assert [line.partition(":")[0] for line in odd] == ["line 4", "line 5", "line 6"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is empty"),
        (b"PK\x03\x04...", "Save it as CSV"),
        (b"colour,size\nred,3\n", "is no class list: it needs a column"),
        (b"\x81\x8d\x8f\x90\x9d", "no text in UTF-8"),
    ],
)
def test_another_file_is_refused_in_a_sentence(tmp_path, data, said):
    path = tmp_path / "x.csv"
    path.write_bytes(data)
    with pytest.raises(ExaminerError, match=said):
        roster.people(tables.read(path), str(path))
