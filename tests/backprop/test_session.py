"""Statements about `session`: progress goes forward and back, and a session can be put in another's place."""

from __future__ import annotations

import json

import numpy as np
import pytest

from backprop import session as module
from backprop.answers.attempt import Attempt
from backprop.answers.tables import CHECKS_FILE
from backprop.errors import CourseFileError
from backprop.session import Session


def test_progress_counts_exercises_and_their_visible_points(session, judge, slopes, cost):
    assert session.progress() == "0 of 4 exercises · 0 of 14 visible points"
    judge("1", cost)
    judge("2", slopes)
    assert session.progress() == "2 of 4 exercises · 8 of 14 visible points"
    judge("2", slopes)
    assert session.progress() == "2 of 4 exercises · 8 of 14 visible points"


def test_attempts_are_kept_only_where_the_course_asks_for_it(session, judge, folder, cost):
    judge("1", 0.1)
    assert session.kept == {}
    path = folder / CHECKS_FILE
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | {"keep_attempts": True}))
    asked = Session(folder)
    for value in (0.1, cost):
        asked.judge("1", Attempt(value))
    asked.judge("1.1", Attempt(0.1))
    assert [one["passed"] for one in asked.kept["1"]] == [False, True]
    assert list(asked.kept) == ["1"]


def test_a_page_without_points_speaks_of_none(folder):
    path = folder / CHECKS_FILE
    table = json.loads(path.read_text(encoding="utf-8"))
    for words in table["exercises"].values():
        words["points"] = 0
    path.write_text(json.dumps(table), encoding="utf-8")
    assert Session(folder).progress() == "0 of 4 exercises"


def test_a_check_that_fails_later_takes_its_progress_back(session, judge, cost):
    judge("1", cost)
    judge("1", 0.1)
    assert session.progress() == "0 of 4 exercises · 0 of 14 visible points"


def test_hidden_tests_count_for_no_progress_and_take_none(session, judge, cost):
    assert judge("1.1", 0.367879).passed
    assert session.progress().startswith("0 of 4")
    judge("1", cost)
    assert not judge("1.1", 0.5).passed
    assert session.progress().startswith("1 of 4")


def test_extra_credit_is_told_apart(session, judge):
    judge("5", 1.0)
    assert session.progress() == "0 of 4 exercises · 0 of 14 visible points · extra credit"


def test_quizzes_count_too(session, judge):
    judge("4", ["B", "C"])
    assert session.progress() == "1 of 4 exercises · 2 of 14 visible points"
    judge("4", "A")
    assert session.progress() == "0 of 4 exercises · 0 of 14 visible points"


def test_the_mistake_that_the_visible_check_showed_is_suspected_first(session, judge, slopes):
    assert judge("2", slopes | {"dW": 7 * slopes["dW"]}).misconception == "summed"
    assert session.suspected["2"] == "summed"
    judge("2", slopes)
    assert session.suspected["2"] == ""


def test_inputs_come_from_the_folder_in_which_the_notebook_runs(folder, monkeypatch):
    monkeypatch.chdir(folder)
    assert Session().given("3") == 3
    monkeypatch.chdir(folder.parent)
    with pytest.raises(CourseFileError, match="is not in this folder"):
        Session().given("3")


def test_what_a_student_does_to_an_input_spoils_no_later_check(session):
    session.given("2")[:] = 0
    assert np.any(session.given("2"))


def test_another_session_takes_the_place_of_the_students_for_a_while(folder):
    mine, other = module.current(), Session(folder)
    with module.use(other) as used:
        assert used is other
        assert module.current() is other
    assert module.current() is mine
    with pytest.raises(ZeroDivisionError), module.use(other):
        raise ZeroDivisionError
    assert module.current() is mine


def test_an_unknown_key_is_refused_with_its_name(session):
    for ask in (session.given, session.quiz, lambda key: session.judge(key, Attempt(1))):
        with pytest.raises(CourseFileError, match="'77'"):
            ask("77")


def test_a_change_of_folder_after_the_first_check_loses_nothing(folder, tmp_path_factory, monkeypatch):
    monkeypatch.chdir(folder)
    here = Session()
    before = here.progress()
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
    assert here.progress() == before
