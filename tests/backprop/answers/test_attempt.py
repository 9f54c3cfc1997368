"""Statements about `attempt`: whatever a student's code does, there is an account of it, and nothing of it lasts."""

from __future__ import annotations

import contextlib
import decimal
import gc
import io
import linecache
import os
import random
import signal
import subprocess
import sys
import threading
import time
import warnings

import numpy as np
import pytest

from backprop.answers.attempt import attempt

SHORT = 0.2  # seconds
DEADLINE = 20.0  # seconds; loops that nothing has stopped by then end by themselves, and their test fails


def cell(source: str, **names):
    """Run `source` as a notebook's cell and return its names; tracebacks find its lines."""
    linecache.cache["<a cell>"] = (len(source), None, source.splitlines(keepends=True), "<a cell>")
    scope = {"np": np, "time": time, **names}
    exec(compile(source, "<a cell>", "exec"), scope)
    return scope


def trouble_of(source: str, call=lambda f: f()):
    scope = cell(source)
    return attempt(lambda: call(scope["f"])).trouble


def test_a_function_is_called_and_a_plain_value_stands_for_itself():
    assert attempt(lambda: 3).value == 3
    assert attempt(3).value == 3
    assert attempt(None).value is None
    assert attempt(np.ones(2)).trouble is None


def test_an_exception_is_told_with_the_students_line():
    trouble = trouble_of("def f():\n    x = 1\n    return x / 0\n")
    assert (trouble.kind, trouble.message) == ("ZeroDivisionError", "division by zero")
    assert (trouble.function, trouble.line_number, trouble.line) == ("f", 3, "return x / 0")
    assert trouble.called


@pytest.mark.parametrize(
    "line",
    [
        "np.dot(np.ones((2, 3)), np.ones((2, 3)))",  # in compiled code
        "np.linalg.inv(np.zeros((2, 2)))",  # in a Python file of NumPy's
        "np.random.randn((2, 3))",  # in Cython
        "np.sum(np.ones(3), axis=7)",
        "max(len(x) for x in 5)",
        "__import__('json').loads('{')",  # in the standard library
    ],
)
def test_the_students_line_is_quoted_also_where_the_error_arises_in_a_library(line):
    trouble = trouble_of(f"def f():\n    return {line}\n")
    assert (trouble.function, trouble.line_number, trouble.line) == ("f", 2, f"return {line}")


def test_the_innermost_function_of_the_students_is_the_one_that_is_named():
    trouble = trouble_of("def g(x):\n    raise NotImplementedError()\n\ndef f():\n    return g(1)\n")
    assert (trouble.kind, trouble.function, trouble.line_number) == ("NotImplementedError", "g", 2)


@pytest.mark.parametrize(
    "call",
    [
        lambda f: f(1, 2, 3),
        lambda f: f(),
        lambda f: f(1, b=2, c=3),
        lambda f: f(1, a=2),
    ],
    ids=["too many", "too few", "an unknown name", "one twice"],
)
def test_a_refused_call_is_told_apart(call):
    trouble = trouble_of("def f(a, b):\n    return a + b\n", call)
    assert trouble.kind == "TypeError"
    assert not trouble.called


@pytest.mark.parametrize("inside", ["g(1, 2)", "g()", "len(3)", "'a' + 1", "np.dot(1)"])
def test_a_type_error_inside_the_function_is_no_refused_call(inside):
    trouble = trouble_of(f"def g(x):\n    return x\n\ndef f():\n    return {inside}\n")
    assert trouble.kind == "TypeError"
    assert trouble.called
    assert trouble.line_number == 5


def test_a_missing_name_is_kept():
    trouble = attempt(lambda: sigmoid(3)).trouble  # noqa: F821
    assert (trouble.kind, trouble.missing_name, trouble.function) == ("NameError", "sigmoid", "<lambda>")
    assert trouble_of("def f():\n    return helper\n").missing_name == "helper"
    assert trouble_of("def f():\n    x = x + 1\n").kind == "UnboundLocalError"


@pytest.mark.parametrize("leave", [sys.exit, lambda: sys.exit("bye"), lambda: exec("raise SystemExit"), lambda: exit()])
def test_leaving_the_program_is_a_trouble_like_any_other(leave):
    assert attempt(leave).trouble.kind == "SystemExit"


def test_the_stop_button_passes_through():
    def interrupted():
        raise KeyboardInterrupt

    before = signal.getsignal(signal.SIGALRM)
    with pytest.raises(KeyboardInterrupt):
        attempt(interrupted)
    assert signal.getsignal(signal.SIGALRM) is before


ENDLESS = {
    "plain": "    while time.monotonic() < end:\n        pass\n",
    "except Exception": """
    while time.monotonic() < end:
        try:
            while time.monotonic() < end:
                pass
        except Exception:
            pass
""",
    "a bare except that gives up at the third time": """
    for times in range(3):
        try:
            while time.monotonic() < end:
                pass
        except:
            if times == 2:
                raise
""",
    "in NumPy": "    while time.monotonic() < end:\n        np.linalg.svd(np.ones((30, 30)))\n",
}


@pytest.mark.parametrize("loop", ENDLESS.values(), ids=ENDLESS)
def test_an_endless_loop_is_stopped_and_its_line_is_told(loop):
    scope = cell(f"def f():\n    end = time.monotonic() + {DEADLINE}\n{loop}")
    trouble = attempt(scope["f"], SHORT).trouble
    assert trouble.kind == "TookTooLong"
    assert trouble.message == "it was stopped after 0.2 seconds"
    assert trouble.function == "f"
    assert trouble.line_number > 2
    assert trouble.line


BEGUN = """
import contextlib, decimal, gc, io, locale, os, signal, sys, time

def f():
    np.seterr(over="ignore", invalid="call")
    np.seterrcall(print)
    np.set_printoptions(precision=2)
    decimal.getcontext().prec = 5
    sys.stdout = sys.stderr = io.StringIO()
    sys.setrecursionlimit(2000)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGUSR1])
    gc.disable()
    os.chdir("/")
    warnings.simplefilter("error")
    {end}
"""
STOPPED = {
    "for its time": "while True: pass",
    "by the stop button": "raise KeyboardInterrupt",
    "and went on": "\n".join(
        ("try:", "        while True: pass", "    except BaseException:", "        return 1"),
    ),
}


def process() -> list:
    """What a call could leave changed of this process."""
    return [
        np.geterr(), np.geterrcall(), np.get_printoptions(), decimal.getcontext().prec, sys.stdout, sys.stderr,
        sys.getrecursionlimit(), signal.getsignal(signal.SIGINT), signal.pthread_sigmask(signal.SIG_BLOCK, ()),
        gc.isenabled(), os.getcwd(), list(warnings.filters),
    ]  # fmt: skip


@pytest.mark.parametrize("end", STOPPED.values(), ids=STOPPED)
def test_a_call_that_is_stopped_leaves_no_setting_changed(end):
    scope = cell(BEGUN.format(end=end), warnings=warnings)
    before = process()
    with contextlib.suppress(KeyboardInterrupt):
        attempt(scope["f"], SHORT)
    assert process() == before


def test_a_call_that_comes_to_its_end_may_change_what_is_the_whole_process(monkeypatch):
    monkeypatch.setattr(sys, "stdout", sys.stdout)
    mine = io.StringIO()
    attempt(lambda: setattr(sys, "stdout", mine))
    assert sys.stdout is mine


def stopped_at_random_moments(times: int) -> int:
    """Stop calls of NumPy's that often, and return how often something had changed afterwards."""

    def call():
        matrix = np.diag([1e200, 1.0, 1.0])
        while True:
            with contextlib.suppress(np.linalg.LinAlgError):
                np.linalg.inv(matrix), np.linalg.eigvals(matrix), np.linalg.det(matrix)
            with contextlib.redirect_stdout(io.StringIO()), np.printoptions(precision=3), decimal.localcontext():
                str(matrix)

    moments, before, changed = random.Random(1), process(), 0
    for _ in range(times):
        assert attempt(call, moments.uniform(1e-5, 1e-3)).trouble.kind == "TookTooLong"
        changed += process() != before
    return changed


def test_numpy_is_as_before_at_whatever_moment_a_call_is_stopped():
    assert stopped_at_random_moments(2000) == 0


@pytest.mark.slow
def test_numpy_is_as_before_at_ever_so_many_moments():
    assert stopped_at_random_moments(10_000) == 0


SHORT_ALARMS = """
import signal
from backprop.answers import attempt as module

module.AGAIN = 1e-4
for limit in [1e-9, 1e-6, 1e-5, 3e-5, 1e-4] * 40:
    tried = module.attempt(lambda: 7, limit)
    assert tried.value == 7 or tried.trouble.kind == "TookTooLong"
    assert signal.getsignal(signal.SIGALRM) is signal.SIG_DFL
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)
assert module.attempt(lambda: 1 / 0).trouble.kind == "ZeroDivisionError"
assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)

ours = lambda *_: None
signal.signal(signal.SIGALRM, ours)
signal.setitimer(signal.ITIMER_REAL, 100, 7)
module.attempt(lambda: 7)
left, interval = signal.getitimer(signal.ITIMER_REAL)
assert signal.getsignal(signal.SIGALRM) is ours
assert 50 < left <= 100
assert interval == 7
print("fine")
"""


def test_alarms_before_and_after_the_code_harm_nothing_and_those_of_others_go_on(course_root):
    # In a process of its own: pytest's time limit uses the same signal.
    command = [sys.executable, "-c", SHORT_ALARMS]
    run = subprocess.run(command, cwd=course_root, capture_output=True, text=True, timeout=60)
    assert (run.stdout, run.returncode) == ("fine\n", 0), run.stderr


def test_outside_the_main_thread_code_runs_without_a_limit():
    seen = []
    thread = threading.Thread(target=lambda: seen.append(attempt(lambda: 7).value))
    thread.start()
    thread.join(10)
    assert seen == [7]


def test_warnings_and_what_goes_to_stderr_become_notes_and_the_answer_still_counts(capfd):
    def noisy():
        warnings.warn("be careful", stacklevel=1)
        print("as I said", file=sys.stderr)
        return np.exp(np.array([1e4])).size

    tried = attempt(noisy)
    assert tried.value == 1
    assert tried.trouble is None
    assert tried.notes == ["UserWarning: be careful", "RuntimeWarning: overflow encountered in exp", "as I said"]
    assert capfd.readouterr().err == ""


def test_notes_are_few_and_none_comes_twice():
    def very_noisy():
        for i in range(100):
            warnings.warn(f"number {i % 7}", stacklevel=1)

    assert len(attempt(very_noisy).notes) == 5


def test_an_np_matrix_is_no_reason_for_a_note():
    assert attempt(lambda: np.matrix("1 2; 3 4") * np.matrix("1; 1")).notes == []


def test_warning_filters_are_as_before():
    before = list(warnings.filters)
    attempt(lambda: warnings.simplefilter("error"))
    assert list(warnings.filters) == before


def test_what_is_printed_is_still_printed(capsys):
    attempt(lambda: print("here"))
    assert capsys.readouterr().out == "here\n"


def test_a_message_is_one_line_of_printable_text_whatever_the_exception_says():
    class Broken(Exception):
        def __str__(self):
            raise RuntimeError("no")

    def messy():
        raise ValueError("two\nlines \x1b[31mred\x1b[0m \ud800 " + "x" * 1000)

    def broken():
        raise Broken

    message = attempt(messy).trouble.message
    assert message.startswith("two lines red   xxx")
    assert len(message) <= 300
    message.encode()
    assert attempt(broken).trouble.message == "its message cannot be read"


def test_endless_recursion_is_a_trouble_with_a_line():
    trouble = trouble_of("def f():\n    return f()\n")
    assert (trouble.kind, trouble.line) == ("RecursionError", "return f()")


def test_a_strict_setting_of_numpys_costs_nothing_and_stays():
    before = np.seterr(all="raise")
    try:
        tried = attempt(lambda: 1 / (1 + np.exp(np.array([1000.0, 0.0]))))
        assert np.geterr()["over"] == "raise"
    finally:
        np.seterr(**before)
    assert tried.trouble is None
    assert tried.value.tolist() == [0.0, 0.5]
