"""Statements about `quiz`: answers in any spelling, a sentence for every option, and a key that does not lie open."""

from __future__ import annotations

import base64
import itertools
import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backprop.answers.attempt import Attempt, attempt
from backprop.answers.tables import Exercise
from backprop.quiz import Card, judge_quiz, seal

few = settings(max_examples=60, derandomize=True, deadline=None)

OPTIONS = [
    {"label": "A", "text": "It halves.", "because": "halving would need a smaller step."},
    {"label": "B", "text": "It doubles.", "right": True, "because": "twice the slope is twice the step."},
    {"label": "C", "text": "It stays.", "because": "nothing stays here."},
    {"label": "D", "text": "It grows.", "right": True, "because": "doubling is growing."},
]
SEVERAL = {"key": "3", "kind": "several", "question": "What happens?", "option": OPTIONS}
ONE = {"key": "2", "kind": "one", "question": "Which one?", "option": [OPTIONS[0], OPTIONS[1]], "answer_name": "choice"}
NUMBER = {
    "key": "1",
    "kind": "number",
    "question": "How large?",
    "answer": 1.2345678,
    "decimals": 2,
    "wrong": [{"answer": 2.4691356, "because": "the half is forgotten."}],
    "because": "that is it.",
}
EXERCISES = {key: Exercise(key, "Quiz", "", 2, "", "read again", "why?") for key in "123"}


def judge(quiz, value, *missed):
    return judge_quiz(seal(quiz, "some salt"), Attempt(value), EXERCISES, missed)


SPELLINGS = [
    lambda letters: list(letters),
    lambda letters: tuple(letters),
    lambda letters: set(letters),
    lambda letters: "".join(letters),
    lambda letters: ", ".join(letters),
    lambda letters: " ".join(letters),
    lambda letters: ["".join(letters)],
    lambda letters: ";\n".join(letters),
    lambda letters: np.array(letters),
]


@few
@given(
    st.lists(st.sampled_from("ABCD"), min_size=1, max_size=6),
    st.sampled_from(SPELLINGS),
    st.lists(st.booleans(), min_size=6, max_size=6),
)
def test_letters_count_in_any_order_case_and_spelling(letters, spelling, small):
    spelled = [letter.lower() if low else letter for letter, low in zip(letters, small, strict=False)]
    verdict = judge(SEVERAL, spelling(spelled))
    assert verdict.passed == (set(letters) == {"B", "D"})
    assert verdict.returned == ", ".join(sorted(set(letters)))


@few
@given(
    st.dictionaries(st.sampled_from("ABCDEF"), st.booleans(), min_size=1),
    st.text(st.characters(categories=["L"]), min_size=12, max_size=30),
    st.integers(),
)
def test_what_students_hold_has_neither_key_nor_sentences_in_clear(rights, sentence, number):
    options = [{"label": label, "text": "t", "right": right, "because": sentence} for label, right in rights.items()]
    salt = f"salt {number}"
    held = json.dumps(seal(SEVERAL | {"option": options}, salt), ensure_ascii=False)
    assert sentence not in held
    assert base64.b64encode(sentence.encode()).decode().rstrip("=")[:-1] not in held
    assert '"right"' not in held
    assert "true" not in held
    assert "false" not in held


def test_the_answer_to_a_number_quiz_is_not_in_clear_either():
    held = json.dumps(seal(NUMBER, "salt"))
    assert not any(clue in held for clue in ("1.23", "2.46", "forgotten", "that is it"))


def test_the_same_key_looks_different_under_another_salt():
    first, second = (seal(SEVERAL, salt) for salt in ("one", "two"))
    assert first["hash"] != second["hash"]
    assert first["options"][0]["veiled"] != second["options"][0]["veiled"]


def test_every_choice_but_the_right_one_fails():
    for size in range(5):
        for chosen in itertools.combinations("ABCD", size):
            assert judge(SEVERAL, list(chosen)).passed == (chosen == ("B", "D"))


def test_every_option_gets_its_sentence_where_the_answer_is_right():
    options = judge(SEVERAL, ["B", "D"]).options
    assert [option["because"] for option in options] == [option["because"] for option in OPTIONS]
    assert [option["chosen"] for option in options] == [False, True, False, True]
    assert [option["right"] for option in options] == [False, True, False, True]


@pytest.mark.parametrize("missed", [(), ("C",), ("C", "A, C")])
def test_a_wrong_choice_explains_only_what_was_chosen(missed):
    for answer in (["A", "B"], ["B"], ["A"], []):
        verdict = judge(SEVERAL, answer, *missed)
        assert [option["label"] for option in verdict.options] == answer
        assert "growing" not in repr(verdict)


def test_a_first_wrong_choice_is_not_told_how_many_are_missing():
    assert judge(SEVERAL, "AC").but == "2 of the options you chose are not right."
    assert judge(SEVERAL, "AB").but == "1 of the options you chose is not right."
    assert judge(SEVERAL, "B").but == "what you chose is right, but something is missing."
    assert judge(SEVERAL, "AB", "A, B").but == judge(SEVERAL, "AB").but  # the same answer once more
    assert judge(SEVERAL, []).returned == "none of them"


def test_a_second_one_is():
    assert judge(SEVERAL, "AB", "A").but == "1 of the options you chose is not right, and 1 right one is missing."
    assert judge(SEVERAL, "A", "C").but == "1 of the options you chose is not right, and 2 right ones are missing."
    assert judge(SEVERAL, "ABD", "C").but == "1 of the options you chose is not right."
    assert judge(SEVERAL, "B", "C").but == "1 right one is missing."


def test_one_choice_is_one_choice():
    assert judge(ONE, "b").passed
    assert judge(ONE, ["B"]).passed
    assert not judge(ONE, "A").passed
    for answer in ("AB", [], ""):
        assert judge(ONE, answer).kind == "type"


@pytest.mark.parametrize("answer", [None, ..., 3, "E", ["A", 2], ["BE"], "B/ D", {"B": True}, [["B"]], 0.5, "B and D"])
def test_what_is_no_choice_is_told_which_there_are(answer):
    verdict = judge(SEVERAL, answer)
    assert verdict.kind == "type"
    assert "is not a choice from A, B, C, D." in verdict.but
    assert '`answer_3 = ["A", "B"]`' in verdict.hint
    assert verdict.options == []


def test_a_quiz_without_an_answer_is_unanswered():
    tried = attempt(lambda: answer_3)  # noqa: F821
    verdict = judge_quiz(seal(SEVERAL, "s"), tried, EXERCISES)
    assert verdict.kind == "unanswered"
    assert verdict.but == "there is no `answer_3` yet."
    assert verdict.options == []


@pytest.mark.parametrize(
    "answer", [1.23, 1.235, 1.2346, 1.2345678, np.float64(1.23), np.array(1.23), [1.23], np.float32(1.23)]
)
def test_a_number_counts_with_the_stated_rounding_or_more_digits(answer):
    assert judge(NUMBER, answer).passed


@pytest.mark.parametrize("answer", [1.2, 1.24, 1.22, 1, -1.23, 0, 1e9, 1.2e-7])
def test_another_number_does_not(answer):
    verdict = judge(NUMBER, answer)
    assert not verdict.passed
    assert verdict.but == "this number is not right."


def test_a_number_that_was_rounded_too_early_is_told_so():
    verdict = judge(NUMBER, 1.2311)
    assert verdict.but == "it is right to 2 decimals, and wrong after that. Was something rounded too early?"


def test_a_number_of_a_known_mistake_gets_its_own_sentence():
    verdict = judge(NUMBER, 2.47)
    assert verdict.hint == "the half is forgotten."
    assert not verdict.passed


@pytest.mark.parametrize("answer", ["1.23", None, True, float("nan"), float("inf"), [1.23, 2], 1j, ..., "A"])
def test_what_is_no_number_is_asked_for_one(answer):
    verdict = judge(NUMBER, answer)
    assert verdict.kind == "type"
    assert "Give a number with 2 decimals: `answer_1 = 0.5`" in verdict.hint


def test_zero_from_below_is_zero():
    quiz = NUMBER | {"answer": 0.0, "decimals": 1}
    assert judge(quiz, -0.0).passed
    assert judge(quiz, -0.0001).but.startswith("it is right to 1 decimal,")


def test_the_card_shows_question_options_and_the_line_of_code_that_answers():
    card = Card(seal(SEVERAL, "s"))
    for shown in (repr(card), card._repr_markdown_()):
        assert "What happens?" in shown
        assert all(option["text"] in shown for option in OPTIONS)
        assert not any(option["because"] in shown for option in OPTIONS)
        assert '`answer_3 = ["A", "B"]`' in shown
    assert '`choice = "A"`' in repr(Card(seal(ONE, "s")))
    assert "with 2 decimals: `answer_1 = 0.5`" in repr(Card(seal(NUMBER, "s")))
    assert "with 1 decimal: " in repr(Card(seal(NUMBER | {"decimals": 1}, "s")))


def test_of_a_single_choice_it_is_never_said_how_many_hold():
    wrong = judge(ONE, "A", "A", "B, A")
    assert wrong.but == "A is not right."
    assert judge(ONE, "B").passed
    both = judge(ONE, ["A", "B"])
    assert both.kind == "type"
    assert both.but == "only one of the 2 options is right, and you chose 2."
    assert judge(ONE, "Z").but == "'Z' is not a choice from A, B."
