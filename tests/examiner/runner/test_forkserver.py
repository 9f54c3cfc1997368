"""Calls into a student's process: values, handles, errors, random numbers and stand-ins go there and back unharmed."""

from __future__ import annotations

import contextlib
import io
import os
import socket
import subprocess
import sys
import threading
import time
import warnings

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_wire import values

from backprop.answers.attempt import TookTooLong
from examiner.errors import ExaminerError, StudentCodeError, StudentProcessEnded
from examiner.runner.channel import Channel
from examiner.runner.forkserver import ForkServer
from examiner.runner.limits import Limits
from examiner.runner.student_process import StudentProcess
from examiner.sandbox import launch
from examiner.wire import Handle, encode, framed

NETWORK = """
import numpy as np

class NeuralNetwork:
    count = 0
    def __init__(self, rate=0.1):
        self.rate, self.W = rate, np.ones((2, 2))
    def train(self, x):
        self.W = self.W - self.rate * x
        return self

def predict(network, x):
    return float((network.W @ x).sum())
"""


# ------------------------------------------------------------------------------------------------------ what names are
def test_a_name_is_said_to_be_what_it_is(student_process):
    student_process.run(NETWORK + "answer = {'A': (1, np.float32(2))}\nnetwork = NeuralNetwork()\nfunction = np.tanh")
    assert student_process.kind("nowhere").kind == "missing"
    assert student_process.kind("answer").value == {"A": (1, np.float32(2))}
    assert [student_process.kind(name).kind for name in ("predict", "function", "NeuralNetwork", "network", "np")] == [
        "function", "function", "class", "handle", "handle"]  # fmt: skip
    assert student_process.kind("network").handle.type_name == "NeuralNetwork"


def test_an_object_stays_and_is_reached_by_its_handle(student_process):
    student_process.run(NETWORK)
    network = student_process.call("NeuralNetwork", (), {"rate": 0.5})
    assert isinstance(network, Handle)
    assert student_process.get(network, "rate") == 0.5
    assert student_process.call(student_process.get(network, "train"), (np.eye(2),)) == network
    assert np.array_equal(student_process.get(network, "W"), [[0.5, 1], [1, 0.5]])
    student_process.set(network, {"W": np.zeros((2, 2))})
    assert student_process.call("predict", (network, np.ones(2))) == 0
    assert student_process.call("predict", ([network][0], np.ones(2))) == 0


def test_a_handle_of_another_students_process_fits_nothing(forkserver, tmp_path):
    with forkserver.student_process(tmp_path) as one, forkserver.student_process(tmp_path) as other:
        for student_process in (one, other):
            student_process.run(NETWORK)
        network = one.call("NeuralNetwork")
        with pytest.raises(StudentCodeError):
            other.get(network, "rate")
        assert other.call("NeuralNetwork") != network


@pytest.mark.parametrize(
    "value",
    [None, 3, 2.5, "text", [1, (2, {"a": np.arange(3)})], np.matrix([[1.0, 2.0]]), np.float32(1.5), {1, 2}, 1j],
    ids=repr,
)
def test_data_goes_there_and_back(student_process, value):
    student_process.run("def same(x): return x")
    back = student_process.call("same", (value,))
    assert type(back) is type(value)
    assert np.array_equal(back, value) if isinstance(value, np.ndarray) else str(back) == str(value)


# -------------------------------------------------------------------------------------------------------------- errors
def trouble(student_process, call, *arguments):
    with pytest.raises(StudentCodeError) as told:
        student_process.call(call, arguments)
    return told.value.trouble


def test_an_error_names_the_students_own_line(student_process):
    student_process.run(
        "import numpy as np\n\ndef inner(x):\n    return np.dot(x, np.ones(3))\n\ndef outer(x):\n    return inner(x)"
    )
    found = trouble(student_process, "outer", np.ones(2))
    assert (found.kind, found.function, found.line_number) == ("ValueError", "inner", 4)
    assert found.line == "return np.dot(x, np.ones(3))"
    assert "(2,) and (3,) not aligned" in found.message


def test_a_call_that_is_refused_blames_no_line(student_process):
    student_process.run("def f(x): return x")
    found = trouble(student_process, "f", 1, 2)
    assert (found.kind, found.called, found.function, found.line) == ("TypeError", False, "", "")


def test_a_name_that_is_missing_is_told(student_process):
    student_process.run("def f(): return helper()")
    assert trouble(student_process, "f").missing_name == "helper"
    assert trouble(student_process, "nowhere").missing_name == "nowhere"


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("raise SystemExit(3)", "SystemExit"),
        ("raise KeyboardInterrupt", "KeyboardInterrupt"),
        ("raise type('Mine', (Exception,), {'__str__': lambda self: 1 / 0})", "Mine"),
        ("raise ValueError('x' * 10**6)", "ValueError"),
        ("return type('M', (type,), {'__name__': property(lambda self: 1 / 0)})('Odd', (), {})()", "ZeroDivisionError"),
        ("return ['x' * 10**8] * 2", "WireError"),
    ],
)
def test_whatever_is_raised_or_returned_ends_as_an_error_of_the_call(student_process, body, kind):
    student_process.run(f"def f():\n    {body}")
    assert trouble(student_process, "f").kind == kind
    assert student_process.run("1").outputs


def test_what_no_students_process_can_receive_is_the_callers_mistake(student_process):
    student_process.run("def f(x): return x")
    with pytest.raises(TypeError, match="not plain data"):
        student_process.call("f", (object(),))
    assert student_process.call("f", (1,)) == 1


# ------------------------------------------------------------------------------- what is printed, warned and drawn
def test_what_a_called_function_prints_is_printed_here(student_process):
    student_process.run("import sys\ndef f():\n    print('out')\n    print('err', file=sys.stderr)\n    return 1")
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        assert student_process.call("f") == 1
    assert (out.getvalue(), err.getvalue()) == ("out\n", "err\n")


def test_what_a_called_function_warns_of_is_warned_of_here(student_process):
    student_process.run(
        "import numpy as np, warnings\ndef f():\n    warnings.warn('mine', FutureWarning)\n    return np.exp(1000.0)"
    )
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        assert student_process.call("f") == np.inf
    assert [(each.category, str(each.message)) for each in caught] == [
        (FutureWarning, "mine"), (RuntimeWarning, "overflow encountered in exp")]  # fmt: skip


def test_what_a_called_function_shows_is_handed_on(student_process):
    student_process.run("import matplotlib.pyplot as plt\ndef f():\n    plt.plot([1])\n    plt.show()")
    shown = []
    student_process.display = shown.append
    student_process.call("f")
    assert ["image/png" in output.data for output in shown] == [True]


def test_random_numbers_of_a_call_are_the_examiners_and_the_notebooks_own_go_on(student_process):
    student_process.run("import numpy as np\nnp.random.seed(5)\ndef draw(): return np.random.rand(3)")
    own = np.random.RandomState(5)
    np.random.seed(7)
    wanted = np.random.RandomState(7)
    assert np.array_equal(student_process.call("draw"), wanted.rand(3))
    assert np.array_equal(student_process.call("draw"), wanted.rand(3))
    assert np.random.rand() == wanted.rand()
    student_process.run("x = np.random.rand()")
    assert student_process.kind("x").value == own.rand()


# --------------------------------------------------------------------------------------------------- again, stand-ins
def test_a_cell_is_run_again_on_other_data(student_process):
    student_process.run("data = [1, 2]")
    student_process.run("total = 0\nfor n in data:\n    total += n\nprint(total)")
    assert student_process.again(("total",), {"data": [10, 20]}) == {"total": 30}
    assert student_process.kind("total").value == 3
    with pytest.raises(StudentCodeError) as told:
        student_process.again(("nothing",), {})
    assert told.value.trouble.kind == "NotWrittenYet"


def test_a_stand_in_runs_here_and_is_taken_back(student_process):
    student_process.run("def sigmoid(x): return 'mine'\ndef forward(x): return sigmoid(x), sigmoid.__name__")
    student_process.stand_in("sigmoid", lambda x: ("theirs", os.getpid(), x))
    assert student_process.call("forward", (3,)) == (("theirs", os.getpid(), 3), "sigmoid")
    student_process.stand_in("sigmoid", None)
    assert student_process.call("forward", (3,))[0] == "mine"


def test_a_method_has_a_stand_in_too_and_it_may_ask_in_turn(student_process):
    student_process.run(NETWORK + "def twice(network, x):\n    network.train(x)\n    return network.train(x)")
    network = student_process.call("NeuralNetwork")

    def train(handle, x):
        student_process.set(handle, {"W": student_process.get(handle, "W") + x})
        return "trained"

    student_process.stand_in("NeuralNetwork.train", train)
    assert student_process.call("twice", (network, np.eye(2))) == "trained"
    assert np.array_equal(student_process.get(network, "W"), np.ones((2, 2)) + 2 * np.eye(2))
    student_process.stand_in("NeuralNetwork.train", None)
    assert student_process.call("twice", (network, np.eye(2))) == network


def test_a_stand_ins_random_numbers_are_those_of_the_call(student_process):
    student_process.run(
        "import numpy as np\ndef helper(): pass\ndef f(): return [np.random.rand(), helper(), np.random.rand()]"
    )
    student_process.stand_in("helper", lambda: np.random.rand())
    np.random.seed(3)
    assert student_process.call("f") == np.random.RandomState(3).rand(3).tolist()


def test_only_kind_and_words_of_a_stand_ins_error_are_told(student_process):
    student_process.run("def helper(): pass\ndef f():\n    try:\n        helper()\n    except Exception as error:\n"
                  "        import traceback\n        return type(error).__name__, traceback.format_exc()")  # fmt: skip

    def helper():
        secret = "the answer"
        raise KeyError(f"no such {secret[:3]}")

    student_process.stand_in("helper", helper)
    kind, told = student_process.call("f")
    assert kind == "KeyError"
    assert "no such the" in told
    assert "test_box" not in told


def test_functions_as_arguments_are_called_here_and_only_during_the_call(student_process):
    student_process.run("kept = []\ndef slope(f, x):\n    kept.append(f)\n    return (f(x + 1) - f(x - 1)) / 2\n"
                  "def later(): return kept[0](1)")  # fmt: skip
    assert student_process.call("slope", (lambda x: x**2, 3.0)) == 6
    with pytest.raises(StudentProcessEnded) as gone:
        student_process.call("later")
    assert gone.value.reason == "wire"


def test_a_stand_in_that_ends_in_an_alarm_ends_the_students_process(student_process):
    student_process.run("def helper(): pass\ndef f(): return helper()")

    def helper():
        raise TookTooLong

    student_process.stand_in("helper", helper)
    with pytest.raises(TookTooLong):
        student_process.call("f")
    assert student_process.gone.reason == "time"


# ------------------------------------------------------------------------------------------------------- a hostile peer
@pytest.fixture(scope="module")
def peer():
    """Make student processes whose other end is a test; return one and what its process would write to."""

    def make():
        wire, inner = socket.socketpair()
        watchdog, inner_watchdog = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)

        def keep():
            with inner_watchdog:
                inner_watchdog.recv(64)
                inner_watchdog.send(b'{"ended": "end", "exit": 0}')

        threading.Thread(target=keep, daemon=True).start()
        return StudentProcess(Channel(wire, watchdog), Limits(cell_seconds=5), True), inner

    return make


STATE = tuple(np.random.RandomState(1).get_state())
parts = st.one_of(values, st.just(STATE))


def message(kind: str, likely, *fields: str):
    """A message of one kind, with any of its fields, which hold anything."""
    return st.fixed_dictionaries({kind: st.one_of(likely, parts)}, optional=dict.fromkeys(fields, parts))


events = st.sampled_from(["stream", "display", "result", "error", "clear", "cut", "flood"])
of_displays = ("data", "metadata", "display_id", "update", "wait", "count")
messages = st.one_of(
    values,
    message("reply", st.just(1), "value", "raised", "random", "warnings", "exited", "missing", "count"),
    message("event", events, "name", "text", "ename", "evalue", "traceback", *of_displays),
    message("ask", st.just(1), "arguments", "keywords", "random"),
)


@pytest.mark.parametrize("what", ["run", "kind", "call", "get", "again"])
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(sent=st.lists(messages, min_size=1, max_size=4))
def test_no_message_of_a_students_process_does_more_than_end_it(peer, what, sent):
    student_process, inner = peer()
    with inner, warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
        warnings.simplefilter("ignore")
        for message in sent:
            inner.sendall(framed(encode(message)))
        inner.shutdown(socket.SHUT_WR)
        arguments = {"run": ("1",), "kind": ("x",), "call": ("f", (1,)), "get": (Handle(1, "object"), "x"),
                     "again": (("x",), {})}  # fmt: skip
        with contextlib.suppress(StudentProcessEnded, StudentCodeError), contextlib.redirect_stderr(io.StringIO()):
            getattr(student_process, what)(*arguments[what])
        student_process.close()


# ----------------------------------------------------------------------------------------------- the fork server itself
def test_processes_of_one_fork_server_run_side_by_side(forkserver, tmp_path):
    processes = [forkserver.student_process(tmp_path) for _ in range(3)]
    for number, student_process in enumerate(processes):
        student_process.run(f"x = {number}")
    assert [student_process.kind("x").value for student_process in processes] == [0, 1, 2]
    for student_process in processes:
        student_process.close()
        student_process.close()  # once more does no harm
    with pytest.raises(StudentProcessEnded):
        processes[0].run("1")


def test_without_a_sandbox_it_works_too_and_says_so_each_time(tmp_path):
    (tmp_path / "x.txt").write_text("here")
    for _ in range(2):
        with pytest.warns(UserWarning, match="WITHOUT a sandbox"):
            forkserver = ForkServer(Limits(cell_seconds=5), unsafe=True)
    with forkserver, forkserver.student_process(tmp_path) as student_process:
        assert not student_process.sandboxed
        student_process.run("import os\nhome = os.getcwd(), open('x.txt').read()\nif os.fork() == 0:\n    os.setsid()\n"
                      "    os.execvp('sleep', ['sleep', '600'])")  # fmt: skip
        where, text = student_process.kind("home").value
        assert text == "here"
        assert student_process.run("import time\nwhile True: time.sleep(1)", seconds=0.5).ended == "time"
    assert not os.path.exists(where)
    assert not any("sleep\0600\0" in line for line in command_lines())


def command_lines() -> list[str]:
    found = []
    for number in filter(str.isdigit, os.listdir("/proc")):
        with contextlib.suppress(OSError), open(f"/proc/{number}/cmdline") as file:
            found.append(file.read())
    return found


def test_where_bubblewrap_is_missing_nothing_runs_and_the_command_is_named(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ExaminerError, match="sudo apt-get install bubblewrap libseccomp2") as told:
        ForkServer()
    assert str(told.value).startswith("Nothing is graded without a sandbox: ")


@pytest.mark.parametrize(
    ("setting", "value", "command"),
    [
        (
            "kernel.apparmor_restrict_unprivileged_userns",
            "1",
            "sysctl -w kernel.apparmor_restrict_unprivileged_userns=0",
        ),
        ("kernel.unprivileged_userns_clone", "0", "sysctl -w kernel.unprivileged_userns_clone=1"),
        ("user.max_user_namespaces", "0", "sysctl -w user.max_user_namespaces=10000"),
        ("", "", "docs/trust.md"),
    ],
)
def test_where_the_kernel_forbids_it_the_sentence_says_what_to_run(monkeypatch, tmp_path, setting, value, command):
    bwrap = tmp_path / "bwrap"
    bwrap.write_text("#!/bin/sh\necho 'bwrap: No permissions to create a new namespace.' >&2\nexit 1\n")
    bwrap.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setattr(launch, "_setting", lambda name: value if name == setting else "")
    lack = launch.missing()
    assert "(bwrap: No permissions to create a new namespace)" in lack
    assert command.format(setting) in lack
    assert "\n" not in lack


def test_where_forks_cannot_be_closed_off_nothing_is_graded_either(tmp_path):
    """Bubblewrap works here, and what it starts may make no further namespaces: then none would be alone."""
    script = """
from examiner.sandbox import bubblewrap, launch
bubblewrap.CAPABILITIES = tuple(name for name in bubblewrap.CAPABILITIES if name != "SYS_ADMIN")
print(launch.missing())
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("Nothing is graded without a sandbox: bubblewrap cannot make one here (")
    assert "unshare" in done.stdout


def test_the_time_of_a_stand_in_is_not_the_students(student_process):
    student_process.run("def helper(): pass\ndef f(): return helper(), helper()")
    student_process.stand_in("helper", lambda: time.sleep(0.3))
    used = student_process.used
    assert student_process.call("f", seconds=0.4) == (None, None)
    assert student_process.used - used < 0.4
