"""What followed each hint is counted from the attempts in notebooks, and whatever else lies there is passed over."""

from __future__ import annotations

import json

from backprop.check import VERDICT_MIME
from examiner.report.hints import followed, of_class

WRONG = {"passed": False, "misconception": "half", "kind": "value", "time": "2026-01-01T10:00:00+00:00"}
RIGHT = {**WRONG, "passed": True, "misconception": "", "kind": ""}


def hand_in(folder, student: str, *verdicts) -> None:
    path = folder / student / "numbers" / "numbers.ipynb"
    path.parent.mkdir(parents=True)
    outputs = [{"output_type": "display_data", "data": {VERDICT_MIME: verdict}} for verdict in verdicts]
    path.write_text(json.dumps({"cells": [{"cell_type": "markdown"}, {"outputs": outputs}]}))


def test_who_was_right_at_the_next_attempt_is_counted():
    some = [("1", [WRONG, RIGHT]), ("1", [WRONG, WRONG, RIGHT]), ("1", [RIGHT]), ("2", [WRONG])]
    assert followed(some) == [{"exercise": "1", "misconception": "half", "tried_again": 3, "right": 2}]


def test_attempts_are_read_from_what_was_handed_in(tmp_path):
    hand_in(tmp_path, "ada", {"exercise": "1", "attempts": [WRONG, RIGHT]})
    hand_in(tmp_path, "ben", {"exercise": "1"}, 3, {"exercise": "1", "attempts": [WRONG, 7, {"passed": 1}, RIGHT]})
    assert list(of_class(tmp_path, "numbers")) == [("1", [WRONG, RIGHT]), ("1", [WRONG, RIGHT])]


def test_what_is_no_notebook_is_passed_over(tmp_path):
    hand_in(tmp_path, "ada", {"exercise": "1", "attempts": [WRONG, RIGHT]})
    secret = tmp_path / "ada" / "numbers" / "numbers.ipynb"
    for student, text in {"broken": "{", "list": "[]", "deep": "[" * 100_000, "cells": '{"cells": [3]}'}.items():
        hand_in(tmp_path, student)
        (tmp_path / student / "numbers" / "numbers.ipynb").write_text(text)
    (tmp_path / "link" / "numbers").mkdir(parents=True)
    (tmp_path / "link" / "numbers" / "numbers.ipynb").symlink_to(secret)
    assert len(list(of_class(tmp_path, "numbers"))) == 1
