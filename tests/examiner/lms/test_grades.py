"""Grades leave in the forms that Canvas and Moodle read."""

from __future__ import annotations

import pytest

from examiner.errors import ExaminerError
from examiner.lms import grades
from examiner.lms.people import Person

STUDENTS = [Person("ada", "Ada", "Lovelace", "ada@example.org"), Person("zoë")]
COLUMN = grades.Column("numbers", 100.0, {"ada": 92.5, "zoë": 0.0})
GRADEBOOK = [
    ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Essay (7)", "numbers (42)", "Final Score"],
    ["    Points Possible", "", "", "", "", "10", "100", "(read only)"],
    ["Zoë", "12", "u2", "ZOË", "A", "9", "", "90"],
    ["Lovelace, Ada", "11", "u1", "ada", "A", "8", "1", "80"],
    ["Student, Test", "99", "", "", "A", "", "", ""],
]


def test_a_gradebook_of_canvas_keeps_rows_columns_and_points_possible():
    table, lost = grades.merged(GRADEBOOK, [COLUMN])
    assert table[:2] == GRADEBOOK[:2]
    assert [row[0] for row in table] == [row[0] for row in GRADEBOOK]
    assert [row[6] for row in table[2:]] == ["0", "92.5", ""]
    assert [row[:6] + row[7:] for row in table] == [row[:6] + row[7:] for row in GRADEBOOK]
    assert lost == []


def test_a_new_column_has_its_points_and_who_is_missing_there_is_named():
    column = grades.Column("more", 5.0, {"ada": 5.0, "ben": 1.0})
    table, lost = grades.merged(GRADEBOOK, [column])
    assert [row[-1] for row in table] == ["more", "5", "", "5", ""]
    assert lost == ["ben"]
    assert len(GRADEBOOK[0]) == 8  # what was given is left as it is


def test_who_has_no_grade_keeps_what_stands_there():
    table, _ = grades.merged(GRADEBOOK, [grades.Column("numbers", 100.0, {"zoë": 50.0})])
    assert [row[6] for row in table[2:]] == ["50", "1", ""]


@pytest.mark.parametrize("table", [[], [["a", "b"]], [[]]])
def test_another_file_is_refused(table):
    with pytest.raises(ExaminerError, match="no gradebook of Canvas"):
        grades.merged(table, [COLUMN])


def test_a_gradebook_is_made_where_there_is_none():
    table = grades.canvas(STUDENTS, [COLUMN])
    assert table[1][0].strip() == "Points Possible"
    assert grades.merged(table, [COLUMN]) == (table, [])


def test_moodle_finds_students_by_name_or_address():
    assert grades.moodle(STUDENTS, [COLUMN])[1] == ["ada", "ada@example.org", "92.5"]
    assert grades.plain(STUDENTS, [grades.Column("x", 1.0, {})])[2] == ["zoë", "", "", "", ""]


def test_ten_thousand_students_are_merged():
    scores = {f"s{i}": float(i) for i in range(10_000)}
    book = [GRADEBOOK[0], GRADEBOOK[1], *([f"S{i}", "", "", f"s{i}", "", "", "", ""] for i in range(10_000))]
    table, lost = grades.merged(book, [grades.Column("numbers", 100.0, scores)])
    assert table[-1][6] == "9999"
    assert not lost
