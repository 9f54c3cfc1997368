"""The page of a report says what there is to say, and sets code apart from words."""

from __future__ import annotations

import pytest

from examiner.report.analyse import analyse
from examiner.report.answers import Answer
from examiner.report.gather import Row
from examiner.report.write import as_html


def page(rows: list[Row], hint: str = "Not half.") -> str:
    found = analyse(rows, {"1": 10.0}, {"1": "1 · Doubling"}, {"half": hint})
    return as_html("numbers", found, rows)


def made(student: str = "ada", **more) -> Row:
    wrong = Answer(misconception="half", kind="wrong", mistake="half")
    return Row(student, submitted=True, score=4.0, points={"1": 4.0}, answers={"1": wrong}, **more)


def test_a_hint_shows_its_code_as_code():
    assert "<p><code>np.sum</code> adds &lt;all&gt;.</p>" in page([made()], "`np.sum` adds <all>.")


@pytest.mark.parametrize("hint", ["A single ` stays.", "No code at all."])
def test_a_hint_without_code_is_shown_as_it_is_written(hint):
    assert f"<p>{hint}</p>" in page([made()], hint)


def test_a_class_of_which_nobody_handed_in_has_no_mean():
    said = page([Row("ada"), Row("ben")])
    assert "0 of 2 students handed in." in said
    assert "mean is" not in said


def test_the_mean_leaves_out_who_waits_only_where_somebody_does():
    assert "The mean is 4" in page([made()])
    assert "Without those who wait for a mark by hand, the mean is 4" in page([made(), made("ben", waiting=True)])
