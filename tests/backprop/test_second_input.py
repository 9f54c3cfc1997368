"""A visible check may run on two inputs: an answer has to be right on both, and a name has to fit both."""

from __future__ import annotations

import ast
import json
import zlib

import pytest

from backprop import session as sessions
from backprop.answers.tables import CHECKS_FILE
from backprop.check import check, given
from backprop.errors import CheckFailed
from backprop.explain.general import ONLY_ON_SECOND
from backprop.session import Session

KNOWN = ("doubled", "cubed", "four-times")
GENERATED = {
    "kinds": {"term": ["In {at}, there is {what} too much.", "Why?"], "factor": ["In {at}, {what}.", "Why?"]},
    "texts": ["`square`", "a 3", "something is scaled"],
    "names": [["term", 0, 1], ["factor", 0, 2]],
    "checks": {"1": [[0, [[0, 0, 7.0]]], [1, [[0, 0, 7.0]]]]},
}


WEIGHT = 1 + zlib.crc32(b"") % 1000 / 1000


def value(value: float) -> dict:
    return {"value": value}


def number(value: float) -> dict:
    return {"number": WEIGHT * value}


@pytest.fixture
def student(tmp_path):
    """A session with one check, `square(n)`, on the inputs 2 and 3."""
    wrong = {"cubed": value(8.0), "four-times": value(8.0)}
    one = {"exercise": "1", "call": "square(n)", "given": 2, "want": 4.0, "wrong": wrong, "sizes": {}}
    wrong = {"doubled": number(6.0), "cubed": number(27.0), "four-times": number(12.0)}
    one["second"] = {"given": 3, "want": 9.0, "wrong": wrong, "sizes": {}}
    words = {"title": "The square", "function": "square", "points": 4, "holds": "n times n.", "hint": "h", "ask": "a?"}
    known = {name: {"exercise": "1", "hint": f"It is {name}.", "ask": "Why?", "credit": 0.0} for name in wrong}
    generated = GENERATED | {"second": {"1": [12.0 * WEIGHT, 15.75 * WEIGHT]}}
    table = {"format": 1, "exercises": {"1": words}, "checks": {"1": one}, "misconceptions": known}
    (tmp_path / CHECKS_FILE).write_text(json.dumps(table | {"generated": generated}))
    with sessions.use(Session(tmp_path)) as here:
        yield here


def verdict_of(answer):
    with pytest.raises(CheckFailed) as failed:
        check("1", lambda: answer(given("1")))
    return failed.value.verdict


def test_a_right_answer_is_right_on_both(student, capsys):
    check("1", lambda: given("1") ** 2)
    assert "right" in capsys.readouterr().out
    assert student.passed == {"1"}


def test_what_is_right_on_the_first_only_is_told_of_the_second(student):
    verdict = verdict_of(lambda n: n + n)
    assert (verdict.misconception, verdict.hint) == ("doubled", "It is doubled.")
    assert verdict.but.startswith('on a second input, which is `given("1", 2)`, ')
    assert "6 and should be 9" in verdict.but
    assert (given("1"), given("1", 2)) == (2, 3)
    assert verdict.second_input
    assert student.passed == set()


@pytest.mark.parametrize(("answer", "name"), [(lambda n: n**3, "cubed"), (lambda n: 4 * n, "four-times")])
def test_two_mistakes_that_look_alike_on_the_first_are_told_apart(student, answer, name):
    verdict = verdict_of(answer)
    assert verdict.misconception == name
    assert not verdict.second_input


def test_no_name_is_given_that_does_not_fit_the_second(student):
    assert verdict_of(lambda n: 8.0).misconception not in KNOWN


@pytest.mark.parametrize(("answer", "hint"), [(lambda n: n * n + 3.0, "a 3"), (lambda n: n * n * 1.75, "scaled")])
def test_a_generated_name_has_to_fit_the_second_too(student, answer, hint):
    assert hint in verdict_of(answer).hint


def test_a_list_that_lasts_is_told_where_it_ends_in_an_exception(student):
    kept: list[int] = []

    def answer(n):
        kept.append(n)
        return n**2 if len(kept) == 1 else [1][len(kept)]

    assert verdict_of(answer).misconception == "not-the-same-twice"


def test_the_text_of_an_answer_is_read_where_it_is_wrong_on_the_second_only(student, monkeypatch):
    code = "def square(n):\n    return n ** 2 if n < 3 else n // 1 + 0 * ~any([n])"
    monkeypatch.setattr(student, "answer_text", lambda key, names: ast.parse(code))
    assert verdict_of(lambda n: n**2 if n < 3 else 5.5).misconception == "not-of-whole-numbers"


def test_what_nothing_names_on_the_second_is_not_sent_to_what_is_right_on_the_first(student):
    verdict = verdict_of(lambda n: n**2 if n < 3 else 5.5)
    assert (verdict.misconception, verdict.hint, verdict.ask) == ("", *ONLY_ON_SECOND)


def test_an_exception_on_the_second_input_is_told(student):
    assert verdict_of(lambda n: 1 / 0 if n == 3 else n * n).kind == "exception"
