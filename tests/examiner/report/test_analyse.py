"""What a report says of a class, from rows alone."""

from __future__ import annotations

import csv
import io
import json
import random

from examiner.report import analyse, write
from examiner.report.drafts import mark
from examiner.report.gather import Answer, Row

MOST = {"1": 10.0, "2": 10.0}


def row(student: str, one: float, two: float, name: str = "", **more) -> Row:
    points = {"1": one, "2": two}
    answers = {"1": Answer(misconception=name, kind="value" if name else "", source="a" * 300 + student)}
    return Row(student, True, one + two, points=points, answers=answers, **more)


def analysed(rows: list[Row]) -> dict:
    found = analyse.analyse(rows, MOST, {"1": "1 · Twice"}, {"half": "Not half."})
    json.dumps(found)
    return found


def test_a_class_of_nobody():
    found = analysed([])
    assert found["mean"] is None
    assert found["exercises"][0]["solved"] is None
    assert "0 of 0 students" in write.as_html("a", found, [])


def test_an_exercise_is_set_against_the_rest_of_the_points():
    first, second = analysed([row("a", 10, 10), row("b", 5, 4), row("c", 0, 0)])["exercises"]
    assert (first["title"], first["solved"], first["mean"]) == ("1 · Twice", 0.3333, 5)
    assert first["discrimination"] > 0.9
    assert second["discrimination"] > 0.9
    assert analysed([row("a", 10, 10), row("b", 10, 4)])["exercises"][0]["discrimination"] is None


def test_who_is_missing_late_or_waits_is_named_and_a_waiting_score_counts_nowhere():
    rows = [row("a", 10, 10), row("b", 0, 0, waiting=True), row("c", 8, 8, seconds_late=60.0, penalty=4.0), Row("d")]
    found = analysed(rows)
    assert (found["missing"], found["late"], found["waiting"]) == (["d"], ["c"], ["b"])
    assert found["mean"] == 16
    lines = {line["student"]: line for line in csv.DictReader(io.StringIO(write.as_csv(rows, MOST)))}
    assert {who: line["score"] for who, line in lines.items()} == {"a": "20", "b": "", "c": "12", "d": ""}
    assert lines["b"]["state"] == "waiting"


def test_known_mistakes_come_with_their_hint_and_who_made_them():
    (found,) = analysed([row("a", 0, 0, "half"), row("b", 0, 0, "half"), row("c", 9, 9)])["misconceptions"]
    assert found == {"exercise": "1", "misconception": "half", "hint": "Not half.", "count": 2, "who": ["a", "b"]}


def test_unnamed_mistakes_are_grouped_by_what_came_out():
    rows = [row(name, 0, 0) for name in "abcde"]
    for one, value in zip(rows, ["7", "8", "8", "8", "9"], strict=True):
        one.answers["1"].kind, one.answers["1"].came_out = "value", value
    rows[4].answers["1"].follows = True
    found = analysed(rows)["unnamed"]
    assert [(group["came_out"], group["count"]) for group in found] == [("8", 3), ("7", 1)]
    assert found[0]["answer"] == rows[1].answers["1"].source


def test_a_group_has_the_drafts_of_its_answers_the_most_frequent_first():
    rows = [row(name, 0, 0) for name in "abcd"]
    for one, source in zip(rows, ["x - 2", "2 - x", "2 - x", "8"], strict=True):
        one.answers["1"].kind, one.answers["1"].came_out, one.answers["1"].source = "value", "8", source
    drafts = {mark("1", "x - 2"): "minus", mark("1", "2 - x"): "from two", mark("2", "8"): "of another exercise"}
    (found,) = analyse.unnamed(rows, drafts)
    assert found["drafts"] == ["from two", "minus"]


def test_mistakes_go_together_where_chance_has_it_less_often():
    rows = [row(f"s{i}", 0, 0, "half" if i < 4 else "") for i in range(10)]
    for i, one in enumerate(rows):
        one.answers["2"] = Answer(misconception="cube" if i in (0, 1, 2, 9) else "", kind="value")
    (found,) = analysed(rows)["together"]
    assert found == {"mistakes": ["1: half", "2: cube"], "count": 3, "expected": 1.6}


def test_nearly_the_same_wrong_answers_are_shown_and_right_ones_are_not():
    rows = [row("a", 0, 0, "half"), row("b", 0, 0, "half"), row("c", 10, 10), row("d", 10, 10)]
    assert [pair["who"] for pair in analysed(rows)["alike"]] == [["a", "b"]]


def test_of_answers_without_end_the_beginning_is_compared():
    rows = [row(name, 0, 0, "half") for name in "ab"]
    for one in rows:  # all of it would take minutes
        one.answers["2"] = Answer(kind="value", source="".join(random.Random(one.student).choices("abcd", k=10**6)))
    assert analysed(rows)["alike"] == []


def test_nobody_is_named_in_an_anonymous_report():
    rows = [row("ada", 0, 0, "half", notes=["ada.ipynb was taken"]), row("ben", 5, 5), Row("cleo")]
    rows[0].answers["1"].source = "x" * 300
    rows[1].answers["1"].source = "y" * 300
    hidden = analyse.without_names(rows)
    text = json.dumps(analysed(hidden)) + write.as_html("a", analysed(hidden), hidden) + write.as_csv(hidden, MOST)
    assert not [name for name in ("ada", "ben", "cleo") if name in text]


def test_what_a_student_wrote_is_text_on_the_page_and_no_formula_in_a_table():
    rows = [row("=1+1", 0, 0), row("<b>x", 0, 0, seconds_late=5.0)]
    rows[0].answers["1"] = Answer(kind="value", came_out="<script>", source="</pre><script>")
    page = write.as_html("a", analysed(rows), rows)
    assert "<script" not in page
    assert "<b>x" not in page
    assert "'=1+1" in write.as_csv(rows, MOST)


def test_a_class_of_ten_thousand_is_analysed():
    rows = [row(f"s{i}", i % 11, i % 7, ["half", "cube", ""][i % 3]) for i in range(10_000)]
    assert analysed(rows)["submitted"] == 10_000
