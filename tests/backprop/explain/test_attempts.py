"""A second attempt at the same mistake is told more, and one that has not changed is told so."""

from __future__ import annotations

import numpy as np

from backprop.explain.attempts import UNCHANGED


def test_the_same_mistake_gets_a_longer_hint_each_time(judge, slopes):
    said = [judge("2", slopes | {"dW": 7 * slopes["dW"], "db": slopes["db"] + 1e-9 * n}) for n in range(3)]
    assert [verdict.misconception for verdict in said] == ["summed"] * 3
    assert said[0].hint == "a special hint"
    assert said[1].hint == "a special hint the hint of The slopes"
    assert (said[1].ask, said[2].ask) == ("a special question?", "a special question? the question of The slopes?")


def test_an_answer_that_has_not_changed_is_told_so(judge, slopes):
    wrong = slopes | {"dW": 7 * slopes["dW"]}
    assert UNCHANGED not in judge("2", wrong).notes
    assert UNCHANGED in judge("2", wrong).notes


def test_another_mistake_starts_from_the_beginning(judge, slopes):
    judge("2", slopes | {"dW": 7 * slopes["dW"]})
    other = judge("2", slopes | {"db": np.zeros((2, 1))})
    assert (other.hint, other.notes) == ("the hint of The slopes", [])


def test_a_right_answer_is_told_nothing_of_what_was_before(judge, slopes):
    judge("2", slopes | {"dW": 7 * slopes["dW"]})
    assert judge("2", slopes).notes == []


def test_a_session_that_grades_remembers_nothing(judge, session, slopes):
    session.remembers = False
    wrong = slopes | {"dW": 7 * slopes["dW"]}
    assert judge("2", wrong).hint == judge("2", wrong).hint
