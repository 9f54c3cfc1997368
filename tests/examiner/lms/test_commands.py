"""`examiner export` and `examiner extend`, on a real gradebook in which nobody was graded yet but one."""

from __future__ import annotations

import csv
from datetime import datetime, timedelta

import pytest

from examiner import cli
from examiner.commands.nbgrader_api import gradebook_of

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def course(tiny):
    with gradebook_of(tiny) as gradebook:
        gradebook.find_assignment("numbers").duedate = datetime(2026, 1, 1)
        for name in ("ada", "ben", "cleo"):
            gradebook.add_student(name)
        for name in ("ada", "ben"):
            sent = gradebook.add_submission("numbers", name)
            sent.timestamp = datetime(2026, 1, 1) + timedelta(hours=5)
            for grade in sent.notebooks[0].grades:
                grade.auto_score, grade.needs_manual_grade = grade.max_score, name == "ben"
        gradebook.db.commit()
    return tiny


def run(course, *arguments: str) -> int:
    return cli.main(["--course", str(course.root), *arguments])


def table(course, form: str) -> list[list[str]]:
    with open(course.root / "report" / f"grades-{form}.csv", encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


@pytest.mark.parametrize("form", ["canvas", "moodle", "csv"])
def test_grades_are_exported_and_what_waits_or_is_missing_has_none(course, form):
    assert run(course, "export", "numbers", "--to", form) == 0
    assert [row[-1] for row in table(course, form)[-3:]] == ["100", "", ""]


def test_grades_go_into_a_gradebook_from_canvas(course, tmp_path, capsys):
    path = tmp_path / "canvas.csv"
    path.write_text("\ufeffStudent,ID,SIS Login ID,numbers (3)\nPoints Possible,,,100\nB,1,ben,4\n", encoding="utf-8")
    assert run(course, "export", "numbers", "--to", "canvas", "--into", str(path)) == 0
    assert table(course, "canvas")[2] == ["B", "1", "ben", "4"]
    assert "Not in" in capsys.readouterr().out
    assert run(course, "export", "numbers", "--to", "moodle", "--into", str(path)) == 2


def test_an_extension_counts_and_who_has_one_has_not_handed_in_by_it(course, capsys):
    with gradebook_of(course) as gradebook:
        assert gradebook.find_submission("numbers", "ada").total_seconds_late == 5 * 3600
    for name in ("ada", "cleo"):
        assert run(course, "extend", name, "numbers", "2026-01-01T06:00+00:00") == 0
    with gradebook_of(course) as gradebook:
        assert gradebook.find_submission("numbers", "ada").total_seconds_late == 0
    run(course, "report", "numbers")
    text = (course.root / "report" / "numbers" / "report.csv").read_text(encoding="utf-8")
    assert "cleo,missing" in text
    assert "ada,graded" in text


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nobody", "numbers", "2026-02-01"), "nobody is not in the gradebook. Enter the class list"),
        (("ada", "numbers", "soon"), "is not a time"),
        (("ada", "numbers", "2025-02-01"), "is due at"),
    ],
)
def test_what_cannot_be_extended_is_said_in_a_sentence(course, capsys, arguments, said):
    assert run(course, "extend", *arguments) == 2
    assert said in capsys.readouterr().err


def test_a_due_date_is_one_of_the_courses_time_zone(course, capsys):
    config = course.root / "nbgrader_config.py"
    as_it_was = config.read_text(encoding="utf-8")
    config.write_text(as_it_was + '\nc.NbGraderAPI.timezone = "Europe/Berlin"\n', encoding="utf-8")
    try:
        assert run(course, "due", "numbers", "2026-07-01T18:00") == 0
        assert "due 2026-07-01 18:00 (Europe/Berlin)" in capsys.readouterr().out
        assert run(course, "extend", "ben", "numbers", "2026-07-02T18:00") == 0
        with gradebook_of(course) as gradebook:
            assert gradebook.find_submission("numbers", "ben").duedate == datetime(2026, 7, 2, 16)
        run(course, "report", "numbers")
        page = (course.root / "report" / "numbers" / "report.html").read_text(encoding="utf-8")
        assert "It was due 2026-07-01 18:00 (Europe/Berlin)" in page
        assert "ben: until 2026-07-02 18:00 (Europe/Berlin)" in page
        assert run(course, "due", "numbers", "2026-07-02T17:00") == 0  # who had more time keeps the same end
        with gradebook_of(course) as gradebook:
            assert gradebook.find_submission("numbers", "ben").duedate == datetime(2026, 7, 2, 16)
    finally:
        config.write_text(as_it_was, encoding="utf-8")
