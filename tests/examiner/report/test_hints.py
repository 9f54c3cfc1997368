"""What followed each hint is counted from the attempts in notebooks, and whatever else lies there is passed over."""

from __future__ import annotations

import json

from backprop.check import VERDICT_MIME
from examiner.report.hints import MOST_MISTAKES, MOST_PARTS, followed, of_class

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


def test_names_that_cannot_be_written_into_a_page_are_passed_over(tmp_path):
    for number, odd in enumerate(("\ud800", "\x1b[2J", "x" * 300)):
        hand_in(tmp_path, f"a{number}", {"exercise": "1", "attempts": [{**WRONG, "misconception": odd}, RIGHT]})
        hand_in(tmp_path, f"b{number}", {"exercise": odd, "attempts": [WRONG, RIGHT]})
    found = list(of_class(tmp_path, "numbers"))
    assert found == [("1", [RIGHT])] * 3


def test_one_student_cannot_fill_the_page():
    some = [("1", [{**WRONG, "misconception": f"name {number}"}, RIGHT]) for number in range(MOST_MISTAKES + 10)]
    assert len(followed(some)) == MOST_MISTAKES


def test_a_notebook_of_millions_of_parts_is_passed_over(tmp_path):
    hand_in(tmp_path, "ada", {"exercise": "1", "attempts": [WRONG, RIGHT], "more": [[]] * MOST_PARTS})
    assert list(of_class(tmp_path, "numbers")) == []
