"""The order in which exercises are judged again."""

from __future__ import annotations

import contextlib
import math
import os
from types import SimpleNamespace

from nbformat.v4 import new_notebook

from backprop.answers.tables import Check, Exercise, FrozenMisconception, KnownWrong, Tables
from examiner.course.source_notebook import Cell
from examiner.judging import graded_notebook, testcells
from examiner.judging.follow_through import Reference, standing_in
from examiner.judging.graded_notebook import GradedNotebook
from examiner.submission.expected_cells import KnownCell


def test_earlier_exercises_go_first_wherever_their_tests_stand(monkeypatch):
    exercises = {key: Exercise(key, key, key, 1, "", "", "", ()) for key in "123"}
    monkeypatch.setattr(graded_notebook, "standing_in", lambda *_: contextlib.nullcontext())
    known = {
        name: KnownCell(name, "code", name, None, True, False, grade=True, points=1)
        for name in ("check-2", "check-3", "hidden-2")
    }
    graded = GradedNotebook(new_notebook(), known)
    for name in known:
        graded.tested[name] = testcells.Tested(False, [], [{"exercise": name[-1], "passed": False}])
    judged: list[str] = []

    def run(source, name):
        judged.append(name)
        return testcells.Tested(False, [], [])

    judge = SimpleNamespace(session=SimpleNamespace(tables=SimpleNamespace(exercises=exercises), seconds=1), run=run)
    process = contextlib.nullcontext(SimpleNamespace(runner=SimpleNamespace(run=str)))
    reference = SimpleNamespace(functions=lambda one: {f"f{one}": abs}, process=lambda *_: process)
    graded.judge_again(SimpleNamespace(run=str), judge, reference)
    assert list(dict.fromkeys(judged)) == ["check-2", "hidden-2", "check-3"]


def test_a_wrong_answer_runs_once_more_only_where_a_mistake_may_earn_points():
    def check(exercise, credit):
        wrong = KnownWrong(FrozenMisconception("m", exercise, "", "", credit), {})
        return Check(exercise, Exercise(exercise, "", "", 1, "", "", ""), "", {}, (wrong,))

    tables = Tables({}, {"1": check("1", 0.5), "2": check("2", 0.0)}, {})
    judge = testcells.TestCells(SimpleNamespace(), tables, {}, 1, 100)
    assert judge.session.runs_again("1")
    assert judge.session.runs_again("2")
    judge.session.explains = False
    assert judge.session.runs_again("1")
    assert not judge.session.runs_again("2")
    assert not judge.session.runs_again("3")


def test_all_that_is_judged_again_meets_one_reference_process():
    where = "def where():\n    return start, os.getpid()"
    cells = [Cell("setup", "", "import os\nstart = 3", 0, "a"), Cell("solution", "1", where, 0, "b")]
    held: dict = {}
    runner = SimpleNamespace(stand_in=held.__setitem__, allowed=1.0, latest=math.inf)
    with Reference(cells).process(runner, ["1", "2"], 1.0) as process:
        assert process.functions.keys() == {"where"}
        found = []
        for _ in range(2):
            with standing_in(process, ["where"]):
                found.append(held["where"]())
            assert held == {"where": None}
    assert found == [found[0]] * 2
    assert found[0][0] == 3
    assert found[0][1] != os.getpid()
