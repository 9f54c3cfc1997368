"""`examiner grade --watch`: what arrives is graded and explained, whatever else arrives, until somebody ends it."""

from __future__ import annotations

import pytest
from exchange_area import Exchange
from tinycourse import TinyCourse

from examiner import cli
from examiner.commands import grade, report
from examiner.commands.watch import Watch
from examiner.errors import ExaminerError

pytestmark = pytest.mark.slow


def test_what_arrives_is_graded_and_has_a_page_and_nothing_ends_it_but_an_interrupt(
    tiny: TinyCourse, monkeypatch, capsys
):
    exchange = Exchange(tiny)
    exchange.hand_in("ann")

    def bad_one_and_good_one():
        (exchange.hand_in("ben") / "numbers.ipynb").write_text("{ no JSON")
        exchange.hand_in("cleo", "def double(x):\n    return 3 * x")

    usual = grade.grade

    def fails(*given, **named):
        raise ExaminerError("The gradebook cannot be used: it is full.")

    meanwhile = [
        bad_one_and_good_one,
        lambda: monkeypatch.setattr(grade, "grade", fails),
        lambda: None,
        lambda: monkeypatch.setattr(grade, "grade", usual),
    ]

    def pause(seconds):
        assert seconds == 5
        if not meanwhile:
            raise KeyboardInterrupt
        meanwhile.pop(0)()

    run = Watch.run
    monkeypatch.setattr(Watch, "run", lambda self, seconds: run(self, seconds, pause))
    command = ["--course", str(tiny.root), "grade", "numbers", "--watch", "5", "--processes", "1"]
    assert cli.main(command) == 0
    said = capsys.readouterr()
    assert [text.split(": ")[1] for text in said.out.splitlines()] == ["ann", "ben", "cleo"]
    assert said.err.count("The gradebook cannot be used: it is full.") == 1
    assert said.err.endswith("Stopped. What was done is kept.\n")
    assert {one.student: one.score for one in report.results(tiny, "numbers")} == {"ann": 100, "ben": 0, "cleo": 0}
    for student in ("ann", "ben", "cleo"):
        assert list((tiny.root / "feedback" / student / "numbers").glob("*.html"))


@pytest.mark.parametrize("rest", [["--watch", "0"], ["--watch", "soon"], ["--watch", "5", "--all"]])
def test_a_watch_that_cannot_be_is_refused(tiny, rest, capsys):
    try:
        status = cli.main(["--course", str(tiny.root), "grade", "numbers", *rest])
    except SystemExit as end:
        status = end.code
    assert status == 2
    assert "Traceback" not in capsys.readouterr().err
