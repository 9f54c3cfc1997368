"""The order in which exercises are judged again."""

from __future__ import annotations

import contextlib
from types import SimpleNamespace

from nbformat.v4 import new_notebook

from backprop.answers.tables import Check, Exercise, FrozenMisconception, KnownWrong, Tables
from examiner.judging import graded_notebook, testcells
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
    reference = SimpleNamespace(functions=lambda one: {f"f{one}": abs})
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
