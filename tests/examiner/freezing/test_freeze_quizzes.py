"""A question that an instructor writes is frozen as students may hold it: sealed, and true to the notebook's answer."""

from __future__ import annotations

import pytest

from examiner.course.misconceptions import MisconceptionsFile
from examiner.course.source_notebook import Cell
from examiner.errors import ExaminerError
from examiner.freezing.freeze import freeze
from examiner.freezing.source import Source

QUIZ = {
    "key": "1",
    "kind": "one",
    "question": "Which is even?",
    "option": [
        {"label": "A", "text": "2", "right": True, "because": "It is twice 1."},
        {"label": "B", "text": "3", "because": "It is one more than 2."},
    ],
}
EXERCISE = {"title": "Even", "function": "", "holds": "an even number.", "hint": "Halve it.", "ask": "Is a half left?"}


def source(answer: str) -> Source:
    """Return an assignment of one question, whose notebook gives `answer`."""
    cells = [
        Cell("setup", "", "from backprop import check", 0.0, "imports"),
        Cell("solution", "1", f"answer_1 = {answer!r}", 0.0, "exercise-1"),
        Cell("check", "1", 'check("1", lambda: answer_1)', 40.0, "check-1"),
        Cell("hidden", "1", 'check("1", lambda: answer_1)', 60.0, "hidden-1"),
    ]
    return Source("numbers", cells, MisconceptionsFile({"1": EXERCISE}, (), (QUIZ,)))


def test_a_question_is_frozen_without_its_answer_in_sight():
    checks, hidden = freeze(source("A"))
    sealed = checks["quizzes"]["1"]
    assert sealed["question"] == "Which is even?"
    assert "right" not in str(sealed)
    assert "twice" not in str(sealed)
    assert checks["checks"] == hidden["checks"] == {}


def test_a_notebook_whose_answer_is_not_the_one_in_the_words_is_refused():
    with pytest.raises(ExaminerError, match="answer to quiz '1' is not the one"):
        freeze(source("B"))
