"""An assignment that changed after grading: who gains or loses what, written on request, and taken back whole."""

from __future__ import annotations

import nbformat
import pytest
from nbgrader.api import Grade
from twocourse import CUBE, DOUBLE, FIRST, SQUARE, TwoCourse

from examiner import cli
from examiner.commands import executors, regrade, report
from examiner.commands.nbgrader_api import gradebook_of
from examiner.pipeline import rows
from examiner.report.differences import Difference

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def graded(tmp_path_factory, course_root) -> TwoCourse:
    """A class of three: all right, one wrong, nothing answered."""
    course = TwoCourse.lay(tmp_path_factory.mktemp("regrade") / "course", course_root / "nbgrader_config.py")
    course.hand_in("ada", double="2 * x", square="x * x")
    course.hand_in("ben", double="3 * x", square="x * x")
    course.hand_in("cleo")
    course.grade_all()
    return course


@pytest.fixture
def course(graded, tmp_path) -> TwoCourse:
    return graded.copied(tmp_path / "course")


def scores(course) -> dict[str, float]:
    return {result.student: result.score for result in report.results(course, "numbers")}


def changes(course, apply=False) -> dict[str, tuple[float, dict[str, float]]]:
    done = regrade.regrade(course, "numbers", workers=executors.local(1), apply=apply)
    assert all(outcome.graded for outcome in done.outcomes), done.outcomes
    return {one.student: (one.after - one.before, one.exercises) for one in done.differences}


def held(course) -> str:
    with gradebook_of(course) as gradebook:
        return rows.as_text(rows.read(gradebook, "numbers"))


def files(course) -> dict[str, bytes]:
    folders = (course.root / "autograded", course.root / "release")
    return {str(path): path.read_bytes() for folder in folders for path in folder.rglob("*") if path.is_file()}


def mark(course, student, cell, **values) -> None:
    """Enter what a person enters in Formgrader."""
    with gradebook_of(course) as gradebook:
        grade = gradebook.find_grade(cell, "numbers", "numbers", student)
        for name, value in values.items():
            setattr(grade, name, value)
        gradebook.db.commit()


def command(course, *arguments: str) -> int:
    return cli.main(["--course", str(course.root), "regrade", "numbers", *arguments])


def test_other_points_and_another_test_change_scores_on_request_alone_and_are_taken_back(course, capsys):
    before = held(course), files(course)
    course.change({"1": (*DOUBLE, 50, 60), "2": ("square", "x * x + 1", 10, 20)})
    released = held(course)
    wanted = {"ada": (-20, {"1": 10, "2": -30}), "ben": (-30, {"2": -30})}
    assert changes(course) == wanted
    assert held(course) == released
    assert command(course, "--apply", "--processes", "1") == 0
    out = capsys.readouterr().out
    assert "ada  130 → 110  (exercise 1: +10, exercise 2: -30)" in out
    assert "2 of 3 scores change\nWritten. To take it back: examiner regrade numbers --undo" in out
    assert scores(course) == {"ada": 110, "ben": 0, "cleo": 0}
    assert changes(course) == {}
    assert command(course, "--undo") == 0
    assert (held(course), files(course)) == before
    assert command(course, "--undo") == 2
    assert "there is nothing to take back" in capsys.readouterr().err


def test_an_exercise_that_is_added_waits_where_the_older_release_did_not_have_it(course):
    course.change(FIRST | {"3": (*CUBE, 5, 5)})
    course.hand_in("dora", double="2 * x", square="x * x", cube="x ** 3")
    done = regrade.regrade(course, "numbers", workers=executors.local(1), apply=True)
    assert (done.added, done.removed) == (["3"], [])
    assert scores(course) == {"ada": 130, "ben": 30, "cleo": 0, "dora": 140}
    assert {result.student: result.waiting for result in report.results(course, "numbers")} == {
        "ada": True, "ben": True, "cleo": True, "dora": False,
    }  # fmt: skip


def test_an_exercise_that_is_removed_takes_its_points_along_until_it_is_taken_back(course):
    mark(course, "ben", "hidden-2", manual_score=7.0, needs_manual_grade=False)
    before = held(course), files(course)
    course.change({"1": FIRST["1"]})
    assert changes(course, apply=True) == {"ada": (-30, {"2": -30}), "ben": (-17, {"2": -17})}
    assert scores(course) == {"ada": 100, "ben": 0, "cleo": 0}
    (note,) = report.results(course, "numbers")[0].notes
    assert note == "This was made from an older release; it is graded as the assignment is now."
    assert not any(cell.get("id") == "check-2" for cell in course.graded("ada").cells)
    assert command(course, "--undo") == 0
    assert (held(course), files(course)) == before


def test_an_exercise_put_in_between_moves_the_others_with_all_that_was_entered_by_hand(course):
    mark(course, "ben", "hidden-2", manual_score=7.0, extra_credit=2.0, needs_manual_grade=False)
    with gradebook_of(course) as gradebook:
        gradebook.find_comment("exercise-2", "numbers", "numbers", "ben").manual_comment = "Well seen."
        gradebook.db.commit()
    course.change({"1": FIRST["1"], "2": (*CUBE, 5, 5), "3": FIRST["2"]})
    changes(course, apply=True)
    assert scores(course) == {"ada": 130, "ben": 19, "cleo": 0}
    with gradebook_of(course) as gradebook:
        kept = gradebook.find_grade("hidden-3", "numbers", "numbers", "ben")
        assert (kept.auto_score, kept.manual_score, kept.extra_credit, kept.needs_manual_grade) == (20, 7, 2, False)
        assert gradebook.find_comment("exercise-3", "numbers", "numbers", "ben").manual_comment == "Well seen."
        assert gradebook.find_grade("hidden-2", "numbers", "numbers", "ben").manual_score is None


def test_what_was_graded_since_is_not_lost_by_taking_back(course, capsys):
    course.change({"1": (*DOUBLE, 50, 60), "2": FIRST["2"]})
    changes(course, apply=True)
    mark(course, "cleo", "hidden-1", manual_score=3.0)
    now = held(course)
    assert command(course, "--undo") == 2
    assert "something has been graded or entered by hand since then" in capsys.readouterr().err
    assert held(course) == now
    assert changes(course) == {}


def test_extra_credit_by_hand_stays_where_grading_gives_some_too(course, monkeypatch):
    mark(course, "ada", "hidden-1", extra_credit=4.0)
    monkeypatch.setattr("examiner.pipeline.save_extra_credit.earned", lambda nb, folder: {"hidden-1": 2.0})
    assert changes(course, apply=True) == {"ben": (2, {"1": 2}), "cleo": (2, {"1": 2})}
    with gradebook_of(course) as gradebook:
        assert sorted(grade.extra_credit or 0 for grade in gradebook.db.query(Grade).all())[-3:] == [2, 2, 4]


def test_an_interrupted_writing_goes_on_and_is_taken_back_to_its_beginning(course, monkeypatch, capsys):
    before = held(course)
    course.change({"1": (*DOUBLE, 50, 60), "2": FIRST["2"]})
    enter = regrade.Batch.enter

    def stop_at_ben(batch, job, examined):
        if job.student == "ben":
            raise KeyboardInterrupt
        enter(batch, job, examined)

    with monkeypatch.context() as broken:
        broken.setattr(regrade.Batch, "enter", stop_at_ben)
        assert command(course, "--apply", "--processes", "1") == 130
    assert command(course, "--undo") == 2
    assert "Run it again, and then take it back: examiner regrade --apply numbers" in capsys.readouterr().err
    assert changes(course, apply=True) == {"ada": (10, {"1": 10})}
    regrade.undo(course, "numbers")
    assert held(course) == before


def test_a_release_that_changes_nothing_keeps_what_can_be_taken_back(course):
    before = held(course)
    course.change({"1": (*DOUBLE, 50, 60), "2": FIRST["2"]})
    changes(course, apply=True)
    course.change({"1": (*DOUBLE, 50, 60), "2": FIRST["2"]})
    regrade.undo(course, "numbers")
    assert held(course) == before


def test_an_older_release_is_told_by_its_tests_and_no_test_of_a_students_own_counts(course):
    """The student's cell that only looks like one of an older release is no test of today."""

    def cheat(nb: nbformat.NotebookNode) -> None:
        for cell in nb.cells:
            if cell.get("id") == "check-1":
                cell.source = "pass"

    course.submit("eve", answer="def double(x):\n    return 0", change=cheat)
    course.change({"one": FIRST["1"], "2": FIRST["2"]})
    changes(course, apply=True)
    assert scores(course) == {"ada": 130, "ben": 30, "cleo": 0, "eve": 0}
    assert not any("had been changed" in note for note in report.results(course, "numbers")[0].notes)


def test_exercises_that_change_places_take_their_points_along(course):
    course.change({"2": FIRST["1"], "1": (*SQUARE, 10, 20)})
    assert changes(course, apply=True) == {"ada": (0, {"1": -70, "2": 70}), "ben": (0, {"1": 30, "2": -30})}
    assert scores(course) == {"ada": 130, "ben": 30, "cleo": 0}


def test_a_student_s_folder_does_nothing_to_the_terminal():
    one = Difference("\x1b[2Jmallory", 1.0, 2.0, {"1": 1.0}, 0.0, ())
    assert str(regrade.Regraded([one])).startswith("??2Jmallory  1 → 2")
