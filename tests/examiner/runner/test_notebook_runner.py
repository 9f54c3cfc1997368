"""A runner goes on after a cell that ends its process, without that cell."""

from __future__ import annotations

import os
import time
from dataclasses import replace

import pytest

from backprop.answers.attempt import TookTooLong, attempt
from examiner.errors import StudentCodeError, StudentProcessEnded
from examiner.runner.forkserver import shared_forkserver
from examiner.runner.limits import Limits, MiB
from examiner.runner.notebook_runner import NotebookRunner, failure

pytestmark = pytest.mark.slow

LIMITS = Limits(cell_seconds=1, notebook_seconds=30, memory=400 * MiB)
ENDLESS = "while True: pass"


@pytest.fixture
def runner(tmp_path):
    with NotebookRunner(shared_forkserver(LIMITS), tmp_path, LIMITS) as runner:
        yield runner


def value(runner, name):
    return runner.kind(name).value


def test_cells_share_their_names(runner):
    runner.run("a = 3")
    runner.run("b = a + 1")
    assert value(runner, "b") == 4


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
def test_a_cell_that_ends_its_process_says_so_and_what_came_before_still_counts(runner, culprit, reason, sentence):
    runner.run("a = 3")
    ran = runner.run(f"b = 4\n{culprit}")
    if reason == "memory" and not ran.ended:  # Python itself could still say that there is no more
        assert ran.outputs[-1].ename == "MemoryError"
        return
    assert ran.ended == reason
    assert sentence in ran.outputs[-1].evalue
    assert value(runner, "a") == 3
    assert runner.kind("b").kind == "missing"
    assert runner.run("c = a + 1").ended == ""
    assert value(runner, "c") == 4


FILLING = """
kept = []
try:
    while True:
        kept.append({piece})
except MemoryError:
    pass
"""


@pytest.mark.parametrize("piece", ["bytearray(2**20)", "np.empty(2**20)"], ids=["written to", "only reserved"])
def test_a_cell_that_fills_the_memory_is_the_culprit_and_not_those_after_it(runner, piece):
    runner.run("import numpy as np\na = 3")
    assert runner.run(FILLING.format(piece=piece)).ended == "memory"
    for name in "bcd":
        assert runner.run(f"{name} = a + len(np.ones(10**6))").ended == ""
    assert value(runner, "d") == 10**6 + 3


def test_a_call_that_fills_the_memory_leaves_room_for_the_next(runner):
    runner.run(
        "import numpy as np\nkept = []\ndef fill():\n    while True: kept.append(bytearray(2**20))\ndef f(): return 5"
    )
    with pytest.raises(StudentCodeError, match="MemoryError"):
        runner.call("fill")
    assert runner.call("f") == 5
    assert value(runner, "kept") == []


def test_a_cell_that_ends_those_after_it_is_found_and_they_count(runner):
    runner.run("a = 3")
    runner.run(
        "import os, sys\nsys.settrace(lambda frame, *_: os._exit(1) if frame.f_code.co_name == '<module>' else None)"
    )
    assert runner.run("b = 4").ended == "died"  # it seems to be this one
    assert runner.run("c = 5").ended == ""
    assert [value(runner, name) for name in "abc"] == [3, 4, 5]


def test_two_cells_in_a_row_that_end_their_process_are_both_culprits(runner):
    runner.run("a = 3")
    assert runner.run("import os; b = 4; os._exit(1)").ended == "died"
    assert runner.run("import os; c = 5; os._exit(1)").ended == "died"
    assert value(runner, "a") == 3
    assert [runner.kind(name).kind for name in "bc"] == ["missing", "missing"]


def test_a_cell_that_took_too_long_can_still_be_judged_on_less_data(runner):
    runner.run("count = 10**12")
    assert runner.run("total = 0\nfor i in range(count): total += i").ended == "time"
    assert runner.kind("total").kind == "missing"
    assert runner.again(("total",), {"count": 4}) == {"total": 6}


def test_a_cell_that_fails_is_no_culprit_and_is_run_again(runner):
    runner.run("a = 3\nraise ValueError('half way')")
    runner.run(ENDLESS)
    assert value(runner, "a") == 3


def test_a_call_that_never_ends_is_stopped_where_it_hangs_and_the_names_are_still_there(runner):
    runner.run("a = 3\ndef f():\n    while True:\n        a\n")
    with pytest.raises(StudentCodeError) as stopped, runner.within(0.3):
        runner.call("f")
    assert stopped.value.trouble.kind == "TookTooLong"
    assert stopped.value.trouble.function == "f"
    assert value(runner, "a") == 3


def test_a_call_that_no_signal_reaches_is_ended_and_the_cells_run_again(runner):
    deaf = "    signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))\n"
    runner.run(f"import signal\na = 3\ndef f():\n{deaf}    while True: pass\n")
    with pytest.raises(StudentProcessEnded) as gone, runner.within(0.3):
        runner.call("f")
    assert gone.value.reason == "time"
    assert value(runner, "a") == 3


def test_a_deadline_of_the_callers_own_leaves_no_half_read_answer(runner):
    runner.run("import time\ndef f(seconds):\n    time.sleep(seconds)\n    return seconds")
    tried = attempt(lambda: runner.call("f", (0.6,)), limit=0.2)
    assert tried.trouble.kind == TookTooLong.__name__
    assert runner.call("f", (0.0,)) == 0.0


def test_after_the_first_that_takes_too_long_others_get_less_time(tmp_path):
    with NotebookRunner(shared_forkserver(LIMITS), tmp_path, LIMITS, seconds_after_first=0.3) as runner:
        assert "after 1 seconds" in runner.run(ENDLESS).sentence
        assert "after 0.3 seconds" in runner.run(ENDLESS).sentence


def test_a_notebook_that_has_used_up_its_time_runs_no_more(tmp_path):
    limits = Limits(cell_seconds=1, notebook_seconds=0.5)
    with NotebookRunner(shared_forkserver(LIMITS), tmp_path, limits) as runner:
        runner.run("a = 3")
        runner.run(ENDLESS)
        ran = runner.run("b = 4")
        assert ran.ended == "time"
        assert "used up its 0.5 seconds" in ran.outputs[-1].evalue
        with pytest.raises(StudentProcessEnded, match="used up"):
            runner.kind("a")
        runner.allow(10)
        assert value(runner, "a") == 3


def test_what_is_done_for_a_submission_has_one_end_by_the_clock(tmp_path):
    """Restarts, what runs again in them, and what is asked afterwards included."""
    limits = replace(LIMITS, submission_seconds=4)
    start = time.monotonic()
    with NotebookRunner(shared_forkserver(LIMITS), tmp_path, limits) as runner:
        for _ in range(60):
            runner.run("import os, time; time.sleep(0.5)")
            last = runner.run("os._exit(1)")
        runner.allow(60)
        with pytest.raises(StudentProcessEnded, match="4 seconds"):
            runner.kind("time")
    assert "4 seconds are over that a submission may take in all" in last.sentence
    assert runner.latest - start < 5


def test_a_notebook_that_ends_every_process_comes_to_an_end(tmp_path, monkeypatch):
    monkeypatch.setattr("examiner.runner.notebook_runner.MOST_RESTARTS", 3)
    with NotebookRunner(shared_forkserver(LIMITS), tmp_path, LIMITS) as runner:
        for _ in range(3):
            assert runner.run("import os; os._exit(1)").ended == "died"
        assert "again and again" in runner.run("a = 3").sentence


def test_files_that_are_too_much_are_said_so_for_every_cell(tmp_path):
    limits = Limits(files=MiB)
    (tmp_path / "large.bin").write_bytes(bytes(2 * MiB))
    with NotebookRunner(shared_forkserver(limits), tmp_path, limits) as runner:
        for _ in range(2):
            assert "1 MB" in runner.run("a = 3").sentence


def test_a_fault_of_ours_is_kept_apart_from_what_students_do(runner):
    runner.run("def f(x): return x")
    with pytest.raises(Exception, match="plain data"):
        runner.call("f", (object(),))
    assert runner.fault is not None


def test_the_number_in_a_cells_brackets_is_the_one_it_is_given(runner):
    (output,) = runner.run("1 + 1", number=7).outputs
    assert output.execution_count == 7


def test_every_reason_has_an_error_with_its_sentence():
    for reason in ("time", "memory", "output", "died", "wire", "processes"):
        assert failure(reason, "Why it is.").evalue == "Why it is."


def test_a_test_cell_has_the_data_that_the_students_process_has(runner, monkeypatch, tmp_path):
    monkeypatch.delenv("BACKPROP_DATA", raising=False)
    monkeypatch.setattr("backprop.data.cache_file", lambda: tmp_path / "not there")
    with runner:
        runner.run("a = 3")
        assert os.environ["BACKPROP_DATA"] == "digits"
    assert "BACKPROP_DATA" not in os.environ


def test_what_a_stopped_call_has_started_does_not_go_on_beside_the_next(runner):
    runner.run("import os, time\na = 3\ndef f():\n    os.fork()\n    while True:\n        pass")
    runner.run("def g():\n    while True:\n        pass")
    with pytest.raises(StudentCodeError), runner.within(0.3):
        runner.call("g")
    before = runner._student_process
    assert value(runner, "a") == 3
    assert runner._student_process is before, "which had nothing else in it"
    with pytest.raises(StudentCodeError), runner.within(0.3):
        runner.call("f")
    assert value(runner, "a") == 3
    assert runner._student_process is not before
    assert not runner._student_process.channel.others()
