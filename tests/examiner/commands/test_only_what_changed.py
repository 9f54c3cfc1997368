"""`examiner grade` grades what is new or changed; whatever the machine does, nobody loses a score to it."""

from __future__ import annotations

import json
import os
import sqlite3

import pytest
from traitlets.config import Config

from examiner import cli
from examiner.commands import course_lock, executors, grade, report
from examiner.commands.nbgrader_api import api_of, gradebook_of
from examiner.pipeline import database, examining, record
from examiner.submission import intake

pytestmark = pytest.mark.slow
of_sqlite = pytest.mark.skipif(os.environ.get("GRADEBOOKS") == "postgresql", reason="about SQLite's file")
WRONG = "def double(x):\n    return 3 * x"


@pytest.fixture(scope="module")
def graded(tiny):
    """A class of two, graded."""
    tiny.submit("ada")
    tiny.submit("ben", answer=WRONG)
    assert run(tiny) == {"ada": "graded", "ben": "graded"}
    return tiny


def run(course, *who, **how) -> dict[str, str]:
    """Grade in this process, and say of each student what was done."""
    who = who or grade.students(course, "numbers")
    outcomes = grade.grade(course, "numbers", who, workers=executors.local(1), **how)
    return {one.student: "unchanged" if one.unchanged else "graded" if one.graded else one.reason for one in outcomes}


def scores(course) -> dict[str, float]:
    return {result.student: result.score for result in report.results(course, "numbers")}


def scores_less_penalty(course) -> float:
    return next(one.score - one.penalty for one in report.results(course, "numbers") if one.student == "ada")


def command(course, *arguments: str) -> int:
    return cli.main(["--course", str(course.root), "grade", "numbers", *arguments])


def test_a_second_time_only_what_has_changed_is_graded(graded):
    assert run(graded) == {"ada": "unchanged", "ben": "unchanged"}
    graded.submit("ben")
    assert run(graded) == {"ada": "unchanged", "ben": "graded"}
    assert scores(graded) == {"ada": 100, "ben": 100}
    graded.submit("ben", answer=WRONG)
    assert run(graded) == {"ada": "unchanged", "ben": "graded"}
    assert scores(graded) == {"ada": 100, "ben": 0}


def test_more_time_takes_a_penalty_back_though_nothing_is_graded_again(graded):
    strict = Config({"LateSubmissionPlugin": {"penalty_method": "zero"}})

    def penalty(due: str) -> float:
        with gradebook_of(graded) as gradebook:
            gradebook.update_or_create_assignment("numbers", duedate=due)
        assert run(graded, "ada", changes=strict) == {"ada": "unchanged"}
        return next(one.penalty for one in report.results(graded, "numbers") if one.student == "ada")

    stamp = graded.root / "submitted" / "ada" / "numbers" / "timestamp.txt"
    stamp.write_text("2026-01-01T12:00:00+00:00")
    assert run(graded, "ada") == {"ada": "graded"}
    assert penalty("2020-01-01 00:00:00 UTC") == 100
    assert penalty("2025-12-31 00:00:00 UTC") == 100
    assert penalty("2026-01-02 00:00:00 UTC") == 0  # moved by two days
    assert penalty("2026-01-01 11:59:59 UTC") == 100
    assert run(graded, "ada", changes=strict, everyone=True) == {"ada": "graded"}
    assert scores_less_penalty(graded) == 0
    with gradebook_of(graded) as gradebook:
        gradebook.update_or_create_assignment("numbers", duedate="2999-01-01 00:00:00 UTC")
    assert run(graded, "ada", changes=strict, everyone=True) == {"ada": "graded"}
    assert scores_less_penalty(graded) == 100
    stamp.unlink()
    assert run(graded, "ada") == {"ada": "graded"}


def test_all_grades_everyone(graded):
    assert run(graded, "ada", everyone=True) == {"ada": "graded"}


def test_another_limit_or_a_lost_notebook_is_a_reason_to_grade(graded):
    assert run(graded, "ada", changes=Config({"Examine": {"cell_output": 90_000}})) == {"ada": "graded"}
    assert run(graded, "ada") == {"ada": "graded"}  # the limit is again what it was
    (graded.root / "autograded" / "ada" / "numbers" / "numbers.ipynb").unlink()
    assert run(graded, "ada") == {"ada": "graded"}
    assert run(graded, "ada") == {"ada": "unchanged"}


def test_the_record_changes_with_the_source_and_with_points_alone(graded):
    api = api_of(graded)
    with gradebook_of(graded) as gradebook:
        before = record.read(api.coursedir, gradebook, "numbers", api.config)
        assert record.read(api.coursedir, gradebook, "numbers", api.config).digest == before.digest
        gradebook.find_notebook("numbers", "numbers").grade_cells[0].max_score += 1
        assert record.read(api.coursedir, gradebook, "numbers", api.config).digest != before.digest
        gradebook.db.rollback()
    table = graded.source("numbers") / "hidden.json"
    text = table.read_text()
    try:
        table.write_text(text + " ")
        with gradebook_of(graded) as gradebook:
            assert record.read(api.coursedir, gradebook, "numbers", api.config).digest != before.digest
    finally:
        table.write_text(text)


@pytest.mark.parametrize("broken", ["examining", "entering"])
def test_a_fault_of_the_machine_leaves_the_score_of_before_and_the_status_says_so(graded, monkeypatch, capsys, broken):
    def full(*_):
        raise OSError(28, "No space left on device")

    before = scores(graded)
    if broken == "examining":
        monkeypatch.setattr(examining, "examine", full)
    else:
        monkeypatch.setattr("examiner.pipeline.entering.Writer._write", full)
    assert command(graded, "--all", "--json", "--student", "ada") == 1
    (line,) = map(json.loads, capsys.readouterr().out.splitlines())
    assert (line["student"], line["outcome"]) == ("ada", "not graded")
    assert "No space left on device" in line["reason"]
    assert scores(graded) == before
    assert graded.graded("ada").metadata["examiner"]["graded"]
    monkeypatch.undo()
    assert command(graded, "--json") == 0
    assert [json.loads(line)["outcome"] for line in capsys.readouterr().out.splitlines()] == ["unchanged"] * 2


@of_sqlite
def test_a_locked_gradebook_is_waited_for_and_then_named(graded, monkeypatch):
    monkeypatch.setattr(database, "WAIT", 0.1)
    other = sqlite3.connect(graded.root / "gradebook.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        reasons = run(graded, "ada", everyone=True)
    finally:
        other.close()
    assert reasons == {"ada": "another program has the gradebook locked, and did not release it within 0.1 seconds"}
    assert scores(graded)["ada"] == 100


@of_sqlite
def test_the_gradebook_can_be_read_while_somebody_writes(graded):
    with sqlite3.connect(graded.root / "gradebook.db") as gradebook:
        assert gradebook.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    gradebook.close()


def test_a_second_grader_is_told_who_is_at_it(graded, capsys):
    with course_lock.held(graded):
        assert command(graded) == 2
    assert "is already being graded, by process" in capsys.readouterr().err
    (graded.root / course_lock.NAME).write_text('{"pid": 1, "host": "gone"}')  # of one that was killed
    assert command(graded) == 0


def test_an_assignment_that_was_never_released_is_named_in_one_sentence(graded, capsys):
    made = graded.root / "source" / "never"
    made.mkdir()
    (made / "never.ipynb").write_bytes((graded.source("numbers") / "numbers.ipynb").read_bytes())
    folder = graded.root / "submitted" / "ada" / "never"
    folder.mkdir()
    try:
        assert cli.main(["--course", str(graded.root), "grade", "never"]) == 2
    finally:
        folder.rmdir()
    assert capsys.readouterr().err == "never has not been released yet. Run: examiner release never\n"


def test_what_is_held_of_a_submission_needs_no_disk_and_is_bounded(tmp_path):
    folder = tmp_path / "ada" / "numbers"
    folder.mkdir(parents=True)
    for name in "abcdef":
        (folder / f"{name}.txt").write_bytes(b"x" * 100)
    held = intake.Submission(folder, intake.SizeLimits(notebook=100, files=100)).hold(["numbers"])
    assert sum(isinstance(found.held, bytes) for found in held.files) == 4
    assert examining.digest(held, "1") == examining.digest(held, "1") != examining.digest(held, "2")
