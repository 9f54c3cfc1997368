"""A small assignment with every kind of check, made for these tests, and the real one where it matters."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from backprop.answers import json_values
from backprop.answers.attempt import Attempt, Trouble
from backprop.answers.tables import CHECKS_FILE, HIDDEN_FILE, HIDDEN_VARIABLE
from backprop.quiz import seal
from backprop.session import Session

SLOPES = {"dW": np.array([[0.123456, -0.654321], [2.718281, 3.141592]]), "db": np.array([[0.577215], [1.414213]])}
COST = 0.693147


def exercise(title: str, function: str, **more) -> dict:
    words = {"holds": f"what {title} holds.", "hint": f"the hint of {title}", "ask": f"the question of {title}?"}
    return {"title": title, "function": function, "points": 4, "needs": []} | words | more


def entry(exercise: str, call: str, given, want, wrong=(), **more) -> dict:
    wrong = {id: {"value": json_values.encode(value)} if not isinstance(value, dict) or "raises" not in value else value
             for id, value in dict(wrong).items()}  # fmt: skip
    stored = {"given": json_values.encode(given), "want": json_values.encode(want), "wrong": wrong, "sizes": {"m": 3}}
    return {"exercise": exercise, "call": call} | stored | more


def misconception(exercise: str, **more) -> dict:
    return {"exercise": exercise, "hint": "a special hint", "ask": "a special question?", "credit": 0.0} | more


QUIZ = {
    "key": "4",
    "kind": "several",
    "question": "Which of these learn?",
    "option": [
        {"label": "A", "text": "a stone", "because": "nothing in it changes."},
        {"label": "B", "text": "a network", "right": True, "because": "its weights change."},
        {"label": "C", "text": "a child", "right": True, "because": "you did once."},
    ],
}

TABLES = {
    "format": 1,
    "exercises": {
        "1": exercise("The cost", "cost"),
        "2": exercise("The slopes", "slopes", needs=["1"]),
        "3": exercise("The pair", "pair"),
        "4": exercise("A quiz", "", points=2),
        "5": exercise("More", "", points=0, extra=5),
    },
    "quizzes": {"4": seal(QUIZ, "salt")},
    "checks": {
        "1": entry("1", "cost(A, Y)", (np.eye(2), 7), COST, {"doubled-in-a-way": 2 * COST + 1}),
        "2": entry(
            "2",
            "slopes(X)",
            np.arange(6.0).reshape(2, 3),
            SLOPES,
            {
                "summed": SLOPES | {"dW": 7 * SLOPES["dW"]},
                "both-eighths": {"dW": 8 * SLOPES["dW"], "db": 8 * SLOPES["db"] + 1},
                "crossed": {"raises": "ValueError", "message": "crossed"},
            },
        ),
        "3": entry("3", "pair(n)", 3, (np.array([[1.5, 2.5, 3.5]]), {"Z": np.array([[9.25], [8.25]]), "n": 3})),
        "5": entry("5", "accuracy", None, None, at_least=0.99),
    },
    "misconceptions": {
        "doubled-in-a-way": misconception("1"),
        "summed": misconception("2", credit=0.5),
        "both-eighths": misconception("2"),
        "crossed": misconception("2", credit=0.5),
    },
}
HIDDEN_TABLES = {
    "format": 1,
    "checks": {
        "1.1": entry("1", "cost(A, Y)", (np.eye(3), 7), 0.367879),
        "1.2": entry("1", "name(A)", np.eye(3), "tanh"),
        "1.3": entry("1", "cost(A, Y)", (np.eye(1), 7), 0.61, where="there is a single sample"),
    },
    "misconceptions": {},
}


@pytest.fixture
def folder(tmp_path) -> Path:
    """The folder of the small assignment, with its hidden tables beside it."""
    (tmp_path / CHECKS_FILE).write_text(json.dumps(TABLES))
    (tmp_path / HIDDEN_FILE).write_text(json.dumps(HIDDEN_TABLES))
    return tmp_path


@pytest.fixture
def session(folder, monkeypatch) -> Session:
    """A session in the small assignment that knows its hidden checks."""
    monkeypatch.setenv(HIDDEN_VARIABLE, str(folder / HIDDEN_FILE))
    return Session(folder)


@pytest.fixture
def judge(session):
    """Judge a value, as `judge("2", value)`, or what has gone wrong, as `judge("2", trouble=Trouble(…))`."""

    def judge(key: str, value=None, trouble: Trouble | None = None, notes=()):
        return session.judge(key, Attempt(value, trouble, list(notes)))

    return judge


@pytest.fixture
def slopes() -> dict:
    """A right answer to check "2", new each time."""
    return {name: value.copy() for name, value in SLOPES.items()}


@pytest.fixture
def cost() -> float:
    return COST


@pytest.fixture(scope="session")
def assignment(course_root) -> Path:
    """The folder of a real assignment as its instructor has it, hidden tables included."""
    return course_root / "source" / "two_layer_network"
