"""`examiner report` and nbgrader's export, on a real gradebook."""

from __future__ import annotations

import csv
import json
from datetime import datetime, timedelta

import pytest
from tinycourse import TinyCourse

from examiner import cli
from examiner.commands import report
from examiner.commands.nbgrader_api import config_of, gradebook_of
from examiner.report import answers, drafts

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def course(tmp_path_factory, course_root) -> TinyCourse:
    root = tmp_path_factory.mktemp("report") / "course"
    course = TinyCourse.make(root, course_root / "nbgrader_config.py")
    course.submit("ada")
    course.submit("ben", answer="def double(x):\n    return x / 2")
    course.grade("ada", "ben")
    with gradebook_of(course) as gradebook:
        gradebook.add_student("cleo")
        gradebook.find_grade("hidden-1", "numbers", "numbers", "ada").needs_manual_grade = True
        late = gradebook.find_submission("numbers", "ben")
        late.assignment.duedate = datetime(2026, 1, 1)
        late.timestamp = datetime(2026, 1, 1) + timedelta(hours=2)
        gradebook.find_submission("numbers", "ada").timestamp = datetime(2025, 12, 31)
        gradebook.find_grade("hidden-1", "numbers", "numbers", "ben").manual_score = 6.0
        gradebook.find_submission_notebook("numbers", "numbers", "ben").late_submission_penalty = 5.0
        gradebook.db.commit()
    return course


def test_the_table_shows_what_the_gradebook_does(course, capsys):
    assert cli.main(["--course", str(course.root), "report", "numbers"]) == 0
    said = capsys.readouterr().out
    (ben,) = [line for line in said.splitlines() if line.startswith("ben")]
    assert "1/100" in ben
    assert "2 hours late (-5)" in ben
    (ada,) = [line for line in said.splitlines() if line.startswith("ada")]
    assert "waits for a mark by hand" in ada


def test_the_files_say_who_is_missing_and_what_was_misunderstood(course):
    cli.main(["--course", str(course.root), "report", "numbers"])
    folder = course.root / "report" / "numbers"
    found = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    assert (found["missing"], found["late"], found["waiting"]) == (["cleo"], ["ben"], ["ada"])
    assert [(one["misconception"], one["hint"], one["who"]) for one in found["misconceptions"]] == [
        ("half", "Not half.", ["ben"])
    ]
    page = (folder / "report.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert "http" not in page.replace("http-equiv", "")
    assert 'role="img" aria-label="Students in each tenth' in page


def test_anonymous_files_name_nobody(course):
    cli.main(["--course", str(course.root), "report", "numbers", "--anonymous"])
    for path in (course.root / "report" / "numbers").iterdir():
        assert not [name for name in ("ada", "ben", "cleo") if name in path.read_text(encoding="utf-8").split()]


def test_an_export_has_no_0_for_what_waits(course, tmp_path):
    config = config_of(course)
    with gradebook_of(course) as gradebook:
        exporter = config.ExportApp.plugin_class()
        exporter.to = str(tmp_path / "grades.csv")
        exporter.export(gradebook)
    with open(tmp_path / "grades.csv", encoding="utf-8", newline="") as file:
        lines = {line["student_id"]: line for line in csv.DictReader(file)}
    assert {who: (line["score"], line["state"]) for who, line in lines.items()} == {
        "ada": ("", "waiting"),
        "ben": ("1.0", "graded"),
        "cleo": ("0.0", "missing"),
    }


def test_a_notebook_that_is_not_whole_says_nothing(tmp_path):
    (tmp_path / "x.ipynb").write_text('{"cells": [', encoding="utf-8")
    assert answers.read(tmp_path / "x.ipynb") == answers.Work()


def test_the_report_shows_what_learn_drafted_for_an_answer(course):
    answer = "def double(x):\n    return 0.37 * x**3 + 1.9"
    course.submit("dora", answer)
    course.grade("dora")

    def page() -> str:
        assert cli.main(["--course", str(course.root), "report", "numbers"]) == 0
        return (course.root / "report" / "numbers" / "report.html").read_text()

    assert "<code>examiner learn numbers</code> looks for edits" in page()
    drafts.keep(course.root, "numbers", {drafts.mark("1", answer): "[[misconception]]"})
    assert '<pre tabindex="0">[[misconception]]</pre>' in (shown := page())
    assert "looks for edits" not in shown


def test_the_table_of_an_assignment_that_nobody_handed_in_says_so():
    assert report.table([]) == "nobody has handed it in"


def test_the_table_lists_frequent_mistakes_only_where_there_are_some():
    assert "frequent" not in report.table([report.Result("ada", 10, 10)])
