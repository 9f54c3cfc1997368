"""Grading into a real PostgreSQL: what is entered, changed, taken back, waited for, and what a killed grader leaves."""

from __future__ import annotations

import json
import shutil

import kills
import postgresql
import pytest
from nbgrader.api import Grade
from sqlalchemy import create_engine, text
from twocourse import CUBE, FIRST, TwoCourse

from examiner import cli
from examiner.commands import executors, grade, regrade, report
from examiner.commands.nbgrader_api import gradebook_of
from examiner.pipeline import database, rows

pytestmark = [pytest.mark.slow, pytest.mark.skipif(bool(postgresql.missing()), reason=postgresql.missing())]


@pytest.fixture(scope="module")
def server():
    with postgresql.running() as server:
        yield server


@pytest.fixture(scope="module")
def url(server) -> str:
    return server.url(server.database())


@pytest.fixture
def in_postgresql(url, monkeypatch) -> None:
    monkeypatch.setenv("NBGRADER_DB_URL", url)


@pytest.fixture(scope="module")
def course(url, tmp_path_factory, course_root) -> TwoCourse:
    """A class of two, graded: one right, one wrong."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NBGRADER_DB_URL", url)
        made = TwoCourse.lay(tmp_path_factory.mktemp("postgresql") / "course", course_root / "nbgrader_config.py")
        made.hand_in("ada", double="2 * x", square="x * x")
        made.hand_in("ben", double="3 * x", square="x * x")
        made.grade_all()
    return made


def scores(course) -> dict[str, float]:
    return {result.student: result.score for result in report.results(course, "numbers")}


def command(course, *arguments: str) -> int:
    return cli.main(["--course", str(course.root), *arguments])


def test_grades_are_in_the_database_and_what_has_not_changed_is_left_out(course, in_postgresql, capsys):
    assert not (course.root / "gradebook.db").exists()
    assert scores(course) == {"ada": 130, "ben": 30}
    assert command(course, "grade", "numbers", "--json") == 0
    assert [json.loads(line)["outcome"] for line in capsys.readouterr().out.splitlines()] == ["unchanged"] * 2


def test_a_locked_gradebook_is_waited_for_and_then_named(course, in_postgresql, url, monkeypatch):
    monkeypatch.setattr(database, "WAIT", 0.1)
    engine = create_engine(url)
    with engine.connect() as other:
        other.execute(text("LOCK TABLE examiner_graded IN EXCLUSIVE MODE"))
        (outcome,) = grade.grade(course, "numbers", ["ada"], workers=executors.local(1), everyone=True)
        other.rollback()
    engine.dispose()
    assert outcome.reason == "another program has the gradebook locked, and did not release it within 0.1 seconds"
    assert scores(course) == {"ada": 130, "ben": 30}


def test_a_regrade_makes_the_table_of_older_releases_and_does_not_wait_for_itself(course, in_postgresql, monkeypatch):
    monkeypatch.setattr(database, "WAIT", 5)
    with gradebook_of(course) as gradebook:
        gradebook.db.execute(text("DROP TABLE IF EXISTS examiner_older"))
        gradebook.db.commit()
    done = regrade.regrade(course, "numbers", workers=executors.local(1), apply=True)
    assert all(outcome.graded for outcome in done.outcomes), done.outcomes


def test_a_changed_assignment_is_graded_again_and_taken_back(course, in_postgresql):
    def held() -> str:
        with gradebook_of(course) as gradebook:
            return rows.as_text(rows.read(gradebook, "numbers"))

    with gradebook_of(course) as gradebook:
        gradebook.find_grade("hidden-2", "numbers", "numbers", "ben").manual_score = 7.0
        gradebook.db.commit()
    before = held()
    course.change({"2": (*CUBE, 5, 5), "3": FIRST["2"]})
    done = regrade.regrade(course, "numbers", workers=executors.local(1), apply=True)
    assert {one.student: one.after for one in done.differences} == {"ada": 30, "ben": 17}
    assert (done.added, done.removed) == (["3"], ["1"])
    with gradebook_of(course) as gradebook:
        assert gradebook.find_grade("hidden-3", "numbers", "numbers", "ben").manual_score == 7.0
        assert gradebook.db.query(Grade).count() == 8
    regrade.undo(course, "numbers")
    assert held() == before


def test_a_database_that_cannot_be_used_is_named_in_a_sentence(course, monkeypatch, capsys):
    for url, said in {
        "postgresql://nobody@/none?host=/nowhere": "The gradebook cannot be used: ",
        "mysql+nodriver://x/y": "names no database: ",
    }.items():
        monkeypatch.setenv("NBGRADER_DB_URL", url)
        assert command(course, "grade", "numbers") == 2
        assert said in capsys.readouterr().err


def test_graders_killed_at_random_moments_leave_the_gradebook_of_an_undisturbed_one(server, tmp_path, monkeypatch):
    (tmp_path / "tmp").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    first = server.database()
    monkeypatch.setenv("NBGRADER_DB_URL", server.url(first))
    course = kills.make_class(tmp_path / "one", students=3)
    shutil.copytree(course.root, tmp_path / "two")
    fresh = kills.TinyCourse(tmp_path / "two")
    _, killed = kills.compare(course, fresh, server.url(first), server.url(server.database(first)), 4, seed=2)
    assert killed >= 3
