"""The order in which exercises are judged again."""

from __future__ import annotations

import contextlib
from types import SimpleNamespace

from nbformat.v4 import new_notebook

from backprop.answers.tables import Exercise
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
