"""Statements about the room that generated mistakes have in a student's table."""

from __future__ import annotations

from examiner.freezing.generated import Found, _within

SMALL, LARGE = {"": [[2], 1.0, 2.0]}, {f"[{i}]": [[2], 1.0, 2.0] for i in range(50)}


def test_what_hidden_tests_see_takes_no_room():
    some = [Found((), {"1": SMALL, "1.5": LARGE}) for _ in range(3)]
    assert _within(some, 200, "1") == some
    assert _within([Found((), {"1": LARGE})], 200, "1") == []


def test_what_only_hidden_tests_notice_is_kept():
    some = [Found((), {"1": SMALL}), Found((), {"1.5": LARGE})]
    assert _within(some, 100, "1") == some
