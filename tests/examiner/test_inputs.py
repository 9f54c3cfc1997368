"""Statements about `one_changed`: inputs by which a function that mixes up its earlier results is found."""

from __future__ import annotations

from examiner.inputs import one_changed


def test_each_call_but_the_first_changes_one_argument():
    assert one_changed((1, 2, 3), (7, 8, 9)) == [(1, 2, 3), (7, 2, 3), (1, 8, 3), (1, 2, 9)]
