"""The step that runs and judges, in nbgrader's pipeline: what it shows a student's code, and what it enters."""

from __future__ import annotations

import pytest
import synthetic
from nbformat.v4 import new_code_cell
from tinycourse import TinyCourse, cell_of
from traitlets.config import Config

from examiner import cli
from examiner.commands import grade, report
from examiner.commands.nbgrader_api import gradebook_of
from examiner.errors import ExaminerError
from examiner.runner import forkserver as forkservers
from examiner.runner.forkserver import ForkServer
from examiner.sandbox import launch
from examiner.submission import notes

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

HALF = "def double(x):\n    return x / 2"


@pytest.fixture(scope="module")
def lenient(tmp_path_factory, course_root) -> TinyCourse:
    """A released course in which one known mistake still earns half of the points."""
    root = tmp_path_factory.mktemp("lenient") / "course"
    mistakes = ((*synthetic.HALF, 0.5), synthetic.TRIPLE, synthetic.CUBE)
    return TinyCourse.make(root, course_root / "nbgrader_config.py", mistakes=mistakes)


def score(course, student):
    return next(result.score for result in report.results(course, "numbers") if result.student == student)


def graded_with(course, student, **settings):
    assert grade.grade_one(course, "numbers", Config({"Examine": settings}), student).graded


def rows(course, student):
    """Return what the gradebook holds of a student, and what the graded notebook shows."""
    with gradebook_of(course) as gradebook:
        submission = gradebook.find_submission("numbers", student)
        entries = [entry for notebook in submission.notebooks for entry in notebook.grades]
        found = sorted(
            (entry.name, entry.auto_score, entry.extra_credit, entry.needs_manual_grade) for entry in entries
        )
    return found, [cell.get("outputs") for cell in course.graded(student).cells]


def test_a_known_mistake_earns_the_share_that_its_words_say(lenient):
    lenient.submit("ada", answer=HALF)
    lenient.grade("ada")
    assert score(lenient, "ada") == 50
    assert report.mistakes(lenient, "ada", "numbers") == [("1", "half")]
    (page,) = grade.feedback(lenient, "numbers", ["ada"])
    assert "20 of 40 points although this fails" in page.read_text(encoding="utf-8")


def test_without_the_switch_it_earns_nothing(lenient):
    lenient.submit("ben", answer=HALF)
    graded_with(lenient, "ben", partial_credit=False)
    assert score(lenient, "ben") == 0


def test_no_student_can_write_partial_points(lenient):
    forged = "import sys\ndef double(x):\n    sys.displayhook(40.0)\n    print(40.0)\n    return 0"
    lenient.submit("cleo", answer=forged, change=lambda nb: nb.cells.append(new_code_cell("40.0", id="forged")))
    lenient.grade("cleo")
    assert score(lenient, "cleo") == 0


def test_a_students_code_sees_its_own_files_and_nothing_of_the_tests(tiny):
    look = """import os
def double(x):
    return 2 * x
for place, _, names in os.walk("."):
    for name in names:
        print(place, name)
        print(open(os.path.join(place, name)).read())
print([name for name in os.environ if "HIDDEN" in name], dir())"""
    tiny.submit("dan", answer=look)
    tiny.grade("dan")
    assert score(tiny, "dan") == 100
    seen = "".join(output.text for output in cell_of(tiny.graded("dan"), "exercise-1").outputs)
    assert ". checks.json" in seen
    assert "ipynb" not in seen
    assert "1.1" not in seen  # the key of the hidden check
    assert "HIDDEN" not in seen.replace("[name for name in os.environ if", "")


def test_test_cells_come_from_the_gradebook_whatever_the_notebook_says(tiny):
    def change(nb):
        for name in ("check-1", "hidden-1"):
            cell_of(nb, name).source = "assert True"

    tiny.submit("eva", answer="def double(x):\n    return 0", change=change)
    tiny.grade("eva")
    assert score(tiny, "eva") == 0


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ("def double(x):\n    import os; os._exit(0)", "ended"),
        ("def double(x):\n    return [bytearray(10**8) for _ in range(1000)]", ("ended", "exception")),
        ("def double(x):\n    while True: pass", "too slow"),
        ("def double(x):\n    raise SystemExit", "exception"),
    ],
    ids=["exit", "memory", "endless", "SystemExit"],
)
def test_a_function_that_ends_its_process_fails_with_a_reason(tiny, answer, kind):
    tiny.submit("finn", answer=answer)
    graded_with(tiny, "finn", check_seconds=0.5, memory=400)
    assert score(tiny, "finn") == 0
    (found,) = {verdict["kind"] for verdict in report.verdicts(tiny, "finn", "numbers")}
    assert found in kind


def test_a_whole_class_has_one_box(tiny, monkeypatch):
    started = []
    start = ForkServer._start
    monkeypatch.setattr(ForkServer, "_start", lambda self: (start(self), started.append(self._process.pid)))
    for student in ("gwen", "hugo", "ida"):
        tiny.submit(student)
    tiny.grade("gwen", "hugo", "ida")
    assert len(started) >= 3
    assert len(set(started)) == 1


def test_the_same_submission_gets_the_same_gradebook_again_and_again(lenient):
    drawing = "import numpy as np, random, time\nprint({*'abcdef'}, np.random.rand(), random.random())\n"
    lenient.submit("jan", answer=drawing + HALF)
    lenient.grade("jan")
    first = rows(lenient, "jan")
    for _ in range(4):
        lenient.grade("jan")
        assert rows(lenient, "jan") == first


def test_without_a_sandbox_nobody_is_graded_and_the_command_that_helps_is_named(tiny, monkeypatch, capsys):
    monkeypatch.setattr(launch, "missing", lambda: "Install it: sudo apt-get install bubblewrap")
    tiny.submit("kim")
    with pytest.raises(ExaminerError, match="apt-get install bubblewrap"):
        grade.grade(tiny, "numbers", ["kim"])
    assert cli.main(["--course", str(tiny.root), "grade"]) == 2
    assert "apt-get install bubblewrap" in capsys.readouterr().err
    assert "kim" not in {result.student for result in report.results(tiny, "numbers")}


def test_grading_without_a_sandbox_is_said_each_time_and_recorded_with_the_grade(tiny):
    tiny.submit("lea")
    with pytest.warns(UserWarning, match="WITHOUT a sandbox"):
        graded_with(tiny, "lea", without_sandbox=True)
    forkservers.close_shared()
    assert score(tiny, "lea") == 100
    assert any("without a sandbox" in note.text for note in notes.of(tiny.graded("lea")))
    with gradebook_of(tiny) as gradebook:
        (notebook,) = gradebook.find_submission("numbers", "lea").notebooks
        assert any("without a sandbox" in (comment.auto_comment or "") for comment in notebook.comments)


def test_a_stale_hidden_table_is_nobodys_failure(tiny):
    path = tiny.source("numbers") / "hidden.json"
    before = path.read_text(encoding="utf-8")
    tiny.submit("max")
    path.write_text(before.replace('"1.1"', '"1.7"'), encoding="utf-8")
    try:
        outcome = tiny.grade("max")["max"]
        assert not outcome.graded
        assert "no check '1.1'" in outcome.reason
    finally:
        path.write_text(before, encoding="utf-8")
    assert tiny.grade("max")["max"].graded
