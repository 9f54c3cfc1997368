"""A sitting goes on after a cell that ends its process, without that cell."""

from __future__ import annotations

import os

import pytest

from backprop.answers.attempt import TookTooLong, attempt
from examiner.runner.forkserver import CandidateError, CandidateGone
from examiner.runner.kept import kept_box
from examiner.runner.limits import Limits, MiB
from examiner.runner.notebook_runner import Sitting, failure

pytestmark = pytest.mark.slow

LIMITS = Limits(cell_seconds=1, notebook_seconds=30, memory=400 * MiB)
ENDLESS = "while True: pass"


@pytest.fixture
def sitting(tmp_path):
    with Sitting(kept_box(LIMITS), tmp_path, LIMITS) as sitting:
        yield sitting


def value(sitting, name):
    return sitting.kind(name).value


def test_cells_share_their_names(sitting):
    sitting.run("a = 3")
    sitting.run("b = a + 1")
    assert value(sitting, "b") == 4


@pytest.mark.parametrize(
    ("culprit", "reason", "sentence"),
    [
        (ENDLESS, "time", "stopped after 1 seconds"),
        ("import os; os._exit(3)", "died", "Python itself ended"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", "died", "SIGSEGV"),
        ("exit()", "died", "exit"),
        ("numbers = [bytearray(10**7) for _ in range(10**5)]", "memory", "memory"),
        ("for i in range(10**9): print('x' * 10000)", "output", "printed"),
    ],
    ids=["endless", "_exit", "segfault", "exit", "memory", "output"],
)
def test_a_cell_that_ends_its_process_says_so_and_what_came_before_still_counts(sitting, culprit, reason, sentence):
    sitting.run("a = 3")
    ran = sitting.run(f"b = 4\n{culprit}")
    if reason == "memory" and not ran.ended:  # Python itself could still say that there is no more
        assert ran.outputs[-1].ename == "MemoryError"
        return
    assert ran.ended == reason
    assert sentence in ran.outputs[-1].evalue
    assert value(sitting, "a") == 3
    assert sitting.kind("b").kind == "missing"
    assert sitting.run("c = a + 1").ended == ""
    assert value(sitting, "c") == 4


def test_a_cell_that_took_too_long_can_still_be_judged_on_less_data(sitting):
    sitting.run("count = 10**12")
    assert sitting.run("total = 0\nfor i in range(count): total += i").ended == "time"
    assert sitting.kind("total").kind == "missing"
    assert sitting.again(("total",), {"count": 4}) == {"total": 6}


def test_a_cell_that_fails_is_no_culprit_and_is_run_again(sitting):
    sitting.run("a = 3\nraise ValueError('half way')")
    sitting.run(ENDLESS)
    assert value(sitting, "a") == 3


def test_a_call_that_never_ends_is_stopped_where_it_hangs_and_the_names_are_still_there(sitting):
    sitting.run("a = 3\ndef f():\n    while True:\n        a\n")
    with pytest.raises(CandidateError) as stopped, sitting.within(0.3):
        sitting.call("f")
    assert stopped.value.trouble.kind == "TookTooLong"
    assert stopped.value.trouble.function == "f"
    assert value(sitting, "a") == 3


def test_a_call_that_no_signal_reaches_is_ended_and_the_cells_run_again(sitting):
    deaf = "    signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))\n"
    sitting.run(f"import signal\na = 3\ndef f():\n{deaf}    while True: pass\n")
    with pytest.raises(CandidateGone) as gone, sitting.within(0.3):
        sitting.call("f")
    assert gone.value.reason == "time"
    assert value(sitting, "a") == 3


def test_a_deadline_of_the_callers_own_leaves_no_half_read_answer(sitting):
    sitting.run("import time\ndef f(seconds):\n    time.sleep(seconds)\n    return seconds")
    tried = attempt(lambda: sitting.call("f", (0.6,)), limit=0.2)
    assert tried.trouble.kind == TookTooLong.__name__
    assert sitting.call("f", (0.0,)) == 0.0


def test_after_the_first_that_takes_too_long_others_get_less_time(tmp_path):
    with Sitting(kept_box(LIMITS), tmp_path, LIMITS, seconds_after_first=0.3) as sitting:
        assert "after 1 seconds" in sitting.run(ENDLESS).sentence
        assert "after 0.3 seconds" in sitting.run(ENDLESS).sentence


def test_a_notebook_that_has_used_up_its_time_runs_no_more(tmp_path):
    limits = Limits(cell_seconds=1, notebook_seconds=0.5)
    with Sitting(kept_box(LIMITS), tmp_path, limits) as sitting:
        sitting.run("a = 3")
        sitting.run(ENDLESS)
        ran = sitting.run("b = 4")
        assert ran.ended == "time"
        assert "used up its 0.5 seconds" in ran.outputs[-1].evalue
        with pytest.raises(CandidateGone, match="used up"):
            sitting.kind("a")
        sitting.allow(10)
        assert value(sitting, "a") == 3


def test_a_notebook_that_ends_every_process_comes_to_an_end(tmp_path, monkeypatch):
    monkeypatch.setattr("examiner.runner.notebook_runner.MOST_CANDIDATES", 3)
    with Sitting(kept_box(LIMITS), tmp_path, LIMITS) as sitting:
        for _ in range(3):
            assert sitting.run("import os; os._exit(1)").ended == "died"
        assert "again and again" in sitting.run("a = 3").sentence


def test_files_that_are_too_much_are_said_so_for_every_cell(tmp_path):
    limits = Limits(files=MiB)
    (tmp_path / "large.bin").write_bytes(bytes(2 * MiB))
    with Sitting(kept_box(limits), tmp_path, limits) as sitting:
        for _ in range(2):
            assert "1 MB" in sitting.run("a = 3").sentence


def test_a_fault_of_ours_is_kept_apart_from_what_students_do(sitting):
    sitting.run("def f(x): return x")
    with pytest.raises(Exception, match="plain data"):
        sitting.call("f", (object(),))
    assert sitting.fault is not None


def test_the_number_in_a_cells_brackets_is_the_one_it_is_given(sitting):
    (output,) = sitting.run("1 + 1", number=7).outputs
    assert output.execution_count == 7


def test_every_reason_has_an_error_with_its_sentence():
    for reason in ("time", "memory", "output", "died", "wire", "processes"):
        assert failure(reason, "Why it is.").evalue == "Why it is."


def test_a_test_cell_has_the_data_that_the_candidate_has(sitting, monkeypatch, tmp_path):
    monkeypatch.delenv("BACKPROP_DATA", raising=False)
    monkeypatch.setattr("backprop.data.cache_file", lambda: tmp_path / "not there")
    with sitting:
        sitting.run("a = 3")
        assert os.environ["BACKPROP_DATA"] == "digits"
    assert "BACKPROP_DATA" not in os.environ


def test_what_a_stopped_call_has_started_does_not_go_on_beside_the_next(sitting):
    sitting.run("import os, time\na = 3\ndef f():\n    os.fork()\n    while True:\n        pass")
    sitting.run("def g():\n    while True:\n        pass")
    with pytest.raises(CandidateError), sitting.within(0.3):
        sitting.call("g")
    before = sitting._candidate
    assert value(sitting, "a") == 3
    assert sitting._candidate is before, "which had nothing else in it"
    with pytest.raises(CandidateError), sitting.within(0.3):
        sitting.call("f")
    assert value(sitting, "a") == 3
    assert sitting._candidate is not before
    assert not sitting._candidate.line.others()
