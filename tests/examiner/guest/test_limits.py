"""Bombs, kills, floods and silence: each ends its own process with a sentence, in time, and nobody else's.

They run with small limits, inside the sandbox only.
"""

from __future__ import annotations

import contextlib
import random
import re
import time
from textwrap import indent

import numpy as np
import pytest

from examiner.errors import StudentCodeError, StudentProcessEnded
from examiner.runner.forkserver import ForkServer, numerics
from examiner.runner.limits import Limits, MiB
from examiner.sandbox import launch
from examiner.wire import encode, framed

SMALL = Limits(
    cell_seconds=2,
    memory=500 * MiB,
    processes=16,
    files=8 * MiB,
    file_count=300,
    cell_output=5000,
    notebook_output=12_000,
    cell_figures=200_000,
    notebook_figures=500_000,
)
IN_TIME = 40  # seconds, on a busy machine

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def small():
    if lack := launch.missing():
        pytest.skip(lack)
    with ForkServer(SMALL) as forkserver:
        yield forkserver


@pytest.fixture
def tried(small, tmp_path):
    """Run a cell in a process of its own, beside another one, who must notice nothing; return what came of it."""

    def run(source: str, seconds: float | None = None):
        with small.student_process(tmp_path) as bystander, small.student_process(tmp_path) as student_process:
            bystander.run("x = 41")
            start = time.monotonic()
            ran = student_process.run(source, seconds)
            assert time.monotonic() - start < IN_TIME
            assert (student_process.gone is None) == (not ran.ended)
            if ran.ended:
                with pytest.raises(StudentProcessEnded, match=ran.sentence[:20].replace("(", r"\(")):
                    student_process.call("f")
            assert bystander.run("x + 1").outputs[0].data["text/plain"] == "42"
        return ran

    return run


def text(ran) -> str:
    return "".join(output.get("text", "") for output in ran.outputs)


def errors(ran) -> list[str]:
    return [output.ename for output in ran.outputs if output.output_type == "error"]


# -------------------------------------------------------------------------------------------------------------- time
@pytest.mark.parametrize(
    "source",
    [
        "import time; time.sleep(3600)",
        "sum(range(10**13))",
        "while True:\n    try:\n        while True: pass\n    except BaseException: pass",
        "import os, signal; os.kill(os.getpid(), signal.SIGSTOP)",
        "import os\nfor n in range(3, 50):\n    try: os.read(n, 1)\n    except OSError: pass",
        "!sleep 3600",
    ],
    ids=["sleep", "C", "stubborn", "stop", "silence", "command"],
)
def test_what_runs_too_long_is_stopped(tried, source):
    ran = tried(source)
    assert (ran.ended, ran.sentence) == ("time", "It was stopped after 2 seconds. Is there a loop that never ends?")


def test_a_cell_that_is_stopped_says_where_it_was(tried):
    ran = tried("def endless():\n    while True:\n        pass\n\nprint('before')\nendless()")
    assert text(ran) == "before\n"
    assert errors(ran) == ["KeyboardInterrupt"]
    assert "endless" in "".join(ran.outputs[-1].traceback)


def test_a_students_process_cannot_keep_the_examiner_waiting_by_talking(tried):
    talk = "print('x' * 10, flush=True); time.sleep(0.05)"
    ran = tried(f"import time\nwhile True:\n    try:\n        while True: {talk}\n    except KeyboardInterrupt: pass")
    assert ran.ended == "time"


def test_a_call_that_runs_too_long_names_the_line(small, tmp_path):
    with small.student_process(tmp_path) as student_process:
        student_process.run("def endless():\n    n = 0\n    while True:\n        n += 1")
        with pytest.raises(StudentCodeError) as told:
            student_process.call("endless", seconds=1)
        trouble = told.value.trouble
        assert (trouble.kind, trouble.function, trouble.message) == (
            "TookTooLong", "endless", "it was stopped after 1 seconds")  # fmt: skip
        assert trouble.line_number in (3, 4)
        assert student_process.run("1 + 1").outputs[0].data["text/plain"] == "2"
        student_process.run("def stubborn():\n    return sum(range(10**13))")
        with pytest.raises(StudentProcessEnded) as gone:
            student_process.call("stubborn", seconds=1)
        assert gone.value.reason == "time"


# ------------------------------------------------------------------------------------------------------------ memory
HOARD = """
import os, time
for _ in range(4):
    if os.fork() == 0:
        {before}
        kept = b"x" * (200 << 20)
        time.sleep(600)
time.sleep(600)
"""
SOCKETS = """
import os, socket, time
for _ in range(12):
    if os.fork() == 0:
        break
kept = []
while True:
    try:
        kept += socket.socketpair()
    except OSError:
        time.sleep(600)
"""


@pytest.mark.parametrize(
    "source",
    [
        HOARD.format(before="pass"),
        HOARD.format(before="open('/proc/self/comm', 'w').write('RssAnon: 0 kB')"),
        SOCKETS,
    ],
    ids=["several processes", "under another name", "buffers of sockets"],
)
def test_what_takes_too_much_memory_together_is_ended(tried, source):
    ran = tried(source, seconds=60)
    assert (ran.ended, ran.sentence) == ("memory", "It used more than 500 MB of memory, so its process was ended.")


@pytest.mark.parametrize(
    ("source", "error"),
    [
        ("import numpy as np\nnp.zeros((100_000, 100_000))", "MemoryError"),
        ("'x' * 10**11", "MemoryError"),
        ("kept = open('/dev/shm/x', 'wb')\nwhile True: kept.write(bytes(1 << 20))", "OSError"),
        ("kept = open('x', 'wb')\nwhile True: kept.write(bytes(1 << 20))", "OSError"),
        ("n = 0\nwhile True:\n    open(f'f{n}', 'w').close()\n    n += 1", "OSError"),
        ("import os\nn = 0\nwhile True:\n    os.mkdir(f'd{n}')\n    n += 1", "OSError"),
        ("kept = []\nwhile True: kept.append(open('/dev/null'))", "OSError"),
        ("import mmap\nkept = mmap.mmap(-1, 1 << 30)", "PermissionError"),
        ("open('/dev/zero', 'r+b')", "FileNotFoundError"),
    ],
    ids=["an array", "text", "shared memory", "a file", "files", "folders", "open files",
         "anonymous pages", "zeros"],
)  # fmt: skip
def test_what_takes_too_much_at_once_is_an_ordinary_error(tried, source, error):
    ran = tried(source)
    assert (ran.ended, errors(ran)) == ("", [error])


def test_a_cell_that_keeps_what_filled_the_memory_is_ended_after_its_error(tried):
    ran = tried("kept = []\nwhile True: kept.append(bytearray(50 << 20))")
    assert (ran.ended, errors(ran)) == ("memory", ["MemoryError"])  # else there were no room for the next cell


# --------------------------------------------------------------------------------------------------------- processes
@pytest.mark.parametrize(
    "source",
    [
        "import os\nwhile True:\n    try: os.fork()\n    except OSError: pass",
        "!bomb() { bomb | bomb & }; bomb",
    ],
    ids=["fork", "shell"],
)
def test_a_fork_bomb_ends_with_its_process(tried, source):
    assert tried(source).ended in ("time", "processes", "")  # a shell's has ended by itself, or goes on unseen


def test_there_are_as_many_threads_as_the_limit_says_beside_those_of_the_numerics(tried):
    ran = tried("import threading, time\nn = 0\ntry:\n    while n < 1000:\n        threading.Thread(target=time.sleep, "
                "args=(600,), daemon=True).start()\n        n += 1\nexcept RuntimeError:\n    print(n)")  # fmt: skip
    assert SMALL.processes <= int(text(ran)) + 19 <= SMALL.processes + numerics() + 19


# ----------------------------------------------------------------------------------------------------------- the end
@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("import os; os._exit(3)", "Python itself ended in it (exit code 3)."),
        ("import ctypes; ctypes.string_at(0)", "Python itself ended in it (signal SIGSEGV)."),
        ("import os; os.kill(os.getpid(), 9)", "Python itself ended in it (signal SIGKILL)."),
        ("import os; os.abort()", "Python itself ended in it (signal SIGABRT)."),
        ("exit()", "Python itself ended in it by a call of `exit`."),
        ("import os; os.execvp('true', ['true'])", "Python itself ended in it (exit code 0)."),
    ],
    ids=["_exit", "segfault", "kill", "abort", "exit", "exec"],
)
def test_a_cell_that_ends_python_says_how(tried, source, sentence):
    ran = tried(f"print('before')\nimport sys; sys.stdout.flush()\n{source}")
    assert (ran.ended, ran.sentence, text(ran)) == ("died", sentence, "before\n")


def test_a_copy_of_the_process_does_not_answer_in_its_place(tried):
    ran = tried("import os\npid = os.fork()\nprint('parent' if pid else 'child', flush=True)\n"
                "if pid: os.waitpid(pid, 0);")  # fmt: skip
    assert ran.ended == ""
    assert {"child", "parent"} <= set(re.findall("parent|child", text(ran)))


# ------------------------------------------------------------------------------------------------------------ output
@pytest.mark.parametrize(
    "source",
    [
        "while True: print('x' * 100)",
        "import os\nwhile True: os.write(1, b'x' * 1000)",
        "!yes",
        "import threading\n"
        "threading.Thread(target=lambda: [*map(print, iter(lambda: 'x' * 1000, 1))]).start()\n"
        "while True: pass",
    ],
    ids=["print", "file descriptor", "command", "thread"],
)
def test_a_flood_of_output_ends_its_process(tried, source):
    ran = tried(source, seconds=30)
    sentence = "It printed far more than the 5,000 characters that are kept of a cell, so it was ended."
    assert (ran.ended, ran.sentence) == ("output", sentence)
    assert 5000 <= len(text(ran)) < 5100


def test_more_output_than_is_kept_is_cut_and_the_cell_goes_on(tried):
    ran = tried("for n in range(2000): print('line', n)\ndone = True")
    assert ran.ended == ""
    assert text(ran).endswith("\n… output cut …\n")
    assert len(text(ran)) < 5100


def test_a_notebooks_output_is_cut_at_its_own_limit(small, tmp_path):
    with small.student_process(tmp_path) as student_process:
        ran = [student_process.run("print('x' * 4000)") for _ in range(5)]
        assert sum(len(text(each)) for each in ran) < 12_200
        assert "output cut" in text(ran[-1])


def test_pictures_have_room_of_their_own_and_a_flood_of_them_is_cut_as_well(small, tmp_path):
    source = "import matplotlib.pyplot as plt\nfor n in range(20):\n    plt.plot([n])\n    plt.show()\nprint('end')"
    with small.student_process(tmp_path) as student_process:
        ran = student_process.run(source, seconds=60)
    pictures = [output for output in ran.outputs if "image/png" in output.get("data", {})]
    assert 2 < len(pictures) < 20
    assert text(ran) == "\n… output cut …\nend\n"


# ---------------------------------------------------------------------------------------------------------- the wire
SEND = """
import os
for n in range(3, 50):
    try:
        if "socket" in os.readlink(f"/proc/self/fd/{{n}}"):
            {do}
    except OSError:
        pass
"""
FORGED = {
    "junk": b"junk that is no message at all",
    "a huge one": b"\xff\xff\xff\xff",
    "no dict": framed(encode(None)),
    "too deep": framed(b"l\0\0\0\1" * 100 + b"N"),
    "another number": framed(encode({"reply": 99, "value": 1})),
    "a number that is none": framed(encode({"reply": [1], "value": 1})),
    "a question": framed(encode({"ask": 1, "arguments": (), "keywords": {}, "random": None})),
    "a question that is none": framed(encode({"ask": [], "arguments": 3})),
    "an event that is none": framed(encode({"event": np.zeros(3)})),
    "an unknown event": framed(encode({"event": "verdict", "passed": True})),
    "a stream of numbers": framed(encode({"event": "stream", "name": "stdout", "text": 3})),
    "an error without lines": framed(encode({"event": "error", "ename": "E", "evalue": "", "traceback": [1]})),
    "a display of nothing": framed(encode({"event": "display", "data": None, "metadata": {}})),
}


@pytest.mark.parametrize("name", FORGED)
def test_a_forged_message_ends_its_process(tried, name):
    assert tried(SEND.format(do=f"os.write(n, {FORGED[name]!r})")).ended == "wire"


@pytest.mark.parametrize("number", [2, 3, 99])
def test_a_reply_that_nobody_asked_for_is_never_taken_for_another(small, tmp_path, number):
    reply = framed(encode({"reply": number, "value": "forged", "random": None, "warnings": []}))
    late = indent("import time; time.sleep(0.1)" + SEND.format(do=f"os.write(n, {reply!r})"), "    ")
    found = []
    with small.student_process(tmp_path) as student_process:
        student_process.run(
            f"def f(x): return x\ndef later():\n{late}\n__import__('threading').Thread(target=later).start()"
        )
        with contextlib.suppress(StudentProcessEnded):
            while len(found) < 100:
                found.append(student_process.call("f", (len(found),)))
                time.sleep(0.02)
        assert student_process.gone.reason == "wire"
    assert all(value in (n, "forged") for n, value in enumerate(found))  # who answers for `f` is the student either way


def test_a_closed_line_ends_its_process(tried):
    assert tried(SEND.format(do="os.close(n)")).ended in ("wire", "died")


# ------------------------------------------------------------------------------------------------------------- files
def test_a_submission_with_more_in_files_than_fits_is_not_run(small, tmp_path):
    with (tmp_path / "large.bin").open("wb") as file:
        file.truncate(9 * MiB)
    with pytest.raises(StudentProcessEnded, match="more than 8 MB") as gone:
        small.student_process(tmp_path)
    assert gone.value.reason == "files"


def test_a_box_whose_process_has_ended_makes_another(tmp_path):
    with ForkServer(SMALL) as forkserver:
        forkserver.student_process(tmp_path).close()
        forkserver._process.kill()
        forkserver._process.wait()
        with forkserver.student_process(tmp_path) as student_process:
            assert student_process.run("1").outputs


ENDLESS = {
    "in NumPy": "np.linalg.inv(np.diag([1e200, 1.0, 1.0]))",
    "printing, and on its way to a stand-in": "print('here'), helper(np.ones(3))",
}


@pytest.mark.parametrize("body", ENDLESS.values(), ids=ENDLESS)
def test_a_call_that_is_stopped_at_any_moment_leaves_the_next_as_it_would_be(forkserver, tmp_path, body):
    with forkserver.student_process(tmp_path) as student_process:
        student_process.run(
            "import numpy as np, signal\n"
            "def helper(x): pass\n"
            f"def f():\n    while True: {body}\n"
            "def state():\n"
            "    blocked = [int(one) for one in signal.pthread_sigmask(signal.SIG_BLOCK, ())]\n"
            "    return np.geterr(), np.geterrcall() is None, blocked, helper(1)"
        )
        student_process.stand_in("helper", lambda x: x + 1)
        before, moments = student_process.call("state"), random.Random(1)
        for _ in range(60):
            with pytest.raises(StudentCodeError, match="TookTooLong"):
                student_process.call("f", seconds=moments.uniform(0.001, 0.01))
            assert student_process.call("state") == before
